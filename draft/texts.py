"""What the room says of drafts, in both languages."""

from __future__ import annotations

from draft.records import Status
from rag.gate.gate import Outcome
from rag.types import Text

STATUS: dict[Status, Text] = {
    "new": Text("ny", "new"),
    "in_draft": Text("under arbejde", "in draft"),
    "checked": Text("kontrolleret", "checked"),
    "sent": Text("sendt", "sent"),
}
OUTCOMES: dict[Outcome, Text] = {
    "bound": Text("står i dokumentet", "stands in the document"),
    "computed": Text("er regnet ud af tal med kilde", "is computed from bound figures"),
    "partly": Text("står der kun delvist", "stands there in part only"),
    "found_elsewhere": Text("står et andet sted", "stands elsewhere"),
    "only_earlier_answer": Text("står kun i et tidligere svar", "stands in an earlier answer only"),
    "not_found": Text("er ikke fundet", "was not found"),
}
"""What the gate found, said of the words that a verdict is on."""
HELD = Text(
    "Udkastet holdes tilbage, til det er rettet eller godkendt (»raadsvar draft accept«).",
    "The draft is held back until mended or accepted (“raadsvar draft accept”).",
)
PRECEDENTS = Text("Tidligere svar om samme sag:", "Earlier answers on the matter:")
TEMPLATE_HELP = (
    Text(
        "Skabelonen er et Word-dokument (docxtpl). RAADSVAR_TEMPLATE peger på jeres egen; "
        "»raadsvar draft template FIL.docx« giver vores at begynde med. Felterne:",
        "The template is a Word document (docxtpl). RAADSVAR_TEMPLATE names your own; "
        "“raadsvar draft template FILE.docx” gives ours to begin with. The fields:",
    ),
    Text(
        "Svarets afsnit, hvert i et afsnit af sin egen typografi:\n"
        "  {%p for a in afsnit %} … {%p endfor %}; {{r a.tekst }}, a.overskrift, a.punkt\n"
        "Kilderne:\n"
        "  {%p for k in kilder %} {{ k.nummer }}. {{ k.tekst }} {{r k.link }} {%p endfor %}\n"
        "Noter om det, der er godkendt: {%p for n in noter %} {{ n }} {%p endfor %}",
        "The answer's paragraphs, each in a paragraph of its own style:\n"
        "  {%p for a in afsnit %} … {%p endfor %}; {{r a.tekst }}, a.overskrift, a.punkt\n"
        "The sources:\n"
        "  {%p for k in kilder %} {{ k.nummer }}. {{ k.tekst }} {{r k.link }} {%p endfor %}\n"
        "Notes on what was accepted: {%p for n in noter %} {{ n }} {%p endfor %}",
    ),
)
