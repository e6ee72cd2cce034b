"""One file a page; draws what the other rooms return, decides nothing."""
