"""The app's pages: a folder each, what they share beside them. Draws, decides nothing."""
