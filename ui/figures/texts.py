"""What the figures page says, in Danish and English."""

from __future__ import annotations

from rag.types import Text

TITLE = Text("Tal", "Figures")
COMPARE = Text("Sammenlign", "Compare")
FINDINGS = Text("Fund", "Findings")

EMPTY = Text("Der er ingen tal endnu", "There are no figures yet")
EMPTY_HOW = Text(
    "Når et dokument med tal for flere år er læst ind under Dokumenter, kan tallene "
    "sammenlignes her.",
    "Once a document with figures by year has been added under Documents, its figures can be "
    "compared here.",
)
DOCUMENTS = Text("Dokumenter", "Documents")
DOCUMENTS_HOW = Text("Vælg et eller flere", "Choose one or more")
MEASURES = Text("Hvad", "What")
MEASURES_HOW = Text("Vælg, hvad der skal vises", "Choose what to show")
PROSE = Text("Tag tal fra den løbende tekst med", "Include figures from the running text")
NOTHING = Text(
    "Vælg mindst ét dokument og én ting at vise.",
    "Choose at least one document and one thing to show.",
)
NOT_IN = Text("har ingen tal for det valgte:", "has no figures for what is chosen:")
FROM_PROSE = Text("fra teksten", "from the prose")

MONEY = Text("Beløb", "Amounts")
BUDGET = Text("Nuværende budget", "Current budget")
CHART = Text(
    "Linjediagram over {names}. Tallene står i tabellen under diagrammet.",
    "Line chart of {names}. The figures stand in the table below the chart.",
)
YEAR = Text("År", "Year")
PRINTED = Text("Trykt", "Printed")
AMOUNT = Text("Beløb", "Amount")
CAPTION = Text("Som trykt", "As printed")
BELOW = Text("derunder i {unit}", "beneath it in {unit}")
ROW = Text("Række", "Row")
NO_PRICE = Text("prisniveau ikke oplyst", "price level not told")
BLANK = Text("tom", "blank")
BLANK_HELP = Text("cellen er tom", "the cell is blank")
DASH_HELP = Text("streg i tabellen", "a dash in the table")
NO_CELL = Text("ikke i tabellen", "not in the table")
LEGEND = Text(
    "»tom« er en tom celle og »–« en streg: ingen af dem er nul. Et felt uden noget er et år, "
    "som rækken ikke har. Vælg et tal for at se, hvor det står.",
    "“blank” is an empty cell and “–” a dash: neither is zero. A field with nothing is a year "
    "that the row does not have. Choose a figure to see where it stands.",
)
STANDS = Text("Her står tallet", "Where the figure stands")
CLOSE = Text("Luk", "Close")
CSV = Text("Hent som CSV", "Download as CSV")
XLSX = Text("Hent som Excel", "Download as Excel")
FILE = Text("tal", "figures")
KNOW = Text("Værd at vide", "Worth knowing")

KIND = Text("Slags", "Kind")
GRADE = Text("Alvor", "Grade")
DOCUMENT = Text("Dokument", "Document")
ALL = Text("Alle", "All")
KINDS = {
    "table_against_prose": Text("Tabel mod tekst", "Table against prose"),
    "sign": Text("Fortegn mod tekst", "Sign against prose"),
    "prose_against_prose": Text("Tekst mod tekst", "Prose against prose"),
    "identity": Text("Regnestykker", "Sums"),
    "claim_without_row": Text("Tal uden række", "Figure without a row"),
    "label": Text("Betegnelser", "Labels"),
    "document_against_document": Text("Dokument mod dokument", "Document against document"),
    "confirmed": Text("Bekræftelser", "Confirmations"),
}
COUNT = Text("{shown} af {all} fund", "{shown} of {all} findings")
MORE = Text("Vis flere", "Show more")
NO_FINDINGS = Text("Ingen fund", "No findings")
NO_FINDINGS_HOW = Text(
    "Hver gang et dokument læses ind, holdes dets tabeller op mod hinanden og mod teksten. "
    "Det, der ikke stemmer, kommer til at stå her.",
    "Whenever a document is added, its tables are held against each other and against its "
    "prose. What does not agree will stand here.",
)
NONE_LEFT = Text("Ingen passer til valget.", "None fits the choice.")
