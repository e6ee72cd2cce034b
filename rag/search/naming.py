"""The documents that hold the names a question speaks of ("Østskolen")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rag.asking.scope import Scope
from rag.query import Query
from rag.search.retrieve import PassageRetriever
from rag.store.lookup import Lookup
from rag.text.language import fold
from rag.types import CouncilDocument

_MOST_READ = 40  # documents read whole; more are narrowed by search first
_HITS = 48


def within_reach(
    query: Query, scope: Scope, retriever: Callable[[], PassageRetriever]
) -> list[CouncilDocument]:
    """Return the documents in scope; of a large collection, those that search finds."""
    if len(scope.documents) <= _MOST_READ:
        return list(scope.documents)
    hits = retriever().hits(query, _HITS, scope.ids)
    found = {h.passage.document for h in hits}
    return [d for d in scope.documents if d.id in found]


def holding(
    names: Iterable[str], documents: Sequence[CouncilDocument], catalogue: Lookup
) -> list[CouncilDocument]:
    """Return the `documents` that hold every one of `names`, however they are cased."""
    sought = [fold(name).removesuffix("s") for name in names]
    if not sought:
        return list(documents)
    texts = {d.id: fold(f"{d.title} {d.file}") for d in documents}
    for passage in catalogue.passages(document_ids=list(texts)):
        texts[passage.document] += "\n" + fold(passage.text)
    return [d for d in documents if all(name in texts[d.id] for name in sought)]
