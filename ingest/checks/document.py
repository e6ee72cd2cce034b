"""The findings of one document.

Precision comes before recall: a finding is hard only where arithmetic or a
value stands against a value.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.checks.claims import claims
from ingest.checks.identities import identities
from ingest.checks.labels import labels
from ingest.checks.lists import lists
from ingest.checks.reading import Reading
from ingest.checks.retold import is_part, misprints, series, wrong_years
from ingest.checks.signs import signs
from ingest.checks.staff import more_staff
from ingest.checks.twice import twice
from rag.types import Finding


def findings(reading: Reading) -> list[Finding]:
    """Return what a document's figures and tables disagree on, each with its places."""
    found: list[Finding] = []
    for table in reading.document.tables:
        found += identities(table, [f for f in reading.cells if f.table == table.id])
    found += lists(reading)
    found += signs(reading)
    whole = [f for f in reading.prose if not is_part(f, reading)]
    against = list(series(reading, whole))
    reported = {name for f in against for name in f.figures}
    unreported = [f for f in whole if f.id not in reported]
    against += misprints(reading, unreported)
    reported |= {name for f in against for name in f.figures}
    against += wrong_years(reading, [f for f in whole if f.id not in reported])
    reported |= {name for f in against for name in f.figures}
    against += more_staff(reading, [f for f in whole if f.id not in reported])
    found += against
    found += twice(reading, whole)
    found += claims(reading)
    found += labels(reading)
    return [replace(f, id=f"{reading.document.id}/f{n}") for n, f in enumerate(found)]
