"""Talks with invented names, and the review of them in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcode.transcripts import LabelChoice, Transcript, Turn
from qcode.ui.transcripts.names import Arriving

FIRST = (
    ("Interviewer", "How did it begin?"),
    (
        "Alvarez, Ines (Guest)",
        "I went with Tomasz to the Larkmoor clinic. Tomasz was scared, and Mrs. Okafor was kind.",
    ),
    ("Interviewer", "And then, in Larkmoor?"),
    (
        "Alvarez, Ines (Guest)",
        "Then Tomasz's brother Hope called. Ines, he said, call 555-0134. So Hope drove us home.",
    ),
)
SECOND = (
    ("Interviewer", "Who else was there?"),
    ("P2", "Only Tomasz and Mrs. Okafor. She is ninety-four. I told tomasz to sit down, and I saw Inez Alvarez there."),
)


def transcript(talk, metadata=None):
    """A transcript of (speaker, words)."""
    turns, start = [], 0
    for number, (who, words) in enumerate(talk):
        role = "interviewer" if who == "Interviewer" else "participant"
        turns.append(Turn(number, who, role, None, None, start, start + len(words), frozenset()))
        start += len(words) + 1
    names = dict.fromkeys(who for who, _words in talk)
    labels = [LabelChoice(who, 1, 1, "", "participant", accepted=True, score=3, name=who) for who in names]
    return Transcript("\n".join(words for _who, words in talk), tuple(turns), tuple(labels), metadata or {})


def both():
    """Two files that arrive."""
    return [
        Arriving(
            "1", "Interview Tomasz", transcript(FIRST, {"Creator": "Jolanta Brandt"}), file="Interview_Tomasz.docx"
        ),
        Arriving("2", "Second", transcript(SECOND), file="second.docx"),
    ]


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key."""
    QTest.keyClick(widget, key, modifiers)


def words_of(review):
    """The strings that are listed."""
    return [row.text for row in review.strings.shown_rows()]


def go_to(review, words):
    """Put the cursor of the list on a string."""
    row = next(row for row in review.strings.shown_rows() if row.text == words)
    assert review.strings.select_row(row.key)
    review.strings.setFocus()
    return row
