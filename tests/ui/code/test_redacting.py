"""Redacting in the text, by keys: what goes, what stays, and what is said before and after."""

from __future__ import annotations

import shutil
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from qcode.operations import memos, redaction
from qcode.queries.integrity import check
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study
from qcode.ui import work
from qcode.ui.code import redacting

TALK = ("Who helped?", "Marisol did. I trust Marisol.", "And then?", "Then Marisol left.")


@pytest.fixture
def talking(hands):
    """A talk that is shown, in which a name stands three times, and a memo with it."""
    hands.read("INT-9", *TALK)
    memos.write_memo(hands.study, title="Boots", text="Ask Marisol again.")
    return hands


def ask(hands, words="Marisol"):
    hands.mark(words)
    hands.press("Ctrl+Shift+X")
    return hands.room.editing.redacting.panel


def text_of(hands):
    return document_text(hands.study, hands.small.documents["INT-9"]).text


def test_selected_words_are_redacted_everywhere_and_the_traces_are_told(talking):
    panel = ask(talking)
    assert panel.isVisible()
    assert "3 places in 1 document; 1 in what was typed elsewhere" in panel.sentence
    talking.type("[friend]")
    talking.press("Ctrl+Return")
    assert panel.isHidden()
    assert text_of(talking).split("\n")[1] == "[friend] did. I trust [friend]."
    assert talking.room.desk.text.text == text_of(talking)
    assert "0 traces" in talking.informed[-1]
    assert b"arisol" not in talking.study.path.read_bytes()
    assert check(talking.study).problems == ()


def test_a_place_that_is_left_out_stays(talking):
    panel = ask(talking)
    panel.places.setFocus()
    talking.press("Down", "Space")
    assert "1 stay" in panel.sentence
    panel.replacement.setText("[friend]")
    panel.replacement.setFocus()
    talking.press("Ctrl+Return")
    assert text_of(talking).split("\n")[1] == "[friend] did. I trust Marisol."
    assert "left" in talking.informed[-1]


def test_only_the_selected_words_are_redacted_if_one_wishes(talking):
    panel = ask(talking, "Marisol left")
    panel.reach.setCurrentIndex(1)
    panel.replacement.setText("[somebody left]")
    panel.replacement.setFocus()
    talking.press("Ctrl+Return")
    assert text_of(talking).endswith("Then [somebody left].")
    assert "Marisol did" in text_of(talking)


def test_leaving_the_panel_changes_nothing_and_goes_back_to_the_text(talking):
    before = talking.study.path.read_bytes()
    panel = ask(talking)
    talking.press("Escape")
    assert panel.isHidden()
    assert talking.view.hasFocus()
    assert talking.selected() == "Marisol"
    assert talking.study.path.read_bytes() == before


def test_a_refusal_leaves_the_panel_open(talking):
    panel = ask(talking)
    talking.type("Marisol")
    talking.press("Ctrl+Return")
    assert panel.isVisible()
    assert "holds the words" in talking.refused[-1]


def test_without_a_selection_it_says_what_to_do(talking):
    talking.put_caret("Marisol")
    talking.press("Ctrl+Shift+X")
    assert talking.refused[-1] == "Select the words to redact."


def test_other_spellings_are_looked_for_while_one_types(talking, qtbot):
    panel = ask(talking)
    panel.forms.setFocus()
    panel.forms.setText("")
    talking.type("Marisol; boots")
    qtbot.waitUntil(lambda: panel.places.count() > 4)
    assert any("INT-1" in panel.places.item(number).text() for number in range(panel.places.count()))
    assert panel.places.item(0).checkState() == Qt.CheckState.Checked


def test_the_place_in_the_text_stays_after_a_redaction(talking):
    talking.read("INT-10", *(f"Line {number} about Marisol." for number in range(200)))
    talking.view.select(3000, 3000)
    talking.press("Ctrl+Shift+X")
    start = talking.room.desk.text.text.index("Marisol", 3000)
    talking.view.select(start, start + 7)
    scroll = talking.view.sight()
    talking.press("Ctrl+Shift+X")
    talking.type("[friend]")
    talking.press("Ctrl+Return")
    assert abs(talking.view.sight()[0] - scroll[0]) < 400


@pytest.fixture
def large(talking, monkeypatch):
    """The same talk in a study that counts as large, so that what takes long is done by a worker."""
    monkeypatch.setattr(redacting, "_LARGE", 0)
    return talking


def listed(large, qtbot):
    panel = ask(large)
    qtbot.waitUntil(lambda: panel.places.count() == 4, timeout=10_000)
    return panel


def test_in_a_large_study_the_window_answers_while_it_is_redacted_and_says_how_far_it_is(large, qtbot, monkeypatch):
    panel, said, ticks, held = listed(large, qtbot), [], [], threading.Event()
    rewriting = redaction.rewrite_journal

    def slowly(connection, rewrite):
        assert held.wait(10)
        return rewriting(connection, rewrite)

    monkeypatch.setattr(redaction, "rewrite_journal", slowly)
    large.type("[friend]")
    large.press("Ctrl+Return")
    assert panel.is_busy
    timer = QTimer(panel, interval=5)
    timer.timeout.connect(lambda: (ticks.append(panel.progress.value()), said.append(panel.sentence)))
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) > 10 and bool(said[-1]), timeout=10_000)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    large.press("Ctrl+Return")
    assert panel.isVisible()
    assert not panel.leave.isEnabled()
    assert b"Marisol" in large.study.path.read_bytes()
    held.set()
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=20_000)
    assert text_of(large).split("\n")[1] == "[friend] did. I trust [friend]."
    assert "0 traces" in large.informed[-1]
    assert max(ticks) > 0
    qtbot.waitUntil(lambda: large.room.desk.text.text == text_of(large), timeout=10_000)
    assert check(large.study).problems == ()


def test_a_refusal_of_the_worker_leaves_everything_as_it_was(large, qtbot):
    panel, before = listed(large, qtbot), text_of(large)
    large.type("Marisol")
    large.press("Ctrl+Return")
    qtbot.waitUntil(lambda: not panel.is_busy, timeout=10_000)
    assert "holds the words" in large.refused[-1]
    assert panel.isVisible()
    assert panel.replacement.hasFocus()
    assert text_of(large) == before


def test_work_that_is_called_off_before_the_commit_leaves_the_file_as_it_was(large, qtbot):
    before = large.study.path.read_bytes()

    def called_off(share, _words):
        if share >= 0.5:
            raise work.WorkCancelledError

    with pytest.raises(work.WorkCancelledError):
        redaction.redact(large.study, forms=["Marisol"], replacement="[friend]", tell=called_off)
    assert large.study.path.read_bytes() == before
    assert redaction.redact(large.study, forms=["Marisol"], replacement="[friend]").traces == ()


@pytest.mark.parametrize("largest", [0, 4_000_000])
def test_copies_beside_the_study_are_redacted_too_or_said_to_hold_the_words(talking, qtbot, monkeypatch, largest):
    monkeypatch.setattr(redacting, "_LARGE", largest)
    path = talking.study.path
    copy, notes = path.with_name(f"{path.stem} backup.qcode"), path.with_name(f"{path.stem} notes.txt")
    shutil.copy(path, copy)
    notes.write_text("Ask Marisol.", encoding="utf-8")
    panel = ask(talking)
    qtbot.waitUntil(lambda: panel.places.count() == 4, timeout=10_000)
    assert panel.copies.isVisible()
    assert copy.name in panel.copies.toolTip()
    assert notes.name not in panel.copies.toolTip()
    talking.type("[friend]")
    talking.press("Ctrl+Return")
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=20_000)
    assert "The copy beside it was redacted too." in talking.informed[-1]
    assert f"1 in “{notes.name}”" in talking.informed[-1]
    assert b"arisol" not in copy.read_bytes()
    assert b"arisol" not in path.read_bytes()
    with Study.open(copy) as other:
        assert check(other).problems == ()


def test_a_copy_stays_as_it_is_if_one_wishes_and_is_named(talking, qtbot):
    path = talking.study.path
    copy = path.with_name(f"{path.stem} backup.qcode")
    shutil.copy(path, copy)
    before = copy.read_bytes()
    panel = ask(talking)
    panel.copies.setChecked(False)
    talking.type("[friend]")
    talking.press("Ctrl+Return")
    assert copy.name in talking.informed[-1]
    assert "Traces of the words are left" in talking.informed[-1]
    assert copy.read_bytes() == before
