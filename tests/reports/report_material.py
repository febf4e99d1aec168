"""A small invented study, told as a report: a night ferry whose crew began to offer stranded passengers a cabin."""

from __future__ import annotations

from datetime import date

from qcode.reports.values import (
    AgreementRow,
    AgreementSection,
    CodebookRow,
    ParticipantRow,
    QuoteRow,
    StudyFacts,
    ThemeSection,
    ThemesReport,
)

LAST_BOAT = ThemeSection(
    "1",
    "“There is no later than this”",
    "The last crossing turns a timetable into a deadline: whoever misses it has nowhere to be, and everyone on the "
    "quay knows it before a word is said.",
    ("Missing the boat", "Nowhere to wait", "Who notices first"),
    (
        QuoteRow(
            "I ran the whole of Harbour Street with the pram, and the ramp was already up. You stand there and you "
            "feel it in your knees. There is no later than this, is there? The waiting room locks at eleven and the "
            "hotel wants a card that works.",
            "Ilse, passenger",
            "INT-2",
            1204,
            1436,
            codes=("Missing the boat", "Nowhere to wait"),
            speaker="Ilse",
        ),
        QuoteRow(
            "",
            "Bosun and interviewer, INT-6",
            "INT-6",
            8811,
            9140,
            codes=("Who notices first",),
            lines=(
                ("I", "Who sees them first, you or the ticket office?"),
                (
                    "Bosun",
                    "Oh, us. Always us. [laughs] The office sees a number. We see a man who puts his bag down slowly.",
                ),
                ("I", "And then?"),
                ("Bosun", "Then somebody walks over. Not in the jacket. You take the jacket off first."),
            ),
        ),
    ),
    (
        ThemeSection(
            "1.1",
            "Waiting as work",
            "Passing a night in public takes planning, company and luck.",
            ("Nowhere to wait",),
            (
                QuoteRow(
                    "Dormí sentada, con los zapatos puestos. Si te los quitas, ya no eres pasajera, eres otra cosa.",
                    "Marta, pasajera",
                    "INT-4",
                    310,
                    409,
                    codes=("Nowhere to wait",),
                    language="es-ES",
                ),
            ),
        ),
    ),
)
CABIN = ThemeSection(
    "2",
    "A key without a form",
    "An offer is taken when nothing has to be proved first; each question asked at the counter is heard as a doubt.",
    ("Offer made", "Papers and rules", "Being believed"),
    (
        QuoteRow(
            "He put the key on the rail, not in my hand. So I could leave it there. I thought about that for days, "
            "that he had thought of that.",
            "Ottomar, passenger",
            "INT-1",
            5020,
            5160,
            codes=("Offer made", "Being believed"),
        ),
        QuoteRow(
            "Everybody praises the key. I would have liked the form, frankly. A form means there is a rule, and a rule "
            "means I can come back tomorrow and it is still true.",
            "Wim, passenger",
            "FG-1",
            22017,
            22189,
            "dissents",
            ("Papers and rules",),
            note="Said after the moderator had moved on; nobody answered.",
        ),
    ),
)
TORN = ThemeSection(
    "3",
    "Two captains",
    "Crew members answer to the company for the cabin and to themselves for the quay, and say so in one breath.",
    ("Torn roles",),
    (
        QuoteRow(
            "My log says vacant. My conscience says cabin nine. I sign the log.",
            "Second mate",
            "INT-7",
            700,
            765,
            codes=("Torn roles",),
        ),
    ),
)
STILL_EMPTY = ThemeSection("4", "The morning after")

PARTICIPANTS = (
    ParticipantRow("Role"),
    ParticipantRow("Passenger", "9 (56 %)", indented=True),
    ParticipantRow("Crew", "5 (31 %)", indented=True),
    ParticipantRow("Harbour staff", "2 (13 %)", indented=True),
    ParticipantRow("Age in years, median (range)", "41 (19–73)"),
)

AGREEMENT = AgreementSection(
    "sentence",
    (
        AgreementRow(("Quay", "Missing the boat"), 0.912, 0.84, 0.957, 0.081, 0.921, 1240, 8),
        AgreementRow(("Quay", "Nowhere to wait"), 0.634, 0.41, 0.78, 0.112, 0.702, 1240, 8),
        AgreementRow(
            ("Offer", "Papers and rules"), 0.402, -0.06, 0.69, 0.034, 0.433, 1240, 8, notes=("few documents",)
        ),
        AgreementRow(("Offer", "Being believed"), -0.011, None, None, 0.012, 0.0, 310, 4),
        AgreementRow(("Work", "Changed view"), None, None, None, 0.0, None, 1240, 8, "no_variation"),
    ),
    AgreementRow(("All codes",), 0.671, 0.52, 0.774, 0.048, 0.713, 6200, 8),
    ("AB", "CD", "EF"),
    "main round",
)

CODEBOOK = (
    CodebookRow(("Quay",), "category", brief="What happens on land before and after the last boat."),
    CodebookRow(
        ("Quay", "Nowhere to wait"),
        brief="The lack of a place to spend the hours until the next boat.",
        full="Talk about rooms that lock, benches that are lit, hotels that refuse, and what people do instead.",
        when_to_use="The speaker names a place that could not be used, or how a place was made to do.",
        when_not_to_use="The speaker regrets the missed boat itself (use Missing the boat).",
        typical_example="“I slept sitting up, with my shoes on.”",
        near_miss="“I like to be early and look at the water”: waiting, but not for want of a place.",
    ),
    CodebookRow(("Quay", "Weather"), status="retired", full="Any mention of weather."),
)

FACTS = StudyFacts(
    "Cabin nine: being offered shelter after the last crossing",
    "How do passengers and crew experience the unofficial offer of a cabin to those who miss the last ferry?",
    10,
    16,
    ("AB", "CD", "EF"),
    "0.1.0",
    date(2026, 3, 9),
    "Quotes and counts rest on the coders' own codings; a passage coded by several of them counts once.",
)

REPORT = ThemesReport(FACTS, (LAST_BOAT, CABIN, TORN, STILL_EMPTY), PARTICIPANTS, AGREEMENT, CODEBOOK)
