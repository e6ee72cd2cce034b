"""Spørg: the chat."""
