"""What the version of the reading code takes in: what decides what is read, and nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from ingest import reader_version

_READS = """
import sys
from ingest.assemble import assemble
from ingest.read import read_bytes
for name, data in (("a.md", b"# Tal\\n\\n| Post | 2026 |\\n|---|---|\\n| Drift | 1 |\\n"),
                   ("a.html", b"<h1>Tal</h1><p>Der er 3 skoler.</p>")):
    assemble(read_bytes(name, data))
print(*(m for m in sys.modules if m.partition(".")[0] in ("rag", "ingest")))
"""


def test_it_takes_in_all_that_reading_imports() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _READS], capture_output=True, text=True, check=True
    )
    imported = {m for m in done.stdout.split() if m not in ("rag", "ingest")}
    assert {"rag.asking.column_kinds", "rag.store.source"} <= imported
    # What is kept in rows has a version of its own; a folder's own file says nothing.
    kept = {m for m in imported if m.startswith(("rag.store", "rag.home"))} - {"rag.store.source"}
    assert imported - kept - {"rag.asking", "ingest.checks"} <= reader_version.modules()


def test_it_takes_in_no_command_and_no_question() -> None:
    left_out = {"ingest.command", "ingest.pipeline", "ingest.uploads", "rag.glossary", "rag.query"}
    assert not left_out & reader_version.modules()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ('"""Other words."""\ndef f():\n    "Says more."\n    return 1  # why\n', True),
        ('"""Words."""\ndef f():\n    return 2\n', False),
    ],
)
def test_words_about_the_code_do_not_count_and_the_code_does(other: str, same: bool) -> None:
    source = '"""Words."""\ndef f():\n    """Say."""\n    return 1\n'
    codes = [reader_version.code_of(ast.parse(text)) for text in (source, other)]
    assert (codes[0] == codes[1]) is same


def test_synonyms_of_questions_do_not_count_and_names_of_measures_do() -> None:
    text = "concepts:\n  net: [netto]\nsynonyms:\n  - [bil, vogn]\n"
    assert reader_version.told(text) == reader_version.told(text.replace("vogn", "automobil"))
    assert reader_version.told(text) != reader_version.told(text.replace("netto", "nettoændring"))
