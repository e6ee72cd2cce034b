"""The figures of one axis as a table whose cells can be chosen."""

from __future__ import annotations

from collections.abc import Mapping

from rag.figures.series import Axis, Series, meant
from rag.text.numbers import format_number
from rag.text.units import unit_name
from rag.types import Figure, Language
from ui.choices import choice_button
from ui.figures import texts
from ui.figures.chart import SIGNS
from ui.safe import html


def table_html(
    axis: Axis, names: Mapping[str, str], scale: int, chosen: str | None, language: Language
) -> str:
    """Return the table: a row a series, years across, then the periods.

    Each cell holds what is printed and beneath it the amount in `scale` units with
    the sign meant; `names` are the series' by id, `chosen` the id of the figure chosen.
    """
    years = sorted({year for s in axis.series for year in s.by_year})
    periods = sorted({f.period or "" for s in axis.series for f in s.of_periods})
    heads = "".join(f'<th scope="col">{html(str(head))}</th>' for head in (*years, *periods))
    below = texts.BELOW.in_(language).format(unit=unit_name(axis.unit, scale))
    scaled = any(_scaled(f, scale) for s in axis.series for f in s.figures)
    caption = texts.CAPTION.in_(language) + (f", {below}" if scaled else "")
    body = ""
    signs = list(SIGNS.values())
    for number, series in enumerate(axis.series):
        by_period = {f.period or "": f for f in series.of_periods}
        figures = [series.by_year.get(y) for y in years] + [by_period.get(p) for p in periods]
        told = [names[series.id], *map(str, (*years, *periods))]
        cells = "".join(
            f"<td>{_cell(f, f'{told[0]}, {head}', scale, chosen, language)}</td>"
            for f, head in zip(figures, told[1:], strict=True)
        )
        n = number % len(signs)
        sign = f'<span class="sign sign-{n}" aria-hidden="true">{signs[n]}</span> '
        body += f'<tr><th scope="row">{sign}{_label(series, names, language)}</th>{cells}</tr>'
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{html(caption)}">'
        f'<table class="figures choosable"><caption>{html(caption)}</caption>'
        f'<thead><tr><th scope="col">{texts.ROW.in_(language)}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def figure_text(figure: Figure, language: Language) -> str:
    """Return a figure as printed, or what an empty cell or a dash is called."""
    if figure.state == "blank":
        return texts.BLANK_HELP.in_(language)
    if figure.state == "dash":
        return texts.DASH_HELP.in_(language)
    return figure.text


def _label(series: Series, names: Mapping[str, str], language: Language) -> str:
    first = series.first
    price = first.price_level or (texts.NO_PRICE.in_(language) if first.unit == "kr." else "")
    told = ", ".join(filter(None, [series.unit, price]))
    return f'{html(names[series.id])} <span class="unit">{html(told)}</span>'


def _cell(
    figure: Figure | None, where: str, scale: int, chosen: str | None, language: Language
) -> str:
    if figure is None:
        return f'<span class="unseen">{texts.NO_CELL.in_(language)}</span>'
    shown = html(figure.text)
    if figure.state == "blank":
        shown = f'<span class="none">{texts.BLANK.in_(language)}</span>'
    elif figure.state == "dash":
        shown = "–"
    label = f"{where}: {figure_text(figure, language)}"
    if told := _scaled(figure, scale):
        shown += f"<small>{told}</small>"
        label += f" ({told} {unit_name(figure.unit, scale)})"
    return choice_button(figure.id, shown, label, figure.id == chosen)


def _scaled(figure: Figure, scale: int) -> str:
    """Return the amount meant in `scale` units, "" where the print says just that."""
    amount = meant(figure)
    if amount is None or amount / scale == figure.value:
        return ""
    return format_number(amount / scale)
