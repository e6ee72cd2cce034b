"""Answers in the documents' own words: quotations, facts, lists."""
