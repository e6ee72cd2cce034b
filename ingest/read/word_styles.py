"""What a DOCX file's styles say of its paragraphs and runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|indholdsfortegnelse)\s*\d", re.IGNORECASE)
_DEEPEST = 20  # styles based on one another: a damaged file may go in a circle


class Styles:
    """Looks properties up: a paragraph's or run's own, its styles', the document's."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style for style in document.styles}
        self._styled: dict[tuple[str, str, str], Any] = {}
        self._defaults = document.styles.element.find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )

    def of(self, element: Any) -> Iterator[Any]:
        """Yield the style of a paragraph (or run) and those it is based on."""
        style = self._styles.get(_style_of(element))
        for _ in range(_DEEPEST):
            if style is None:
                return
            yield style
            style = style.base_style

    def paragraph(self, paragraph: Any, name: str) -> Any:
        """Return a paragraph property, its own or its style's; None if unset."""
        own = [paragraph, *(style.element for style in self.of(paragraph))]
        found = (element.find(f"{qn('w:pPr')}/{qn(name)}") for element in own)
        return next((element for element in found if element is not None), None)

    def run(self, run: Any, paragraph: Any, name: str) -> Any:
        """Return a run property: its own, its style's, its paragraph's style's, the document's."""
        own = run.find(f"{qn('w:rPr')}/{qn(name)}")
        if own is not None:
            return own
        key = _style_of(run), _style_of(paragraph), name
        if key not in self._styled:
            styles = (s.element for e in (run, paragraph) for s in self.of(e))
            looks = [*(style.find(qn("w:rPr")) for style in styles), self._defaults]
            found = (look.find(qn(name)) for look in looks if look is not None)
            self._styled[key] = next((element for element in found if element is not None), None)
        return self._styled[key]

    def heading_level(self, paragraph: Any) -> int:
        """Return the level of a heading, 0 for what is none."""
        for style in self.of(paragraph):
            if match := _HEADING.match(style.name or ""):
                return int(match[1])
            if (style.name or "").lower() in ("title", "titel"):
                return 1
        outline = self.paragraph(paragraph, "w:outlineLvl")
        level = int(outline.get(qn("w:val"), "9")) if outline is not None else 9
        return level + 1 if level < 9 else 0

    def is_contents(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is a line of a table of contents."""
        return any(_CONTENTS.match(style.name or "") for style in self.of(paragraph))


def _style_of(element: Any) -> str:
    kind = "p" if element.tag == qn("w:p") else "r"
    found = element.find(f"{qn(f'w:{kind}Pr')}/{qn(f'w:{kind}Style')}")
    return found.get(qn("w:val"), "") if found is not None else ""
