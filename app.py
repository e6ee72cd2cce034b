"""The Streamlit app: its pages, in the order of the navigation, and whose they are."""

from rag.types import Text
from ui.ask.page import page as ask
from ui.documents.page import page as documents
from ui.drafts.page import page as drafts
from ui.evaluation.page import page as evaluation
from ui.figures.page import page as figures
from ui.frame import Room, show

show(
    [
        Room(ask, Text("Spørg", "Ask"), ""),
        Room(documents, Text("Dokumenter", "Documents"), "dokumenter"),
        Room(figures, Text("Tal", "Figures"), "tal"),
        Room(drafts, Text("Udkast", "Drafts"), "udkast", frozenset({"staff"})),
        Room(evaluation, Text("Evaluering", "Evaluation"), "evaluering", frozenset({"evaluator"})),
    ]
)
