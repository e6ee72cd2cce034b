"""Made council documents by the thousand, and questions whose answers are known.

A proposal has a municipality, a number, a matter (an area and a measure) and
comes in editions, one a budget year: the text is the same but for the years, a
few words and every figure. Words beyond the templates are drawn from the
Danish dictionary with Zipf's frequencies.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

PASSAGES = 10  # a document, about
EDITIONS = 4
_FIRST_BUDGET = 2024
_COMMITTEES = "ØU BU SU KF TM BE EU ÆU PU MU".split()
_AREAS = """folkeskoler daginstitutioner plejehjem hjemmepleje biblioteker idrætshaller
svømmehaller musikskoler tandpleje genoptræning jobcenter borgerservice vejvedligeholdelse
vejbelysning busdrift cykelstier parker kirkegårde havne genbrugspladser kloakker vandløb
rådhus kantiner rengøring bilpark indkøb lønadministration telefonomstilling arkiver museer
ungdomsskoler specialundervisning botilbud væresteder krisecentre misbrugsbehandling
sundhedspleje madservice hjælpemidler boligrådgivning byfornyelse lokalplaner brandvæsen
beredskab turisme erhvervsservice klubtilbud fritidshjem aktivitetscentre""".split()
_MEASURES = """energirenovering sammenlægning udbud digitalisering hjemtagning fusion
ventilation solceller sensorer robotter ruteplanlægning vagtplanlægning vikardækning
åbningstider takstforhøjelse brugerbetaling efteruddannelse sygefravær bemanding tilsyn
standardisering kontraktstyring afvikling udvidelse modernisering frivillighed forebyggelse
selvbetjening kapacitetstilpasning arealoptimering""".split()
_FRAMES = """
Forvaltningen vurderer, at {m} af {a} kan gennemføres uden {w}, hvis {w} og {w} følges ad.
Erfaringer med {w} fra andre kommuner viser, at {w} er afgørende for {a}.
Der lægges vægt på, at {w} inddrages, før {w} ændres.
I dag bruges der ressourcer på {w}, som kan bruges bedre på {w}.
Forslaget om {m} skal ses i sammenhæng med {w} og den vedtagne politik for {w}.
Det forudsættes, at {w} er på plads inden udgangen af {y}.
Medarbejderne på {a} har peget på {w} som den største udfordring.
Borgerne vil opleve, at {w} bliver lettere, mens {w} tager lidt længere tid.
Der afsættes {k}.000 kr. i {y} til {w}.
Potentialet ved {m} er opgjort på grundlag af {w}, {w} og antallet af brugere.
Udgiften til {w} er {k}.000 kr. om året fra {y}.
Risikoen er, at {w} forsinkes, så virkningen af {m} først kommer senere.
Hvis {w} ikke lykkes, falder gevinsten bort, og {a} må finde pengene ved {w}.
En arbejdsgruppe for {w} følger op to gange om året og melder tilbage til udvalget.
Lovgivningen om {w} stiller krav, som {a} skal leve op til.
""".strip().split("\n")
_SECTIONS = (
    "Resumé", "Baggrund", "Forslag", "Økonomi", "Personale", "Borgere", "Risici", "Tidsplan",
    "Opfølgning",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question to the made documents: the files that may answer, and the amount if any."""

    kind: str
    text: str
    files: tuple[str, ...]
    amount: int | None = None


@dataclass(frozen=True)
class Made:
    """A document as Markdown under a file name, and questions it answers."""

    file: str
    text: str
    questions: tuple[Question, ...]


def documents(seed: int = 7) -> Iterator[Made]:
    """Yield documents without end, the editions of a proposal one after another."""
    from rag.vocabulary import entries

    rng, words = random.Random(seed), _Words(seed)
    towns = list(entries()["municipalities"])
    taken: set[tuple[str, ...]] = set()
    while True:
        town, area, measure = rng.choice(towns), rng.choice(_AREAS), rng.choice(_MEASURES)
        number = f"{rng.choice(_COMMITTEES)}{rng.randint(1, 99):02}"
        if (town, number) in taken or (town, area, measure) in taken:
            continue
        taken |= {(town, number), (town, area, measure)}
        yield from _editions(town, number, area, measure, words, rng)


def first(passages: int) -> Iterator[Made]:
    """Yield the documents that have about this many passages."""
    return islice(documents(), passages // PASSAGES)


def _editions(
    town: str, number: str, area: str, measure: str, words: _Words, rng: random.Random
) -> Iterator[Made]:
    key = " ".join(words.some(2))  # the words that tell this proposal from all others
    bodies = [[rng.choice(_FRAMES) for _ in range(6)] for _ in _SECTIONS]
    fillers = words.some(12 * len(_SECTIONS) * 6)
    saved, spent, staff = rng.randint(3, 90) * 100, rng.randint(1, 30) * 100, rng.randint(1, 9)
    for edition in range(EDITIONS):
        year = _FIRST_BUDGET + edition
        years = range(year, year + 4)
        savings = [saved + 50 * n + 130 * edition for n in range(4)]
        posts = [staff + n + edition for n in range(4)]
        edited = iter([words.one() if rng.random() < 0.05 else w for w in fillers])
        paragraphs = [
            " ".join(_filled(f, area, measure, edited, year, rng) for f in body) for body in bodies
        ]
        matter = f"{measure.capitalize()} af {area}"
        paragraphs[1] = f"Baggrunden for {measure} er {key} på {area}. " + paragraphs[1]
        text = _markdown(
            f"{number} {matter}", town, years, _table(years, savings, spent, posts), paragraphs
        )
        files = [_file(number, y, town) for y in range(_FIRST_BUDGET, _FIRST_BUDGET + EDITIONS)]
        file = files[edition]
        budget, house = f"budget {year}-{year + 3}", _house(town)
        yield Made(
            file,
            text,
            (
                Question(
                    "figure",
                    f"Hvad er effektiviseringen i {number} i {house} i {year + 1} ({budget})?",
                    (file,),
                    -savings[1] * 1000,
                ),
                Question(
                    "figure by topic",
                    f"Hvor mange årsværk spares ved {measure} af {area} i {house} i {year + 2}, "
                    f"{budget}?",
                    (file,),
                    posts[2],
                ),
                Question(
                    "prose",
                    f"Hvad er baggrunden for {measure} af {area} i {house} i {budget}?",
                    (file,),
                ),
                Question("prose anywhere", f"Hvor er {key} baggrund for {measure}?", tuple(files)),
            ),
        )


def _house(town: str) -> str:
    return town if "ommune" in town else f"{town} Kommune"


def _file(number: str, year: int, town: str) -> str:
    return f"{number}-{year}-{'-'.join(town.split())}.md"


def _filled(
    frame: str, area: str, measure: str, words: Iterator[str], year: int, rng: random.Random
) -> str:
    text = frame.replace("{a}", area).replace("{m}", measure).replace("{y}", str(year + 1))
    text = text.replace("{k}", str(rng.randint(10, 990)))
    while "{w}" in text:
        text = text.replace("{w}", next(words), 1)
    return text


def _table(years: range, savings: list[int], spent: int, posts: list[int]) -> str:
    rows = {
        "Beløb i 1.000 kr.": [str(y) for y in years],
        "Effektivisering": [f"-{_kroner(s)}" for s in savings],
        "Investering - drift": [_kroner(spent)] * 4,
        "Samlet ændring (netto)": [_kroner(spent - s) for s in savings],
        "Ændring i antal årsværk": [f"-{p}" for p in posts],
    }
    lines = [" | ".join(["", label, *cells, ""]).strip() for label, cells in rows.items()]
    return "\n".join([lines[0], "|---" * 5 + "|", *lines[1:]])


def _kroner(thousands: int) -> str:
    return f"{thousands:,}".replace(",", ".")


def _markdown(title: str, town: str, years: range, table: str, paragraphs: list[str]) -> str:
    head = f"# {title}\n\nPrioriteringsforslag, {_house(town)}, Budget {years[0]}-{years[-1]}"
    body = "\n\n".join(
        f"## {n}. {section}\n\n{text}"
        for n, (section, text) in enumerate(zip(_SECTIONS, paragraphs, strict=True), start=1)
    )
    return f"{head}\n\n{table}\n\n{body}\n"


class _Words:
    """Danish words with Zipf's frequencies."""

    def __init__(self, seed: int, size: int = 60_000) -> None:
        from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

        self._rng = random.Random(seed)
        forms = DefaultDictionaryFactory().get_dictionary("da")
        texts = (f.decode() if isinstance(f, bytes) else f for f in forms)
        plain = sorted(w for w in texts if w.isalpha() and w.islower() and 4 <= len(w) <= 14)
        self._words = self._rng.sample(plain, min(size, len(plain)))
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def some(self, n: int) -> list[str]:
        """Return `n` words."""
        return self._rng.choices(self._words, cum_weights=self._weights, k=n)

    def one(self) -> str:
        """Return a word."""
        return self.some(1)[0]
