"""What pdfium knows of a page: words, lines, pictures."""
