"""Reading and changing passages in the drawer of the real window, by keys."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.operations import codebook, coding, team, themes
from qcode.queries.codings import Looking, codings, how_many, passages
from qcode.queries.themes import themes as list_themes
from qcode.ui import theme

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(window):
    """All passages, with the first marked and the focus in the list."""
    window.view.show_passages("All passages", Looking())
    return window.view.drawer.passages


def mark(panel, *rows):
    """Mark exactly these rows."""
    panel.table.clearSelection()
    for row in rows:
        line = [shown.coding.id for shown in panel.table.shown_rows()].index(row.coding.id)
        selection = panel.table.selectionModel()
        index = panel.table.model().index(line, 0)
        flag = selection.SelectionFlag
        selection.setCurrentIndex(index, flag.Select | flag.Rows)


def mine(panel):
    return [row for row in panel.table.shown_rows() if row.coding.mine]


def theirs(panel):
    return [row for row in panel.table.shown_rows() if not row.coding.mine]


def now(study, rows):
    """How these codings are now."""
    return codings(study, Looking(ids=[row.coding.id for row in rows]))


def choose(part, key):
    part.setCurrentIndex(part.findData(key))
    part.activated.emit(part.currentIndex())


def test_many_are_changed_at_once_and_one_undo_takes_it_back(panel, window, small_study, qtbot):
    study, rows = small_study.study, mine(panel)
    before = now(study, rows)
    mark(panel, *rows)
    for key, modifier, holds in (
        (KEY.Key_U, CTRL, "unsure"),
        (KEY.Key_I, CTRL | SHIFT, "illustrative"),
        (KEY.Key_N, CTRL | SHIFT, "negative_case"),
    ):
        qtbot.keyClick(panel.table, key, modifier)
        assert {getattr(row, holds) for row in now(study, rows)} == {True}
        window.undo()
        assert now(study, rows) == before
    mark(panel, *rows)
    qtbot.keyClick(panel.table, KEY.Key_Delete)
    assert now(study, rows) == []
    window.undo()
    assert now(study, rows) == before


def test_what_all_have_is_taken_from_all_and_what_some_have_is_given_to_all(panel, small_study, qtbot):
    first, second = mine(panel)[:2]
    mark(panel, first)
    qtbot.keyClick(panel.table, KEY.Key_U, CTRL)
    mark(panel, first, second)
    qtbot.keyClick(panel.table, KEY.Key_U, CTRL)
    assert [row.unsure for row in now(small_study.study, [first, second])] == [True, True]
    qtbot.keyClick(panel.table, KEY.Key_U, CTRL)
    assert [row.unsure for row in now(small_study.study, [first, second])] == [False, False]


def test_a_letter_begins_another_code_for_the_marked(panel, window, small_study, qtbot):
    rows = mine(panel)[:2]
    mark(panel, *rows)
    qtbot.keyClicks(panel.table, "w")
    palette = panel.desk.palette
    assert palette.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), "ear")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert {row.name for row in now(small_study.study, rows)} == {"Wear"}
    assert QApplication.focusWidget() is panel.table
    window.undo()
    assert [row.name for row in now(small_study.study, rows)] == [row.coding.name for row in rows]


def test_colleagues_codings_stay_and_a_sentence_says_so(panel, window, small_study, qtbot):
    study, own, other = small_study.study, mine(panel)[0], theirs(panel)
    mark(panel, own, other[0])
    qtbot.keyClick(panel.table, KEY.Key_U, CTRL)
    assert now(study, [own])[0].unsure
    assert not now(study, other[:1])[0].unsure
    assert window.messages.sentence == "1 of the 2 marked codings is a colleague’s and stays as it is."
    before = codings(study, Looking())
    mark(panel, *other[:2])
    for key in (KEY.Key_Delete, KEY.Key_W):
        window.messages.close_message()
        qtbot.keyClick(panel.table, key)
        assert "colleagues’" in window.messages.sentence
    assert codings(study, Looking()) == before


def test_what_was_handed_in_is_refused_in_the_bar(panel, window, small_study, qtbot):
    row = mine(panel)[0]
    team.set_done(small_study.study, document=row.coding.document, round_id=row.coding.round, done=True)
    mark(panel, row)
    qtbot.keyClick(panel.table, KEY.Key_Delete)
    assert "You said that you are done with" in window.messages.sentence
    assert now(small_study.study, [row])


def test_one_comment_for_many_in_one_step(panel, window, small_study, qtbot):
    rows = mine(panel)[:3]
    mark(panel, *rows)
    qtbot.keyClick(panel.table, KEY.Key_M, CTRL | SHIFT)
    field = panel.desk.comment
    assert field.hasFocus()
    assert field.accessibleName() == "Comment on 3 codings"
    qtbot.keyClicks(field, "look again")
    qtbot.keyClick(field, KEY.Key_Return)
    assert {row.comment for row in now(small_study.study, rows)} == {"look again"}
    assert panel.table.hasFocus()
    assert panel.desk.comment_pane.isHidden()
    window.undo()
    assert {row.comment for row in now(small_study.study, rows)} == {""}


def test_esc_leaves_a_comment_as_it_was(panel, small_study, qtbot):
    row = mine(panel)[0]
    mark(panel, row)
    qtbot.keyClick(panel.table, KEY.Key_M, CTRL | SHIFT)
    qtbot.keyClicks(panel.desk.comment, "no")
    qtbot.keyClick(panel.desk.comment, KEY.Key_Escape)
    assert now(small_study.study, [row])[0].comment == ""
    assert panel.table.hasFocus()


def test_passages_become_quotes_of_a_theme_whoever_coded_them(panel, window, small_study, qtbot):
    study = small_study.study
    themes.add_theme(study, name="Boots")
    chosen = themes.add_theme(study, name="Doors")
    rows = [mine(panel)[0], theirs(panel)[0]]
    mark(panel, *rows)
    qtbot.keyClick(panel.table, KEY.Key_K, CTRL | SHIFT)
    chooser = panel.desk.chooser
    qtbot.keyClicks(chooser.line, "door")
    qtbot.keyClick(chooser.line, KEY.Key_Return, SHIFT)
    quotes = next(row.quotes for row in list_themes(study) if row.id == chosen)
    assert {(quote.start, quote.end) for quote in quotes} == {(row.coding.start, row.coding.end) for row in rows}
    assert {quote.stance for quote in quotes} == {"dissents"}
    assert window.messages.sentence == "“Doors” has 2 new quotes."
    window.undo()
    assert [row.quotes for row in list_themes(study)] == [(), ()]


def test_without_a_theme_a_sentence_says_where_to_add_one(panel, window, qtbot):
    mark(panel, mine(panel)[0])
    qtbot.keyClick(panel.table, KEY.Key_K, CTRL | SHIFT)
    assert window.messages.sentence.startswith("There is no theme yet.")
    assert panel.desk.chooser is None


def test_filters_leave_what_was_chosen_and_can_be_cleared(panel, small_study, qtbot):
    study, everything = small_study.study, panel.table.shown_rows()
    qtbot.keyClick(panel.table, KEY.Key_L, CTRL | SHIFT)
    assert panel.filters.coder.hasFocus()
    choose(panel.filters.coder, small_study.bo)
    assert [row.coding.id for row in panel.table.shown_rows()] == [
        row.id for row in codings(study, Looking(coders=[small_study.bo]))
    ]
    choose(panel.filters.group, "Residents")
    assert {row.group for row in panel.table.shown_rows()} == {"Residents"}
    choose(panel.filters.document, small_study.documents["FG-1"])
    assert panel.table.shown_rows() == []
    assert "None of these passages is as you chose." in panel._empty.sentence
    qtbot.mouseClick(panel._empty.button, Qt.MouseButton.LeftButton)
    assert panel.table.shown_rows() == everything


def test_states_are_filtered_unsure_flags_comments_and_older_definitions(panel, small_study):
    study, rows = small_study.study, mine(panel)
    coding.doubt_codings(study, [rows[0].coding.id], unsure=True)
    coding.flag_codings(study, [rows[1].coding.id], illustrative=True)
    coding.flag_codings(study, [rows[2].coding.id], negative_case=True)
    coding.comment_coding(study, rows[3].coding.id, comment="why?")
    codebook.define_code(study, small_study.codes["Wear"], definition=codebook.Definition(brief="New."), reason="new")
    older = {row.coding.id for row in panel.table.shown_rows() if row.coding.name == "Wear"}
    expected = {
        "unsure": {rows[0].coding.id},
        "illustrative": {rows[1].coding.id},
        "negative": {rows[2].coding.id},
        "commented": {rows[3].coding.id},
        "older": older,
        "mine": {row.coding.id for row in rows},
        "altered": set(),
        "search": set(),
    }
    for state, ids in expected.items():
        choose(panel.filters.state, state)
        assert {row.coding.id for row in panel.table.shown_rows()} == ids or (
            not ids and panel.entry() is panel._empty.button
        ), state


def test_a_passage_leads_to_its_text_and_a_key_back(panel, window, qtbot):
    row = theirs(panel)[0]
    mark(panel, row)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, KEY.Key_Return)
    view = window.current_room.view
    assert view.hasFocus()
    assert view.selected_range() == (row.coding.start, row.coding.end)
    qtbot.keyClick(view, KEY.Key_F7)
    assert panel.table.hasFocus()
    assert panel.table.current_row().coding.id == row.coding.id
    qtbot.keyClick(panel.table, KEY.Key_F3, CTRL)
    shown = panel.table.shown_rows()
    following = shown[(shown.index(row) + 1) % len(shown)]
    assert view.selected_range() == (following.coding.start, following.coding.end)


def test_every_action_is_in_the_palette_of_commands_while_the_drawer_is_open(panel, window):
    offered = {action.text() for part, action in window._offers() if part == "Passages"}
    assert offered == {action.text() for action in panel.panel_actions()}
    window.view.drawer.fold()
    assert not [part for part, _action in window._offers() if part == "Passages"]


def test_all_controls_have_names_for_screen_readers_and_themes_change(panel, window):
    filters = panel.filters
    for part in (filters.coder, filters.round, filters.group, filters.document, filters.state, filters.clear):
        assert part.accessibleName()
    window.choose_theme("dark")
    assert theme.current().quiet in panel.reader.toHtml()


def test_a_count_is_an_upper_bound_that_needs_no_rows(small_study):
    study = small_study.study
    for looking in (Looking(), Looking(codes=[small_study.codes["Wear"]]), Looking(coders=[small_study.bo])):
        assert how_many(study, looking) == len(passages(study, looking))


def test_thousands_are_read_without_keeping_the_window_waiting(window, small_study, qtbot):
    study, passage = small_study.study, small_study.passage("INT-1", "And afterwards?")
    names = [codebook.add_code(study, name=f"Code {number}") for number in range(8)]
    marks = [
        coding.Mark(coding.Passage(passage.document, start, start + 9), name, small_study.ana)
        for name in names
        for start in range(200)
    ]
    coding.add_codings(study, round_id=small_study.round, marks=marks)
    begun = time.perf_counter()
    window.view.show_passages("All passages", Looking())
    panel = window.view.drawer.passages
    assert panel.reading
    assert time.perf_counter() - begun < 1.0
    qtbot.waitUntil(lambda: not panel.reading)
    assert len(panel.table.shown_rows()) == len(passages(study, Looking())) > 1_500
