"""Builds the made documents: `python eval/made/build.py [FOLDER]` (default: this folder).

The same sources give the same files. A source's blocks are `h`, `h2` and `p` (texts), `fields`
(pairs) and `table` (`head`, `rows`, and where it has them `caption` and `note`).
"""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_LEVELS = {"title": 1, "h": 2, "h2": 3}

Block = tuple[str, Any]


def build(folder: Path) -> list[Path]:
    """Write every document into `folder` and return their files."""
    writers = {".pdf": _pdf, ".html": _html, ".md": _markdown, ".txt": _plain}
    made = []
    for source in yaml.safe_load((HERE / "sources.yaml").read_text("utf8")):
        for copy in source.get("copies", [source]):
            path = folder / copy["file"]
            filled = _filled(source, copy) if "copies" in source else source
            writers[path.suffix](path, list(_blocks(filled)))
            made.append(path)
    return made


def _filled(value: Any, words: dict[str, Any]) -> Any:
    """Return a source with its {names} filled in; a name that is a list gives its cells."""
    if isinstance(value, dict):
        return {k: _filled(v, words) for k, v in value.items() if k != "copies"}
    if isinstance(value, list):
        whole = [words.get(v.strip("{}"), v) if isinstance(v, str) else v for v in value]
        return [
            cell
            for v, w in zip(value, whole, strict=True)
            for cell in (w if isinstance(w, list) and w is not v else [_filled(v, words)])
        ]
    return value.format(**words) if isinstance(value, str) else value


def _blocks(source: dict[str, Any]) -> Iterator[Block]:
    for line in source.get("head", []):
        yield "p", line
    if "title" in source:
        yield "title", source["title"]
    for block in source["body"]:
        yield from block.items()


def _html(path: Path, blocks: list[Block]) -> None:
    def draw(kind: str, content: Any) -> str:
        if kind in _LEVELS:
            return f"<h{_LEVELS[kind]}>{escape(content)}</h{_LEVELS[kind]}>"
        if kind == "fields":
            return "".join(f"<p><b>{escape(a)}:</b> {escape(b)}</p>" for a, b in content)
        if kind == "table":
            head = "".join(f"<th>{escape(c)}</th>" for c in content["head"])
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>\n"
                for row in content["rows"]
            )
            caption = content.get("caption")
            above = f"<caption>{escape(caption)}</caption>" if caption else ""
            note = f"<p>{escape(content['note'])}</p>" if "note" in content else ""
            return f"<table>{above}<tr>{head}</tr>\n{rows}</table>{note}"
        return f"<p>{escape(content)}</p>"

    body = "\n".join(draw(*block) for block in blocks)
    title = next((text for kind, text in blocks if kind == "title"), "")
    path.write_text(
        f'<!doctype html>\n<html lang="da"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body>\n{body}\n</body></html>\n",
        "utf8",
    )


def _markdown(path: Path, blocks: list[Block]) -> None:
    def draw(kind: str, content: Any) -> str:
        if kind in _LEVELS:
            return f"{'#' * _LEVELS[kind]} {content}"
        if kind == "fields":
            return "\n".join(f"**{a}:** {b}  " for a, b in content)
        if kind == "table":
            head = content["head"]
            rows = [head, ["---", *["---:"] * (len(head) - 1)], *content["rows"]]
            drawn = "\n".join(f"| {' | '.join(row)} |" for row in rows)
            return "\n\n".join(filter(None, (content.get("caption"), drawn, content.get("note"))))
        return str(content)

    path.write_text("\n\n".join(draw(*block) for block in blocks) + "\n", "utf8")


def _plain(path: Path, blocks: list[Block]) -> None:
    path.write_text("\n\n".join(str(content) for _, content in blocks) + "\n", "utf8")


def _pdf(path: Path, blocks: list[Block]) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
    from reportlab.platypus.flowables import Spacer

    plain = ParagraphStyle("p", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=7)
    bold = ParagraphStyle("h", plain, fontName="Helvetica-Bold", fontSize=11, spaceBefore=7)

    def draw(kind: str, content: Any) -> Iterator[Any]:
        if kind == "fields":
            for row in content:
                yield Paragraph("<b>{}:</b> {}".format(*map(escape, row)), plain)
        elif kind == "table":
            if "caption" in content:
                yield Paragraph(escape(content["caption"]), plain)
            rows = [content["head"], *content["rows"]]
            widths = [180, *[270 / (len(content["head"]) - 1)] * (len(content["head"]) - 1)]
            yield Table(rows, widths, style=_LOOK, hAlign="LEFT")
            yield Spacer(0, 8)
            if "note" in content:
                yield Paragraph(escape(content["note"]), plain)
        else:
            yield Paragraph(escape(content), bold if kind in _LEVELS else plain)

    template = SimpleDocTemplate(str(path), pagesize=A4, invariant=1, lang="da")
    template.build([flowable for block in blocks for flowable in draw(*block)])


_LOOK = [
    ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8.5),
    ("FONT", (0, 1), (-1, -1), "Helvetica", 8.5),
    ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    ("LINEBELOW", (0, 0), (-1, 0), 0.7, "black"),
    ("LINEABOVE", (0, -1), (-1, -1), 0.4, "grey"),
]


if __name__ == "__main__":
    for made in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(made)
