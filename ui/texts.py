"""What the pages say, in Danish and English."""

from __future__ import annotations

from rag.types import Text

LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}

LANGUAGE = Text("Sprog", "Language")
DROP = Text("eller træk dem hertil", "or drop them here")
BROWSE = Text("Vælg filer", "Choose files")
LOCAL = Text("Lokal bruger", "Local user")
LOCAL_HELP = Text(
    "Startet med --local: appen kan kun nås fra denne maskine, og alle sider er åbne.",
    "Started with --local: the app can be reached from this machine alone, every page is open.",
)
SIGN_IN = Text("Log ind", "Sign in")
SIGN_IN_HOW = Text(
    "Log ind med din arbejdskonto for at spørge om dokumenterne.",
    "Sign in with your work account to ask about the documents.",
)
SIGN_IN_FIRST = Text("Log ind først.", "Sign in first.")
SIGN_OUT = Text("Log ud", "Sign out")

SOURCES = Text("Kilder", "Sources")
SOURCE = Text("Kilde", "Source")
TROUBLE = Text("Det kunne ikke lade sig gøre", "That could not be done")
UNFORESEEN = Text(
    "Der skete en uventet fejl. Prøv igen; sker det igen, så står årsagen i programmets log.",
    "Something unexpected went wrong. Try again; if it happens again, the program's log has "
    "the cause.",
)
LOST = Text(
    "Ingen forbindelse til Rådsvar. Det, du ser, er ikke opdateret; siden fortsætter, når "
    "forbindelsen er tilbage.",
    "No connection to Rådsvar. What you see is not up to date; the page goes on when the "
    "connection is back.",
)

ROW = Text("Række", "Row")
VALUE = Text("Tal", "Figure")

STAFF_EFFECTS = {"cut": Text("reduktion", "reduction"), "raise": Text("forøgelse", "rise")}
MONEY_EFFECTS = {"cut": Text("mindreudgift", "saving"), "raise": Text("merudgift", "expense")}

PAGE = Text("side", "page")
SECTION = Text("afsnit", "section")
PARAGRAPH = Text("stykke", "paragraph")
RENDITION = Text("gengivelse", "rendition")
RENDITION_HELP = Text(
    "Gengivelse: samme tal og opbygning som originalen, men ordlyden er projektets egen.",
    "A rendition: figures and structure of the original, in this project's own words.",
)
QUOTED_ROW = Text("Den citerede række", "The quoted row")
QUOTE = Text("Citat", "Quote")
PICTURE = Text(
    "Siden som billede med det citerede sted markeret med gult",
    "The page as a picture, the quoted place marked in yellow",
)
WHOLE_PAGE = Text("Vis hele siden", "Show the whole page")
ORIGINAL = Text("Hent dokumentet", "Download the document")
OPEN = Text("Åbn dokumentet på {where}", "Open the document at {where}")
OPENS = Text("åbner i et nyt vindue", "opens in a new window")
EVIDENCE = Text("Kilde {number} af {count}", "Source {number} of {count}")
PREVIOUS = Text("Forrige", "Previous")
NEXT = Text("Næste", "Next")
CLOSE = Text("Luk", "Close")
AROUND = Text("Teksten omkring stedet", "The text around the place")
MOVED = Text(
    "Dokumentet er læst på ny, og stedet er ikke til at finde. Stil spørgsmålet igen.",
    "The document was read anew, and the place cannot be found. Ask the question again.",
)
NO_PICTURE = Text(
    "Siden kan ikke vises som billede. Her er teksten omkring stedet.",
    "The page cannot be shown as a picture. Here is the text around the place.",
)
GONE = Text(
    "Dokumentet er ikke længere i samlingen.", "The document is no longer in the collection."
)

NOTES = {
    "table_against_prose": Text(
        "Tabellen og teksten siger ikke det samme", "The table and the prose disagree"
    ),
    "sign": Text("Tabellen og teksten siger ikke det samme", "The table and the prose disagree"),
    "prose_against_prose": Text(
        "Teksten siger to forskellige ting", "The prose says two different things"
    ),
    "identity": Text("Tallene i tabellen stemmer ikke", "The figures of the table do not add up"),
    "claim_without_row": Text(
        "Teksten siger mere, end tabellen rummer", "The prose says more than the table holds"
    ),
    "label": Text("En betegnelse er uklar eller mangler", "A label is unclear or missing"),
    "document_against_document": Text(
        "To dokumenter siger ikke det samme", "Two documents disagree"
    ),
    "confirmed": Text("To dokumenter siger det samme", "Two documents agree"),
}
NOTE = Text("Bemærk", "Note")
GRADES = {
    "hard": Text("Modsigelse", "Contradiction"),
    "soft": Text("Værd at se efter", "Worth a look"),
}
CONFIRMED = Text("Bekræftelse", "Confirmation")
