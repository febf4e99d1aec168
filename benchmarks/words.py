"""The words of the generated talk: who, what, where and when, with accents and emoji, and the shapes of sentences."""

from __future__ import annotations

from typing import Final

Slot = tuple[str, ...]
Pattern = tuple[str | Slot, ...]

PEOPLE: Final[Slot] = (
    "my sister", "the sergeant", "Señora Peña", "Zoë", "a young officer", "the nurse", "our neighbour", "Björn",
    "the woman from the shelter", "my cousin André", "the driver", "a man I knew", "the lady at the desk", "Łukasz",
    "the counsellor", "two of the volunteers", "somebody from the county", "the landlord", "old Mr Göransson",
)  # fmt: skip
DEEDS: Final[Slot] = (
    "called", "waited for me", "knocked", "said nothing", "brought a blanket", "wrote it all down", "asked twice",
    "drove past", "came back", "listened", "looked away", "made coffee", "left a number", "explained the form",
    "sat with us", "took the keys", "laughed about it", "wanted a signature", "stayed until morning",
)  # fmt: skip
PLACES: Final[Slot] = (
    "at the door", "in the café", "outside the clinic", "by the bridge", "in the waiting room", "at the station",
    "on the stairs", "behind the church", "in the car", "near the river", "at my mother's flat", "in the corridor",
    "on the night bus", "at the naïve little office they gave us", "down at the façade of the old cinema",
)  # fmt: skip
TIMES: Final[Slot] = (
    "that night", "the next morning", "two days later", "around four", "after the second letter", "every Thursday",
    "in the first winter", "before the meeting", "when the rain stopped", "last spring", "for about an hour",
    "a week too late", "before anybody knew", "on the day of the hearing",
)  # fmt: skip
FEELINGS: Final[Slot] = (
    "afraid", "tired", "relieved", "angry in a quiet way", "ashamed", "calm", "grateful", "suspicious", "almost proud",
    "lonely", "seen for once", "numb", "a bit ridiculous", "safe", "worn out",
)  # fmt: skip
THINGS: Final[Slot] = (
    "the phone", "a letter", "the address", "their uniform", "the list", "my name", "the appointment", "the kit",
    "the report", "help", "the second chance", "the waiting", "the paperwork", "trust", "the ride home",
)  # fmt: skip
TOPICS: Final[Slot] = (
    "that first call", "the visit", "working with the county", "the training", "the people you meet", "the referral",
    "what your family thought", "the weeks after", "the forms", "going back there", "the night shift",
)  # fmt: skip
EMOJI: Final[Slot] = ("😀", "🙏🏽", "🚌", "☕", "👩‍👧", "😅", "🥶", "❤️", "🤷‍♂️", "🚓")

QUESTIONS: Final[tuple[Pattern, ...]] = (
    ("Can you tell me more about ", TOPICS, "?"),
    ("And who was there ", TIMES, "?"),
    ("How did you feel about ", TOPICS, "?"),
    ("You said that ", PEOPLE, " ", DEEDS, ". What happened then?"),
    ("What would have helped ", TIMES, "?"),
    ("So ", PEOPLE, " ", DEEDS, " ", PLACES, "?"),
    ("If you think of ", TOPICS, " now, what stands out?"),
)
ANSWERS: Final[tuple[Pattern, ...]] = (
    ("I was ", FEELINGS, ", if I am honest."),
    ("So ", PEOPLE, " ", DEEDS, " ", PLACES, ", and I was ", FEELINGS, "."),
    ("Nobody asked about ", THINGS, ", not ", TIMES, "."),
    ("I remember ", THINGS, " more than ", THINGS, "."),
    (PEOPLE, " ", DEEDS, " ", TIMES, "; that made the difference."),
    ("You know, ", THINGS, " is one thing, but ", THINGS, " is another."),
    ("We stood ", PLACES, " ", TIMES, " and ", PEOPLE, " ", DEEDS, "."),
    ("“You can go,” they said, and ", PEOPLE, " ", DEEDS, "."),
    ("Mhm.",),
    ("I would not say I was ", FEELINGS, ", more ", FEELINGS, ", because of ", THINGS, "."),
    ("It was not about ", THINGS, " at all, it was about ", THINGS, " — at least for me."),
    ("Then ", PEOPLE, " talked about ", TOPICS, " as if it were nothing …"),
    ("That is how ", TOPICS, " went, ", TIMES, ", ", PLACES, "."),
    ("And still, ", PEOPLE, " ", DEEDS, "!"),
)  # fmt: skip
EVENTS: Final[Slot] = ("[laughter]", "[phone rings]", "[door]", "[long pause]")
GIVEN_NAMES: Final[Slot] = (
    "Ana", "Bruno", "Chloé", "Dário", "Elif", "Fernán", "Gülay", "Hélène", "Inés", "Jürgen", "Kofi", "Lucía",
)  # fmt: skip

CATEGORIES: Final[Slot] = ("Calling", "Waiting", "Trust", "Cost", "Help", "Afterwards")
ASPECTS: Final[Slot] = (
    "the first time", "at night", "with family", "and uniforms", "and paperwork", "in words", "in the body",
    "with strangers", "once more", "as a story",
)  # fmt: skip
CODERS: Final[Slot] = ("Ana Lima", "Bo Ek", "Chidi Obi", "Dana Roth", "Emil Hård")
