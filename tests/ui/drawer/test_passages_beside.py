"""The other language beside a passage of the drawer, on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt

from qcode.operations import alignment, documents
from qcode.queries.codings import Looking
from qcode.queries.transcripts.documents import document_text
from qcode.transcripts import Transcript, Turn

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_other_language_is_read_with_a_passage(window, qtbot, small_study):
    study, translation = small_study.study, small_study.documents["INT-1"]
    text = small_study.texts["INT-1"].upper()
    with_turns = documents.Incoming("INT-1 es", _shouted(study, translation, text))
    original = documents.import_document(study, with_turns)
    alignment.set_original(study, translation, original=original)
    alignment.align_turns(study, translation)
    window.view.show_passages("Call", Looking(codes=[small_study.codes["Call"]]))
    panel = window.view.drawer.passages
    assert "INT-1 es" not in panel.reader.toPlainText()
    qtbot.keyClick(panel.table, Qt.Key.Key_T, KEYS)
    shown = panel.reader.toPlainText()
    assert "The original, INT-1 es, says\nP: I CALLED THEM. THEY CAME AT ONCE." in shown
    coding = panel.table.current_row().coding
    assert panel.reader.place() == coding.start
    panel.reader.put_caret(coding.start + 9)
    assert panel.reader.place() == coding.start + 9
    alignment.unlink_turns(study, translation, translation=[1])
    assert "The original, INT-1 es, says nothing here" in panel.reader.toPlainText()
    qtbot.keyClick(panel.table, Qt.Key.Key_T, KEYS)
    assert "INT-1 es" not in panel.reader.toPlainText()


def test_a_passage_without_another_language_is_told(window, qtbot, small_study):
    said = []
    window.view.bridge.informed.connect(said.append)
    window.view.show_passages("Call", Looking(codes=[small_study.codes["Call"]]))
    panel = window.view.drawer.passages
    before = panel.reader.toPlainText()
    qtbot.keyClick(panel.table, Qt.Key.Key_T, KEYS)
    assert said == ["“INT-1” is no translation, and nothing here is one of it."]
    assert panel.reader.toPlainText().splitlines()[0] == before.splitlines()[0]


def _shouted(study, document, text):
    """The same turns in capitals."""
    turns = document_text(study, document).turns
    spans = [
        Turn(number, turn.speaker, turn.role, None, None, turn.start, turn.end, frozenset())
        for number, turn in enumerate(turns)
    ]
    return Transcript(text, tuple(spans), ())
