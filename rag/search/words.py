"""Word search: BM25 over analysed terms in tantivy, a projection of the catalogue.

BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25
and Beyond" (2009), as tantivy has it (k1 = 1.2, b = 0.75).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from rag.home import Home
from rag.search.narrow import Scored, search_within
from rag.search.projection import Projection
from rag.store.catalogue import Catalogue
from rag.types import CouncilDocument, Passage

if TYPE_CHECKING:
    import tantivy

Analyse = Callable[[str], Sequence[str]]
Rarity = Callable[[str, str], float]
"""How rare a term of a field ("text" or "head") is, as `idf` tells it."""

# What a term in the document's title or the section's heading adds, of what it adds in the text.
HEAD_WEIGHT = 0.5
_HEAP_BYTES = 64_000_000
_FIELDS = 3  # bump when what is indexed changes


class Words(Projection):
    """The passages' texts and heads (number, title and section) as terms.

    `analyse` turns text into terms, which hold no white space.
    """

    _index: tantivy.Index | None = None
    _searcher: tantivy.Searcher
    _schema: tantivy.Schema

    def __init__(
        self,
        home: Home,
        catalogue: Catalogue,
        analyse: Analyse,
        head_weight: float = HEAD_WEIGHT,
    ) -> None:
        super().__init__(home.words, catalogue, _fingerprint(analyse), catalogue.changes)
        self._analyse = analyse
        self._head_weight = head_weight

    def search(
        self,
        terms: Sequence[tuple[str, float]],
        n: int,
        document_ids: Collection[str] | None = None,
        rarity: Rarity | None = None,
    ) -> list[tuple[str, float]]:
        """Return the ids and BM25 scores of the `n` best passages, best first.

        Args:
            terms: terms as `analyse` makes them, each with its weight above 0.
            n: how many; only passages that hold a term come.
            document_ids: only passages of these documents; None for all.
            rarity: how rare a term of a field is, in place of what the index counts.

        Raises ProjectionError when the index cannot be searched, nor made again.
        """
        if n < 1 or not terms or (document_ids is not None and not document_ids):
            return []
        total = self._catalogue.document_count()
        return self._search(
            lambda: search_within(
                lambda k, documents: self._best(terms, k, documents, rarity),
                *(n, document_ids, total),
            )
        )

    def vocabulary(self) -> Mapping[str, int]:
        """Return every term of the passages' texts and the number of passages that hold it."""
        return self._search(lambda: dict(self._searcher.terms_with_prefix("text", "")))

    def _best(
        self,
        terms: Sequence[tuple[str, float]],
        n: int,
        documents: Sequence[str] | None,
        rarity: Rarity | None,
    ) -> Scored:
        from tantivy import Occur, Query

        weights = [
            (field, term, weight * share * (self._scaled(field, term, rarity) if rarity else 1.0))
            for field, share in (("text", 1.0), ("head", self._head_weight))
            for term, weight in terms
        ]
        should = [
            (Occur.Should, Query.boost_query(self._term(field, term), weight))
            for field, term, weight in weights
            if weight > 0
        ]
        query = Query.boolean_query(should)
        if documents is not None:
            allowed = Query.term_set_query(self._schema, "document", list(documents))
            query = Query.boolean_query(
                [(Occur.Must, query), (Occur.Must, Query.const_score_query(allowed, 0.0))]
            )
        hits = []
        for score, at in self._searcher.search(query, limit=n, count=False).hits:
            stored = self._searcher.doc(at)
            id, document = stored.get_first("id"), stored.get_first("document")
            hits.append((str(id), str(document), float(score)))
        return sorted(hits, key=lambda h: (-h[2], h[0]))

    def _scaled(self, field: str, term: str, rarity: Rarity) -> float:
        """Return what takes the index's own count of a term out of its score, and `rarity` in."""
        held = self._searcher.doc_freq(field, term)
        return rarity(field, term) / idf(held, self._searcher.num_docs) if held else 0.0

    def _term(self, field: str, term: str) -> tantivy.Query:
        from tantivy import Query

        return Query.term_query(self._schema, field, term, "freq")

    # ------------------------------------------------------- the kind of projection

    def _open(self, folder: Path, new: bool) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
        for field in ("text", "head"):
            builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
        self._schema = builder.build()
        store = folder / "store"
        if new:
            store.mkdir()
            self._index = tantivy.Index(self._schema, str(store))
        else:
            self._index = tantivy.Index.open(str(store))
        terms = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("terms", terms)
        self._searcher = self._index.searcher()

    def _close(self) -> None:
        if self._index:
            self._index = None
            del self._searcher

    def _count(self) -> int:
        return self._searcher.num_docs

    def _finds(self, documents: Sequence[str]) -> bool:
        from tantivy import Query

        held = [d for d in documents if self._catalogue.passage_count([d])]
        return all(
            self._searcher.search(Query.term_query(self._schema, "document", d, "basic"), 1).hits
            for d in held
        )

    def _update(self, documents: Sequence[str], new: bool) -> None:
        import tantivy

        assert self._index
        # One thread: the order of passages, and so of ties, is the same in every build.
        writer = self._index.writer(_HEAP_BYTES, 1)
        if not new:
            writer.delete_documents_by_query(
                tantivy.Query.term_set_query(self._schema, "document", list(documents))
            )
        about = {d.id: d for d in self._catalogue.documents(ids=documents)}
        for passage in self._catalogue.passages(document_ids=documents):
            writer.add_document(
                tantivy.Document(
                    id=passage.id,
                    document=passage.document,
                    text=" ".join(self._analyse(passage.text)),
                    head=" ".join(self._analyse(head(about[passage.document], passage))),
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()


def idf(held: int, passages: int) -> float:
    """Return how rare a term is in BM25, that `held` of a number of passages hold."""
    return log(1 + (max(passages - held, 0) + 0.5) / (held + 0.5))


def head(document: CouncilDocument, passage: Passage) -> str:
    """Return what stands over a passage, as the index has it."""
    return "\n".join(filter(None, (document.number, document.title, passage.section)))


def _fingerprint(analyse: Analyse) -> str:
    """Return a version of the code behind `analyse`: its module and what that imports of ours."""
    module = sys.modules[analyse.__module__]
    near = {getattr(value, "__module__", None) for value in vars(module).values()}
    room = analyse.__module__.partition(".")[0]
    names = {name for name in near if name and name.partition(".")[0] == room}
    files = {getattr(sys.modules[n], "__file__", None) for n in names | {analyse.__module__}}
    code = b"".join(Path(file).read_bytes() for file in sorted(filter(None, files)))
    return f"{_FIELDS}-{sha256(code).hexdigest()[:16]}"
