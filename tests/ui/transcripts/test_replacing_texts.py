"""A corrected file replaces the text of a document in the real room: looked at first, by keys, and undone."""

from __future__ import annotations

import names_material
import pytest
import room_material as material
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from room_material import press, settle

from qcode.deidentification import find_traces, neighbours
from qcode.operations import deidentification, documents, redaction
from qcode.queries.codings import Looking, codings, passages
from qcode.queries.transcripts.deidentification import state_of
from qcode.queries.transcripts.documents import document_text
from qcode.ui import theme

CORRECTED = (
    ("I", "What happened that night? Take your time."),
    ("P", "I called them. They came at once. 😀 I heard the boots first, and I was worried about what would follow."),
    ("I", "Go on."),
    ("I", "And afterwards?"),
    ("P", "Two days later somebody knocked. That made all the difference."),
)


@pytest.fixture(autouse=True)
def dressed(qapp):
    """Type has a size once a theme was chosen."""
    theme.choose("light")


@pytest.fixture
def corrected(word):
    return word("INT-1.docx", CORRECTED)


def page(room):
    return room.documents.replacement


def compared(qtbot, room):
    """Wait until it is known what the file would do."""
    qtbot.waitUntil(lambda: page(room).effect is not None, timeout=10_000)


def ask(qtbot, room, monkeypatch, path, name="INT-1"):
    """Choose a file for a document by the key in the table, and press Import."""
    room.documents.table.setFocus()
    row = next(row for row in room.documents.table.shown_rows() if row.name == name)
    room.documents.table.select_row(row.id)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_more: (str(path), ""))
    press(room.documents.table, Qt.Key.Key_R)
    settle(qtbot, room)
    press(material.panel(room).files, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def go_past_names(qtbot, room):
    """A first press of Import may show the names; the second one goes on."""
    if room.documents.currentWidget() is not page(room):
        press(material.panel(room), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.documents.currentWidget() is page(room), timeout=10_000)


def words(small):
    return {row.coding.id: row.text for row in passages(small.study, Looking(layer=None))}


def test_a_file_is_compared_and_replaces_the_text_by_keys_and_undo_brings_it_back(
    full_room, small_study, qtbot, monkeypatch, corrected
):
    room, small = full_room, small_study
    before, text = words(small), document_text(small.study, small.documents["INT-1"]).text
    ask(qtbot, room, monkeypatch, corrected)
    go_past_names(qtbot, room)
    compared(qtbot, room)
    found = page(room)
    assert "Turns: 2 changed, 1 added; 2 stay as before." in found.words
    assert "2 codings keep their words; 2 codings have changed words inside" in found.words
    assert "1 passage would lose all words" in found.words
    assert document_text(small.study, small.documents["INT-1"]).text == text
    assert [row.lost for row in found.passages.rows] == [True, False, False]
    assert found.comparison.pairs[0].before == "She had been through it herself."
    press(found.passages, Qt.Key.Key_Down)
    assert "worried about" in found.comparison.pairs[0].after
    press(found.passages, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.documents.currentWidget() is room.documents.library, timeout=10_000)
    assert material.talk(small.study, "INT-1") == list(CORRECTED)
    assert room.documents.current.name == "INT-1"
    assert not material.panel(room).is_open
    changed = codings(small.study, Looking(altered=True, layer=None))
    assert len(changed) == 3
    now = words(small)
    assert {key: now[key] for key in now if key not in {row.id for row in changed}} == {
        key: before[key] for key in now if key not in {row.id for row in changed}
    }
    room.bridge.undo()
    assert words(small) == before


def test_leaving_writes_nothing_and_goes_back_to_the_file(full_room, small_study, qtbot, monkeypatch, corrected):
    room, steps = full_room, material.steps(small_study.study)
    ask(qtbot, room, monkeypatch, corrected)
    go_past_names(qtbot, room)
    compared(qtbot, room)
    press(page(room).passages, Qt.Key.Key_Escape)
    assert room.documents.currentWidget() is material.panel(room)
    assert material.panel(room).files.hasFocus()
    assert page(room).effect is None
    assert material.steps(small_study.study) == steps


def test_a_file_that_says_the_same_is_told_and_cannot_be_kept(full_room, small_study, qtbot, monkeypatch, word):
    same = tuple((turn[0], turn[1]) for turn in material.talk(small_study.study, "INT-1"))
    ask(qtbot, full_room, monkeypatch, word("INT-1.docx", same))
    go_past_names(qtbot, full_room)
    qtbot.waitUntil(lambda: "says just what the document says" in page(full_room)._empty.sentence, timeout=10_000)
    assert not page(full_room).button.isEnabled()
    assert page(full_room).leave_button.hasFocus()


def test_a_text_that_was_changed_meanwhile_is_compared_anew(full_room, small_study, qtbot, monkeypatch, corrected):
    from qcode.operations.corrections import correct_turn

    room, said = full_room, []
    room.bridge.refused.connect(said.append)
    ask(qtbot, room, monkeypatch, corrected)
    go_past_names(qtbot, room)
    compared(qtbot, room)
    correct_turn(small_study.study, small_study.documents["INT-1"], turn=2, text="And afterwards, then?")
    press(page(room).passages, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert "was corrected meanwhile" in said[0]
    compared(qtbot, room)
    assert page(room).effect.turns_sentence.startswith("Turns: 3 changed, 1 added")
    press(page(room).passages, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.documents.currentWidget() is room.documents.library, timeout=10_000)
    assert material.talk(small_study.study, "INT-1") == list(CORRECTED)


def test_what_a_person_reviewed_and_names_that_are_known_are_told_before(full_room, small_study, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    deidentification.review_document(study, document)
    full_room.bridge.names.know(["Marisol"])
    begun = documents.Incoming("x", _transcript([*CORRECTED, ("P", "It was Marisol.")]))
    full_room.documents.setCurrentWidget(page(full_room))
    page(full_room).begin(document, lambda: begun, "INT-1.txt")
    compared(qtbot, full_room)
    assert "holds a name that this window knows: “Marisol”" in page(full_room).words
    assert "will no longer be reviewed, but not checked" in page(full_room).words
    page(full_room).keep()
    qtbot.waitUntil(lambda: state_of(study, document).state == "not checked", timeout=10_000)
    full_room.bridge.undo()
    assert state_of(study, document).state == "reviewed"


def test_another_document_is_doubted_and_its_voices_are_told(full_room, small_study, qtbot):
    begun = documents.Incoming("x", _transcript([("Ash", "Bread needs flour, salt, water."), ("Lee", "Indeed.")]))
    full_room.documents.setCurrentWidget(page(full_room))
    page(full_room).begin(small_study.documents["INT-1"], lambda: begun, "else.txt")
    compared(qtbot, full_room)
    assert "% of the text stands in this file. Is it the right one?" in page(full_room).words
    assert "“Ash” is new; “Lee” is new; “I” says nothing any more; “P” says nothing any more." in page(full_room).words


def _transcript(talk):
    from qcode.transcripts import Transcript, Turn

    turns, start = [], 0
    for number, (who, said) in enumerate(talk):
        turns.append(Turn(number, who, "participant", None, None, start, start + len(said), frozenset()))
        start += len(said) + 1
    return Transcript("\n".join(said for _who, said in talk), tuple(turns), ())


def test_a_corrected_file_brings_no_redacted_name_back(full_room, small_study, qtbot, monkeypatch, word):
    study, document = small_study.study, small_study.documents["INT-1"]
    redaction.redact(study, forms=["somebody"], replacement="[friend]")
    deidentification.review_document(study, document)
    talk = [(who, said.replace("[friend]", "Marisol")) for who, said in material.talk(study, "INT-1")]
    talk[1] = (talk[1][0], talk[1][1].replace("called them", "rang them"))
    material.panel(full_room).as_they_are.setChecked(False)
    ask(qtbot, full_room, monkeypatch, word("INT-1.docx", talk))
    names = material.panel(full_room).naming
    qtbot.waitUntil(lambda: material.panel(full_room).in_names and names.waiting > 0, timeout=10_000)
    press(names.page.strings, Qt.Key.Key_Home)
    names_material.go_to(names.page, "Marisol")
    press(names.page.strings, Qt.Key.Key_Return)
    line = names.page.panel.replacement.line
    line.selectAll()
    QTest.keyClicks(line, "[friend]")
    press(line, Qt.Key.Key_Return)
    arriving = str(material.panel(full_room).gathering.arrivals[0].id)
    qtbot.waitUntil(lambda: "Marisol" not in names.page.written(arriving).transcript.text, timeout=5_000)
    press(material.panel(full_room), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    compared(qtbot, full_room)
    assert "Turns: 1 changed; 3 stay as before." in page(full_room).words
    assert "will no longer be reviewed, but checked by computer" in page(full_room).words
    press(page(full_room).passages, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: full_room.documents.currentWidget() is full_room.documents.library, timeout=10_000)
    said = document_text(study, document).text
    assert "I rang them." in said
    assert "[friend] knocked" in said
    assert state_of(study, document).sentence == "checked by computer"
    assert find_traces(neighbours(study.path), ["Marisol", "somebody"]) == ()
