"""What is kept: the catalogue of what was read, its files, and what people made."""
