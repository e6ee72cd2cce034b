"""Dokumenter: the collection, what was read of each document, and how it is changed."""
