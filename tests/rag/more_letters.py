"""Three more letters of thirty figures, each over other documents, and ten alterations of each."""

WELFARE = """Til Marie Bruun (F)

Politikersvar om skærmbesøg, skoler og cykelstier

Den 2. oktober 2026 stillede Marie Bruun (F) et spørgsmål om tre sager fra tre kommuner.

I Esbjerg Kommune sparer skærmbesøg 450.000 kr. i 2026 og 0,9 mio. kr. i 2027. Fra 2028 er \
besparelsen 1,35 mio. kr. Leje af skærme koster 380 t.kr. i 2026 og 190.000 kr. i 2028. \
Medicinrobotterne giver en mindreudgift på 600.000 kr. i 2027 stigende til 750.000 kr. i 2028. \
Samlet er ændringen -70 t.kr. i 2026, -1.120 t.kr. i 2027 og -2,1 mio. kr. i 2029. Der nedlægges \
2 årsværk i 2027 og 3 årsværk i 2029. I dag får 212 borgere skærmbesøg; det er 9 pct. af dem med \
hjemmepleje. Et fysisk besøg tager 21 minutter, et skærmbesøg 7 minutter. Der er købt \
40 medicinrobotter.

I Gladsaxe er den samlede anlægssum 17,9 mio. kr., heraf 9,5 mio. kr. i 2026 og 6,4 mio. kr. i \
2027. Driften falder med 350.000 kr. i 2026, 1,25 mio. kr. i 2027 og 1,9 mio. kr. i 2028. Samlet \
koster planen 12,5 mio. kr. Søborg Skole har 1.015 elever, og varmeforbruget ventes at falde med \
22 pct. Pavillonerne er lejet for 1,3 mio. kr. Planen mindsker udledningen med 214 ton.

I Roskilde søges om en anlægsbevilling på 11,0 mio. kr. og en indtægtsbevilling på 3,9 mio. kr. \
Anlægsudgiften er 4,2 mio. kr. i 2026, og tilskuddet er 2.400.000 kr. i 2027. Den afledte drift \
er 125.000 kr. i 2027. Strækningen er 6,3 km og bruges af omkring 540 cyklister.

Med venlig hilsen
Sekretariatet
05-10-2026
"""
WELFARE_ALTERED = (
    ("0,9 mio. kr. i 2027", "0,8 mio. kr. i 2027"),
    ("190.000 kr. i 2028", "190.000 kr. i 2029"),
    ("750.000 kr. i 2028", "570.000 kr. i 2028"),
    ("3 årsværk i 2029", "4 årsværk i 2029"),
    ("9 pct.", "19 pct."),
    ("9,5 mio. kr. i 2026", "9,5 mio. kr. i 2027"),
    ("350.000 kr. i 2026", "350 mio. kr. i 2026"),
    ("1.015 elever", "1.051 elever"),
    ("4,2 mio. kr. i 2026", "4,2 pct. i 2026"),
    ("125.000 kr. i 2027", "125.000 kr. i 2026"),
)

CATALOGUE = """Kære Jens Toft (C)

Svar på spørgsmål om Odenses prioriteringskatalog og frokosten i Aarhus

SU01 giver en nettobesparelse på 110.000 kr. i 2027 og 430.000 kr. i 2028. Lokalerne bliver \
320.000 kr. billigere i 2027 og 640.000 kr. billigere i 2029, mens licenserne koster 210.000 kr. \
om året i 2027-2030. Omkring 1.150 borgere får en plan, og 60 pct. ventes at vælge appen. SU01 \
fjerner et halvt årsværk i 2028.

SU02 sparer 245.000 kr. i 2027 og derefter 185.000 kr. i 2028. Annonceringen udgør 60.000 kr. i \
2027. I 2025 deltog 46 borgere i kurserne, og 34 pct. på aftenholdene blev røgfri.

BSU03 koster 620.000 kr. i 2027, men sparer 2,41 mio. kr. i 2028 og 4,34 mio. kr. i 2029. \
Huslejen falder med 1,45 mio. kr. i 2028, og flytningen koster 1,1 mio. kr. i 2027. Antallet af \
pladser falder fra 185 til 160. I BSU03 nedlægges ét årsværk i 2027 og tre årsværk i 2029.

BSU04 udvider fra 30 til 33 pladser. Driften er 1.275 t.kr. i 2027, og statsrefusionen er \
638.000 kr. i 2028. Ombygningen koster 850.000 kr. i 2027. Netto er det 637.000 kr. i 2030.

| 1.000 kr. | 2027 | 2028 | 2029 | 2030 |
| --- | --- | --- | --- | --- |
| BKU05 Nettoeffekt | -740 | -665 | -665 | -665 |

I Aarhus skærer BU-07 afløsertimer for 1.150.000 kr. i 2026 og 2,3 mio. kr. i 2027. \
Omstillingspuljen er på 1.975.000 kr. i 2026 og 0,9 mio. kr. i 2027. Ombygningen koster \
3,4 mio. kr. i 2026. I 2024 spiste 7.115 børn med, og prisen er 812 kr. om måneden.
"""
CATALOGUE_ALTERED = (
    ("430.000 kr. i 2028", "340.000 kr. i 2028"),
    ("640.000 kr. billigere i 2029", "640.000 kr. billigere i 2027"),
    ("60 pct.", "66 pct."),
    ("185.000 kr. i 2028", "185 mio. kr. i 2028"),
    ("4,34 mio. kr. i 2029", "4,43 mio. kr. i 2029"),
    ("1,1 mio. kr. i 2027", "1,1 mio. kr. i 2028"),
    ("tre årsværk i 2029", "fire årsværk i 2029"),
    ("850.000 kr. i 2027", "850.000 kr. i 2028"),
    ("-740", "-704"),
    ("3,4 mio. kr. i 2026", "3,4 mia. kr. i 2026"),
)

ENGLISH = """Dear Councillor Lind,

Answer on libraries, sector budgets and the AI proposals

In Silkeborg, self-service opening hours save DKK 260,000 in 2027 and DKK 520,000 in 2028. Closing \
the mobile library saves DKK 710,000 in 2028 and DKK 945,000 in 2029. New machines cost \
DKK 480,000 in 2027. In total the note adds DKK 220,000 in 2027 and saves DKK 1,265,000 in 2028 \
and DKK 1,595,000 in 2030. It cuts 2.75 FTE in 2029. The bus makes 27 stops and lent 9,860 items \
in 2025, a fall of 31 per cent.

In Aalborg, Job og Velfærd had accounts of DKK 1,996.2 million in 2024 and a budget of \
DKK 2,018.4 million in 2026. Børn og Unge gets DKK 3,371.9 million in 2026. The common pool is \
DKK 15.0 million. Sick leave was 5.3 per cent in 2023 and 5.8 per cent in 2024. In total \
the sectors had DKK 10,002.2 million in 2025.

In Vejle, 634 pupils were in special schools, and the waiting list fell from 119 children in 2023 \
to 61 in 2025. The goal for 2027 is 3,600 places. Of the 12.5 million set aside, DKK 4.1 million \
was spent, or 33 per cent.

The AI proposal for Budget 2025-2028 invests DKK 600,000 in 2025 and saves DKK 275,000 in 2026 \
and DKK 550,000 in 2027. ØU02 invests DKK 3 million in 2024 and DKK 2.5 million in 2025 and cuts \
eight positions in 2027. ØK74 asks for DKK 35 million in 2027 and DKK 155 million in total.
"""
ENGLISH_ALTERED = (
    ("DKK 520,000 in 2028", "DKK 530,000 in 2028"),
    ("DKK 710,000 in 2028", "DKK 710,000 in 2027"),
    ("DKK 220,000 in 2027", "DKK 220 million in 2027"),
    ("2.75 FTE in 2029", "2.25 FTE in 2029"),
    ("DKK 2,018.4 million in 2026", "DKK 2,018.4 million in 2024"),
    ("5.8 per cent in 2024", "5.8 per cent in 2023"),
    ("634 pupils", "643 pupils"),
    ("DKK 275,000 in 2026", "DKK 275,000 in 2025"),
    ("eight positions in 2027", "seven positions in 2027"),
    ("DKK 35 million in 2027", "DKK 35 per cent in 2027"),
)
LETTERS = {
    "welfare": (WELFARE, WELFARE_ALTERED),
    "catalogue": (CATALOGUE, CATALOGUE_ALTERED),
    "english": (ENGLISH, ENGLISH_ALTERED),
}
