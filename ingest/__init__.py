"""From bytes to the catalogue: read, structure, tables, checks, passages."""
