"""Reads the tables of PDFs with another library, in an environment of its own.

`python rival.py NAME PDF...` prints a line of JSON a file: its grids, the seconds, the pages.
Each library is used as its guide says, on ruled tables first and, where it finds none, on others.
"""

import json
import sys
import time
from pathlib import Path

TEXT = {"vertical_strategy": "text", "horizontal_strategy": "text"}


def pdfplumber(path):
    """Return each page's tables."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [p.extract_tables() or p.extract_tables(TEXT) for p in pdf.pages]


def camelot(path):
    """Return each page's tables."""
    import camelot

    found = camelot.read_pdf(path, pages="all", flavor="lattice")
    if not len(found):
        found = camelot.read_pdf(path, pages="all", flavor="stream")
    pages = {}
    for table in found:
        pages.setdefault(table.page, []).append(table.df.values.tolist())
    return [grids for _, grids in sorted(pages.items())]


def main():
    """Read each file."""
    import pypdfium2

    name, *paths = sys.argv[1:]
    globals()[name](paths[0])  # what is imported on the first call is no part of its time
    for path in paths:
        start = time.perf_counter()
        try:
            grids = globals()[name](path)
        except Exception as error:
            print(f"{Path(path).name}: {error}", file=sys.stderr)
            grids = []
        seconds = time.perf_counter() - start
        pages = len(pypdfium2.PdfDocument(path))
        print(json.dumps({"grids": grids, "seconds": seconds, "pages": pages}), flush=True)


if __name__ == "__main__":
    main()
