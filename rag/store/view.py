"""A catalogue as those see it who may see some of its documents.

On a connection that only reads, every table is hidden behind a view of the
same name that holds what they may see: whatever is asked, also by a query
written later, is held to it, and a table that has no view here is empty. Of
what several documents share:

- a page's text is blank, and has no boxes, where a hidden document stands; its
  picture, which cannot be blanked, is given where no hidden document stands on it;
- a finding is there where every document it names is seen;
- a file is given away, and its outline and warnings told, where all its documents
  are seen, and to staff alone where it holds personal numbers, or pictures that nobody
  has read, as those pages' own pictures; its path and number of pages, where one is;
- that a file waits to be released is told to staff who see something of it;
- that a file could not be read is told to staff, unless its path was narrowed to
  what they may not see.
"""

from __future__ import annotations

import re
from pathlib import Path

from rag.store import rows, spans
from rag.store.changes import Changes
from rag.store.database import Database
from rag.store.files import Files
from rag.store.levels import HELD, LEVELS
from rag.store.lookup import Lookup
from rag.store.shelf import Shelf
from rag.types import Access

_FAR = 2**31  # past the end of any page
_ON_PAGE = "d.source = p.source AND d.first_page <= p.number AND p.number <= d.last_page"
_VIEWS = f"""
CREATE TEMP VIEW generation AS SELECT * FROM main.generation;
CREATE TEMP VIEW touched AS SELECT * FROM main.touched;

CREATE TEMP VIEW document AS SELECT rowid, * FROM main.document WHERE access IN $LEVELS;
CREATE TEMP VIEW naming AS SELECT * FROM main.naming t
    WHERE EXISTS (SELECT 1 FROM document d WHERE d.id = t.document);
CREATE TEMP VIEW figure AS SELECT rowid, * FROM main.figure t
    WHERE EXISTS (SELECT 1 FROM document d WHERE d.id = t.document);
CREATE TEMP VIEW passage AS SELECT rowid, * FROM main.passage t
    WHERE EXISTS (SELECT 1 FROM document d WHERE d.id = t.document);
CREATE TEMP VIEW vector AS SELECT * FROM main.vector t
    WHERE EXISTS (SELECT 1 FROM passage p WHERE p.text_key = t.key);
CREATE TEMP VIEW finding AS SELECT * FROM main.finding t
    WHERE NOT EXISTS (SELECT 1 FROM main.finding_document f WHERE f.finding = t.number
        AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = f.document));
CREATE TEMP VIEW finding_document AS SELECT * FROM main.finding_document t
    WHERE EXISTS (SELECT 1 FROM finding f WHERE f.number = t.finding);

CREATE TEMP VIEW whole AS SELECT DISTINCT source FROM document t
    WHERE NOT EXISTS (SELECT 1 FROM main.document d
        WHERE d.source = t.source AND d.access NOT IN $LEVELS);
CREATE TEMP VIEW original AS SELECT w.source FROM whole w JOIN main.source s ON s.id = w.source
    WHERE 'staff' IN $LEVELS OR NOT (s.personal
        OR coalesce(json_array_length(s.body, '$.unread'), 0));
CREATE TEMP VIEW source AS SELECT rowid, id, media_type, pages, reader,
        iif(id IN (SELECT source FROM whole w WHERE w.source = t.id), body, NULL) AS body,
        iif(id IN (SELECT source FROM whole w WHERE w.source = t.id), blocks, NULL) AS blocks
    FROM main.source t WHERE EXISTS (SELECT 1 FROM document d WHERE d.source = t.id);
CREATE TEMP VIEW source_path AS SELECT rowid, * FROM main.source_path t
    WHERE EXISTS (SELECT 1 FROM document d WHERE d.source = t.source);
CREATE TEMP VIEW decided AS SELECT * FROM main.decided t WHERE 'staff' IN $LEVELS
    AND document = '{HELD}' AND EXISTS (SELECT 1 FROM source_path p WHERE p.path = t.path);

CREATE TEMP VIEW shared_page AS SELECT p.*,
    EXISTS (SELECT 1 FROM main.document d WHERE {_ON_PAGE} AND d.access NOT IN $LEVELS) AS hides,
    (SELECT group_concat(iif(d.first_page = p.number, d.start, 0) || '-' ||
        iif(d.last_page = p.number, coalesce(d."end", {_FAR}), {_FAR}))
        FROM document d WHERE {_ON_PAGE}) AS shown
    FROM main.page p;
CREATE TEMP VIEW page AS SELECT source, number, width, height, hides,
        iif(hides, text_shown(text, shown), text) AS text,
        iif(hides, spans_shown(spans, shown), spans) AS spans,
        'staff' NOT IN $LEVELS AND EXISTS (SELECT 1
            FROM main.source s, json_each(s.body, '$.unread') u
            WHERE s.id = p.source AND u.value = p.number) AS unread
    FROM shared_page p WHERE shown IS NOT NULL
        OR EXISTS (SELECT 1 FROM whole w WHERE w.source = p.source);

CREATE TEMP VIEW failure AS SELECT * FROM main.failure t
    WHERE 'staff' IN $LEVELS
    AND NOT EXISTS (SELECT 1 FROM main.decided c
        WHERE c.path = t.path AND c.level NOT IN $LEVELS)
    AND NOT EXISTS (SELECT 1 FROM main.source_path s JOIN main.document d ON d.source = s.source
        WHERE s.path = t.path AND d.access NOT IN $LEVELS);
"""
_NAMED = re.compile(r"CREATE TEMP VIEW (\w+)")


class View(Lookup):
    """What documents of some levels hold. Safe to use from several threads."""

    _hidden: tuple[str, Shelf] | None = None

    def __init__(self, database: Database, files: Files, levels: frozenset[Access]) -> None:
        """Take a connection of its own to the catalogue, and the copies of its files."""
        self._database, self._files = database, files
        self.changes, self.vector_changes = Changes(database), Changes(database, vectors=True)
        database.function("text_shown", _text_shown)
        database.function("spans_shown", _spans_shown)
        listed = ", ".join(f"'{level}'" for level in LEVELS if level in levels)
        database.script(_VIEWS.replace("$LEVELS", f"({listed})"))
        shown = set(_NAMED.findall(_VIEWS))
        tables = database.rows("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        for table in {name for (name,) in tables} - shown:
            empty = f'SELECT * FROM main."{table}" WHERE FALSE'
            database.rows(f'CREATE TEMP VIEW "{table}" AS {empty}')
        database.rows("PRAGMA query_only = ON")

    @property
    def hidden(self) -> Shelf:
        """The documents that are there and not to be seen, to be compared with and never told."""
        stamp = self.changes.stamp
        if self._hidden is None or self._hidden[0] != stamp:
            found = self._database.rows(
                f"SELECT {rows.DOCUMENT} FROM main.document "
                "WHERE id NOT IN (SELECT id FROM temp.document)"
            )
            self._hidden = stamp, Shelf([rows.document(*row) for row in found])
        return self._hidden[1]

    def file(self, sha: str, page: int | None = None) -> Path | None:
        """Return where the copy of a file lies, to be given away or, with `page`, pictured.

        None where the file, or that page, holds what may not be seen.
        """
        if page is None:
            found = self._database.rows("SELECT 1 FROM original WHERE source = ?", sha)
        else:
            query = "SELECT 1 FROM page WHERE source = ? AND number = ? AND NOT (hides OR unread)"
            found = self._database.rows(query, sha, page)
        return self._files.path(sha) if found else None


def _text_shown(text: str, shown: str) -> str:
    """Return a page's text with all but the ranges `shown` ("0-17,40-99") blank, line by line."""
    seen = list(re.sub(r"[^\n]", " ", text))
    for start, end in _ranges(shown):
        seen[start:end] = text[start:end]
    return "".join(seen)


def _spans_shown(packed: bytes, shown: str) -> bytes:
    ranges = _ranges(shown)
    return spans.pack(
        [s for s in spans.unpack(packed) if any(a <= s.start and s.end <= b for a, b in ranges)]
    )


def _ranges(shown: str) -> list[tuple[int, int]]:
    pairs = (each.split("-") for each in shown.split(","))
    return [(int(start), int(end)) for start, end in pairs]
