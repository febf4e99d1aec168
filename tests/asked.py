"""Small corpora for questions about codes, and one that is asked in many tests."""

from __future__ import annotations

from qcode.analysis.corpus import Corpus, CountedCode, CountedCoder, CountedTheme, Mark, Person, Recorded, Text, Turn

CODES = (
    CountedCode("s", "Scene", ("Scene",), 0, None, "category"),
    CountedCode("f", "Fear", ("Scene", "Fear"), 1, "s"),
    CountedCode("o", "The offer", ("Scene", "The offer"), 2, "s"),
    CountedCode("t", "Trust", ("Trust",), 3, None),
    CountedCode("h", "Hope and fear", ("Hope and fear",), 4, None),
    CountedCode("v", "“Boots on”", ("“Boots on”",), 5, None),
)
CODERS = (CountedCoder("m", "Mia Hale", "MH"), CountedCoder("b", "Bo Ek", "BE"))
PEOPLE = (
    Person("p1", "Ana", "Residents", "tenant", {"age": "34", "since": "2019-05"}),
    Person("p2", "Ben", "Police", "officer", {"age": "unknown", "since": "2021-03-04"}),
)
RECORDED = (
    Recorded("age", "participant", "Age", "number", ()),
    Recorded("since", "participant", "In post since", "date", ()),
    Recorded("place", "document", "Place", "category", ("Town", "Sea side")),
)
THEMES = (CountedTheme("n", "Noise", ("Noise",), None, ("f", "t")),)


def corpus(texts, marks=()) -> Corpus:
    """Texts, each as turns of (words, speaker, role, participant), and marks."""
    made = []
    for number, (place, turns) in enumerate(texts):
        at, spans = 0, []
        for words, speaker, role, person in turns:
            spans.append(Turn(at, at + len(words), len(words.split()), speaker, role, person))
            at += len(words) + 1
        whole = "\n".join(words for words, *_who in turns)
        made.append(
            Text(
                f"d{number}", f"INT-{number}", "interview", "en", number, "Officials", whole, tuple(spans),
                {"place": place},
            )
        )  # fmt: skip
    of = {one.document: [] for one in made}
    for document, start, end, code, *coders in marks:
        of[document].append(Mark(document, start, end, code, tuple(coders)))
    held = {document: tuple(sorted(own)) for document, own in of.items()}
    return Corpus(tuple(made), held, CODES, THEMES, PEOPLE, CODERS, RECORDED, "Counted: all.")


ASKER, A, B = ("I", "interviewer", ""), ("Ana", "participant", "p1"), ("Ben", "participant", "p2")
TALK = corpus(
    [
        ("Town", [("What was it like", *ASKER), ("I was afraid. My boots were wet.", *A), ("And then they came", *A)]),
        ("Sea side", [("We trust them", *B), ("Boots on, they said. I hope", *B)]),
    ],
    [
        ("d0", 17, 30, "f", "m"),
        ("d0", 31, 49, "t", "m", "b"),
        ("d0", 50, 68, "o", "b"),
        ("d1", 0, 13, "t", "b"),
        ("d1", 14, 34, "v", "m"),
        ("d1", 3, 8, "f", "b"),
    ],
)
