import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.known import Expected, ExpectedFigure, KnownAnswer, load_known
from rag.errors import InputError
from rag.query import Turn

ENTRY: dict[str, Any] = {
    "id": "q1",
    "question": "Og i 2028?",
    "history": ["Hvad koster det?", {"question": "Og i 2027?", "answer": "2 kr."}],
    "language": "da",
    "type": "lookup",
    "expected": {
        "status": "answered",
        "figures": [
            {"amount": -2200000, "unit": "kr.", "year": 2029},
            {"low": 2.5, "high": 10, "unit": "årsværk"},
        ],
        "words": [["ja", "yes"]],
        "document": "a.pdf",
        "pages": [1, 2],
        "finding": True,
    },
    "author": "house",
}


def write(path: Path, *entries: Any) -> Path:
    path.write_text("\n".join(e if isinstance(e, str) else json.dumps(e) for e in entries), "utf8")
    return path


def changed(**fields: Any) -> dict[str, Any]:
    return {k: v for k, v in {**ENTRY, **fields}.items() if v is not None}


def expecting(**fields: Any) -> dict[str, Any]:
    merged = {**ENTRY["expected"], **fields}
    return changed(expected={k: v for k, v in merged.items() if v is not None})


def test_every_field_is_read(tmp_path: Path) -> None:
    [known] = load_known([write(tmp_path / "k.jsonl", ENTRY, "  ")])
    assert known == KnownAnswer(
        id="q1",
        question="Og i 2028?",
        language="da",
        type="lookup",
        expected=Expected(
            status="answered",
            figures=(
                ExpectedFigure("kr.", Decimal(-2200000), year=2029),
                ExpectedFigure("årsværk", low=Decimal("2.5"), high=Decimal(10)),
            ),
            words=(("ja", "yes"),),
            document="a.pdf",
            pages=(1, 2),
            finding=True,
        ),
        author="house",
        history=(Turn("Hvad koster det?"), Turn("Og i 2027?", "2 kr.")),
    )


@pytest.mark.parametrize(
    ("entry", "cause"),
    [
        ("{", "ikke JSON"),
        ("[]", "objekt"),
        (changed(question=None), "»question« mangler"),
        (changed(question=" "), "»question« mangler"),
        (changed(language="sv"), "»language« skal være en af da, en"),
        (changed(type="guess"), "»type« skal være en af lookup"),
        (changed(author="me"), "»author«"),
        (changed(answer="4"), "ukendt felt »answer«"),
        (changed(history="x"), "»history« skal være en liste"),
        (changed(history=[{"q": "x"}]), "ukendt felt »q«"),
        (changed(expected=None), "»expected« skal være et objekt"),
        (expecting(status="maybe"), "»status«"),
        (expecting(figures=[{"unit": "kr."}]), "»amount«, eller »low« og »high«"),
        (expecting(figures=[{"unit": "kr.", "low": 1}]), "»amount«, eller »low« og »high«"),
        (expecting(figures=[{"unit": "kr.", "amount": "4"}]), "»amount« skal være et tal"),
        (expecting(figures=[{"amount": 4}]), "»unit« mangler"),
        (expecting(figures=[{"amount": 4, "unit": "kr.", "year": "2029"}]), "»year« skal være"),
        (expecting(words=["ja"]), "»words«"),
        (expecting(words=[[]]), "»words«"),
        (expecting(pages=["1"]), "»pages« skal være et helt tal"),
        (expecting(finding=1), "»finding« skal være true eller false"),
        (expecting(figures=None, words=None), "bedømt"),
        (expecting(status="not_found"), "hører ikke til"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, entry: Any, cause: str) -> None:
    path = write(tmp_path / "k.jsonl", changed(id="q0"), entry)
    with pytest.raises(InputError) as caught:
        load_known([path])
    assert caught.value.message.da.startswith(f"{path}, linje 2: ")
    assert caught.value.message.en.startswith(f"{path}, line 2: ")
    assert cause in caught.value.message.da


def test_an_id_may_not_come_twice_across_files(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, ENTRY) for name in ("a.jsonl", "b.jsonl")]
    with pytest.raises(InputError, match=r"b\.jsonl, line 1: id 'q1' comes twice"):
        load_known(paths)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: cannot be read"):
        load_known([tmp_path / "none.jsonl"])
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes("årsværk".encode("latin-1"))
    with pytest.raises(InputError, match="is not UTF-8"):
        load_known([latin])
