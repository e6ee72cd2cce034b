"""A politician's question as it comes in: who asks, when, and what, in numbered parts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from rag.errors import InputError
from rag.text.dates import find_dates
from rag.text.personal import mask
from rag.text.sentences import sentences
from rag.types import Text

_NAME = r"[A-ZÆØÅ][\w.-]+(?: (?:[A-ZÆØÅ][\w.-]*|de|von|van))+"
_PERSON = re.compile(rf"(?P<name>{_NAME}) ?\((?P<party>[A-ZÆØÅ]{{1,2}})\)")
_HEAD = re.compile(
    r"^(?P<label>fra|from|dato|date|sendt|sent|til|to|cc|kopi|emne|subject|vedr|vedrørende|"
    r"stillet af|spørger|spørgsmål fra|modtaget)\.?\s*:\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_LABELS = {
    "asker": {"fra", "from", "stillet af", "spørger", "spørgsmål fra"},
    "asked": {"dato", "date", "sendt", "sent", "modtaget"},
    "subject": {"emne", "subject", "vedr", "vedrørende"},
}
_REPLY = re.compile(r"^(?:(?:sv|vs|re|fw|fwd)\s*:\s*)+", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*[<(\[]?[^\s<(\[]+@[^\s>)\]]+[>)\]]?")
_TOLD = re.compile(
    r"\b(?:stillet|stiller|stillede|spurgt|spørger)\b[^\"”“»:]{0,80}:?\s*"
    r"(?P<open>[\"”“»])(?P<words>.+?)[\"”“«]\s*$",
    re.IGNORECASE | re.DOTALL,
)
_GREETING = re.compile(r"^(?:hej|kære|goddag|godmorgen|til)\b[^.?!]{0,60}[,!.]?$", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(?:(?:med )?(?:venlig|bedste|de bedste|mange|kærlig) hilsen\w*|mvh|vh|hilsen|på forhånd tak|"
    r"kind regards|best regards)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-h][.)]|[-–•*])\s+(?=\S)", re.IGNORECASE)
_ASKS = re.compile(
    r"\?[\"”»«]?$|^(?:hvor|hvad|hvem|hvilke[nt]?|hvornår|hvordan|hvorfor|how|what|who|which|when|"
    r"why|where)\b"
    r"|\b(?:jeg|vi|kan|vil|bedes|ønsker)\b.*\b(?:oplyst|oplyse|vide|redegør\w*|bekræft\w*|svar)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = r"(?:hvor|hvad|hvem|hvilke[nt]?|hvornår|how|what|who|which|when)\b"
_JOINED = re.compile(
    rf",?\s+(?:og|samt|and)\s+(?={_QUESTION_WORD})"
    r"|,\s+(?:og|and)\s+(?=(?:er|har|vil|kan|skal|bliver|findes|is|are|has|have|will|can)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Inquiry:
    """A question to the administration.

    `words` are the asker's own, without greeting and signature; `parts` the
    questions in them, in order; `context` what they say before the first.
    """

    words: str
    asker: str = ""
    party: str = ""
    asked: dt.date | None = None
    subject: str = ""
    context: str = ""
    parts: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """The asker as such answers name them: "Mikkel Skovgaard (Ø)"."""
        return f"{self.asker} ({self.party})" if self.party else self.asker


def read_inquiry(text: str) -> Inquiry:
    """Return the question that a pasted text, a letter or a mail holds.

    Raises InputError for a text without words.
    """
    text = mask(text)
    lines = [line.strip() for line in re.split(r"\r\n?|\n", text)]
    fields, lines = _head(lines)
    body, signature = _body(lines)
    told = _TOLD.search(body)
    around = " ".join([fields.get("asker", ""), body[: told.start()] if told else "", signature])
    person = _PERSON.search(around)
    dates = [*find_dates(fields.get("asked", "")), *(find_dates(body[:200]) if told else ())]
    words = told["words"] if told else body
    if not re.search(r"\w", words):
        raise InputError(
            Text("Der er intet spørgsmål i teksten.", "There is no question in the text.")
        )
    context, parts = _parts(words)
    subject = _REPLY.sub("", fields.get("subject", ""))
    name = person["name"] if person else _ADDRESS.sub("", fields.get("asker", "")).strip(" \"'")
    return Inquiry(
        words=words.strip(),
        asker=name or signature,
        party=person["party"] if person else "",
        asked=dates[0][2] if dates else None,
        subject=subject,
        context=context,
        parts=parts,
    )


def amended(inquiry: Inquiry, asker: str, party: str, asked: str, subject: str) -> Inquiry:
    """Return a question with what its reader was told beside it; what is empty stays as read.

    `asker` may carry the party ("Mikkel Skovgaard (Ø)"), `asked` is a date in
    any form that documents write. Raises InputError where it is none.
    """
    if asker:
        person = _PERSON.search(asker)
        name, letter = (person["name"], person["party"]) if person else (asker, "")
        inquiry = replace(inquiry, asker=name, party=letter or inquiry.party)
    return replace(
        inquiry,
        party=party.strip("() ") or inquiry.party,
        asked=read_date(asked) or inquiry.asked,
        subject=subject or inquiry.subject,
    )


def read_date(text: str) -> dt.date | None:
    """Return the date that `text` is, None where it is empty; raises InputError where it is none.

    It may be written as "2026-04-21", "21-04-2026" or "21. april 2026".
    """
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        if found := find_dates(text):
            return found[0][2]
    raise InputError(Text(f"»{text}« er ikke en dato.", f"“{text}” is not a date."))


def _head(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return what the first lines tell ("Fra: …", "Emne: …"), and the lines after them."""
    fields: dict[str, str] = {}
    heads = list(takewhile(lambda line: not line or _HEAD.match(line), lines))
    for match in (m for line in heads if (m := _HEAD.match(line))):
        for name, labels in _LABELS.items():
            if match["label"].lower() in labels:
                fields.setdefault(name, match["value"].strip())
    return fields, lines[len(heads) :]


def _body(lines: list[str]) -> tuple[str, str]:
    """Return the lines between greeting and closing as one text, and who signed."""
    end = next((n for n, line in enumerate(lines) if _CLOSING.match(line)), len(lines))
    after = [line for line in lines[end + 1 :] if line]
    kept = [line for line in lines[:end] if not _GREETING.match(line)]
    return "\n".join(kept).strip(), after[0] if after else ""


def _parts(words: str) -> tuple[str, tuple[str, ...]]:
    """Return what is said before the first question, and the questions; all where there is none."""
    said: list[str] = []
    asked: list[str] = []
    for text, item in _told(words):
        if item or _ASKS.search(text):
            pieces = _JOINED.split(text)
            asked += [_as_question(piece, text) for piece in pieces]
        elif not asked:
            said.append(text)
    if not asked:
        return "", (" ".join(words.split()),)
    return " ".join(said), tuple(asked)


def _told(words: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of a text and whether each is an item of a list."""
    lines = [line for line in words.split("\n") if line]
    listed = sum(bool(_ITEM.match(line)) for line in lines) > 1
    for line in lines:
        if listed and (mark := _ITEM.match(line)):
            yield line[mark.end() :], True
        else:
            yield from ((line[a:b], False) for a, b in sentences(line))


def _as_question(piece: str, whole: str) -> str:
    text = piece.strip(" ,;")
    if whole.rstrip().endswith("?") and not text.endswith("?"):
        text += "?"
    return text[:1].upper() + text[1:]
