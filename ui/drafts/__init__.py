"""The page Udkast: politikersvar, from question to letter."""
