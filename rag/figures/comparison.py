"""What to compare: what series are of, which may be chosen, and what to begin with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rag.figures.series import BUDGET, Series
from rag.types import CouncilDocument, Text

_FIRST = 3  # documents to begin with


def subjects(series: Iterable[Series]) -> dict[str, Text]:
    """Return what can be compared, by its key: what most documents have first."""
    names: dict[str, Text] = {}
    having: defaultdict[str, set[str]] = defaultdict(set)
    for one in series:
        names.setdefault(one.subject, one.subject_name)
        having[one.subject].add(one.first.document)
    ordered = sorted(names, key=lambda s: (-len(having[s]), s != "net", names[s].da.casefold()))
    return {subject: names[subject] for subject in ordered}


def suggestion(
    documents: Sequence[CouncilDocument], series: Iterable[Series]
) -> tuple[list[str], str] | None:
    """Return the ids of a few documents and a subject that they have in common.

    Of tables alone, and of one municipality: the one with most of them; those
    with a number and the newest first. None where there is nothing to show.
    """
    telling = [s for s in series if s.first.table and any(f.amount for f in s.figures)]
    changes = [s for s in telling if s.first.concept != BUDGET] or telling
    if not changes:
        return None
    subject = next(iter(subjects(changes)))
    having = {s.first.document for s in changes if s.subject == subject}
    found = [d for d in documents if d.id in having]
    places = Counter(d.municipality for d in found)
    place = max(places, key=places.__getitem__)
    own = [d for d in found if d.municipality == place]
    own.sort(key=lambda d: (bool(d.number), d.period or ""), reverse=True)
    kept = {d.id for d in own[:_FIRST]}
    return [d.id for d in found if d.id in kept], subject
