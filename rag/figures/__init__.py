"""Answers from figures: looked up, computed, compared."""
