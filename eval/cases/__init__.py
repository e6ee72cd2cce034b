"""The small cases: documents with one snare each, and what must be said of them."""
