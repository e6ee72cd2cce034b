"""Speed and growth, measured: `python -m bench`. See README.md."""
