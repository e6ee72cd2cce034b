"""Of the two that tell of names and decisions, the ledger and the catalogue: which is believed.

They are written as one, the ledger first, so that together (the catalogue bears the
ledger's stamp) a sound line of the ledger is the truth. Apart, one of them is older, and
nobody knows which: the narrower decision stands. What either may have forgotten is
closed, unless the other is sound and knows.
"""

from __future__ import annotations

from rag.store.ledger import Named, Told
from rag.store.levels import FILE, LEVELS, Decision, narrowest


def believed(ledger: Told, catalogue: Told, together: bool, harmed: bool = False) -> Told:
    """Return what stands of all that the two tell.

    Where the catalogue is `harmed`, what it alone tells may be what flipped bytes made:
    nothing, where the ledger is whole and of the same state; in doubt, where it is not whole.
    """
    whole = not ledger.damaged
    named: dict[str, Named] = {}
    for path in [*catalogue.named, *(p for p in ledger.named if p not in catalogue.named)]:
        told, mine = ledger.named.get(path), catalogue.named.get(path)
        if told is None and mine is not None:
            if not (together and whole):
                named[path] = mine._replace(doubt=mine.doubt or (harmed and not whole))
        elif told is not None:
            named[path] = _of(told, mine, together, harmed) if mine is not None else told
    first, last = (catalogue, ledger) if together or harmed else (ledger, catalogue)
    return Told(named, first.settings | last.settings)


def _of(told: Named, mine: Named, together: bool, harmed: bool) -> Named:
    """Return what stands of a path that both know: `told` by the ledger, `mine` the catalogue's."""
    doubt = told.doubt and (mine.doubt or harmed)
    if not told.doubt and (together or mine.doubt):
        return told
    if told.doubt and not doubt:
        return mine
    source = (told.source or mine.source) if harmed else (mine.source or told.source)
    return Named(told.path, source, tuple(_narrower(mine.decided, told.decided)), doubt)


def _narrower(mine: tuple[Decision, ...], theirs: tuple[Decision, ...]) -> list[Decision]:
    """Return the decisions that both make, the narrower of each, and what one alone narrows.

    What one alone decided of a document is no wider than what the other did of its file.
    """
    ours, others = ({d.document: d for d in side} for side in (mine, theirs))
    found = []
    for key in [*ours, *(k for k in others if k not in ours)]:
        made = [side.get(key) or side.get(FILE) for side in (ours, others)]
        level = narrowest(d.level for d in made if d)
        if all(key in side for side in (ours, others)) or level != LEVELS[0]:
            own = next(d for d in made if d and d.document == key)
            found.append(own._replace(level=level))
    return found
