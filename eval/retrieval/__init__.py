"""The retrieval experiment: collection, questions, baselines."""
