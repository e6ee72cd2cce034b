"""Tal: figures over years, side by side, and where documents contradict themselves."""
