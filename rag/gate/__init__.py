"""The gate: every claim of a text held to a place in a document."""
