"""Reading text: Danish words, numbers, dates and names, with no document behind them."""
