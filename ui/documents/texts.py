"""What the documents page says, in Danish and English."""

from __future__ import annotations

from rag.types import Text

TITLE = Text("Dokumenter", "Documents")
EMPTY = Text("Samlingen er tom", "The collection is empty")
EMPTY_STAFF = Text(
    "Læg de første dokumenter ind herover: PDF, Word, HTML, tekst, Markdown og FirstAgendas JSON "
    "kan læses.",
    "Add the first documents above: PDF, Word, HTML, text, Markdown and FirstAgenda's JSON can "
    "be read.",
)
EMPTY_OTHERS = Text(
    "Når forvaltningen har lagt dokumenter ind, står de her.",
    "Once the administration has added documents, they stand here.",
)

# ------------------------------------------------------------------ the catalogue

SEARCH = Text("Søg", "Search")
SEARCH_HOW = Text("Nummer, titel, kommune, fil …", "Number, title, municipality, file …")
MUNICIPALITY = Text("Kommune", "Municipality")
KIND = Text("Slags", "Kind")
PERIOD = Text("Periode", "Period")
STATUS = Text("Status", "Status")
ALL = Text("Alle", "All")
COUNT = Text("{shown} af {all} dokumenter", "{shown} of {all} documents")
MORE = Text("Vis flere", "Show more")
NONE_LEFT = Text("Ingen dokumenter passer til valget.", "No documents fit the choice.")
DOCUMENT = Text("Dokument", "Document")
FIGURES = Text("Tal", "Figures")
FINDINGS = Text("Fund", "Findings")
ACCESS = Text("Adgang", "Access")
OPEN = Text("Åbn", "Open")
KINDS = {
    "prioriteringsforslag": Text("Prioriteringsforslag", "Budget proposal"),
    "prioriteringskatalog": Text("Prioriteringskatalog", "Budget catalogue"),
    "budgetnotat": Text("Budgetnotat", "Budget note"),
    "politikersvar": Text("Politikersvar", "Written answer"),
    "dagsordenspunkt": Text("Dagsordenspunkt", "Agenda item"),
}
OTHER_KIND = Text("Dokument", "Document")
STATUSES = {
    "findings": Text("Med fund", "With findings"),
    "warnings": Text("Med advarsler", "With warnings"),
    "rendition": Text("Gengivelser", "Renditions"),
    "fine": Text("Uden bemærkninger", "Nothing to remark"),
}
LEVELS = {
    "public": Text("Alle, der er logget ind", "Everyone signed in"),
    "staff": Text("Kun forvaltningen", "Staff only"),
    "closed": Text("Lukket: kun de navngivne", "Closed: those named only"),
}
SHORT_LEVELS = {
    "public": Text("alle", "everyone"),
    "staff": Text("forvaltningen", "staff"),
    "closed": Text("lukket", "closed"),
}
FAILURES = Text("Filer, der ikke kunne læses", "Files that could not be read")
DISMISS = Text("Fjern fra listen", "Remove from the list")

# ----------------------------------------------------------------------- adding

ADD = Text("Læg dokumenter ind", "Add documents")
FILES = Text("Filer", "Files")
LIMIT = Text(
    "PDF, Word, HTML, tekst eller Markdown; højst {largest} MB hver",
    "PDF, Word, HTML, text or Markdown; at most {largest} MB each",
)
WHO = Text("Hvem må se dem?", "Who may see them?")
WHO_ONE = Text("Hvem må se det?", "Who may see it?")
READ = Text("Læs {count} ind", "Add {count}")
FILE = Text("1 fil", "1 file")
FILE_COUNT = Text("{count} filer", "{count} files")
REPLACES = Text(
    "{name} er i samlingen allerede: den nye fil erstatter den gamle.",
    "{name} is in the collection already: the new file replaces the old one.",
)
READING = Text("Læser {name} …", "Reading {name} …")
PROGRESS = Text("{done} af {total} filer læst", "{done} of {total} files read")
WAITING = Text(
    "En anden indlæsning er i gang; venter på den …",
    "Another ingest is running; waiting for it …",
)
INDEXING = Text("Gør dem klar til søgning …", "Making them searchable …")
GOES_ON = Text(
    "Du kan roligt gå videre imens; indlæsningen fortsætter.",
    "You can carry on meanwhile; the reading goes on.",
)
DONE = Text("Indlæsningen er færdig", "The reading is done")
CLOSE = Text("Luk", "Close")
OUTCOMES = {
    "added": Text("lagt ind", "added"),
    "replaced": Text("erstattet med den nye udgave", "replaced by the newer version"),
    "unchanged": Text("uændret", "unchanged"),
    "refilled": Text("uændret; kopien var tabt og er lagt tilbage", "unchanged; its copy is back"),
    "failed": Text("kunne ikke læses", "could not be read"),
    "skipped": Text("sprunget over", "skipped"),
}
COUNTS = Text(
    "{documents} dokument(er), {figures} tal", "{documents} document(s), {figures} figures"
)

# --------------------------------------------------------------------- a document

BACK = Text("← Alle dokumenter", "← All documents")
GONE = Text("Dokumentet er ikke i samlingen", "The document is not in the collection")
GONE_HOW = Text(
    "Det er slettet, erstattet af en nyere udgave, eller du har ikke adgang til det.",
    "It has been deleted, replaced by a newer version, or you may not see it.",
)
PAGES = Text("Side for side", "Page by page")
READ_TEXT = Text("Sådan er det læst", "As it was read")
ABOUT = Text("Oplysninger", "Details")
PAGE = Text("Side", "Page")
PREVIOUS = Text("Forrige side", "Previous page")
NEXT = Text("Næste side", "Next page")
OF = Text("af", "of")
PICTURE = Text("{title}, side {page} som billede", "{title}, page {page} as a picture")
NO_PICTURE = Text(
    "Der er intet billede af siden: filens format har ingen sider, eller siden må ikke vises.",
    "There is no picture of the page: the file's format has none, or it may not be shown.",
)
NO_TEXT = Text("Der er ingen tekst på siden.", "There is no text on the page.")
CHOOSE = Text(
    "Vælg en celle for at se den markeret på siden.",
    "Choose a cell to see it marked on the page.",
)
UNBOUND = Text(
    "tallene kunne ikke sikkert henføres til en kolonne",
    "the figures could not be bound to a column with certainty",
)
BLANK = Text("tom", "blank")
BLANK_HELP = Text("tom celle", "blank cell")
DASH_HELP = Text("streg", "dash")
ORIGINAL = Text("Hent originalen", "Download the original")
WARNINGS = Text("Advarsler fra indlæsningen", "Warnings from the reading")
NO_FIGURES = Text("Der er ingen tal i dokumentet.", "There are no figures in the document.")
NO_FINDINGS = Text(
    "Der er ikke fundet noget i dokumentet, som ikke stemmer.",
    "Nothing was found in the document that does not agree.",
)
MEASURE = Text("Mål", "Measure")
YEAR = Text("År", "Year")
PRINTED = Text("Trykt", "Printed")
AMOUNT = Text("Beløb", "Amount")
ATTACHMENTS = Text("Bilag", "Attachments")
SECTIONS = Text("Afsnit", "Sections")

DETAILS = {
    "number": Text("Nummer", "Number"),
    "kind": KIND,
    "municipality": MUNICIPALITY,
    "committee": Text("Udvalg", "Committee"),
    "period": Text("Budgetperiode", "Budget period"),
    "price_level": Text("Prisniveau", "Price level"),
    "proposer": Text("Forslagsstiller", "Proposer"),
    "expense_type": Text("Udgiftstype", "Type of expense"),
    "decision": Text("Beslutning", "Decision"),
    "date": Text("Dato", "Date"),
    "case_numbers": Text("Sagsnummer", "Case number"),
    "document_numbers": Text("Dokumentnummer", "Document number"),
    "asker": Text("Spørger", "Asked by"),
    "asked": Text("Spurgt", "Asked"),
    "answered_by": Text("Besvaret af", "Answered by"),
    "caseworker": Text("Sagsbehandler", "Caseworker"),
    "file": Text("Fil", "File"),
    "pages": Text("Sider", "Pages"),
}
DECISIONS = {
    "proposed": Text("foreslået", "proposed"),
    "adopted": Text("vedtaget", "adopted"),
    "partly": Text("delvist vedtaget", "adopted in part"),
    "rejected": Text("forkastet", "rejected"),
    "postponed": Text("udsat", "postponed"),
    "returned": Text("sendt tilbage", "sent back"),
}

DELETE = Text("Slet filen …", "Delete the file …")
DELETE_SURE = Text("Slet {file} for altid?", "Delete {file} for good?")
DELETE_ONE = Text(
    "Dokumentet, dets tal og dets plads i søgningen forsvinder. Afsendte udkast beholder "
    "deres citater.",
    "The document, its figures and its place in the search go. Drafts that were sent keep "
    "their quotations.",
)
DELETE_MANY = Text(
    "Filen rummer {count} dokumenter; de forsvinder alle. Afsendte udkast beholder deres citater.",
    "The file holds {count} documents; all of them go. Drafts that were sent keep their "
    "quotations.",
)
DELETE_YES = Text("Ja, slet", "Yes, delete")
DELETE_NO = Text("Behold", "Keep")
DELETED = Text("{file} er slettet.", "{file} is deleted.")
DELETED_ASIDE = Text(
    "{file} er slettet, og med den det beskadigede katalog, der var lagt til side.",
    "{file} is deleted, and with it the damaged catalogue that was set aside.",
)
LEVEL_SET = Text("Adgangen er ændret.", "The access is changed.")

HELD = Text("Venter på frigivelse", "Waiting to be released")
HELD_HOW = Text(
    "Nye filer ses kun af forvaltningen, til en person frigiver dem. Se dem igennem først: efter "
    "frigivelsen ses de af alle, undtagen hvad deres egen tekst lukker.",
    "New files are seen by staff alone until a person releases them. Read them first: once "
    "released, everyone sees them, but for what their own text closes.",
)
HELD_COUNT = Text("{count} dokumenter", "{count} documents")
SEE = Text("Se", "See")
RELEASE = Text("Frigiv", "Release")
RELEASE_ALL = Text("Frigiv alle {count}", "Release all {count}")
RELEASED_ONE = Text("Filen er frigivet.", "The file is released.")
RELEASED = Text("{count} filer er frigivet.", "{count} files are released.")
