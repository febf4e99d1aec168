"""Searching in the drawer of the real window: hits in context, word lists, coding what was found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.operations import assignments, memos
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings
from qcode.queries.counting.talk import word_counts
from qcode.queries.search.hit_extents import hit_units
from qcode.queries.search.searching import ANSWERS, Query, search

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(window, qtbot):
    """The search, with nothing typed yet."""
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.current_room.view, KEY.Key_F, CTRL | SHIFT)
    panel = window.view.drawer.search
    assert panel.options.line.hasFocus()
    return panel


def look(panel, qtbot, words):
    panel.options.line.clear()
    qtbot.keyClicks(panel.options.line, words)
    settle(panel, qtbot)
    return [(line.hit.name, line.keyword) for line in panel.table.shown_rows()]


def settle(panel, qtbot):
    qtbot.waitUntil(lambda: not panel.searching, timeout=20_000)


def test_hits_appear_while_one_types_with_what_stands_beside_them(panel, small_study, qtbot):
    found = look(panel, qtbot, '"i called"')
    asked = search(small_study.study, Query('"i called"', roles=ANSWERS, around=80)).hits
    assert found == [(hit.name, hit.text) for hit in asked] == [("INT-1", "I called")]
    line = panel.table.current_row()
    assert (line.left.split()[-1], line.right.split()[0]) == ("time.", "them.")
    assert panel.state.text() == "1 hit in 1 text"


def test_interviewers_are_left_out_until_they_are_asked_for(panel, qtbot):
    assert look(panel, qtbot, "afterwards") == []
    assert panel.empty.sentence.startswith("Nothing was found.")
    panel.options.interviewer.click()
    settle(panel, qtbot)
    assert [line.keyword for line in panel.table.shown_rows()] == ["afterwards"]


def test_prefixes_word_forms_and_regular_expressions(panel, qtbot):
    assert look(panel, qtbot, "kno*") == [("INT-1", "knocked")]
    assert look(panel, qtbot, "knock") == []
    panel.options.forms.click()
    settle(panel, qtbot)
    assert [line.keyword for line in panel.table.shown_rows()] == ["knocked"]
    panel.options.expression.click()
    assert not panel.options.forms.isEnabled()
    assert look(panel, qtbot, r"\bb\w+s\b") == [("INT-1", "boots")]


@pytest.mark.parametrize(("typed", "said"), [("(", "can't be read"), ("((a+)+)+{9999}{9999}", "regular expression")])
def test_a_regular_expression_that_does_not_work_is_a_sentence_in_place(panel, window, qtbot, typed, said):
    panel.options.expression.setChecked(True)
    assert look(panel, qtbot, typed) == []
    assert said in panel.empty.sentence
    assert window.messages.sentence == ""
    assert look(panel, qtbot, "boots") == [("INT-1", "boots")]


def test_pasted_megabytes_are_refused_politely(panel, qtbot):
    panel.options.line.setMaxLength(5_000_000)
    panel.options.line.setText("word " * 10_000)
    settle(panel, qtbot)
    assert "characters at most" in panel.empty.sentence


def test_only_this_document_or_group(panel, small_study, qtbot):
    assert {name for name, _words in look(panel, qtbot, "i")} == {"INT-1", "FG-1"}
    panel.options.group.setCurrentIndex(panel.options.group.findData("Responders"))
    panel.options.group.activated.emit(0)
    settle(panel, qtbot)
    assert {line.hit.name for line in panel.table.shown_rows()} == {"FG-1"}
    panel.options.document.setCurrentIndex(panel.options.document.findData(small_study.documents["INT-1"]))
    panel.options.document.activated.emit(0)
    settle(panel, qtbot)
    assert panel.table.shown_rows() == []


def test_hits_are_sorted_by_the_words_before_or_after_and_as_in_the_texts_again(panel, qtbot):
    look(panel, qtbot, "i")
    rows = panel.table.shown_rows()
    assert len(rows) > 3
    panel._actions[2].trigger()
    after = [line.right.split()[0].casefold() for line in panel.table.shown_rows()]
    assert after == sorted(after)
    panel._actions[1].trigger()
    assert panel.table.shown_rows() != rows
    panel._actions[3].trigger()
    assert panel.table.shown_rows() == rows


def test_enter_goes_to_the_hit_keys_walk_on_and_one_comes_back(panel, window, qtbot):
    look(panel, qtbot, "i")
    qtbot.keyClick(panel.options.line, KEY.Key_Return)
    assert panel.table.hasFocus()
    first, second = panel.table.shown_rows()[:2]
    qtbot.keyClick(panel.table, KEY.Key_Return)
    view = window.current_room.view
    assert view.selected_range() == (first.hit.start, first.hit.end)
    qtbot.keyClick(view, KEY.Key_F3, CTRL)
    assert view.selected_range() == (second.hit.start, second.hit.end)
    qtbot.keyClick(view, KEY.Key_F3, CTRL | SHIFT)
    assert view.selected_range() == (first.hit.start, first.hit.end)
    qtbot.keyClick(view, KEY.Key_F7)
    assert panel.isAncestorOf(QApplication.focusWidget())


def test_all_hits_are_looked_through_then_coded_in_one_step_as_made_by_search(panel, window, small_study, qtbot):
    study = small_study.study
    before = codings(study, Looking())
    look(panel, qtbot, "i")
    total = len(panel.table.shown_rows())
    qtbot.keyClick(panel.table, KEY.Key_K, CTRL | SHIFT)
    qtbot.keyClicks(QApplication.focusWidget(), "wear")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert panel.preview.list.hasFocus()
    assert panel.preview.code.text() == f"Code {total} hits"
    qtbot.keyClick(panel.preview.list, KEY.Key_Space)
    assert panel.preview.code.text() == f"Code {total - 1} hits"
    unticked = panel.table.shown_rows()[0]
    qtbot.mouseClick(panel.preview.code, Qt.MouseButton.LeftButton)
    made = [row for row in codings(study, Looking()) if row.by_search]
    assert len(made) == total - 1
    assert {row.name for row in made} == {"Wear"}
    assert (unticked.hit.start, unticked.hit.end) not in {(row.start, row.end) for row in made if row.document}
    assert "stay out of agreement" in window.messages.sentence
    window.undo()
    assert codings(study, Looking()) == before


def begin_preview(panel, qtbot, words, name):
    look(panel, qtbot, words)
    panel.begin_coding()
    qtbot.keyClicks(QApplication.focusWidget(), name)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    return panel.preview


@pytest.mark.parametrize(("presses", "extent"), [(1, "sentence"), (2, "turn")])
def test_sentences_or_turns_around_hits_are_coded_once_each_in_one_step(
    panel, window, small_study, qtbot, presses, extent
):
    study = small_study.study
    before = codings(study, Looking())
    preview = begin_preview(panel, qtbot, "i", "wear")
    hits = [line.hit for line in panel.table.shown_rows()]
    for _press in range(presses):
        qtbot.keyClick(preview.list, KEY.Key_Right)
        settle_preview(preview, qtbot)
    units = hit_units(study, hits, extent)
    assert len(units) < len(hits)
    assert preview.state.text() == f"{len(hits)} hits in {len(units)} {extent}s"
    assert preview.code.text() == f"Code {len(units)} {extent}s"
    qtbot.keyClick(preview.list, KEY.Key_Return)
    made = [row for row in codings(study, Looking()) if row.by_search]
    wanted = {(unit.place.document, unit.place.start, unit.place.end) for unit in units}
    old = {(row.document, row.start, row.end) for row in before if row.mine and row.name == "Wear"}
    assert {(row.document, row.start, row.end) for row in made} == wanted - old
    assert {row.name for row in made} == {"Wear"}
    window.undo()
    assert codings(study, Looking()) == before


def test_what_was_unticked_stays_so_when_sentences_stand_for_hits(panel, qtbot):
    preview = begin_preview(panel, qtbot, "boots OR knocked", "wear")
    qtbot.keyClick(preview.list, KEY.Key_Space)
    qtbot.keyClick(preview.list, KEY.Key_Right)
    settle_preview(preview, qtbot)
    assert [unit.first.text for unit in preview.ticked] == ["knocked"]
    qtbot.keyClick(preview.list, KEY.Key_Left)
    assert [unit.first.text for unit in preview.ticked] == ["knocked"]


def settle_preview(preview, qtbot):
    qtbot.waitUntil(preview.code.isEnabled, timeout=20_000)


def test_a_new_code_for_hits_is_made_with_them_undone_with_them_and_not_left_behind(panel, window, small_study, qtbot):
    study = small_study.study
    names = [row.name for row in codebook(study)]
    preview = begin_preview(panel, qtbot, "boots", "Noise outside")
    qtbot.keyClick(preview.list, KEY.Key_Escape)
    assert [row.name for row in codebook(study)] == names
    preview = begin_preview(panel, qtbot, "boots", "Noise outside")
    qtbot.keyClick(preview.list, KEY.Key_Return)
    assert [row.name for row in codings(study, Looking()) if row.by_search] == ["Noise outside"]
    window.undo()
    assert [row.name for row in codebook(study)] == names
    assignments.hand_in_round(study, round_id=small_study.round, documents=[small_study.documents["INT-1"]])
    preview = begin_preview(panel, qtbot, "boots", "Noise outside")
    qtbot.keyClick(preview.list, KEY.Key_Return)
    assert "You handed in" in window.messages.sentence
    assert [row.name for row in codebook(study)] == names
    assert study.next_redo() is None


def test_f3_in_the_text_walks_the_hits_once_something_was_searched(panel, window, qtbot):
    view, room = window.current_room.view, window.current_room
    look(panel, qtbot, "i")
    hits = [line.hit for line in panel.table.shown_rows()]
    view.setFocus()
    shown = []
    for _hit in hits:
        qtbot.keyClick(view, KEY.Key_F3)
        shown.append((room.desk.document, *view.selected_range()))
    assert shown == [(hit.source, hit.start, hit.end) for hit in hits]
    where = room.transcript.foot.walk
    qtbot.waitUntil(lambda: where.text() == f"Hits of “i”: {len(hits)} of {len(hits)}")
    qtbot.keyClick(view, KEY.Key_F3)
    assert (room.desk.document, *view.selected_range()) == shown[0]
    assert window.messages.sentence == f"Round again: this is the first of {len(hits)} hits."
    qtbot.keyClick(view, KEY.Key_F3, SHIFT)
    assert (room.desk.document, *view.selected_range()) == shown[-1]


def test_f3_goes_to_the_first_hit_from_the_line_too_and_codings_are_walked_again_when_chosen(panel, window, qtbot):
    look(panel, qtbot, "knocked")
    qtbot.keyClick(panel.options.line, KEY.Key_F3)
    room = window.current_room
    assert room.desk.words(room.view.selected_range()) == "knocked"
    room.showing.choose("all")
    qtbot.keyClick(room.view, KEY.Key_F3)
    assert room.view.active_coding() is not None


def test_what_a_search_coded_is_found_and_confirmed_in_passages(panel, window, small_study, qtbot):
    look(panel, qtbot, "boots")
    panel.begin_coding()
    qtbot.keyClicks(QApplication.focusWidget(), "wear")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    qtbot.keyClick(panel.preview.list, KEY.Key_Return)
    window.view.show_passages("All", Looking())
    passages = window.view.drawer.passages
    passages.filters.state.setCurrentIndex(passages.filters.state.findData("search"))
    passages.filters.state.activated.emit(0)
    assert [row.text for row in passages.table.shown_rows()] == ["boots"]
    passages.table.selectAll()
    passages.desk.confirm()
    assert not [row for row in codings(small_study.study, Looking()) if row.by_search]


def test_esc_leaves_the_preview_with_nothing_coded(panel, small_study, qtbot):
    before = codings(small_study.study, Looking())
    look(panel, qtbot, "boots")
    panel.begin_coding()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    qtbot.keyClick(panel.preview.list, KEY.Key_Escape)
    assert panel.table.hasFocus()
    assert codings(small_study.study, Looking()) == before


def test_a_new_name_that_is_refused_leaves_the_palette_open_with_everything_typed(panel, window, small_study, qtbot):
    before = [row.name for row in codebook(small_study.study)]
    look(panel, qtbot, "boots")
    panel.begin_coding()
    palette = panel._palette
    long = "boots at night " * 40
    palette._query.setText(long)
    palette._list.setCurrentIndex(palette._model.index(len(palette.rows()) - 1, 0))
    assert palette.current().code is None
    qtbot.keyClick(palette._query, KEY.Key_Return)
    assert palette.isVisible()
    assert palette._query.hasFocus()
    assert palette._query.text() == long
    assert palette._told.isVisible()
    assert palette._told.text() == window.messages.sentence
    assert "200 characters at most" in palette._told.text()
    assert not panel.preview.isVisible()
    assert [row.name for row in codebook(small_study.study)] == before
    palette._query.setText("Boots")
    qtbot.keyClick(palette._query, KEY.Key_Return)
    assert panel.preview.list.hasFocus()


def test_without_hits_there_is_nothing_to_code_and_a_sentence_says_so(panel, window):
    panel.begin_coding()
    assert window.messages.sentence == "Search the transcripts first: there are no hits to code."


def test_the_word_list_has_no_stop_words_and_leads_to_hits(panel, small_study, qtbot):
    qtbot.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    settle(panel, qtbot)
    shown = [row.id for row in panel.words.shown_rows()]
    assert shown == [row.word for row in word_counts(small_study.study, shortest=2).words]
    assert "them" not in shown
    panel.words.select_row("boots")
    panel.words.setFocus()
    qtbot.keyClick(panel.words, KEY.Key_Return)
    settle(panel, qtbot)
    assert [line.keyword for line in panel.table.shown_rows()] == ["boots"]


def test_memos_are_searched_and_opened(panel, window, small_study, qtbot):
    memo = memos.write_memo(small_study.study, title="Noise", text="The boots again.")
    panel.options.where.setCurrentIndex(panel.options.where.findData("memos"))
    assert look(panel, qtbot, "boots") == [("Noise", "boots")]
    panel.table.rowActivated.emit(panel.table.current_row())
    drawer = window.view.drawer
    assert (drawer.shown, drawer.memos.row.id) == ("memos", memo)


def test_every_action_is_offered_and_controls_have_names(panel, window):
    offered = {action.text() for part, action in window._offers() if part == "Search"}
    assert offered == {action.text() for action in panel.panel_actions()}
    options = panel.options
    for part in (options.line, options.where, options.document, options.group, panel.table, panel.words):
        assert part.accessibleName()
