"""Evidence: checked against the documents, and taken from what writers quote.

`python -m eval.real.evidence ../shared` checks all that is committed. With `--add FILE…` it reads
drafts, whose evidence is `{"document", "quote"}`, and writes their questions into the piles.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from eval.fields import Line
from eval.real.known import QUESTIONS, Evidence, Pile, load_pile, read_question
from eval.real.source import sha256_of, text_of
from rag.errors import InputError
from rag.types import Text


def words_of(shared: Path, evidence: Evidence) -> str:
    """Return the words that evidence stands for; raises InputError where they are not there."""
    file = evidence.document.partition("#")[0]
    try:
        whole = text_of(shared, evidence.document)
    except (OSError, KeyError) as error:
        raise _moved(evidence, "dokumentet findes ikke", "there is no such document") from error
    if sha256_of(shared / file) != evidence.file:
        raise _moved(evidence, "filen er en anden", "the file is another one")
    words = whole[evidence.offset : evidence.offset + evidence.length]
    if _sha256(words) != evidence.words:
        raise _moved(evidence, "dér står noget andet", "something else stands there")
    return words


def taken(shared: Path, document: str, quote: str) -> Evidence:
    """Return the evidence that a quotation of a document is; raises InputError if it is none."""
    offset = text_of(shared, document).find(quote)
    if offset < 0:
        raise InputError(
            Text(
                f"{document}: citatet står der ikke: {quote[:60]}",
                f"{document}: the quotation does not stand there: {quote[:60]}",
            )
        )
    file = sha256_of(shared / document.partition("#")[0])
    return Evidence(document, file, offset, len(quote), _sha256(quote))


def check(shared: Path) -> int:
    """Check every committed evidence, and return how many; raises InputError at the first."""
    everything = [e for pile in get_args(Pile) for q in load_pile(pile) for e in q.evidence]
    for evidence in everything:
        words_of(shared, evidence)
    return len(everything)


def add(shared: Path, drafts: list[Path]) -> None:
    """Add the questions of drafts to the piles; a draft's lines name their `pile`."""
    for path in drafts:
        for line, entry in _drafted(path):
            pile = line.choice(entry, "pile", get_args(Pile))
            entry["evidence"] = [
                vars(taken(shared, e["document"], e["quote"])) for e in entry.get("evidence", [])
            ]
            text = json.dumps({k: v for k, v in entry.items() if k != "pile"}, ensure_ascii=False)
            read_question(line, text)
            with (QUESTIONS / f"{pile}.jsonl").open("a", encoding="utf8") as out:
                out.write(text + "\n")


def _drafted(path: Path) -> Iterator[tuple[Line, dict[str, Any]]]:
    for number, text in enumerate(path.read_text("utf8").splitlines(), start=1):
        if text.strip():
            yield Line(path, number), json.loads(text)


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _moved(evidence: Evidence, da: str, en: str) -> InputError:
    return InputError(Text(f"{evidence.document}: {da}.", f"{evidence.document}: {en}."))


def _main(arguments: list[str]) -> None:
    if not arguments:
        sys.exit(__doc__)
    shared, *rest = arguments
    try:
        if rest[:1] == ["--add"]:
            add(Path(shared), [Path(path) for path in rest[1:]])
        print(f"{check(Path(shared))} places checked")
    except InputError as error:
        sys.exit(error.message.en)


if __name__ == "__main__":
    _main(sys.argv[1:])
