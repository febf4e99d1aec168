"""The Themes room: the outline, codes and passages, the balance, compared with what queries say."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from themes_by_hand import ALT, KEY, LEFT, SHIFT, choose, choose_code, names, quoted, write
from written_up import write_up

from qcode.operations import quotes
from qcode.operations import themes as operations
from qcode.operations.lookup import TextTooLongError
from qcode.queries.codings import passages
from qcode.queries.counting.corpus import corpus
from qcode.queries.quotes.voices import balance_of_voices
from qcode.queries.themes.outline import themes
from qcode.study import Study
from qcode.text.quote_edits import Inserted
from qcode.ui import theme
from qcode.ui.themes.codes import with_those_below


def test_the_outline_says_what_the_query_says(room, made):
    lines = room.outline.lines
    assert [(line.number, line.text) for line in lines if line.kind == "theme"] == [
        ("1", "A ledger nobody keeps"),
        ("1.1", "Gates that speak"),
        ("2", "Learning by leaning"),
    ]
    shown = [line.text for line in lines if line.kind == "quote"]
    assert shown[:2] == quoted(made.study)["A ledger nobody keeps"]
    assert shown[3].startswith("Bram: I held the gate")
    assert next(line.source for line in lines if line.kind == "quote") == "Teo · Plot 4"


def test_codes_show_how_many_passages_are_counted_and_what_was(room, made):
    found = corpus(made.study)
    rows = {line.code.name: (line.passages, line.themes) for line in room.codes.table.shown_rows()}
    marks = [mark.code for mark in found.all_marks()]
    assert rows["Gates and doors"] == (marks.count(made.codes["Gates and doors"]), 1) == (3, 1)
    assert rows["Being shown"] == (marks.count(made.codes["Being shown"]), 0)
    assert [column.title for column in room.codes.table.columns] == ["Code", "Passages", "Themes"]
    assert room.codes.table.accessibleDescription() == found.said


def test_the_passages_of_a_code_are_those_that_are_counted(qtbot, room, made):
    choose_code(qtbot, room, made, "Gates and doors")
    found = [mark for mark in corpus(made.study).all_marks() if mark.code == made.codes["Gates and doors"]]
    assert [line.key for line in room.passages.list.rows] == [mark[:3] for mark in found]
    assert room.passages.list.rows[0].coders == ("AL", "BE", "CU")
    assert room.passages.heading.text() == "Gates and doors: 3 passages"


def test_codes_have_the_left_to_themselves_until_one_is_chosen(qtbot, room, made):
    assert room.passages.isHidden()
    choose_code(qtbot, room, made, "Gates and doors")
    assert room.passages.isVisible()
    room.codes.table.clearSelection()
    assert room.passages.isVisible()


def test_the_drawer_opens_what_is_counted_and_says_how_many_that_is(qtbot, room, made):
    choose_code(qtbot, room, made, "Gates and doors")
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(room.codes.table, KEY.Key_P)
    title, looking = asked.args
    assert title == "Gates and doors: 3 passages"
    behind = {
        coding
        for mark in corpus(made.study).all_marks()
        for coding in mark.codings
        if mark.code == made.codes["Gates and doors"]
    }
    assert {row.coding.id for row in passages(made.study, looking)} == behind
    assert len(behind) == 9


def test_a_category_stands_for_the_codes_below_it(qtbot, room, made):
    rows = [line.code for line in room.codes.table.shown_rows()]
    assert with_those_below(rows[:1], rows) == list(made.codes.values())
    room.codes.table.setFocus()
    room.codes.table.select_row(rows[0].id)
    qtbot.waitUntil(lambda: not room.computing)
    assert len(room.passages.list.rows) == 13


def test_passages_that_the_theme_quotes_are_marked_in_words(qtbot, room, made):
    choose(room, made, "gates")
    choose_code(qtbot, room, made, "Gates and doors")
    marked = {line.text: line.quoted for line in room.passages.list.rows}
    assert marked["I leave a can at their gate."] is True
    assert marked["I wrote the dates on the shed door."] is False
    choose(room, made, "ledger")
    assert not any(line.quoted for line in room.passages.list.rows)


def test_a_code_is_found_by_typing_and_down_goes_into_the_list(qtbot, room, made):
    room.codes.search.setFocus()
    qtbot.keyClicks(room.codes.search, "gates")
    assert [line.code.name for line in room.codes.table.shown_rows()] == ["Gates and doors"]
    qtbot.keyClick(room.codes.search, KEY.Key_Down)
    assert room.codes.table.hasFocus()
    assert room.codes.selected == [made.codes["Gates and doors"]]


# Themes


def test_a_theme_is_added_in_the_outline_itself(qtbot, room, made):
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_N)
    write(qtbot, room, "Politeness as drought")
    assert names(made.study)[-1] == (0, "Politeness as drought")
    qtbot.waitUntil(lambda: room.outline.line.text == "Politeness as drought")
    room.bridge.undo()
    assert len(names(made.study)) == 3


def test_a_sub_theme_is_added_below_the_chosen_one(qtbot, room, made):
    choose(room, made, "ledger")
    qtbot.keyClick(room.outline, KEY.Key_N, SHIFT)
    write(qtbot, room, "Remarks")
    assert names(made.study)[:3] == [(0, "A ledger nobody keeps"), (1, "Gates that speak"), (1, "Remarks")]


def test_escape_leaves_no_theme_behind(qtbot, room, made):
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_N)
    field = room.outline.findChild(QLineEdit)
    qtbot.keyClicks(field, "Never mind")
    qtbot.keyClick(field, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not any(line.kind == "draft" for line in room.outline.lines))
    assert len(names(made.study)) == 3


def test_a_name_that_is_refused_says_why_and_can_be_mended(qtbot, room, made):
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_N)
    field = room.outline.findChild(QLineEdit)
    qtbot.keyClicks(field, "Learning by leaning")
    with qtbot.waitSignal(room.bridge.refused) as told:
        qtbot.keyClick(field, KEY.Key_Return)
    assert "Learning by leaning" in told.args[0]
    assert len(names(made.study)) == 3
    qtbot.waitUntil(lambda: room.outline.findChild(QLineEdit) not in (None, field))
    again = room.outline.findChild(QLineEdit)
    assert again.text() == "Learning by leaning"
    qtbot.keyClicks(again, ", again")
    qtbot.keyClick(again, KEY.Key_Return)
    qtbot.waitUntil(lambda: not room.outline.writing and room.outline.line.text == "Learning by leaning, again")
    assert names(made.study)[-1] == (0, "Learning by leaning, again")


def test_a_name_that_is_too_long_is_refused_whole(qtbot, room, made):
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_F2)
    field = room.outline.findChild(QLineEdit)
    with qtbot.waitSignal(room.bridge.refused) as told:
        field.insert("x" * 300)
    assert "200 characters" in told.args[0]
    assert field.text() == "Learning by leaning"
    qtbot.keyClick(field, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not room.outline.writing)


def test_what_is_written_about_a_theme_that_is_gone_is_refused(qtbot, room, made):
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_F2)
    field = room.outline.findChild(QLineEdit)
    operations.delete_theme(made.study, made.themes["shown"])
    qtbot.keyClicks(field, "Too late")
    with qtbot.waitSignal(room.bridge.refused):
        qtbot.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: not room.outline.writing and room.outline.findChild(QLineEdit) is None)


def test_f2_renames_a_theme(qtbot, room, made):
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_F2)
    write(qtbot, room, "Learning at the pump")
    assert names(made.study)[-1] == (0, "Learning at the pump")
    qtbot.waitUntil(lambda: room.outline.line.text == "Learning at the pump")


def test_a_theme_named_in_vivo_stands_in_quotation_marks_and_its_quote_as_it_is_printed(qtbot, room, made):
    quote = themes(made.study)[0].quotes[0]
    quotes.title_in_vivo(made.study, quote.id)
    quotes.edit_quote(made.study, quote.id, edits=[Inserted(len(quote.text), "every day")])
    qtbot.waitUntil(lambda: any("[every day]" in line.text for line in room.outline.lines))
    quotes.title_in_vivo(made.study, quote.id)
    qtbot.waitUntil(lambda: room.outline.lines[0].text.endswith("[every day]”"))
    name = names(made.study)[0][1]
    assert room.outline.lines[0].text == f"“{name}”"
    choose(room, made, "ledger")
    qtbot.keyClick(room.outline, KEY.Key_F2)
    assert room.outline.findChild(QLineEdit).text() == name
    qtbot.keyClick(room.outline.findChild(QLineEdit), KEY.Key_Escape)
    qtbot.waitUntil(lambda: not room.outline.writing)


def test_a_concept_is_written_in_place(qtbot, room, made):
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_Down)
    assert room.outline.line.kind == "concept"
    qtbot.keyClick(room.outline, KEY.Key_Return)
    write(qtbot, room, "Nobody explains; somebody leans.")
    assert themes(made.study)[2].concept == "Nobody explains; somebody leans."
    qtbot.waitUntil(lambda: room.outline.line.text == "Nobody explains; somebody leans.")


def test_a_concept_that_is_too_long_is_refused_in_a_sentence_and_what_was_written_stays(qtbot, room, made):
    refused = []
    room.bridge.refused.connect(refused.append)
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_Down)
    qtbot.keyClick(room.outline, KEY.Key_Return)
    field = room.outline.findChild(QPlainTextEdit)
    field.selectAll()
    qtbot.keyClicks(field, "Somebody leans")
    huge = QMimeData()
    huge.setText("x" * 3_000_000)
    field.insertFromMimeData(huge)
    assert refused == [str(TextTooLongError("central concept"))]
    assert room.outline.writing
    qtbot.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: not room.outline.writing)
    assert themes(made.study)[2].concept == "Somebody leans"


def test_what_comes_from_elsewhere_waits_while_one_writes(qtbot, room, made):
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_F2)
    field = room.outline.findChild(QLineEdit)
    operations.add_theme(made.study, name="Meanwhile")
    assert room.outline.findChild(QLineEdit) is field
    assert not any(line.text == "Meanwhile" for line in room.outline.lines)
    write(qtbot, room, "Leaning")
    qtbot.waitUntil(lambda: any(line.text == "Meanwhile" for line in room.outline.lines))
    assert [name for _depth, name in names(made.study)][2:] == ["Leaning", "Meanwhile"]


def test_what_is_half_written_is_kept_when_the_study_closes(qtbot, open_room, tmp_path):
    made = write_up(tmp_path / "half.qcode")
    room = open_room(made.study)
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_Down)
    qtbot.keyClick(room.outline, KEY.Key_F2)
    field = room.outline.findChild(QPlainTextEdit)
    qtbot.keyClicks(field, "Somebody leans")
    room.bridge.closing.emit()
    made.study.close()
    with Study.open(tmp_path / "half.qcode") as again:
        assert themes(again)[2].concept == "Somebody leans"


def test_delete_takes_a_theme_out_and_undo_brings_it_back(qtbot, room, made):
    before = names(made.study)
    choose(room, made, "ledger")
    qtbot.keyClick(room.outline, KEY.Key_Delete)
    assert names(made.study) == [(0, "Learning by leaning")]
    assert room.outline.line.text == "Learning by leaning"
    room.bridge.undo()
    assert names(made.study) == before
    assert quoted(made.study)["Gates that speak"]


def test_themes_move_by_keys(qtbot, room, made):
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_Up, ALT)
    assert names(made.study)[0] == (0, "Learning by leaning")
    qtbot.keyClick(room.outline, KEY.Key_Down, ALT)
    qtbot.keyClick(room.outline, KEY.Key_Right, ALT)
    assert names(made.study) == [(0, "A ledger nobody keeps"), (1, "Gates that speak"), (1, "Learning by leaning")]
    qtbot.keyClick(room.outline, KEY.Key_Left, ALT)
    assert names(made.study)[-1] == (0, "Learning by leaning")
    assert room.outline.line.text == "Learning by leaning"


def test_a_theme_is_folded_by_keys_and_by_mouse(qtbot, room, made):
    choose(room, made, "ledger")
    qtbot.keyClick(room.outline, KEY.Key_Left)
    assert [line.theme for line in room.outline.lines if line.kind == "theme"] == [
        made.themes["ledger"],
        made.themes["shown"],
    ]
    assert room.outline.line.folded
    mark = room.outline.visualRect(room.outline.currentIndex()).topLeft() + QPoint(12, 14)
    qtbot.mouseClick(room.outline.viewport(), LEFT, pos=mark)
    assert not room.outline.line.folded
    assert any(line.theme == made.themes["gates"] for line in room.outline.lines)


def test_left_goes_from_a_quote_to_its_theme(qtbot, room, made):
    quote = themes(made.study)[1].quotes[0]
    room.show_quote(quote.id)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_Left)
    assert (room.outline.line.kind, room.outline.theme) == ("theme", made.themes["gates"])


# Codes


def test_the_balance_is_the_querys_and_can_be_of_one_theme(qtbot, room, made):
    balance = balance_of_voices(made.study)
    assert [(row.name, row.quotes) for row in room.voices.table.shown_rows()] == [
        (voice.name, voice.quotes) for voice in balance.voices
    ]
    assert room.voices.total.text() == "4 quotes, 1 of them dissenting"
    assert room.voices.never.text() == "Never quoted: Ines, Odell."
    assert room.voices.groups.text() == "Lower field: 2\nUpper field: 2\nNo group: 1"
    choose(room, made, "gates")
    qtbot.mouseClick(room.voices.here, LEFT)
    assert room.voices.total.text() == "2 quotes, none of them dissenting"
    choose(room, made, "shown")
    assert room.voices.total.text() == "No quotes yet."


def test_a_new_quote_changes_the_balance(qtbot, room, made):
    quotes.pick_quote(made.study, made.themes["shown"], passage=made.passage("Plot 1", "I nearly cried."))
    assert room.voices.never.text() == "Never quoted: Odell."


# The room


def test_an_empty_study_says_what_a_theme_is_and_begins_one(qtbot, open_room, tmp_path):
    with Study.create(tmp_path / "new.qcode", title="New", coder="Asta Lind") as study:
        room = open_room(study)
        assert room.empty.isVisible()
        qtbot.mouseClick(room.empty.button, LEFT)
        write(qtbot, room, "The first")
        assert names(study) == [(0, "The first")]
        assert room.outline.isVisible()
        study.undo()
        assert room.empty.isVisible()


def test_leaving_the_first_name_shows_the_empty_room_again(qtbot, open_room, tmp_path):
    with Study.create(tmp_path / "new.qcode", title="New", coder="Asta Lind") as study:
        room = open_room(study)
        qtbot.mouseClick(room.empty.button, LEFT)
        qtbot.keyClick(room.outline.findChild(QLineEdit), KEY.Key_Escape)
        qtbot.waitUntil(room.empty.isVisible)
        assert names(study) == []


def test_cursor_and_scroll_stay_when_something_else_changes(qtbot, room, made):
    for number in range(12):
        operations.add_theme(made.study, name=f"Theme {number}")
    quote = themes(made.study)[1].quotes[1]
    room.show_quote(quote.id)
    room.outline.verticalScrollBar().setValue(60)
    operations.add_theme(made.study, name="At the very end")
    assert room.outline.line.quote.id == quote.id
    assert room.outline.verticalScrollBar().value() == 60


def test_everything_is_painted_in_both_themes(room, qtbot, made):
    choose_code(qtbot, room, made, "Being shown")
    for name in ("light", "dark"):
        theme.choose(name)
        room.update_theme()
        image = room.outline.grab().toImage()
        assert image.pixelColor(image.width() // 2, image.height() - 3).name() == theme.current().background
        assert _has(image, theme.current().text)
        assert _has(image, theme.current().warning)


def _has(image, colour: str) -> bool:
    return any(image.pixelColor(x, y).name() == colour for y in range(image.height()) for x in range(image.width()))


def test_every_action_has_words_and_a_key_and_every_list_a_name(room):
    actions = room.page_actions()
    assert all(action.text() and action.shortcut().toString() for action in actions)
    assert len({action.text() for action in actions}) == len(actions)
    views = (room.outline, room.codes.table, room.codes.search, room.passages.list, room.voices.table)
    assert all(view.accessibleName() for view in views)
