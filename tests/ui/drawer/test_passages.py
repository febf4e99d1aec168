"""Reading and changing passages in the drawer of the real window, by keys."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.operations import assignments, code_sets, codebook, coding, documents, quotes, themes
from qcode.queries.codings import Looking, codings, how_many, passages
from qcode.queries.memos import memos_about
from qcode.queries.quotes.rows import quote_rows
from qcode.ui import theme
from qcode.ui.drawer.passages.columns import ROLE

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
    assignments.hand_in_round(small_study.study, round_id=row.coding.round, documents=[row.coding.document])
    mark(panel, row)
    qtbot.keyClick(panel.table, KEY.Key_Delete)
    assert "You handed in “" in window.messages.sentence
    assert now(small_study.study, [row])


def test_of_many_it_is_said_how_many_were_handed_in_and_that_nothing_was_changed(panel, window, small_study, qtbot):
    rows = mine(panel)
    done = [row for row in rows if row.coding.document == rows[0].coding.document]
    small_study.apply("FG-1", "You want to help", "Wear")
    rows = mine(panel)
    assert len(done) < len(rows)
    assignments.hand_in_round(small_study.study, round_id=done[0].coding.round, documents=[done[0].coding.document])
    before = now(small_study.study, rows)
    mark(panel, *rows)
    qtbot.keyClick(panel.table, KEY.Key_U, CTRL)
    verb = "is" if len(done) == 1 else "are"
    assert window.messages.sentence.startswith(f"{len(done)} of the {len(rows)} chosen codings {verb} in documents")
    assert "nothing was changed" in window.messages.sentence
    assert now(small_study.study, rows) == before


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
    quotes = quote_rows(study, theme=chosen, status="shortlisted")
    assert {(quote.start, quote.end) for quote in quotes} == {(row.coding.start, row.coding.end) for row in rows}
    assert {quote.stance for quote in quotes} == {"dissents"}
    assert window.messages.sentence == "“Doors” has 2 new quotes on its shortlist."
    window.undo()
    assert quote_rows(study) == []


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


def test_what_is_chosen_is_told_in_words_and_a_key_lets_all_through(panel, small_study, qtbot):
    rows = mine(panel)
    coding.doubt_codings(small_study.study, [rows[0].coding.id], unsure=True)
    choose(panel.filters.coder, small_study.ana)
    choose(panel.filters.state, "sure")
    panel.filter_line.setText("boots")
    assert panel.chosen == "with “boots” · Ana Lima · Sure"
    assert "of 8" in panel._count.text()
    assert panel.chosen in panel._count.text()
    panel.table.setFocus()
    qtbot.keyClick(panel.table, KEY.Key_Escape)
    assert len(panel.table.shown_rows()) == 8
    assert panel._count.text() == "8 codings"
    assert panel.table.hasFocus()


def test_words_that_no_passage_has_are_a_sentence_with_a_way_out(panel, qtbot):
    panel.begin_filter()
    qtbot.keyClicks(panel.filter_line, "zebra")
    assert panel._empty.sentence == "None of these passages is as you chose. You chose: with “zebra”."
    assert panel.filter_line.hasFocus()
    qtbot.mouseClick(panel._empty.button, Qt.MouseButton.LeftButton)
    assert len(panel.table.shown_rows()) == 8
    assert panel.filter_line.text() == ""


def test_passages_are_narrowed_by_the_role_of_who_speaks_and_by_a_set_of_codes(panel, small_study):
    study = small_study.study
    for document, label, role in (("INT-1", "P", "tenant"), ("FG-1", "Dee", "deputy")):
        who = documents.add_participant(study, pseudonym=f"{label}-person", role=role)
        speaker = documents.speaker_named(study, small_study.documents[document], label)
        documents.describe_speaker(study, speaker, role="participant", participant=who)
    night = code_sets.add_set(study, name="Night", codes=[small_study.codes["Call"], small_study.codes["Wear"]])
    assert not panel.filters.role.isHidden()
    choose(panel.filters.role, "deputy")
    shown = panel.table.shown_rows()
    assert {row.role for row in shown} == {"deputy"}
    assert {row.coding.id for row in shown} == {
        row.coding.id for row in passages(study, Looking()) if "deputy" in row.role
    }
    panel.table.sort(ROLE)
    choose(panel.filters.role, "")
    assert [row.role for row in panel.table.shown_rows() if row.role] == ["deputy"] + ["tenant"] * 5
    panel.mark_stale()
    choose(panel.filters.set, night)
    assert {row.coding.id for row in panel.table.shown_rows()} == {
        row.id for row in codings(study, Looking(sets=[night]))
    }


def test_a_passage_is_split_at_the_caret_in_its_words_and_undone(panel, window, small_study, qtbot):
    study, reader = small_study.study, panel.reader
    passage = small_study.passage("INT-1", "They came at once. 😀 I heard the boots first")
    (made,) = coding.apply_codes(study, passage=passage, codes=[small_study.codes["Wear"]], round_id=small_study.round)
    panel.table.select_row(made)
    assert reader.place() == passage.start
    reader.setFocus()
    words = small_study.texts["INT-1"][passage.start : passage.end]
    for _step in range(len("They came at once. 😀 ")):
        qtbot.keyClick(reader, KEY.Key_Right)
    at = passage.start + words.index("I heard")
    assert reader.place() == at
    qtbot.keyClick(reader, KEY.Key_T, CTRL)
    parts = [
        row for row in codings(study, Looking(codes=[small_study.codes["Wear"]])) if row.document == passage.document
    ]
    text = small_study.texts["INT-1"]
    assert [text[row.start : row.end] for row in parts] == ["They came at once. 😀", "I heard the boots first"]
    assert len(panel.table.shown_rows()) == 10
    window.undo()
    assert len(panel.table.shown_rows()) == 9


def test_from_the_list_splitting_goes_to_the_words_first(panel, window, small_study, qtbot):
    row = next(row for row in mine(panel) if row.coding.name == "Calling for help")
    mark(panel, row)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, KEY.Key_T, CTRL)
    assert panel.reader.hasFocus()
    assert panel.reader.place() == row.coding.start
    assert window.messages.sentence == "Move the caret to where the second part begins, and split again."
    assert len(codings(small_study.study, Looking())) == 8
    for _step in range(len("I called them. ")):
        qtbot.keyClick(panel.reader, KEY.Key_Right)
    qtbot.keyClick(panel.reader, KEY.Key_T, CTRL)
    assert len(codings(small_study.study, Looking())) == 9
    window.undo()
    assert len(codings(small_study.study, Looking())) == 8


def test_one_memo_on_many_passages_is_begun_by_keys_from_the_list(panel, window, small_study, qtbot):
    rows = [mine(panel)[0], theirs(panel)[0]]
    mark(panel, *rows)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, KEY.Key_L, CTRL)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_N)
    drawer = window.view.drawer
    assert drawer.shown == "memos"
    qtbot.keyClicks(drawer.memos.editor.title, "On both")
    drawer.memos.keep()
    for row in rows:
        assert [memo.title for memo in memos_about(small_study.study, "coding", row.coding.id)] == ["On both"]


def test_a_caret_outside_the_passage_splits_nothing_and_says_why(panel, window, small_study, qtbot):
    row = mine(panel)[0]
    mark(panel, row)
    panel.reader.setFocus()
    qtbot.keyClick(panel.reader, KEY.Key_Home, CTRL)
    assert panel.reader.place() is None
    qtbot.keyClick(panel.reader, KEY.Key_T, CTRL)
    assert window.messages.sentence.startswith("Choose a place inside the coding")
    assert len(codings(small_study.study, Looking())) == 8
    mark(panel, theirs(panel)[0])
    panel.split()
    assert "colleague" in window.messages.sentence


def test_the_sure_and_the_unsure_are_looked_for(small_study):
    study, every = small_study.study, codings(small_study.study, Looking())
    own = [row.id for row in every if row.mine]
    coding.doubt_codings(study, own[:2], unsure=True)
    assert {row.id for row in codings(study, Looking(unsure=True))} == set(own[:2])
    assert {row.id for row in codings(study, Looking(unsure=False))} == {row.id for row in every} - set(own[:2])


def test_counts_everywhere_lead_to_their_passages(window, small_study, qtbot):
    study, panel = small_study.study, window.view.drawer.passages
    room = window.show_room("code")
    room.codebook.tree.set_current(small_study.codes["Trust"])
    room.codebook.tree.setFocus()
    qtbot.keyClick(room.codebook.tree, KEY.Key_Return)
    below = [small_study.codes[name] for name in ("Trust", "Fear", "Peer")]
    assert len(panel.table.shown_rows()) == len(codings(study, Looking(codes=below)))
    room = window.show_room("transcripts")
    room.documents.table.select_row(small_study.documents["INT-1"])
    room.documents.table.setFocus()
    qtbot.keyClick(room.documents.table, KEY.Key_P)
    shown = room.documents.current.mine
    assert len(panel.table.shown_rows()) == shown == 3
    theme = themes.add_theme(study, name="Boots")
    themes.gather_codes(study, theme, codes=[small_study.codes["Wear"]])
    room = window.show_room("themes").themes
    qtbot.waitUntil(lambda: not room.computing)
    room.show_theme(theme)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_P)
    assert panel.title == "Theme “Boots”: 2 passages"
    assert {row.coding.id for row in panel.table.shown_rows()} == {
        row.id for row in codings(study, Looking(codes=[small_study.codes["Wear"]]))
    }


def test_a_figure_of_agreement_leads_to_the_codings_that_it_compares(window, small_study, qtbot):
    study = small_study.study
    for coder in (small_study.bo, small_study.ana):
        study.act_as(coder)
        assignments.hand_in_round(study, round_id=small_study.round, documents=[small_study.documents["INT-1"]])
    room, panel = window.show_room("agree"), window.view.drawer.passages
    qtbot.waitUntil(lambda: not room.computing and room.found is not None, timeout=10_000)
    for table in (room.tables.codes, room.tables.overall):
        row = table.shown_rows()[0]
        table.setFocus()
        table.select_row(row.id)
        qtbot.keyClick(table, KEY.Key_Return)
        shown = panel.table.shown_rows()
        codes = [row.code] if row.code else [code.id for code in room.found.codes]
        compared = codings(study, Looking(documents=[small_study.documents["INT-1"]], codes=codes))
        assert {line.coding.id for line in shown} == {line.id for line in compared}


def test_a_voice_leads_to_its_quotes_one_after_the_other(window, small_study, qtbot):
    study = small_study.study
    theme = themes.add_theme(study, name="Boots")
    words = ("Tired, mostly.", "You want to help", "I take it home with me.")
    made = [quotes.pick_quote(study, theme, passage=small_study.passage("FG-1", said)) for said in words]
    room = window.show_room("themes").themes
    qtbot.waitUntil(lambda: not room.computing)
    table = room.voices.table
    dee = next(row for row in table.shown_rows() if row.name.startswith("Dee"))
    for expected in (*made[:2], made[0]):
        table.select_row(dee.id)
        table.setFocus()
        qtbot.keyClick(table, KEY.Key_Return)
        assert room.outline.line.quote.id == expected
