"""The text of a DOCX file's paragraphs as it would print: no hidden words, raised note marks."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.read.word_numbers import roman
from ingest.read.word_styles import Styles
from ingest.read.word_xml import P, R, elements, is_on
from rag.text.marks import raised

_LETTER = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_REFERENCE = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}


class Texts:
    """Reads paragraphs, and keeps the notes that they refer to until they are asked for."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._styles = styles
        self._notes: dict[tuple[str, str], Any] = {}
        self._marks: dict[tuple[str, str], str] = {}
        self._due: list[tuple[str, Any]] = []
        for relation in document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in _REFERENCE.values():
                for note in parse_xml(relation.target_part.blob):
                    self._notes[kind, note.get(qn("w:id"), "")] = note

    def of(self, paragraph: Any) -> str:
        """Return a paragraph's text; a line break is a line feed, a tab a space."""
        return "".join(self._run(run, paragraph) for run in elements(paragraph, R, qn("w:pPr")))

    def notes(self) -> list[str]:
        """Return the notes referred to since the last call, each after its mark."""
        due, self._due = self._due, []
        found = []
        for mark, note in due:
            words = (self.of(p).strip() for p in note.iter(P))
            found.append(" ".join([mark, *filter(None, words)]))
        return found

    def is_hidden(self, run: Any, paragraph: Any) -> bool:
        """Tell whether a run is set not to be shown."""
        return is_on(self._styles.run(run, paragraph, "w:vanish"))

    def _run(self, run: Any, paragraph: Any) -> str:
        if run.tag != R or self.is_hidden(run, paragraph):
            return ""
        parts: list[str] = []
        for leaf in elements(run, qn("w:t"), *_LETTER, *_REFERENCE, qn("w:rPr")):
            if leaf.tag in _REFERENCE:
                parts.append(self._refer(leaf))
            else:
                parts.append(
                    leaf.text or "" if leaf.tag == qn("w:t") else _LETTER.get(leaf.tag, "")
                )
        text = "".join(parts)
        if not text.strip():
            return text
        above = self._styles.run(run, paragraph, "w:vertAlign")
        return (
            raised(text) if above is not None and above.get(qn("w:val")) == "superscript" else text
        )

    def _refer(self, reference: Any) -> str:
        """Return the mark of a note; the note is due after what refers to it."""
        key = _REFERENCE[reference.tag], reference.get(qn("w:id"), "")
        note = self._notes.get(key)
        if note is None:
            return ""
        if key not in self._marks:
            own = reference.get(qn("w:customMarkFollows"), "0") in ("1", "true", "on")
            count = sum(kind == key[0] for kind, _ in self._marks) + 1
            self._marks[key] = "" if own else str(count) if key[0] == "footnotes" else roman(count)
            self._due.append((raised(self._marks[key]), note))
        return raised(self._marks[key])
