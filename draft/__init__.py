"""From a politician's question to a checked politikersvar."""
