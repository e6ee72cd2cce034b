"""Search within some of the documents, when they are so many that naming them is slow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set

Scored = list[tuple[str, str, float]]

_ROOM = 1.5  # times as many as would do if the documents wanted were evenly spread
_MOST = 1_000  # passages; a search for more costs more than a filter


def search_within(
    search: Callable[[int, Sequence[str] | None], Scored],
    n: int,
    wanted: Collection[str] | None,
    total: int,
) -> list[tuple[str, float]]:
    """Return the ids and scores of the `n` best passages of the documents `wanted`, best first.

    An index takes longer the more documents its filter names. Where many of the
    `total` documents are wanted, everything is searched for more passages, and
    the others' are dropped.

    Args:
        search: returns (passage, document, score) of the best of so many passages,
            best first; only those of some documents where these are given.
        n: how many passages.
        wanted: documents' ids, each once; None for all.
        total: how many documents there are.
    """
    if wanted is None or len(wanted) >= total:
        return [(id, score) for id, _, score in search(n, None)]
    asked = round(_ROOM * n * max(1.0, total / len(wanted)))
    if asked <= _MOST:
        allowed = wanted if isinstance(wanted, Set) else frozenset(wanted)
        found = search(asked, None)
        kept = [(id, score) for id, document, score in found if document in allowed]
        if len(kept) >= n or len(found) < asked:
            return kept[:n]
    return [(id, score) for id, _, score in search(n, list(wanted))]
