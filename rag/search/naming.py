"""The documents whose contents are read for a question: those in reach, with its names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rag.asking.scope import Scope
from rag.query import Query
from rag.search.retrieve import PassageRetriever
from rag.store.lookup import Lookup
from rag.text.language import fold
from rag.text.names import name_key
from rag.types import CouncilDocument

_MOST_READ, _HITS = 40, 48  # documents read whole; more are narrowed by search first
_FEW_READ, _FEW_HITS = 12, 24  # where one thing is asked about: it is said in a few
MOST_COMPARED, _COMPARED_HITS = 400, 4_000
"""Documents whose figures are compared, at most, and passages searched for those that may be."""


def within_reach(
    query: Query, scope: Scope, retriever: Callable[[], PassageRetriever]
) -> list[CouncilDocument]:
    """Return the documents in scope; of a large collection, those that search finds."""
    of_one = bool(query.words) and query.operation is None
    most, n = (_FEW_READ, _FEW_HITS) if of_one else (_MOST_READ, _HITS)
    if len(scope.documents) <= most:
        return list(scope.documents)
    if of_one and query.intent != "prose":  # a quotation is searched for in any case
        found = set(retriever().saying(query.words, n, scope.ids))
    else:
        found = {h.passage.document for h in retriever().hits(query, n, scope.ids)}
    documents = scope.by_id
    return [documents[id] for id in scope.ids if id in found]


def to_compare(
    query: Query, scope: Scope, retriever: Callable[[], PassageRetriever]
) -> list[CouncilDocument] | None:
    """Return all documents in scope that say what is asked about; None where they are too many.

    What is largest of all is known only where none is left out.
    """
    documents = list(scope.documents)
    if len(documents) > MOST_COMPARED and query.words:
        said = retriever().saying(query.words, _COMPARED_HITS, scope.ids)
        if len(said) == _COMPARED_HITS:
            return None  # and more may say it
        found = set(said)
        documents = [d for d in documents if d.id in found]
    return documents if len(documents) <= MOST_COMPARED else None


def holding(
    names: Iterable[str], documents: Sequence[CouncilDocument], catalogue: Lookup
) -> list[CouncilDocument]:
    """Return the `documents` that hold every one of `names`, however they are cased."""
    sought = [name_key(name) for name in names]
    if not sought:
        return list(documents)
    texts = {d.id: fold(f"{d.title} {d.file}") for d in documents}
    for passage in catalogue.passages(document_ids=list(texts)):
        texts[passage.document] += "\n" + fold(passage.text)
    return [d for d in documents if all(name in texts[d.id] for name in sought)]
