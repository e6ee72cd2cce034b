"""What the page Evaluering says, in Danish and English."""

from __future__ import annotations

from rag.types import Text

TITLE = Text("Evaluering", "Evaluation")
WHY = Text(
    "De kendte svar er spørgsmål, hvor svaret er slået op på forhånd. En kørsel stiller dem alle "
    "og ser, om svarene er rigtige.",
    "The known answers are questions whose answers were looked up beforehand. A run asks them "
    "all and sees whether the answers are right.",
)
ASK_OVER = Text("Spørg ud fra", "Ask over")
ASK_OVER_HELP = Text("Uden et valg spørges der ud fra alle.", "Without a choice, all are asked.")
COLLECTIONS = {
    "shipped": Text("De leverede dokumenter", "The documents shipped"),
    "made": Text("Øvedokumenter", "Made documents"),
    "unseen": Text("Ukendte dokumenter", "Unseen documents"),
    "fresh": Text("Nye dokumenter", "New documents"),
    "own": Text("Vores egne", "Our own"),
}
START = Text("Kør de kendte svar", "Run the known answers")
STOP = Text("Afbryd", "Stop")
RUNNING = Text("Spørger: {done} af {total}", "Asking: {done} of {total}")
STARTING = Text("Læser dokumenterne …", "Reading the documents …")

EMPTY = Text("Der er ingen kørsler endnu", "There are no runs yet")
EMPTY_HOW = Text(
    "Kør de kendte svar herover. Det tager et halvt minut, og siden kan bruges imens.",
    "Run the known answers above. It takes half a minute, and the page can be used meanwhile.",
)

RESULT = Text("Resultat", "Result")
QUESTIONS = Text("Spørgsmål", "Questions")
CHANGES = Text("Ændringer", "Changes")
FEEDBACK = Text("Tommel ned", "Thumbs down")

RUN = Text("Kørsel", "Run")
RUN_NAME = Text("Nr. {number}, {when}", "No. {number}, {when}")
WITH_MODEL = Text("med sprogmodellen {model}", "with the language model {model}")
AGAINST = Text("Sammenlign med", "Compare with")

CORRECT = Text("Rigtige svar", "Correct answers")
WRONG_FIGURES = Text("Forkerte tal", "Wrong figures")
REFUSALS = Text("Afslag med rette", "Refusals that were due")
NOT_REFUSED = Text("Burde være afslået, blev besvaret", "Should be refused, were answered")
OF = Text("{count} af {of}", "{count} of {of}")
BY_COLLECTION = Text("Efter dokumenter", "By documents")
BY_TYPE = Text("Efter slags spørgsmål", "By kind of question")
SCORE = Text("Rigtige svar i procent, kørsel for kørsel", "Correct answers, per cent, run by run")
SHARE = Text("Procent", "Per cent")

TYPES = {
    "lookup": Text("opslag i tabel", "table look-up"),
    "prose_figure": Text("tal i tekst", "figure in prose"),
    "prose": Text("tekst", "prose"),
    "who_when": Text("hvem og hvornår", "who and when"),
    "list": Text("liste", "list"),
    "yes_no": Text("ja eller nej", "yes or no"),
    "several": Text("flere tal", "several figures"),
    "misspelt": Text("stavefejl", "misspelt"),
    "other_words": Text("andre ord", "other words"),
    "follow_up": Text("opfølgning", "follow-up"),
    "arithmetic": Text("regnestykke", "arithmetic"),
    "finding": Text("modsigelse", "contradiction"),
    "refuse": Text("skal afslås", "to be refused"),
}
VERDICTS = {
    "wrong_figure": Text("forkert tal", "wrong figure"),
    "error": Text("fejl", "error"),
    "wrong": Text("forkert", "wrong"),
    "not_answered": Text("ubesvaret", "not answered"),
    "correct": Text("rigtigt", "correct"),
}
VERDICT = Text("Dom", "Verdict")
KIND = Text("Slags", "Kind")
ALL = Text("Alle", "All")
SHOWN = Text("{count} spørgsmål", "{count} questions")
MORE = Text("Vis flere", "Show more")
NONE = Text("Ingen spørgsmål passer til valget.", "No questions fit the choice.")
EXPECTED = Text("Ventet", "Expected")
GIVEN = Text("Svar", "Answer")
BEFORE = Text("Før", "Before")
NOW = Text("Nu", "Now")
STATUSES = {
    "answered": Text("besvares", "to be answered"),
    "ambiguous": Text("flere dokumenter passer", "several documents fit"),
    "not_found": Text("afslås", "to be refused"),
}

BROKE = Text("Blevet værre", "Got worse")
BETTER = Text("Blevet bedre", "Got better")
OTHERWISE = Text("Svarer anderledes", "Answered otherwise")
NEW_GONE = Text("{new} nye spørgsmål, {gone} er væk.", "{new} new questions, {gone} are gone.")
NO_EARLIER = Text(
    "Der er kun en kørsel. Kør de kendte svar igen, når noget er ændret.",
    "There is one run only. Run the known answers again when something has changed.",
)
NOTHING_CHANGED = Text("Alt er, som det var.", "Everything is as it was.")
EXPECTATION_CHANGED = Text("det kendte svar er rettet", "the known answer was mended")

DOWNLOAD_JSON = Text("Hent kørslen (JSON)", "Download the run (JSON)")
DOWNLOAD_CSV = Text("Hent kørslen (CSV)", "Download the run (CSV)")

KEPT = Text(
    "{count} kendte svar er vores egne. De er med i næste kørsel.",
    "{count} known answers are our own. The next run asks them too.",
)
NO_FEEDBACK = Text(
    "Ingen svar med tommel ned venter.", "No answers with a thumbs down are waiting."
)
ASKED = Text("Spørgsmålet, så det kan læses alene", "The question, so that it can be read alone")
RIGHT_IS = Text("Hvad er rigtigt?", "What is right?")
FIELDS = {
    "figure": Text("Tallet, for eksempel -2,2 mio. kr.", "The figure, such as -2,2 mio. kr."),
    "year": Text("Tallets år", "The figure's year"),
    "words": Text(
        "Ord, der skal stå i svaret; flere adskilt af semikolon",
        "Words that the answer must hold; several with semicolons between",
    ),
    "page": Text("Side", "Page"),
}
DOCUMENT = Text("Dokumentet, der svarer", "The document that answers")
REASONS = Text("Grunde til afslag, der passer", "Reasons for a refusal that fit")
ANY = Text("Ligegyldigt hvilket", "Any")
CODES = {
    "year_outside": Text("året er uden for tabellen", "the year is outside the table"),
    "cell_blank": Text("feltet er tomt", "the cell is blank"),
    "measure_missing": Text("tallet er ikke i dokumentet", "the figure is not in the document"),
    "unknown_document": Text("dokumentet kendes ikke", "the document is not known"),
    "other_municipality": Text("det er en anden kommune", "it is another municipality"),
    "other_period": Text("det er et andet budget", "it is another budget"),
    "too_many": Text("for mange dokumenter", "too many documents"),
    "nothing_found": Text("intet svarer på det", "nothing answers it"),
}
KEEP = Text("Gem som kendt svar", "Keep as a known answer")
