"""What people say in the files of these tests, and how to wait for the room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from qcode.models.journal import Step
from qcode.queries.transcripts.documents import document_text, documents

INTERVIEW = (
    ("I", "How did the night begin?"),
    ("P", "With a knock. I did not open."),
    ("I", "And then?"),
    ("P", "Then they knocked again, and I did."),
    ("I", "Who was it?"),
    ("P", "A neighbour."),
)
GROUP = (
    ("Moderator", "Who wants to start?"),
    ("Dee", "I will."),
    ("Lou", "Let her."),
    ("Sam", "Me too."),
    ("Ari", "Fine."),
    ("Moderator", "Dee, then?"),
    ("Dee", "It was raining."),
    ("Lou", "It was not."),
    ("Sam", "It was a little."),
    ("Ari", "I stayed in."),
)
COLONS = """Moderator: Tell me about the bus.
Yvonne: It came late.
Bus: that is a joke, right?
Moderator: And then?
Yvonne: Then nothing came.
"""
SPELLINGS = """Interviewer: Ready?
P3: Yes.
Int.: Sure?
P03: Quite sure.
Interviewer: Good.
P3: Go on.
Int.: Now?
P03: Now.
"""
CAPTIONS = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Morgan Lee: Thanks for coming.

2
00:00:08.000 --> 00:00:09.500
Ash: Glad to.

3
00:00:14.000 --> 00:00:15.500
Morgan Lee: Shall we?

4
00:00:21.000 --> 00:00:23.000
Ash: Let us.
"""


def steps(study):
    """How many steps the journal has."""
    with study.read() as session:
        return session.query(Step).count()


def panel(room):
    """The import panel."""
    return room.documents.importing


def settle(qtbot, room):
    """Wait until every file is read or refused, and the turns of the one that is looked at are shown."""

    def settled():
        now = panel(room)
        assert now.gathering.arrivals
        assert not now.gathering.is_reading
        assert all(arrival.state not in ("waiting", "reading") for arrival in now.gathering.arrivals)
        assert now.current is not None
        assert now.current.reading is None or now.current.transcript is not None
        assert now.current.reading is None or now.preview.facts

    qtbot.waitUntil(settled, timeout=10_000)


def wait_for_import(qtbot, room):
    """Wait until nothing is written any more."""
    qtbot.waitUntil(lambda: not panel(room).is_importing, timeout=20_000)


def names(study):
    """The documents of a study in order."""
    return [row.name for row in documents(study)]


def talk(study, name):
    """Who says what in a document."""
    row = next(row for row in documents(study) if row.name == name)
    found = document_text(study, row.id)
    return [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns]


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key."""
    QTest.keyClick(widget, key, modifiers)


def choose_in(room, label):
    """Put the cursor of the label table on a label."""
    assert panel(room).found.labels.table.select_row(label)
    panel(room).found.labels.table.setFocus()


def popups(monkeypatch):
    """Keep lists closed, which cannot take the keyboard without a screen; answers with those that would be open."""
    opened = []

    def note(box):
        opened.append(box)

    monkeypatch.setattr(QComboBox, "showPopup", note)
    return opened
