"""What must be known to compare figures: prices, signs, what a net row leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rag.figures.series import BUDGET, Axis, Series, meant
from rag.types import CouncilDocument, Text

_NET = "net"


def caveats(
    axis: Axis, documents: Mapping[str, CouncilDocument], known: Sequence[Series]
) -> list[Text]:
    """Return what a reader must know to compare the series of an axis.

    `documents` holds the documents of the series by id, `known` all series of those
    documents.
    """
    named = {one.id: documents[one.first.document] for one in axis.series}
    found = [_prices(axis, named), _ranges(axis), _places(named)]
    for one in axis.series:
        name = _name(named[one.id])
        found += [_turned(one, name), _left_out(one, left_out(one, known), name)]
    return [caveat for caveat in found if caveat is not None]


def left_out(net: Series, known: Sequence[Series]) -> list[Series]:
    """Return the rows that a net row does not cover, of the table it stands in.

    They stand under it with amounts, and the rows above it alone add up to it
    in every year. None where the rows above do not: nothing is known then.
    """
    first = net.first
    if first.concept != _NET or first.table is None:
        return []
    rows = [
        one
        for one in known
        if one.first.table == first.table
        and (one.first.unit, one.first.group) == (first.unit, first.group)
        and one.first.concept not in (BUDGET, _NET)
        and one.first.place.page == first.place.page
    ]
    above = [one for one in rows if one.first.place.start < first.place.start]
    under = [one for one in rows if one not in above]
    sums = all(
        sum((_value(one, year) for one in above), Decimal(0)) == figure.amount
        for year, figure in net.by_year.items()
        if figure.amount is not None
    )
    return [one for one in under if sums and any(f.amount for f in one.figures)]


def _value(one: Series, year: int) -> Decimal:
    figure = one.by_year.get(year)
    return (figure.amount if figure else None) or Decimal(0)


def _left_out(net: Series, rows: Sequence[Series], name: str) -> Text | None:
    if not rows:
        return None
    listed = ", ".join(f"»{one.first.measure}«" for one in rows)
    return Text(
        f"{name}: »{net.first.measure}« dækker ikke {listed}.",
        f"{name}: »{net.first.measure}« does not cover {listed}.",
    )


def _prices(axis: Axis, named: Mapping[str, CouncilDocument]) -> Text | None:
    levels: dict[str | None, list[str]] = {}
    for one in axis.series:
        name = _name(named[one.id])
        own = levels.setdefault(one.first.price_level, [])
        own += [name] if name not in own else []
    if axis.unit != "kr." or len(levels) < 2:
        return None
    da = "; ".join(f"{', '.join(n)}: {p or 'ikke oplyst'}" for p, n in levels.items())
    en = "; ".join(f"{', '.join(n)}: {p or 'not told'}" for p, n in levels.items())
    return Text(
        f"Beløbene er i forskellige priser og er ikke regnet om ({da}).",
        f"The amounts are in different prices and have not been converted ({en}).",
    )


def _turned(one: Series, name: str) -> Text | None:
    """Tell of a row printed with the other sign than it means."""
    if all(meant(f) == f.amount for f in one.figures):
        return None
    cut = any(f.effect == "cut" and meant(f) != f.amount for f in one.figures)
    sign = Text("uden minus", "without a minus") if cut else Text("med minus", "with a minus")
    change = Text("et fald", "a fall") if cut else Text("en stigning", "a rise")
    return Text(
        f"{name}: »{one.first.measure}« er trykt {sign.da}, men er {change.da}. "
        "Diagrammet følger meningen, tabellen trykket.",
        f"{name}: »{one.first.measure}« is printed {sign.en} but is {change.en}. "
        "The chart follows the meaning, the table the print.",
    )


def _ranges(axis: Axis) -> Text | None:
    if not any(f.low is not None for one in axis.series for f in one.figures):
        return None
    return Text(
        "Intervaller som »150-160« står i tabellen, men ikke i diagrammet.",
        "Ranges such as “150-160” stand in the table but not in the chart.",
    )


def _places(named: Mapping[str, CouncilDocument]) -> Text | None:
    places = dict.fromkeys(d.municipality for d in named.values() if d.municipality)
    if len(places) < 2:
        return None
    listed = ", ".join(places)
    return Text(
        f"Rækkerne er fra forskellige kommuner ({listed}); ens navne kan dække forskelligt.",
        f"The rows are from different municipalities ({listed}); like names may cover "
        "different things.",
    )


def _name(document: CouncilDocument) -> str:
    return document.number or f"»{document.title}«"
