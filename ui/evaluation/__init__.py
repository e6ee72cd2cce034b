"""The page Evaluering: known answers, asked and judged."""
