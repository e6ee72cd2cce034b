"""What the page of questions says, in Danish and English."""

from __future__ import annotations

from rag.types import Text

ASK = Text("Spørg om noget i dokumenterne", "Ask about the documents")
WORKING = Text("Læser dokumenterne …", "Reading the documents …")
WELCOME = Text("Hvad vil du vide?", "What would you like to know?")
PROMISE = Text(
    "Svarene er tal og sætninger fra kommunens egne dokumenter. Hvert svar viser, hvor det "
    "står, og siger til, når kilderne ikke er enige.",
    "Answers are figures and sentences from the council's own documents. Each shows where it "
    "stands, and says so when the sources disagree.",
)
EXAMPLES = Text("Prøv for eksempel", "For example")
COLLECTION = Text("dokumenter i samlingen", "documents in the collection")
EMPTY = Text("Samlingen er tom", "The collection is empty")
EMPTY_HOW = Text(
    "Læg dokumenter ind fra en terminal, og genindlæs siden. PDF, Word, HTML, tekst og "
    "Markdown kan læses, enkeltvis eller som en hel mappe:",
    "Add documents from a terminal and reload the page. PDF, Word, HTML, text and Markdown "
    "can be read, one by one or as a folder:",
)

# Conversations
CONVERSATIONS = Text("Samtaler", "Conversations")
NEW = Text("Ny samtale", "New conversation")
SEARCH = Text("Søg i samtaler", "Search conversations")
NO_CONVERSATIONS = Text("Ingen samtaler endnu.", "No conversations yet.")
NO_MATCH = Text("Ingen samtale passer på søgningen.", "No conversation fits the search.")
MORE = Text("ældre samtaler; søg for at finde dem.", "older conversations; search to find them.")
RENAME = Text("Omdøb", "Rename")
DELETE = Text("Slet", "Delete")
TITLE = Text("Samtalens navn", "Name of the conversation")
SAVE = Text("Gem", "Save")
CANCEL = Text("Annullér", "Cancel")
DELETED = Text("er slettet.", "is deleted.")
UNDO = Text("Fortryd", "Undo")

# What is asked
FILTER = Text("Afgræns", "Narrow")
FILTERED = Text("Svar kun fra", "Answer only from")
MUNICIPALITIES = Text("Kommune", "Municipality")
PERIODS = Text("Periode", "Period")
KINDS = Text("Dokumenttype", "Kind of document")
ALL = Text("Alle", "All")
REMOVE = Text("Fjern", "Remove")
UNFILTERED = Text(
    "Svaret er søgt i en del af samlingen. Spørg i hele samlingen",
    "Only a part of the collection was searched. Ask the whole collection",
)
UNDERSTOOD = Text("Forstået som", "Understood as")
ABOUT = Text("om", "about")
READ_AS = Text("læst som", "read as")
LIST = Text("hvilke dokumenter der er", "which documents there are")
AMOUNTS = {"money": Text("beløb", "amounts"), "percent": Text("procent", "per cent")}
OPERATIONS = {
    "sum": Text("lagt sammen", "added up"),
    "difference": Text("forskellen", "the difference"),
    "percent": Text("ændring i procent", "change in per cent"),
    "average": Text("gennemsnit", "average"),
    "largest": Text("den største", "the largest"),
    "smallest": Text("den mindste", "the smallest"),
    "when": Text("hvilket år det gælder", "the year it holds"),
    "most": Text("hvor der er mest", "where there is most"),
    "least": Text("hvor der er mindst", "where there is least"),
    "which": Text("hvilke det gælder", "which it holds of"),
    "share": Text("andel", "share"),
    "days": Text("dage imellem", "days between"),
}

# The answer
QUESTION = Text("Spørgsmål", "Question")
ANSWER = Text("Svar", "Answer")
CHOOSE = Text(
    "Flere dokumenter passer på spørgsmålet. Vælg, hvilket du mener:",
    "Several documents fit the question. Choose the one you mean:",
)
NOT_FOUND = Text("Intet svar i dokumenterne", "No answer in the documents")
INSTEAD = Text("Du kan i stedet spørge", "You could ask instead")
CALCULATION = Text("Beregning", "Calculation")
FIGURES = Text("Tallene i svaret", "The figures of the answer")
CHART = Text("Vis som diagram", "Show as a chart")
CHART_OF = Text(
    "Søjlediagram over tallene i tabellen ovenfor", "Bar chart of the figures in the table above"
)
YEAR = Text("År", "Year")
GONE = Text(
    "Kilden til dette svar er slettet fra samlingen, eller du har ikke længere adgang til den. "
    "Derfor vises svaret ikke.",
    "The source of this answer was deleted from the collection, or is closed to you now. "
    "So the answer is not shown.",
)
OLD_FORM = Text(
    "Svaret er fra en ældre udgave af Rådsvar og kan ikke vises her.",
    "The answer is from an older Rådsvar and cannot be shown here.",
)
AGAIN = Text("Stil spørgsmålet igen", "Ask the question again")
SEVERAL_FINDINGS = Text("modsigelser i kilderne", "contradictions in the sources")

# What can be done with it
COPY = Text("Kopiér med kilder", "Copy with sources")
COPIED = Text("Kopieret", "Copied")
DOCX = Text("Hent som Word", "Download as Word")
PRINT = Text("Hent til udskrift", "Download to print")
FILE_NAME = Text("svar", "answer")
MADE = Text(
    "Fra Rådsvar {date}. Tal og citater er slået op i kilderne; kontrollér dem der, før de bruges.",
    "From Rådsvar, {date}. Figures and quotes were looked up in the sources; check them there "
    "before use.",
)
HELPFUL = Text("Var svaret rigtigt?", "Was the answer right?")
UP = Text("Ja", "Yes")
DOWN = Text("Nej", "No")
WHY = Text("Hvad var galt?", "What was wrong?")
SEND = Text("Send", "Send")
THANKS = Text("Tak. Det er gemt til dem, der evaluerer.", "Thank you. It is kept for evaluators.")

FACTS = {
    "asked": Text("hvornår der blev spurgt", "when it was asked"),
    "asker": Text("hvem der spurgte", "who asked"),
    "caseworker": Text("sagsbehandler", "caseworker"),
    "answered_by": Text("hvem der svarede", "who answered"),
    "proposer": Text("forslagsstiller", "who proposed it"),
    "committee": Text("udvalg", "committee"),
    "expense_type": Text("udgiftstype", "type of expense"),
    "price_level": Text("prisniveau", "price level"),
    "case_numbers": Text("sagsnummer", "case number"),
    "document_numbers": Text("dokumentnummer", "document number"),
    "decision": Text("beslutning", "decision"),
    "period": Text("periode", "period"),
    "date": Text("dato", "date"),
    "municipality": Text("kommune", "municipality"),
    "title": Text("titel", "title"),
}
