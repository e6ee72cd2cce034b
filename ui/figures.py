"""The figures of an answer as a small table."""

from __future__ import annotations

from collections.abc import Mapping

from rag.numerals import unit_name
from rag.types import Answer, CouncilDocument, Figure
from ui import texts
from ui.safe import html
from ui.sources import reference

_Row = tuple[str, str, str | None, int, str | None, int]


def figures_html(answer: Answer, turn: int) -> str:
    """Return the figures of answer `turn` as an HTML table, years across; "" for one figure."""
    told = dict.fromkeys((f, index) for s in answer.statements for f, index in s.figures)
    if len(told) < 2:
        return ""
    rows: dict[_Row, dict[str, list[str]]] = {}
    heads: dict[str, tuple[int, str]] = {}
    for figure, index in told:
        head = _head(figure)
        heads[head] = (figure.year or 9999, head)
        unit = (figure.measure, figure.unit, figure.scale, figure.price_level)
        row = rows.setdefault((figure.document, *unit, index), {})
        row.setdefault(head, []).append(figure.text)
    columns = sorted(heads, key=heads.__getitem__)
    documents = {c.document.id: c.document for c in answer.citations}
    language = answer.language
    named = "".join(f'<th scope="col">{html(c) or texts.VALUE.in_(language)}</th>' for c in columns)
    body = "".join(_row_html(k, v, columns, documents, turn, answer) for k, v in rows.items())
    return (
        '<div class="scroll"><table class="figures">'
        f"<caption>{texts.FIGURES.in_(language)}</caption>"
        f'<thead><tr><th scope="col">{texts.ROW.in_(language)}</th>{named}<td></td></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row_html(
    row: _Row,
    values: dict[str, list[str]],
    columns: list[str],
    documents: Mapping[str, CouncilDocument],
    turn: int,
    answer: Answer,
) -> str:
    document, measure, unit, scale, price, index = row
    name = ""
    if len({f.document for s in answer.statements for f, _ in s.figures}) > 1:
        own = documents[document]
        name = f"<strong>{html(own.number or own.title)}</strong> "
    told = ", ".join(filter(None, (unit_name(unit, scale), price)))
    unit_html = f' <span class="unit">{html(told)}</span>' if told else ""
    cells = "".join(f"<td>{html(' / '.join(values.get(c, [])))}</td>" for c in columns)
    link = reference(turn, index, answer.language)
    return f'<tr><th scope="row">{name}{html(measure)}{unit_html}</th>{cells}<td>{link}</td></tr>'


def _head(figure: Figure) -> str:
    return str(figure.year) if figure.year is not None else figure.period or ""
