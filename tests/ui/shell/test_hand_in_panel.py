"""Handing in, in the real window: what it says before, what it does, and what can be done after it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations import collecting
from qcode.operations.assignments import NothingToHandInError, assign, reopen, set_done
from qcode.operations.rounds import add_round
from qcode.queries.team import rounds
from qcode.queries.transcripts.documents import documents
from qcode.study import Study

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(key, modifiers=NONE):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def ask(window):
    """Press the two strokes of handing in."""
    press(Qt.Key.Key_O, CTRL | SHIFT)
    press(Qt.Key.Key_J)
    return window.view.hand_in


def states(window):
    """How far the acting coder is with each document."""
    bridge = window.bridge
    return {row.name: row.state for row in documents(bridge.study, round_id=bridge.round_id)}


@pytest.fixture
def told(window):
    """What is said to the person: what was refused, and what was done."""
    said = {"refused": [], "informed": []}
    window.bridge.refused.connect(said["refused"].append)
    window.bridge.informed.connect(said["informed"].append)
    return said


@pytest.fixture
def text(window, small_study):
    """The Code room with INT-1 open and the focus in its text."""
    room = window.show_room("code")
    room.open_document(small_study.documents["INT-1"])
    return room


def listed(panel):
    """The lines of the panel, and which of them would be handed in."""
    items = [panel.list.item(place) for place in range(panel.list.count())]
    return [(item.text(), bool(item.flags() & Qt.ItemFlag.ItemIsEnabled)) for item in items]


def test_one_document_is_handed_in_by_keys_and_locked(window, text, told, small_study):
    panel = ask(window)
    assert panel.isVisible()
    assert panel.this.hasFocus()
    assert panel.this.text() == "This document: “INT-1”"
    assert listed(panel) == [("INT-1 · 3 codings of yours", True), ("FG-1 · 2 codings of yours", False)]
    assert panel.sentence == "1 document with 3 codings of yours. You did not say yet that you are done with it."
    press(Qt.Key.Key_Return, CTRL)
    assert panel.isHidden()
    assert states(window) == {"INT-1": "handed in", "FG-1": "open"}
    name = window.bridge.round.name
    assert told["informed"] == [f"1 document with 3 codings of yours is handed in, in “{name}”."]
    assert text.view.hasFocus()
    assert text.transcript.done.text().endswith("Handed in")
    assert told["refused"] == []


def test_all_of_the_round_is_handed_in_at_one_stroke_and_undo_stops_there(window, text, told):
    panel = ask(window)
    press(Qt.Key.Key_Down)
    assert panel.all.isChecked()
    assert all(chosen for _line, chosen in listed(panel))
    assert panel.sentence.startswith("2 documents with 5 codings of yours.")
    handed = []
    panel.handedIn.connect(handed.append)
    press(Qt.Key.Key_Return, CTRL)
    assert set(states(window).values()) == {"handed in"}
    assert [(one.documents, one.codings) for one in handed] == [(2, 5)]
    press(Qt.Key.Key_Z, CTRL)
    assert set(states(window).values()) == {"handed in"}


def test_nothing_is_done_before_one_says_so(window, text, told):
    before = states(window)
    panel = ask(window)
    press(Qt.Key.Key_Escape)
    assert panel.isHidden()
    ask(window)
    QTest.mouseClick(panel.leave_button, Qt.MouseButton.LeftButton)
    assert panel.isHidden()
    assert states(window) == before
    assert text.view.hasFocus()


def test_where_no_document_lies_open_all_of_the_round_is_meant(window, told, small_study):
    window.show_room("agree")
    set_done(small_study.study, document=small_study.documents["FG-1"], round_id=small_study.round, done=True)
    panel = ask(window)
    assert panel.this.isHidden()
    assert panel.all.isChecked()
    assert "FG-1 · 2 codings of yours · done" in [line for line, _chosen in listed(panel)]
    assert "done with 1 of them" in panel.sentence
    QTest.mouseClick(panel.hand_in_button, Qt.MouseButton.LeftButton)
    assert set(states(window).values()) == {"handed in"}
    assert not ask(window).isVisible()
    assert told["refused"] == [str(NothingToHandInError(window.bridge.round.name))]


def test_a_document_that_is_handed_in_leaves_the_others_to_be_asked_about(window, text, told, small_study):
    ask(window)
    press(Qt.Key.Key_Return, CTRL)
    panel = ask(window)
    assert panel.this.isHidden()
    assert panel.all.text().startswith("“FG-1”")
    press(Qt.Key.Key_Escape)
    reopen(
        small_study.study,
        round_id=small_study.round,
        coder=small_study.ana,
        documents=[small_study.documents["INT-1"]],
        reason="Look again.",
    )
    assert ask(window).this.isVisible()


def test_the_blind_are_told_what_they_will_see(window, text, small_study):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True)
    assign(study, round_id=blind, documents=[small_study.documents["INT-1"]], coders=[small_study.ana])
    window.bridge.code_in(next(row for row in rounds(study) if row.id == blind))
    panel = ask(window)
    assert "you see colleagues’ codings there" in panel._locks.text()
    assert panel.all.isHidden()
    assert panel.sentence == ("1 document with no codings of yours. You did not say yet that you are done with it.")


def test_in_a_file_that_was_handed_out_nobody_is_promised_what_it_does_not_hold(window, tmp_path, small_study):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True)
    assign(study, round_id=blind, documents=[small_study.documents["INT-1"]], coders=[small_study.bo])
    collecting.hand_out(study, small_study.bo, tmp_path / "bo.qcode")
    assert window.open_study(tmp_path / "bo.qcode")
    window.bridge.code_in(next(row for row in rounds(window.bridge.study) if row.name == "Blind"))
    said = []
    window.bridge.informed.connect(said.append)
    window.show_room("code").open_document(small_study.documents["INT-1"])
    panel = ask(window)
    assert "colleagues’ codings" not in panel._locks.text()
    assert "back to whoever leads" in panel._locks.text()
    press(Qt.Key.Key_Return, CTRL)
    assert "handed in, in “Blind”" in said[-1]
    assert "olleagues’ codings" not in said[-1]


def test_the_strip_below_the_text_offers_it_once_one_is_done(window, text):
    press(Qt.Key.Key_D, CTRL | SHIFT)
    button = text.transcript.notice_button
    assert button.text() == "Hand in…"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.view.hand_in.isVisible()
    assert window.view.hand_in.this.isChecked()


def test_a_file_that_was_handed_out_says_where_it_is_to_be_sent(window, told, small_study, tmp_path):
    theirs = tmp_path / "for Bo.qcode"
    collecting.hand_out(small_study.study, coder=small_study.bo, path=theirs)
    window.open_study(theirs)
    said = []
    window.bridge.informed.connect(said.append)
    panel = ask(window)
    assert "send “for Bo.qcode” back" in panel._locks.text()
    panel.hand_in()
    assert "send “for Bo.qcode” back" in said[-1]
    window.close_study()
    with_hand_in = Study.open(theirs)
    try:
        rows = documents(with_hand_in, round_id=small_study.round)
        assert [(row.name, row.state) for row in rows] == [("INT-1", "handed in"), ("FG-1", "open")]
    finally:
        with_hand_in.close()
