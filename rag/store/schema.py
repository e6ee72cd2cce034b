"""The catalogue's tables.

What is queried has a column; the rest of a dataclass is JSON in `body`
(`rag.store.codec`). `source_path`, `pending` and `decided` keep their form in every
version, so that a newer Rådsvar finds the files of an older catalogue and who
may see them; `vector` too, since vectors take hours to make.
"""

from __future__ import annotations

from rag.store.codec import shape
from rag.store.source import SourceDocument
from rag.types import CouncilDocument, Figure, Finding

VERSION = 7

# The types stored as JSON: when they change, what was stored no longer fits them.
TYPES = shape(SourceDocument, CouncilDocument, Figure, Finding)

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE source (
    id TEXT PRIMARY KEY, media_type TEXT NOT NULL, pages INTEGER NOT NULL,
    reader TEXT NOT NULL, body TEXT NOT NULL, blocks BLOB NOT NULL, personal INTEGER NOT NULL
);
CREATE TABLE source_path (path TEXT PRIMARY KEY, source TEXT NOT NULL);
CREATE INDEX source_path_source ON source_path (source);
CREATE TABLE pending (path TEXT PRIMARY KEY, source TEXT NOT NULL);
-- Who may see what, where a person decided it: `rag.store.levels`.
CREATE TABLE decided (
    path TEXT NOT NULL, document TEXT NOT NULL, source TEXT NOT NULL, level TEXT NOT NULL,
    PRIMARY KEY (path, document)
) WITHOUT ROWID;
CREATE TABLE failure (
    path TEXT PRIMARY KEY, code TEXT NOT NULL, da TEXT NOT NULL, en TEXT NOT NULL,
    time TEXT NOT NULL
);

CREATE TABLE page (
    source TEXT NOT NULL REFERENCES source ON DELETE CASCADE, number INTEGER NOT NULL,
    text TEXT NOT NULL, width REAL NOT NULL, height REAL NOT NULL, spans BLOB NOT NULL,
    UNIQUE (source, number)
);
CREATE TABLE document (
    id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source ON DELETE CASCADE,
    kind TEXT NOT NULL, municipality TEXT, committee TEXT, number TEXT, period TEXT, date TEXT,
    title TEXT NOT NULL, rendition INTEGER NOT NULL, body TEXT NOT NULL, tables TEXT NOT NULL,
    access TEXT NOT NULL, first_page INTEGER NOT NULL, start INTEGER NOT NULL,
    last_page INTEGER NOT NULL, "end" INTEGER
);
CREATE INDEX document_source ON document (source);
CREATE INDEX document_number ON document (number);
CREATE INDEX document_title ON document (title);
CREATE INDEX document_municipality ON document (municipality);
-- The proposals and budgets that a document's text names.
CREATE TABLE naming (
    name TEXT NOT NULL, document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (name, document)
) WITHOUT ROWID;
CREATE INDEX naming_document ON naming (document);
CREATE TABLE figure (
    id TEXT NOT NULL, document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    concept TEXT, year INTEGER, period TEXT, unit TEXT, body TEXT NOT NULL,
    -- Without sign: as printed and in whole units; of a range the lower end, then the upper.
    number REAL, amount REAL, high_number REAL, high_amount REAL
);
CREATE INDEX figure_number ON figure (number);
CREATE INDEX figure_amount ON figure (amount);
CREATE INDEX figure_high_number ON figure (high_number) WHERE high_number IS NOT NULL;
CREATE INDEX figure_high_amount ON figure (high_amount) WHERE high_amount IS NOT NULL;
CREATE INDEX figure_id ON figure (id);
CREATE INDEX figure_document ON figure (document, concept, year);
CREATE INDEX figure_concept ON figure (concept, year);
CREATE TABLE finding (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, severity TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE finding_document (
    finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, document TEXT NOT NULL,
    PRIMARY KEY (finding, document)
) WITHOUT ROWID;
CREATE INDEX finding_document_document ON finding_document (document);
CREATE TABLE passage (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    section TEXT NOT NULL, text TEXT NOT NULL, text_key TEXT NOT NULL
);
CREATE INDEX passage_document ON passage (document);
CREATE INDEX passage_text ON passage (text_key);
-- The float16 vector that a model makes of a text, whichever passages hold it.
CREATE TABLE IF NOT EXISTS vector (
    key TEXT NOT NULL, model TEXT NOT NULL, vector BLOB NOT NULL, UNIQUE (key, model)
);

-- The change log. The token tells generations of the same number apart when a
-- catalogue was made again or put back from a copy. `vectors`: nothing but vectors came.
CREATE TABLE generation (
    number INTEGER PRIMARY KEY, token TEXT NOT NULL, vectors INTEGER NOT NULL
);
CREATE INDEX generation_of_text ON generation (number) WHERE NOT vectors;
CREATE TABLE touched (
    generation INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (generation, document)
) WITHOUT ROWID;
"""
