"""Readers: one a format, each from a file to a SourceDocument."""
