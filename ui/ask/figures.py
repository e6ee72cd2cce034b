"""The figures of an answer as a small table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.answer import Answer
from rag.text.units import STAFF, unit_name
from rag.types import Figure, Language
from ui import texts
from ui.ask import texts as ask_texts
from ui.safe import html
from ui.sources import reference


@dataclass
class FigureRow:
    """The figures of one measure in one place, by the head of their column."""

    index: int
    figures: dict[str, list[Figure]] = field(default_factory=dict)

    @property
    def first(self) -> Figure:
        """Any of the figures: they share measure, unit and place."""
        return next(iter(self.figures.values()))[0]

    def unit(self, language: Language) -> str:
        """Return the unit, price level and meaning, as far as all the figures share one."""
        first = self.first
        told = [unit_name(first.unit, first.scale), first.price_level]
        effects = {f.effect for cell in self.figures.values() for f in cell if f.value}
        words = texts.STAFF_EFFECTS if first.unit in STAFF else texts.MONEY_EFFECTS
        if len(effects) == 1 and (meaning := words.get(effects.pop())):
            told.append(meaning.in_(language))
        return ", ".join(filter(None, told))


def figures_html(answer: Answer, turn: int) -> str:
    """Return the figures of answer `turn` as an HTML table, years across; "" for one figure."""
    rows = figure_rows(answer)
    count = sum(len(cell) for row in rows for cell in row.figures.values())
    if answer.status != "answered" or count < 2:
        return ""
    language = answer.language
    heads, names = heads_of(rows), names_of(answer, rows)
    columns = "".join(f'<th scope="col">{html(h) or texts.VALUE.in_(language)}</th>' for h in heads)
    body = ""
    for row in rows:
        name = f"<strong>{html(named)}</strong> " if (named := names[row.first.document]) else ""
        unit = f' <span class="unit">{html(row.unit(language))}</span>'
        body += f'<tr><th scope="row">{name}{html(row.first.measure)}{unit}</th>'
        body += _cells(row, heads) + f"<td>{reference(turn, row.index, language)}</td></tr>"
    return (
        '<div class="scroll"><table class="figures">'
        f"<caption>{ask_texts.FIGURES.in_(language)}</caption>"
        f'<thead><tr><th scope="col">{texts.ROW.in_(language)}</th>{columns}<td></td></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def heads_of(rows: Sequence[FigureRow]) -> list[str]:
    """Return the heads of the columns that `rows` need: years first, none at all last."""
    return sorted({head for row in rows for head in row.figures}, key=lambda h: (not h, h))


def names_of(answer: Answer, rows: Sequence[FigureRow]) -> dict[str, str]:
    """Return the names of the documents of `rows`, by id; "" where there is one only."""
    named = {c.document.id: c.document.number or c.document.title for c in answer.citations}
    ids = {row.first.document for row in rows}
    return {id: named[id] if len(ids) > 1 else "" for id in ids}


def figure_rows(answer: Answer) -> list[FigureRow]:
    """Return the figures of an answer, a row a measure and place."""
    rows: dict[tuple[object, ...], FigureRow] = {}
    told = dict.fromkeys(pair for s in answer.statements for pair in s.figures)
    for figure, index in told:
        key = figure.measure, figure.unit, figure.scale, figure.price_level, index
        row = rows.setdefault(key, FigureRow(index))
        head = str(figure.year) if figure.year is not None else figure.period or ""
        row.figures.setdefault(head, []).append(figure)
    return list(rows.values())


def _cells(row: FigureRow, heads: Sequence[str]) -> str:
    shown = (" / ".join(f.text for f in row.figures.get(head, [])) for head in heads)
    return "".join(f"<td>{html(text)}</td>" for text in shown)
