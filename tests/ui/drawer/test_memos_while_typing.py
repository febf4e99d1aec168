"""What is typed into a memo is not lost: when one leaves, rests, is killed, or others change the study."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from memos_by_hand import memos_of, titles, write
from PySide6.QtCore import Qt

from qcode.operations import drafts, themes
from qcode.operations import memos as operations
from qcode.operations.memos import Target
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.memos import memos, memos_about
from qcode.study import Study
from qcode.ui.drawer.memos import half_typed

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(window):
    return memos_of(window)


def secured(study):
    return drafts.left_drafts(study, window="").drafts


def test_typing_is_secured_within_a_second_and_is_one_step_when_one_leaves(panel, window, small_study, qtbot, soon):
    study = small_study.study
    write(study, "Boots", text="Before.")
    steps = len(history(study))
    panel.editor.text.setFocus()
    qtbot.keyClick(panel.editor.text, KEY.Key_End, CTRL)
    qtbot.keyClicks(panel.editor.text, " Noise")
    qtbot.waitUntil(lambda: [draft.text for draft in secured(study)] == ["Before. Noise"], timeout=3_000)
    qtbot.keyClicks(panel.editor.text, " at the door.")
    panel.editor.title.setFocus()
    qtbot.keyClicks(panel.editor.title, "!")
    qtbot.waitUntil(lambda: [draft.title for draft in secured(study)] == ["Boots!"], timeout=3_000)
    assert len(history(study)) == steps
    assert memos(study)[0].text == "Before."
    window.current_room.view.setFocus()
    assert len(history(study)) == steps + 1
    assert (memos(study)[0].title, memos(study)[0].text) == ("Boots!", "Before. Noise at the door.")
    assert secured(study) == ()


def test_typing_that_rests_becomes_a_step_and_a_new_memo_stays_in_hand(panel, small_study, qtbot, soon, monkeypatch):
    study = small_study.study
    panel.begin()
    panel.writing._half_typed._resting.setInterval(300)
    qtbot.keyClicks(panel.editor.title, "Doors")
    qtbot.waitUntil(lambda: [row.title for row in memos(study)] == ["Doors"], timeout=3_000)
    assert panel.editor.title.hasFocus()
    qtbot.keyClicks(panel.editor.title, " shut")
    panel.list.setFocus()
    assert titles(panel) == ["Doors shut"]


def test_typing_back_what_was_there_leaves_no_draft_and_no_step(panel, small_study, qtbot, soon):
    write(small_study.study, "Boots")
    steps = len(history(small_study.study))
    panel.editor.title.setFocus()
    qtbot.keyClick(panel.editor.title, KEY.Key_End)
    qtbot.keyClicks(panel.editor.title, "x")
    qtbot.waitUntil(lambda: secured(small_study.study) != (), timeout=3_000)
    qtbot.keyClick(panel.editor.title, KEY.Key_Backspace)
    panel.list.setFocus()
    assert secured(small_study.study) == ()
    assert len(history(small_study.study)) == steps


def test_a_memo_that_is_only_looked_at_is_not_written(panel, small_study, qtbot):
    study = small_study.study
    write(study, "Boots", text="10 000 doors\n\n\t“shut” 😀")
    steps = len(history(study))
    assert panel.editor.typed is None
    panel.editor.text.setFocus()
    panel.list.setFocus()
    assert len(history(study)) == steps
    panel.editor.text.setFocus()
    qtbot.keyClick(panel.editor.text, KEY.Key_End, CTRL)
    qtbot.keyClicks(panel.editor.text, ".")
    panel.list.setFocus()
    assert memos(study)[0].text == "10 000 doors\n\n\t“shut” 😀."


def test_a_change_from_another_window_is_told_and_both_texts_are_kept(panel, window, small_study, qtbot):
    study, memo = small_study.study, write(small_study.study, "Boots", Target("study"), text="Before.")
    panel.editor.text.setFocus()
    qtbot.keyClicks(panel.editor.text, "Mine. ")
    with Study.open(study.path) as other:
        operations.edit_memo(other, memo, text="Theirs.")
    study.poll()
    assert window.messages.sentence == "“Boots” was changed in another window. What you type here is kept beside it."
    assert panel.editor.text.toPlainText() == "Mine. Before."
    panel.list.setFocus()
    assert [(row.title, row.text) for row in memos(study)] == [
        ("Boots", "Theirs."),
        ("Boots (typed beside)", "Mine. Before."),
    ]
    assert "both are here" in window.messages.sentence
    assert panel.row.text == "Mine. Before."
    assert len(memos_about(study, "study")) == 2


def test_typing_in_a_memo_that_another_window_removes_is_kept(panel, window, small_study, qtbot):
    study, memo = small_study.study, write(small_study.study, "Boots", text="Before.")
    write(study, "Another")
    panel.show_memo(memo)
    panel.editor.text.setFocus()
    qtbot.keyClicks(panel.editor.text, "Mine. ")
    with Study.open(study.path) as other:
        operations.remove_memo(other, memo)
    study.poll()
    assert "was removed in another window" in window.messages.sentence
    assert panel.editor.text.toPlainText() == "Mine. Before."
    panel.list.setFocus()
    assert [row.text for row in memos(study)] == ["", "Mine. Before."]


def test_a_memo_that_cannot_be_kept_is_not_left(panel, window, small_study, qtbot):
    first, second = write(small_study.study, "Boots"), write(small_study.study, "Doors")
    panel.show_memo(first)
    panel.editor.title.setFocus()
    panel.editor.title.selectAll()
    qtbot.keyClick(panel.editor.title, KEY.Key_Backspace)
    panel.list.setCurrentIndex(panel.list.model().index(1, 0))
    assert "Write a title or some text first" in window.messages.sentence
    assert panel.writing.memo == first
    qtbot.keyClicks(panel.editor.title, "Boot")
    panel.show_memo(second)
    assert titles(panel) == ["Boot", "Doors"]
    assert panel.writing.memo == second


def test_what_is_half_typed_belongs_to_its_coder(panel, window, small_study, qtbot, soon):
    study = small_study.study
    write(study, "Boots")
    qtbot.keyClicks(panel.editor.title, "!")
    qtbot.waitUntil(lambda: secured(study) != (), timeout=3_000)
    window.bridge.act_as(small_study.bo)
    assert [row.title for row in memos(study)] == ["Boots"]
    assert panel.editor.typed is None
    window.bridge.act_as(small_study.ana)
    assert memos(study)[0].title == "Boots"  # its window is at work: nobody else keeps it
    assert len(secured(study)) == 1


def test_after_a_window_was_killed_what_was_typed_is_back_with_a_sentence(window, small_study, qtbot, soon):
    study = small_study.study
    memo = write(study, "Boots", text="Before.")
    path, coder = study.path, study.coder
    with Study.open(path) as other:
        other.act_as(coder)
        drafts.put_draft(other, drafts.Draft(memo, "gone", "Boots", "Half", drafts.print_of("Boots", "Before.")))
        drafts.put_draft(other, drafts.Draft("new", "gone too", "", "  "))
    window.close_study()
    assert window.open_study(path)
    qtbot.waitUntil(lambda: bool(window.messages.sentence), timeout=3_000)
    assert "“Boots” was not finished when qcode ended." in window.messages.sentence
    assert [row.text for row in memos(window.bridge.study)] == ["Half"]
    assert secured(window.bridge.study) == ()
    window.undo()
    assert [row.text for row in memos(window.bridge.study)] == ["Before."]


def test_a_draft_about_what_is_gone_is_kept_without_it(window, small_study, qtbot, soon):
    study, path = small_study.study, small_study.study.path
    theme = themes.add_theme(study, name="Boots")
    draft = drafts.Draft("new", "gone", "Half", "", about=(Target("theme", theme),))
    drafts.put_draft(study, draft)
    themes.delete_theme(study, theme)
    window.close_study()
    window.open_study(path)
    qtbot.waitUntil(lambda: bool(memos(window.bridge.study)), timeout=3_000)
    assert [(row.title, row.links) for row in memos(window.bridge.study)] == [("Half", ())]


@pytest.fixture
def soon(monkeypatch):
    """Drafts of other windows count as left at once; one's own are secured a little sooner."""
    monkeypatch.setattr(drafts, "ALIVE_SECONDS", 0)
    monkeypatch.setattr(half_typed, "SECURED_MS", 100)


def test_a_killed_program_loses_no_more_than_a_moment_of_typing(window, small_study, qtbot, soon):
    path = small_study.study.path
    window.close_study()
    script = Path(__file__).with_name("typing_until_killed.py")
    typing = subprocess.Popen([sys.executable, script, path], stdout=subprocess.PIPE, text=True)
    try:
        assert typing.stdout.readline() == "typed\n"
    finally:
        typing.kill()
        typing.wait()
        typing.stdout.close()
    with Study.open(path) as again:
        assert memos(again) == []
        assert check(again).problems == ()
    window.open_study(path)
    qtbot.waitUntil(lambda: bool(memos(window.bridge.study)), timeout=3_000)
    (row,) = memos(window.bridge.study)
    assert (row.title, row.text, [link.kind for link in row.links]) == (
        "Knocks",
        "Three knocks on the wall.",
        ["study"],
    )
    assert "“Knocks” was not finished when qcode ended." in window.messages.sentence
