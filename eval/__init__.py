"""Known answers, metrics, runs and reports."""
