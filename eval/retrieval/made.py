"""Makes council-like documents and questions about them: near-identical proposals and notes.

Each topic of made.yaml becomes proposals of three municipalities in two budgets,
which share their sentences and differ in place, year and figures, and a status
note a year later. Three facts stand in one proposal each, the fourth in the
note. The same seed gives the same text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from eval.retrieval.questions import Entry

SEED = 20261121
BUDGETS = ((2026, 2029), (2027, 2030))
MUNICIPALITIES = (
    *("Holbæk", "Næstved", "Randers", "Horsens", "Svendborg", "Kolding", "Hillerød", "Viborg"),
    *("Slagelse", "Herning", "Greve", "Vejen"),
)
_KEY = re.compile(r"\*(.+?)\*")
_ASKED = (
    ("da", "Hvad sparer {municipality} på {label} fra {y2} i Budget {period}?"),
    ("da", "{municipality} {period}: gevinst på {label} fuldt indfaset"),
    ("en", "How much does {municipality} save a year on {title} in the {period} budget?"),
)


class Made(NamedTuple):
    """Documents as Markdown by file name, and the questions about them."""

    files: dict[str, str]
    entries: list[Entry]


def make() -> Made:
    """Return the documents and their questions."""
    stock = yaml.safe_load(Path(__file__).with_name("made.yaml").read_text("utf8"))
    draw = random.Random(SEED)
    made = Made({}, [])
    for number, topic in enumerate(stock["topics"]):
        places = [MUNICIPALITIES[(number + step) % len(MUNICIPALITIES)] for step in (0, 4, 7)]
        proposals = [
            _Proposal(topic, place, budget, draw) for place in places for budget in BUDGETS
        ]
        homes = draw.sample(range(len(proposals)), 3)
        for at, proposal in enumerate(proposals):
            facts = [topic["facts"][i] for i, home in enumerate(homes) if home == at]
            made.files[proposal.file] = proposal.text(stock, facts)
        note = f"status_{topic['number']}_{places[0]}.md"
        made.files[note] = _note(topic, places[0], draw)
        for i, fact in enumerate(topic["facts"]):
            file = note if i == 3 else proposals[homes[i]].file
            made.entries.extend(_fact_questions(f"{topic['number']}-{i + 1}", fact, file))
        made.entries.extend(_twin_questions(topic, draw.sample(proposals, 3)))
    return made


class _Proposal:
    """One proposal: a topic in a municipality's budget, with figures of its own."""

    def __init__(
        self, topic: dict[str, Any], place: str, budget: tuple[int, int], draw: random.Random
    ) -> None:
        first = draw.randrange(120, 480) * 1000
        full = first + draw.randrange(90, 900) * 1000
        self._draw = draw
        self._topic = topic
        self.full = _kroner(full)
        self.period = f"{budget[0]}-{budget[1]}"
        self.file = f"{topic['number']}_{place}_{self.period}.md"
        self.words = {
            "municipality": place,
            "period": self.period,
            "y1": budget[0],
            "y2": budget[0] + 1,
            "first": _kroner(first),
            "full": self.full,
            "posts": f"{draw.randrange(1, 9)},{draw.choice('05')}",
            "label_up": topic["label"][0].upper() + topic["label"][1:],
            **{key: topic[key] for key in ("title", "label", "goal", "why", "committee")},
        }
        step, last = (f"-{amount // 1000:,}".replace(",", ".") for amount in (first, full))
        self.row = ("Nettoændring", step, last, last, last)

    def text(self, stock: dict[str, Any], facts: list[dict[str, str]]) -> str:
        """Return the proposal with `facts`, each in a section of its own, as Markdown."""

        def said(kind: str) -> str:
            return str(self._draw.choice(stock[kind])).format(**self.words)

        years = range(int(self.period[:4]), int(self.period[5:]) + 1)
        rows = (("1.000 kr.", *map(str, years)), ("---",) * 5, self.row)
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        sections = [
            ("Resumé", said("openers")),
            ("Økonomi", said("economy") + "\n\n" + table),
            *((fact["head"], _KEY.sub(r"\1", fact["text"])) for fact in facts),
            ("Personale", said("staff")),
            ("Bemærkninger", said("hearing")),
            ("Videre proces", said("process")),
        ]
        top = (
            f"# {self._topic['number']} {self._topic['title']}\n\n"
            f"Prioriteringsforslag til Budget {self.period}, {self.words['municipality']} Kommune"
            "\n\n"
            f"Udvalg: {self._topic['committee']}\n\n"
        )
        return top + "\n\n".join(f"## {title}\n\n{body}" for title, body in sections) + "\n"


def _note(topic: dict[str, Any], place: str, draw: random.Random) -> str:
    fact = topic["facts"][3]
    body = _KEY.sub(r"\1", fact["text"])
    return (
        f"# Statusnotat: {topic['title']}\n\n{place} Kommune\n\n"
        f"Dato: {draw.randrange(2, 28)}. oktober 2027\n\nTil {topic['committee']}\n\n"
        f"## Baggrund\n\nUdvalget bad i foråret om at høre, hvordan det går med {topic['label']}."
        f"\n\n## {fact['head']}\n\n{body}\n\n"
        f"## Næste skridt\n\nForvaltningen vender tilbage med en ny status om et år.\n"
    )


def _fact_questions(id: str, fact: dict[str, str], file: str) -> Iterator[Entry]:
    found = _KEY.search(fact["text"])
    assert found, fact["text"]
    kinds = {"other": "other words", "english": "English", "short": "short", "long": "long"}
    for field, kind in kinds.items():
        if field in fact:
            yield Entry(f"{id}-{field}", "made", kind, fact[field], file, (found[1],))


def _twin_questions(topic: dict[str, Any], proposals: list[_Proposal]) -> Iterator[Entry]:
    """Yield a question of each proposal that its twins of other places and years answer wrongly."""
    for (language, asked), proposal in zip(_ASKED, proposals, strict=True):
        id = f"{topic['number']}-twin-{language}-{proposal.words['municipality']}-{proposal.period}"
        question = asked.format(**proposal.words)
        answers = (proposal.full, " ".join(proposal.row))
        yield Entry(id, "made", "near-identical", question, proposal.file, answers)


def _kroner(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
