"""Memos in the drawer of the real window: written, linked, found, read."""

from __future__ import annotations

import pytest
from memos_by_hand import memos_of, titles, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.operations import assignments, themes
from qcode.operations.memos import Target
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, codings
from qcode.queries.memos import memos, memos_about
from qcode.queries.transcripts.documents import document_text, documents
from qcode.study import Study

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(window):
    return memos_of(window)


def test_an_empty_list_is_a_sentence_with_a_button_that_begins_a_memo(panel, small_study, qtbot):
    assert panel.empty.sentence.startswith("No memos yet.")
    qtbot.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert panel.editor.title.hasFocus()
    qtbot.keyClicks(panel.editor.title, "Boots")
    qtbot.keyClick(panel.editor.title, KEY.Key_Return)
    assert panel.editor.text.hasFocus()
    qtbot.keyClicks(panel.editor.text, "Help arrives as noise.")
    panel.list.setFocus()
    (row,) = memos(small_study.study)
    assert (row.title, row.text, row.links) == ("Boots", "Help arrives as noise.", ())
    assert titles(panel) == ["Boots"]


def test_a_key_begins_a_memo_about_what_is_selected_and_the_link_leads_back(window, small_study, qtbot):
    place = small_study.passage("INT-1", "And afterwards?").place
    window.go_to(place)
    view = window.current_room.view
    qtbot.keyClick(view, KEY.Key_F4)
    panel = window.view.drawer.memos
    assert panel.editor.title.hasFocus()
    assert "“And afterwards?”, INT-1" in panel.editor.about.text()
    qtbot.keyClicks(panel.editor.title, "A turn")
    panel.keep()
    (row,) = memos(small_study.study)
    assert [(link.kind, link.place) for link in row.links] == [("passage", place)]
    window.go_to(small_study.passage("FG-1", "Tired, mostly.").place)
    panel.editor.about.linkActivated.emit("0")
    assert window.current_room.view.selected_range() == (place.start, place.end)


def test_an_empty_draft_leaves_nothing_behind(panel, window, small_study, qtbot):
    panel.begin()
    panel.editor.title.setFocus()
    window.current_room.view.setFocus()
    assert memos(small_study.study) == []


def test_what_was_typed_is_one_step_that_undo_takes_back(panel, window, small_study, qtbot):
    write(small_study.study, "Boots", text="Before.")
    panel.list.setFocus()
    panel.editor.text.setFocus()
    panel.editor.text.setPlainText("After.")
    panel.list.setFocus()
    assert memos(small_study.study)[0].text == "After."
    window.undo()
    assert panel.editor.text.toPlainText() == "Before."


def test_what_is_half_typed_is_kept_when_the_study_closes(panel, window, small_study):
    write(small_study.study, "Boots")
    panel.editor.text.setPlainText("Half")
    path = small_study.study.path
    window.close_study()
    with Study.open(path) as again:
        assert memos(again)[0].text == "Half"


def test_memos_are_found_by_words_and_by_what_they_are_about(panel, small_study, qtbot):
    study = small_study.study
    write(study, "Boots", Target("code", small_study.codes["Fear"]), text="noise at the door")
    write(study, "Doors", Target("study"))
    write(study, "Loose")
    assert titles(panel) == ["Boots", "Doors", "Loose"]
    qtbot.keyClicks(panel.search, "DOOR")
    assert titles(panel) == ["Boots", "Doors"]
    panel.search.clear()
    for kind, found in (("code", ["Boots"]), ("study", ["Doors"]), ("nothing", ["Loose"])):
        panel.kinds_box.setCurrentIndex(panel.kinds_box.findData(kind))
        panel.kinds_box.activated.emit(0)
        assert titles(panel) == found
    panel.kinds_box.setCurrentIndex(panel.kinds_box.findData("theme"))
    panel.kinds_box.activated.emit(0)
    assert panel.empty.sentence == "No memo is as you asked."
    qtbot.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert titles(panel) == ["Boots", "Doors", "Loose"]


def test_a_memo_is_linked_to_anything_and_unlinked_by_keys(panel, small_study, qtbot):
    study, memo = small_study.study, write(small_study.study, "Boots")
    theme = themes.add_theme(study, name="Arriving loudly")
    panel.list.setFocus()
    qtbot.keyClick(panel.list, KEY.Key_K, CTRL | SHIFT)
    line = QApplication.focusWidget()
    qtbot.keyClicks(line, "arriving")
    qtbot.keyClick(line, KEY.Key_Return)
    assert [row.id for row in memos_about(study, "theme", theme)] == [memo]
    assert "Arriving loudly" in panel.editor.about.text()
    panel.begin_unlink()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert memos_about(study, "theme", theme) == []


def test_links_lead_to_passages_of_a_code_to_a_theme_and_to_a_document(panel, window, small_study):
    study = small_study.study
    theme = themes.add_theme(study, name="Boots")
    about = Target("code", small_study.codes["Wear"]), Target("document", small_study.documents["FG-1"])
    write(study, "All", *about, Target("theme", theme))
    links = {link.kind: number for number, link in enumerate(panel.row.links)}
    panel.editor.about.linkActivated.emit(str(links["document"]))
    assert window.current_room.desk.document == small_study.documents["FG-1"]
    panel.editor.about.linkActivated.emit(str(links["code"]))
    drawer = window.view.drawer
    assert (drawer.shown, drawer.passages.title) == ("passages", "Wear")
    drawer.show_panel("memos")
    panel.editor.about.linkActivated.emit(str(links["theme"]))
    assert window.current_room.key == "themes"


def test_passages_lead_to_a_new_memo_and_to_their_memos(window, small_study, qtbot):
    drawer = window.view.drawer
    window.view.show_passages("All", Looking())
    drawer.passages.write_memo()
    panel = drawer.memos
    qtbot.keyClicks(panel.editor.title, "On this")
    panel.keep()
    coded = drawer.passages.table.current_row().coding.id
    assert [row.title for row in memos_about(small_study.study, "coding", coded)] == ["On this"]
    write(small_study.study, "Elsewhere")
    drawer.show_panel("passages")
    drawer.passages.show_memos()
    assert titles(panel) == ["On this"]


def test_a_colleagues_memo_is_read_and_not_written(panel, window, small_study):
    study = small_study.study
    study.act_as(small_study.bo)
    write(study, "Bo’s", text="*Hm*")
    study.act_as(small_study.ana)
    panel.mark_stale()
    assert panel.editor.text.isReadOnly()
    assert panel.editor.previewing
    assert panel.editor.view.toPlainText() == "Hm"
    panel.remove()
    assert "colleague" in window.messages.sentence
    assert titles(panel) == ["Bo’s"]


def test_the_preview_shows_markdown_and_never_html_or_files(panel, small_study, qtbot):
    write(small_study.study, "Boots", text="# Noise\n\n<b>not bold</b> ![x](/etc/hostname)")
    panel.list.setFocus()
    qtbot.keyClick(panel.list, KEY.Key_Return, CTRL)
    shown = panel.editor.view.toPlainText()
    assert panel.editor.previewing
    assert shown.startswith("Noise\n")
    assert "<b>not bold</b>" in shown
    qtbot.keyClick(panel.editor.view, KEY.Key_Return, CTRL)
    assert panel.editor.text.hasFocus()


def test_a_memo_becomes_a_source(panel, window, small_study):
    write(small_study.study, "Boots", text="They come.\n\nThey go.")
    panel.make_source()
    assert [row.name for row in documents(small_study.study)][-1] == "Boots"
    assert "is a source now" in window.messages.sentence


def test_every_action_is_offered_and_a_refusal_is_a_sentence(panel, window, small_study):
    offered = {action.text() for part, action in window._offers() if part == "Memos"}
    assert offered == {action.text() for action in panel.panel_actions()}
    for deed in (panel.remove, panel.make_source, panel.begin_link, panel.begin_unlink):
        window.messages.close_message()
        deed()
        assert window.messages.sentence == "Choose a memo in the list first."
    panel.begin()
    panel.editor.text.setPlainText("x" * 200_001)
    panel.keep()
    assert "characters at most" in window.messages.sentence
    assert memos(small_study.study) == []
    panel.editor.text.clear()
    assert codings(small_study.study, Looking())


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_the_editor_says_who_can_read_a_memo(panel, window, small_study, qtbot):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True)
    assignments.assign(
        study, round_id=blind, documents=[small_study.documents["INT-1"]], coders=[small_study.ana, small_study.bo]
    )
    write(study, "Shared", Target("code", small_study.codes["Fear"]))
    write(study, "Held", Target("document", small_study.documents["INT-1"]))
    for title, said in (("Shared", "Colleagues can read this."), ("Held", "Bo Ek cannot read this yet")):
        panel.show_memo(next(row.id for row in memos(study) if row.title == title))
        assert panel.editor._note.text().startswith(said)
    study.act_as(small_study.bo)
    assert [row.title for row in memos(study)] == ["Shared"]


def test_memos_are_filtered_by_author_and_date_and_the_count_says_so(panel, small_study, qtbot):
    study = small_study.study
    write(study, "Mine")
    study.act_as(small_study.bo)
    write(study, "Bo’s")
    study.act_as(small_study.ana)
    panel.mark_stale()
    choose(panel.filters.author, small_study.bo)
    assert titles(panel) == ["Bo’s"]
    assert panel._count.text() == "1 memo · by Bo Ek"
    choose(panel.filters.author, "")
    choose(panel.filters.time, 7)
    assert titles(panel) == ["Mine", "Bo’s"]
    panel.list.setFocus()
    qtbot.keyClick(panel.list, KEY.Key_Escape)
    assert panel.filters.is_open


def test_a_memo_is_found_by_the_name_of_what_it_is_about(panel, small_study, qtbot):
    write(small_study.study, "Boots", Target("code", small_study.codes["Wear"]))
    write(small_study.study, "Doors")
    qtbot.keyClicks(panel.search, "wear")
    assert titles(panel) == ["Boots"]


def test_a_key_shows_the_memos_on_what_is_here_wherever_that_is(window, small_study, qtbot):
    study, drawer = small_study.study, window.view.drawer
    place = small_study.passage("INT-1", "And afterwards?")
    theme = themes.add_theme(study, name="Arriving")
    write(study, "On the passage", Target.at(place))
    write(study, "On the code", Target("code", small_study.codes["Wear"]))
    write(study, "On the theme", Target("theme", theme))
    write(study, "On the document", Target("document", small_study.documents["FG-1"]))
    write(study, "On the study", Target("study"))
    window.go_to(place.place)
    qtbot.keyClick(window.current_room.view, KEY.Key_F4, SHIFT)
    assert titles(drawer.memos) == ["On the passage"]
    assert drawer.memos.title == "Memos on “And afterwards?”, INT-1"
    room = window.show_room("code")
    room.codebook.tree.set_current(small_study.codes["Wear"])
    room.codebook.tree.setFocus()
    qtbot.keyClick(room.codebook.tree, KEY.Key_F4, SHIFT)
    assert titles(drawer.memos) == ["On the code"]
    room = window.show_room("themes").themes
    room.show_theme(theme)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_F4, SHIFT)
    assert titles(drawer.memos) == ["On the theme"]
    room = window.show_room("transcripts")
    room.go_to(small_study.passage("FG-1", "Tired, mostly.").place)
    room.documents.table.setFocus()
    qtbot.keyClick(room.documents.table, KEY.Key_F4, SHIFT)
    assert titles(drawer.memos) == ["On the document"]
    room.tabs.setCurrentWidget(room.team)
    room.team.setFocus()
    window.view.show_memos_here()
    assert titles(drawer.memos) == ["On the study"]
    qtbot.mouseClick(drawer.memos.everything, Qt.MouseButton.LeftButton)
    assert len(titles(drawer.memos)) == 5


def test_a_key_begins_a_memo_on_the_passages_that_are_marked_in_the_drawer(window, small_study, qtbot):
    window.view.show_passages("All", Looking())
    table = window.view.drawer.passages.table
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_A, CTRL)
    marked = {row.coding.id for row in table.selected_rows()}
    qtbot.keyClick(table, KEY.Key_F4)
    panel = window.view.drawer.memos
    qtbot.keyClicks(panel.editor.title, "On them all")
    panel.list.setFocus()
    (row,) = memos(small_study.study)
    assert {link.target for link in row.links} == marked
    assert len(marked) > 1


def test_a_memo_becomes_a_source_that_is_coded_and_corrected_by_keys(panel, window, small_study, qtbot):
    study = small_study.study
    write(study, "Boots", text="They come.\n\nThey go.")
    panel.make_source()
    room, source = window.current_room, documents(study)[-1].id
    assert room.desk.document == source
    qtbot.keyClick(room.view, KEY.Key_Space)
    qtbot.keyClicks(room.view, "wear")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    (row,) = codings(study, Looking(documents=[source]))
    assert document_text(study, source).text[row.start : row.end] == "They come."
    window.undo()
    assert codings(study, Looking(documents=[source])) == []
    window.redo()
    assert len(codings(study, Looking(documents=[source]))) == 1
