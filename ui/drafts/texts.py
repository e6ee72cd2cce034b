"""What the page Udkast says, in Danish and English."""

from __future__ import annotations

from rag.types import Text

TITLE = Text("Udkast til politikersvar", "Drafts of written answers")
NEW = Text("Nyt udkast", "New draft")
QUESTION = Text("Politikerens spørgsmål", "The politician's question")
QUESTION_HELP = Text(
    "Indsæt mailen eller brevet, som det er. Navn, dato og delspørgsmål læses af teksten.",
    "Paste the mail or letter as it is. Name, date and sub-questions are read from the text.",
)
FILE = Text("… eller en fil (Word, PDF, tekst, mail)", "… or a file (Word, PDF, text, mail)")
ASKER = Text("Hvem spørger", "Who asks")
ASKER_EXAMPLE = Text("Rikke Dam (F)", "Rikke Dam (F)")
ASKED = Text("Spurgt den", "Asked on")
DUE = Text("Svarfrist", "Due")
MAKE = Text("Lav udkast", "Make a draft")
WORKING = Text("Læser dokumenterne og skriver …", "Reading the documents and writing …")
NOTHING = Text("Skriv eller vælg et spørgsmål først.", "Write or choose a question first.")
NONE_YET = Text("Ingen udkast endnu", "No drafts yet")
NONE_YET_HOW = Text(
    "Indsæt et spørgsmål ovenfor. Udkastet bygges af tal og citater, der hver viser deres kilde.",
    "Paste a question above. The draft is built of figures and quotations that show their source.",
)
OPEN = Text("Åbn", "Open")
LATE = Text("frist overskredet", "overdue")
BACK = Text("Alle udkast", "All drafts")
UNKNOWN_ASKER = Text("ukendt spørger", "unknown asker")

FIELDS = Text("Brevets felter", "The letter's fields")
FIELD_NAMES = {
    "spoerger": Text("Hvem spørger", "Who asks"),
    "spurgt": Text("Spurgt den", "Asked on"),
    "emne": Text("Emne", "Subject"),
    "dato": Text("Svarets dato", "Date of the answer"),
    "sagsnummer_f2": Text("Sagsnummer i F2", "Case number in F2"),
    "dokumentnummer_f2": Text("Dokumentnummer i F2", "Document number in F2"),
    "sagsnummer_edoc": Text("Sagsnummer eDoc", "Case number in eDoc"),
    "sagsbehandler": Text("Sagsbehandler", "Caseworker"),
}
TEXT = Text("Svarets tekst", "The answer's text")
TEXT_HELP = Text(
    "Hver ændring gemmes som en version og kontrolleres, når du forlader feltet.",
    "Each change is kept as a version, and checked when you leave the field.",
)
CHECKED = Text("Kontrolleret tekst", "The text, checked")
CHECKED_HELP = Text("Klik på et tal for at se, hvor det står.", "Click a figure to see its place.")
MEANWHILE = Text(
    "{who} gemte en version, mens du skrev. Begge er bevaret; sammenlign dem under Versioner.",
    "{who} saved a version while you wrote. Both are kept; compare them under Versions.",
)
AGAIN = Text("Lav udkastet om", "Draft anew")
AGAIN_HELP = Text("Din tekst bevares som en version.", "Your text is kept as a version.")

ACCEPTED = Text("godkendt af", "accepted by")
HELD = Text("Holder svaret tilbage", "Holds the answer back")
ALL_WELL = Text(
    "Alt i teksten har sin plads i dokumenterne eller er godkendt.",
    "Everything in the text has its place in the documents or is accepted.",
)
NAME = Text("Dit navn", "Your name")
REASON = Text("Begrundelse", "Reason")
ACCEPT = Text("Godkend alligevel", "Accept all the same")
MARK = Text("1 sted mangler at blive skrevet", "1 place is not written yet")
MARKS = Text("{n} steder mangler at blive skrevet", "{n} places are not written yet")
NOTES = Text("Værd at vide", "Worth knowing")

PRECEDENTS = Text("Fortilfælde", "Precedents")
NO_PRECEDENTS = Text("Ingen tidligere svar om sagen.", "No earlier answers on the matter.")
HOLDS = Text("stemmer med dokumenterne i dag", "agrees with the documents today")
VERSIONS = Text("Versioner", "Versions")
RESTORE = Text("Tag frem igen", "Restore")
COMPARE = Text("Sammenlign med den nyeste", "Compare with the newest")
RECORD = Text("Forløb", "Record")

OUT = Text("Ud af huset", "Out")
AS_WORD = Text("Hent som Word", "Get as Word")
AS_PDF = Text("Hent som PDF", "Get as PDF")
AS_TEXT = Text("Hent som tekst", "Get as text")
NO_OFFICE = Text("PDF kræver LibreOffice på serveren.", "PDF needs LibreOffice on the server.")
WHY_HELD_ONE = Text(
    "1 sted i teksten er ikke fundet i dokumenterne. Ret det, eller godkend det med navn og "
    "begrundelse.",
    "1 place in the text was not found in the documents. Mend it, or accept it by name with a "
    "reason.",
)
WHY_HELD = Text(
    "{n} steder i teksten er ikke fundet i dokumenterne. Ret dem, eller godkend dem med navn og "
    "begrundelse.",
    "{n} places in the text were not found in the documents. Mend them, or accept them by name "
    "with a reason.",
)
WITH_NOTES = Text("Med note om det godkendte", "With a note on what was accepted")
APPROVE = Text("Markér som kontrolleret", "Mark as checked")
TAKE = Text("Overtag", "Take over")
SEND = Text("Sendt: luk og læs ind", "Sent: close and ingest")
SEND_HELP = Text(
    "Svaret læses ind i samlingen som tidligere svar. Det bliver aldrig ene om at bære et tal.",
    "The answer joins the collection as an earlier answer. It never bears a figure alone.",
)
SENT = Text(
    "Svaret er sendt og læst ind som fortilfælde.",
    "The answer is sent, and in the collection as a precedent.",
)
EVENTS = {
    "opened": Text("oprettet", "opened"),
    "drafted_again": Text("udkast lavet om", "drafted anew"),
    "filled": Text("felt udfyldt", "field filled"),
    "checked": Text("markeret som kontrolleret", "marked as checked"),
    "taken_over": Text("overtaget fra", "taken over from"),
    "exported": Text("hentet som", "exported as"),
    "sent": Text("sendt, SHA-256", "sent, SHA-256"),
}
