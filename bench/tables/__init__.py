"""How well tables are read: real ones, printed to PDF at run time, their HTML being the truth."""
