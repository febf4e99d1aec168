"""A coder's whole task in the real window, by keys alone; after each step the study is asked."""

from __future__ import annotations

import pytest
from by_keys import command, focus, press, tab_to, write
from PySide6.QtWidgets import QListView

from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings_of, passages
from qcode.queries.history import undo_labels
from qcode.queries.memos import memos
from qcode.ui.code_palette.choices import Kind
from qcode.ui.code_palette.rows import ROW


@pytest.fixture
def study(window):
    return lambda: window.bridge.study


def mine(window):
    """The acting coder's codings of the open document."""
    room = window.current_room
    rows = codings_of(window.bridge.study, room.desk.text.id)
    words = room.desk.text.text
    return {
        (row.name, words[row.start : row.end], row.comment, row.unsure, row.illustrative) for row in rows if row.mine
    }


def marked(palette):
    """The row of the palette of codes that is marked."""
    return palette.findChild(QListView).currentIndex().data(ROW)


def test_open_find_code_widen_flag_undo_and_redo(window, qtbot):
    press("Ctrl+W")
    assert window.view is None
    qtbot.waitUntil(lambda: focus() is not None)
    tab_to(window.welcome.recent_list)
    press("Home", "Return")
    assert window.view is not None
    room = window.show_room("code")
    assert room.key == "code"

    press("Ctrl+Shift+F")  # find a phrase and go to the hit
    write('"somebody knocked"')
    search = window.view.drawer.search
    qtbot.waitUntil(lambda: not search.searching and bool(search.table.shown_rows()), timeout=20_000)
    press("Return", "Return")
    assert focus() is room.view
    assert room.view.selected_text() == "somebody knocked"
    before = mine(window)

    press("Space")  # grow it to the sentence, and code it with a comment
    assert room.view.selected_text().strip() == "Two days later somebody knocked."
    write("trusted")
    press("Tab")
    write("she came")
    press("Return")
    words = "Two days later somebody knocked."
    assert mine(window) - before == {("Trusted person", words, "she came", False, False)}

    press("F2", "Right", "Return")  # widen it by a word
    words += " She"
    assert mine(window) - before == {("Trusted person", words, "she came", False, False)}
    press("Ctrl+U")  # unsure of it
    assert mine(window) - before == {("Trusted person", words, "she came", True, False)}
    press("Ctrl+Shift+I")  # and illustrative
    assert mine(window) - before == {("Trusted person", words, "she came", True, True)}
    press("Ctrl+Shift+M", "End")  # more to say
    write(" by herself")
    press("Return")
    last = {("Trusted person", words, "she came by herself", True, True)}
    assert mine(window) - before == last
    assert focus() is room.view

    states = [mine(window)]
    while mine(window) != before:  # undo all of it
        press("Ctrl+Z")
        states.append(mine(window))
        assert len(states) < 9
    assert len(states) == 6
    for state in reversed(states[:-1]):  # and redo
        press("Ctrl+Shift+Z")
        assert mine(window) == state
    assert mine(window) - before == last
    assert focus() is room.view


def test_walk_code_in_vivo_define_recode_and_hand_in(window, study, small_study):
    room = window.current_room
    tab_to(room.documents.list, "F6")
    press("Home")
    while room.documents.list.current_key != small_study.documents["INT-1"]:
        press("Down")
    press("Return", "Ctrl+Home")
    assert focus() is room.view
    here = room.view.caret()
    press("F3")  # walk
    assert room.view.caret() != here or room.view.selected_range() is not None

    press("Ctrl+Home")
    while "made all the difference" not in room.desk.words(room.view.selected_range() or (0, 0)):
        press("Down" if room.view.selecting_by_units() else "Space")
    press("Return")  # a new code in the words of the passage
    palette = room.palette_panel
    for _step in range(30):
        if marked(palette).kind is Kind.IN_VIVO:
            break
        press("Down")
    names = {row.name for row in codebook(study())}
    press("Return")
    (new,) = [row for row in codebook(study()) if row.name not in names]
    assert "made all the difference" in new.name
    assert any(row[0] == new.name for row in mine(window))

    command("Edit the definition of the code at the caret")
    assert room.editor.isVisible()
    definition = room.editor
    tab_to(definition.fields.field("brief"))
    write("What is heard before it begins.")
    press("Ctrl+S")
    assert {row.name: row.brief for row in codebook(study())}[new.name] == "What is heard before it begins."
    press("Escape")

    tab_to(room.view, "F6")
    count = len(mine(window))
    press("Ctrl+R")  # another code in its place
    if room.changing.chooser.isVisible():
        names = [line.name for line in room.changing.chooser.list.lines]
        press("Home", *["Down"] * names.index(new.name), "Return")
    write("wear")
    press("Return")
    assert not any(row[0] == new.name for row in mine(window))
    assert len(mine(window)) == count

    press("Ctrl+Shift+D")  # done with the document
    assert room.desk.done
    press("Ctrl+Shift+D")
    assert not room.desk.done
    tab_to(room.view, "F6")
    press("Ctrl+1")
    assert window.current_room.key == "transcripts"
    press("Ctrl+2")
    assert window.current_room is room
    assert focus() is room.view


def test_passages_are_filtered_and_recoded_at_once_with_one_undo(window, study):
    command("Passages")
    drawer = window.view.drawer
    assert drawer.is_open
    press("Space")  # show all passages
    panel = drawer.passages
    rows = panel.table.shown_rows()
    assert {row.coding.id for row in rows} == {row.coding.id for row in passages(study(), Looking())}
    press("Ctrl+F")
    write("wear")
    tab_to(panel.table)
    shown = panel.table.shown_rows()
    assert 0 < len(shown) < len(rows)
    own = [row for row in shown if row.coding.mine]
    press("Ctrl+A")
    write("call")
    press("Return")
    now = {row.coding.id: row.coding.name for row in passages(study(), Looking())}
    assert {now[row.coding.id] for row in own} == {"Calling for help"}
    assert len(own) == 2
    assert undo_labels(study()).undo is not None
    press("Ctrl+Z")
    now = {row.coding.id: row.coding.name for row in passages(study(), Looking())}
    assert {now[row.coding.id] for row in own} == {"Wear"}


def test_a_memo_is_written_on_what_is_at_hand(window, study):
    room = window.current_room
    tab_to(room.view, "F6")
    press("Ctrl+Home", "Space")
    known = {row.id for row in memos(study())}
    press("F4")
    write("Why the night")
    assert focus() is not room.view
    press("Tab")
    write("They ask at once.")
    press("F7", "F6")
    (memo,) = [row for row in memos(study()) if row.id not in known]
    assert memo.title == "Why the night"
    assert memo.links


def test_a_code_is_renamed_in_the_tree_and_nothing_else_happens(window, study, qtbot):
    tree = window.current_room.codebook.tree
    tab_to(tree, "F6")
    press("Home")
    old = tree.current_code.name
    press("F2", "Ctrl+A")
    write("Boots")
    press("Return")
    qtbot.waitUntil(lambda: "Boots" in {row.name for row in codebook(study())})
    names = {row.name for row in codebook(study())}
    assert old not in names
    assert focus() is tree
    assert not window.view.drawer.is_open
    press("F2", "Ctrl+A", "Delete", "Return")
    qtbot.waitUntil(lambda: "name" in window.messages.sentence)
    assert {row.name for row in codebook(study())} == names
    assert not window.view.drawer.is_open
