"""A made politikersvar of thirty figures over the corpus shipped, and ten alterations of it."""

LETTER = """Til Ane Holm (B)

Politikersvar om kunstig intelligens, robotter og den digitale ramme

Den 3. november 2026 stillede Ane Holm (B) et spørgsmål om, hvad de tre forslag koster.

Prioriteringsforslag ØU10 i Høje-Taastrup Kommune nedlægger 2 stillinger i 2026 stigende til \
4 stillinger i 2029. Det giver en effektivisering på 1,0 mio. kr. i 2026, 1,1 mio. kr. i 2027, \
1.650.000 kr. i 2028 og 2,2 mio. kr. i 2029. Investeringen i drift er 1.500 t.kr. i 2028. Netto \
er det en merudgift på 500.000 kr. i 2026 og 400.000 kr. i 2027, men en mindreudgift på \
150.000 kr. i 2028 og 700.000 kr. i 2029. Dertil kommer en rammebesparelse på 450.000 kr. i 2026. \
Kommunens del af det nationale mål er ca. 150-160 stillinger, og kommunen har omkring 0,5 pct. af \
de offentligt ansatte. I Budget 2025 blev der sat 600.000 kr. af.

ØU02 om robotteknologi foreslår en reduktion på 3 årsværk i 2024, 5 årsværk i 2025 og 8 årsværk \
i 2027. Anlægsinvesteringen er 3 mio. kr. i 2024, 2,5 mio. kr. i 2025 og 2 mio. kr. i 2026. Det \
nuværende budget er 92,0 mio. kr. i 2024. Til kompetenceudvikling går 0,5 mio. kr. i 2024.

I Københavns Kommune søger ØK74 om 20 mio. kr. i 2026 og 35 mio. kr. i 2027. På anlæg er puljen \
5 mio. kr. i 2026, og på service er den 25 mio. kr. i 2027. I alt er det 155 mio. kr. i 2025-2029. \
Et privat 5G-netværk anslås til 10-50 mio. kr., og bedre udnyttelse af Microsoft365 til 3 mio. kr.

Med venlig hilsen
Økonomiforvaltningen
08-11-2026
"""
# What stands in the letter, what is put in its place, and the verdict's words.
ALTERED = (
    ("4 stillinger i 2029", "5 stillinger i 2029"),  # value
    ("1,1 mio. kr. i 2027", "1,2 mio. kr. i 2027"),
    ("2,2 mio. kr. i 2029", "2,2 mio. kr. i 2030"),  # year
    ("1.500 t.kr. i 2028", "1.500 kr. i 2028"),  # unit
    ("700.000 kr. i 2029", "770.000 kr. i 2029"),
    ("0,5 pct.", "0,7 pct."),
    ("5 årsværk i 2025", "5 årsværk i 2026"),
    ("92,0 mio. kr. i 2024", "92,0 pct. i 2024"),
    ("25 mio. kr. i 2027", "25 mio. kr. i 2028"),
    ("3 mio. kr.\n", "3 mia. kr.\n"),
)
