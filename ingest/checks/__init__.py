"""Where documents disagree with themselves and with each other. Findings never change a figure."""
