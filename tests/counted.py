"""Small corpora of any shape, to count in: made without a study, character by character."""

from __future__ import annotations

from hypothesis import strategies as st

from qcode.analysis.corpus import (
    Corpus,
    CountedCode,
    CountedTheme,
    Mark,
    Person,
    Recorded,
    Text,
    Turn,
    united,
    word_starts,
)

CODES = (
    CountedCode("scene", "Scene", ("Scene",), 0, None, "category"),
    CountedCode("call", "Calling", ("Scene", "Calling"), 1, "scene"),
    CountedCode("fear", "Fear", ("Scene", "Fear"), 2, "scene"),
    CountedCode("wear", "Wear", ("Wear",), 3, None),
    CountedCode("gone", "Gone", ("Gone",), 4, None, status="retired"),
)
THEMES = (
    CountedTheme("boots", "Boots", ("Boots",), None, ("call", "fear", "wear")),
    CountedTheme("home", "Home", ("Boots", "Home"), "boots", ("wear",)),
)
PEOPLE = (
    Person("ana", "Ana", "Residents", "", {"group": "Residents", "age": "20"}),
    Person("bo", "Bo", "", "", {"age": "40"}),
    Person("cy", "Cy", "Medics", "", {"group": "Medics"}),
    Person("di", "Di", "Medics", "", {"group": "Medics", "age": "unknown"}),
)
AGE = Recorded("age", "participant", "Age", "category", ("20", "40", "unknown"))
SITE = Recorded("site", "document", "Site", "text", ("Here", "There"))
_SPOKEN = st.lists(st.sampled_from(["a", "bc", "boots", "no.", "¿sí?", "😀"]), min_size=1, max_size=6).map(" ".join)
_VOICES = st.sampled_from([*((one.id, "participant") for one in PEOPLE), ("", "participant"), ("", "interviewer")])


@st.composite
def texts(draw, document, position):
    """A document in which people speak, or notes about one of them or nobody."""
    turns, body, at = [], [], 0
    speaking = draw(st.booleans())
    about = draw(st.sampled_from(["", *(one.id for one in PEOPLE)]))
    for words in draw(st.lists(_SPOKEN, min_size=1, max_size=5)):
        who, role = draw(_VOICES) if speaking else (about, "")
        turns.append(Turn(at, at + len(words), len(words.split()), role and (who or "I"), role, who))
        body.append(words)
        at += len(words) + 1
    text = "\n".join(body)
    site = draw(st.sampled_from([{}, {"site": "Here"}, {"site": "There"}]))
    group = draw(st.sampled_from(["", "Residents", "Medics"]))
    told = position, group, text, tuple(turns), site
    return Text(document, document, "interview", "en", *told, word_starts=word_starts(text))


@st.composite
def marks(draw, text):
    """What coders marked in a text."""
    edges = st.tuples(st.integers(0, text.length), st.integers(0, text.length)).map(sorted)
    code = st.sampled_from([one.id for one in CODES if one.kind == "codable"])
    made = st.builds(
        lambda place, of, who: Mark(text.document, *place, of, (who,), codings=(f"{who}{place}{of}",)),
        edges,
        code,
        st.sampled_from("ABC"),
    )
    return draw(st.lists(made, max_size=8))


@st.composite
def corpora(draw):
    """A corpus of one to three documents."""
    found = tuple(draw(texts(f"D{number}", number)) for number in range(draw(st.integers(1, 3))))
    counted = {text.document: united(text.text, draw(marks(text))) for text in found}
    heard = {turn.participant for text in found for turn in text.turns}
    people = tuple(one for one in PEOPLE if one.id in heard)
    return Corpus(found, counted, CODES, THEMES, people, (), (AGE, SITE), "Counted: all.")
