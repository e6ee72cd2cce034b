"""What is done with drafts: made, edited, checked, accepted, let out, sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from draft.compose import compose
from draft.filling import filled
from draft.form import judged_json
from draft.inquiry import Inquiry
from draft.letter import letter, plain
from draft.precedents import Precedent, find_precedents
from draft.records import Case, Draft, Drafts, Version
from draft.verdicts import Acceptance, Checked, Judge, Judged
from draft.word import to_docx, to_pdf
from rag.errors import InputError
from rag.store.codec import encode
from rag.store.levels import narrowest
from rag.store.told import told_of
from rag.types import Text

if TYPE_CHECKING:
    from rag.chain import Assistant

PROGRAM = "Rådsvar"
"""The author of what nobody wrote."""
FORMATS = ("docx", "pdf", "txt")


class HeldError(InputError):
    """A draft may not go out; `held` is what holds it."""

    def __init__(self, draft: int, held: tuple[Judged, ...]) -> None:
        words = ", ".join(f"»{' '.join(j.verdict.words.split())}«" for j in held)
        super().__init__(
            Text(
                f"Udkast {draft} holdes tilbage: {words} er ikke fundet i dokumenterne. "
                "Ret det, eller lad en navngiven person godkende det med en begrundelse.",
                f"Draft {draft} is held back: {words} not found in the documents. "
                "Mend it, or let a named person accept it with a reason.",
            )
        )
        self.held = held


class Desk:
    """The drafts of one data folder, over the documents that its user may see."""

    def __init__(self, assistant: Assistant, drafts: Drafts) -> None:
        self.assistant, self.drafts = assistant, drafts
        self._judge: tuple[str, Judge] | None = None

    def open(self, inquiry: Inquiry, by: str, due: dt.date | None = None) -> int:
        """Make a draft of an answer to `inquiry`, and return its number."""
        text, notes = self._composed(inquiry)
        # Before: nobody waits for it, and a half draft is never seen.
        checked = self._today().check(text, inquiry.parts)
        with self.drafts.whole():
            id = self.drafts.add(Case(inquiry, notes=notes), by, due)
            self.drafts.log(id, "opened", by)
            self._keep(id, text, PROGRAM, "", checked)
        return id

    def again(self, id: int, by: str) -> None:
        """Draft anew, as a version after those there are."""
        draft = self._unsent(id)
        text, notes = self._composed(draft.case.inquiry)
        checked = self._checked(id, text)
        with self.drafts.whole():
            self.drafts.update(id, case=replace(draft.case, notes=notes))
            self.drafts.log(id, "drafted_again", by)
            self._keep(id, text, PROGRAM, "", checked)

    def precedents(self, draft: Draft) -> list[Precedent]:
        """Return the earlier answers on a draft's matter, best first."""
        inquiry = draft.case.inquiry
        return find_precedents(" ".join([inquiry.context, *inquiry.parts]), self.assistant)

    def check(self, id: int) -> Checked:
        """Return the verdicts on a draft's newest text."""
        versions = self.drafts.versions(id)
        return self._checked(id, versions[-1].text if versions else "")

    # ---------------------------------------------------------------- a person's work

    def edit(self, id: int, text: str, by: str, note: str = "") -> None:
        """Keep a person's text as the newest version; the same text is no new one."""
        self._unsent(id)
        if text.strip() == self.drafts.versions(id)[-1].text.strip():
            return
        checked = self._checked(id, text.strip())
        with self.drafts.whole():
            self._keep(id, text.strip(), by, note, checked)
            self.drafts.update(id, status="in_draft")

    def restore(self, id: int, number: int, by: str) -> None:
        """Make the text of an earlier version the newest again."""
        self.edit(id, self.version(id, number).text, by, f"= {number}")

    def version(self, id: int, number: int) -> Version:
        """Return a version by its number; raises InputError where there is none."""
        versions = self.drafts.versions(id)
        if not 1 <= number <= len(versions):
            raise InputError(
                Text(
                    f"Udkast {id} har ingen version {number}.",
                    f"Draft {id} has no version {number}.",
                )
            )
        return versions[number - 1]

    def fill(self, id: int, field: str, value: str, by: str) -> None:
        """Set a field of the letter; raises InputError for one that is not of `SETTABLE`."""
        draft = self._unsent(id)
        with self.drafts.whole():
            self.drafts.update(id, case=filled(draft.case, field, value))
            self._tells(draft, value)
            self.drafts.log(id, "filled", by, field)

    def accept(self, id: int, judged: Judged, by: str, reason: str) -> None:
        """Let a claim stand that the documents do not bear out.

        Raises InputError without a name or a reason, and for what is not held.
        """
        if not by.strip() or not reason.strip():
            raise InputError(
                Text(
                    "En godkendelse skal have et navn og en begrundelse.",
                    "An acceptance needs a name and a reason.",
                )
            )
        if not judged.held:
            raise InputError(
                Text("Det holdes ikke tilbage.", "That is not held back."),
            )
        words = judged.verdict.words
        self._tells(self.drafts.get(id), f"{judged.sentence}\n{reason}")
        self.drafts.accept(id, Acceptance(words, judged.sentence, by.strip(), reason.strip()))

    def approve(self, id: int, by: str) -> None:
        """Mark a draft as checked by a person; raises HeldError while it is held."""
        self._unsent(id)
        self._free(id)
        with self.drafts.whole():
            self.drafts.update(id, status="checked")
            self.drafts.log(id, "checked", by)

    def take_over(self, id: int, by: str) -> None:
        """Make `by` the one who writes a draft."""
        before = self.drafts.get(id).owner
        with self.drafts.whole():
            self.drafts.update(id, owner=by)
            self.drafts.log(id, "taken_over", by, before)

    # ----------------------------------------------------------------------- out

    def export(self, id: int, kind: str, by: str, with_accepted: bool = False) -> bytes:
        """Return a draft as a file of a kind in FORMATS.

        Raises HeldError while it is held, InputError where it cannot be made.
        """
        if kind not in FORMATS:
            known = ", ".join(FORMATS)
            raise InputError(
                Text(f"»{kind}« er ikke et af {known}.", f"“{kind}” is none of {known}.")
            )
        made = letter(self.drafts.get(id), self._free(id), with_accepted)
        if kind == "txt":
            data = plain(made).encode()
        else:
            data = to_docx(made)
            data = to_pdf(data) if kind == "pdf" else data
        self.drafts.log(id, "exported", by, kind)
        return data

    def send(self, id: int, by: str) -> tuple[str, bytes]:
        """Close a draft as sent; return the name and bytes of the letter, to be ingested.

        Raises HeldError while it is held, and InputError while a mark is left.
        """
        self._unsent(id)
        if self.check(id).marks:
            raise InputError(
                Text(
                    f"Udkast {id} har et sted, der mangler at blive skrevet ([SKRIV: …]).",
                    f"Draft {id} has a place that is not written yet ([SKRIV: …]).",
                )
            )
        data = self.export(id, "docx", by)
        return f"politikersvar-udkast-{id}.docx", data

    def sent(self, id: int, by: str, sha: str) -> None:
        """Record that a draft was sent, as the file with this SHA-256."""
        with self.drafts.whole():
            self.drafts.update(id, status="sent")
            self.drafts.log(id, "sent", by, sha)

    # ------------------------------------------------------------------- insides

    def _composed(self, inquiry: Inquiry) -> tuple[str, tuple[Text, ...]]:
        judge = self._today()

        def holds(text: str) -> bool:
            return not judge.check(text, inquiry.parts).held

        composed = compose(inquiry, self.assistant, holds)
        return composed.text, composed.notes

    def _today(self) -> Judge:
        """Return who holds drafts to the documents as they are now, kept until they change."""
        stamp = self.assistant.catalogue.changes.stamp
        if self._judge is None or self._judge[0] != stamp:
            self._judge = stamp, Judge(self.assistant.catalogue)
        return self._judge[1]

    def _checked(self, id: int, text: str) -> Checked:
        parts = self.drafts.get(id).case.inquiry.parts
        return self._today().check(text, parts, self.drafts.acceptances(id))

    def _keep(self, id: int, text: str, author: str, note: str, checked: Checked) -> None:
        draft = self.drafts.get(id)
        leaned = [j.verdict.bearing.document.id for j in checked.judged if j.verdict.bearing]
        self._tells(draft, "\n".join([encode(draft.case), text, note]), leaned)
        self.drafts.save(id, text, [judged_json(j) for j in checked.judged], author, note)

    def _tells(self, draft: Draft, said: str, leaned: Sequence[str] = ()) -> None:
        """Keep which documents a draft tells of, beside those of its earlier words."""
        catalogue = self.assistant.catalogue
        told = {*told_of(said, catalogue, leaned), *(draft.told or ())}
        levels = [d.access for d in catalogue.documents(ids=[t.id for t in told])]
        # Earlier versions stay, so a draft never becomes open again.
        self.drafts.update(draft.id, access=narrowest([draft.access, *levels]), told=told)

    def _free(self, id: int) -> Checked:
        checked = self.check(id)
        if checked.held:
            raise HeldError(id, checked.held)
        return checked

    def _unsent(self, id: int) -> Draft:
        draft = self.drafts.get(id)
        if draft.status == "sent":
            raise InputError(
                Text(
                    f"Udkast {id} er sendt og kan ikke ændres.",
                    f"Draft {id} was sent and cannot be changed.",
                )
            )
        return draft
