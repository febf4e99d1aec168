"""The widened codebook in wide and narrow windows, and what a screen reader is told of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from qcode.operations import codebook as operations
from qcode.operations.codebook import Definition
from qcode.queries.codebook.tree import code_entries, codebook


def about(hands, key):
    """What the panel with this key is opened about."""
    rows = [row for row in codebook(hands.study) if row.name == "Wear"]
    named = {
        "merge": rows,
        "remove": rows,
        "split": rows[0],
        "versions": rows[0],
        "match": ("theirs.csv", code_entries(hands.study)),
    }
    return named.get(key)


KEYS = ("merge", "split", "again", "remove", "versions", "compare", "sets", "match")


@pytest.mark.parametrize("key", KEYS)
def test_every_panel_can_be_read_out_and_left_by_escape(hands, key):
    tree, side = hands.room.codebook.tree, hands.room.side
    tree.setFocus()
    tree.set_current(hands.small.codes["Wear"])
    side.show_panel(key, about(hands, key))
    assert side.isAncestorOf(hands.focus)
    assert side.panel.accessibleName()
    stops = [
        part
        for part in side.panel.findChildren(QWidget)
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.focusProxy()
    ]
    nameless = [type(part).__name__ for part in stops if not part.accessibleName() and not hasattr(part, "orientation")]
    assert [name for name in nameless if name != "CodeChooser"] == []
    hands.press("Escape")
    assert not side.isVisible()
    assert hands.focus is tree


def test_a_narrow_window_gives_the_panel_the_place_of_the_text_and_takes_it_back(hands, qtbot):
    room, side = hands.room, hands.room.side
    room.resize(940, 560)
    QApplication.processEvents()
    right = room.codebook.width()
    side.show_panel("match", about(hands, "match"))
    QApplication.processEvents()
    assert not room.view.isVisible()
    assert side.width() > 50 * 8
    assert abs(room.codebook.width() - right) < 16
    hands.press("Escape")
    QApplication.processEvents()
    assert room.view.isVisible()
    assert abs(room.codebook.width() - right) < 16


def test_a_wide_window_shows_text_and_panel_side_by_side(hands):
    room, side = hands.room, hands.room.side
    room.resize(1500, 800)
    QApplication.processEvents()
    side.show_panel("merge", about(hands, "merge"))
    QApplication.processEvents()
    assert room.view.isVisible()
    assert side.width() >= 40 * 8


def test_turning_from_panel_to_panel_saves_what_was_typed(hands):
    code = hands.small.codes["Wear"]
    hands.room.edit_definition(code)
    hands.type("Tired of it.")
    hands.room.side.show_panel("merge", about(hands, "merge"))
    assert next(row for row in codebook(hands.study) if row.id == code).brief == "Tired of it."
    hands.press("Escape")
    assert not hands.room.side.isVisible()


def test_a_hidden_panel_reads_nothing_and_is_true_when_it_is_shown(hands):
    side = hands.room.side
    side.show_panel("again")
    hands.press("Escape")
    operations.define_code(hands.study, hands.small.codes["Fear"], definition=Definition(brief="Newer."))
    assert side.rechecks.list.lines == ()
    side.show_panel("again")
    assert [line.name for line in side.rechecks.list.lines] == ["Fear of consequences"]
