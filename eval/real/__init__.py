"""Questions to real documents, which stand beside the repository: none of their words is in it."""
