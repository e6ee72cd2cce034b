"""From a question to a cited answer: types, catalogue, indexes, chain."""
