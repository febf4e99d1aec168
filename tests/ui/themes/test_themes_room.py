from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from written_up import write_up

from qcode.operations import team
from qcode.operations import themes as operations
from qcode.operations.lookup import TextTooLongError
from qcode.queries.codings import Looking, passages
from qcode.queries.themes import themes
from qcode.queries.voices import balance_of_voices
from qcode.study import Place, Study
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.themes import ThemesRoom, carrying
from qcode.ui.themes.codes import with_those_below

KEY, ALT, SHIFT = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def made(tmp_path: Path):
    made = write_up(tmp_path / "pump.qcode")
    yield made
    made.study.close()


@pytest.fixture
def open_room(qtbot):
    """Show the room on a study."""
    bridges = []
    theme.choose("light")

    def show(study: Study) -> ThemesRoom:
        bridge = StudyBridge(study)
        bridges.append(bridge)
        room = ThemesRoom(bridge)
        qtbot.addWidget(room)
        room.resize(1180, 720)
        room.show()
        qtbot.waitExposed(room)
        room.activateWindow()
        qtbot.waitUntil(room.isActiveWindow)
        qtbot.waitUntil(lambda: not room.computing)
        return room

    yield show
    for bridge in bridges:
        bridge.close()
        bridge.deleteLater()


@pytest.fixture
def room(open_room, made) -> ThemesRoom:
    return open_room(made.study)


def choose(room, made, name: str) -> None:
    """Put the cursor of the outline on a theme."""
    room.outline.setFocus()
    assert room.outline.put_cursor(("theme", made.themes[name]))


def choose_code(qtbot, room, made, name: str) -> None:
    """Select a code and wait for its passages."""
    room.codes.table.setFocus()
    room.codes.table.select_row(made.codes[name])
    qtbot.waitUntil(lambda: not room.computing)


def write(qtbot, room, text: str) -> None:
    """Write into the open field and press Enter."""
    field = room.outline.findChild(QLineEdit) or room.outline.findChild(QPlainTextEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: not room.outline.writing)
    qtbot.waitUntil(lambda: room.outline.findChild(QLineEdit) is None)


def names(study) -> list[tuple[int, str]]:
    return [(row.depth, row.name) for row in themes(study)]


def quoted(study) -> dict[str, list[str]]:
    return {row.name: [quote.text for quote in row.quotes] for row in themes(study)}


# Seeing


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


def test_codes_show_how_often_they_are_used_and_gathered(room, made):
    rows = {line.code.name: (line.code.everybodys, line.themes) for line in room.codes.table.shown_rows()}
    assert rows["Gates and doors"] == (9, 1)
    assert rows["Being shown"] == (7, 0)


def test_the_passages_of_a_code_are_read_once_each(qtbot, room, made):
    choose_code(qtbot, room, made, "Gates and doors")
    texts = [line.text for line in room.passages.list.rows]
    found = passages(made.study, Looking(codes=[made.codes["Gates and doors"]]))
    assert texts == list(dict.fromkeys(row.text for row in found))
    assert room.passages.list.rows[0].coders == ("AL", "BE", "CU")
    assert room.passages.heading.text() == "Gates and doors: 3 passages"


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


def test_a_name_that_is_taken_is_refused_in_a_sentence(qtbot, room, made):
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_N)
    with qtbot.waitSignal(room.bridge.refused) as told:
        write(qtbot, room, "Learning by leaning")
    assert "Learning by leaning" in told.args[0]
    assert len(names(made.study)) == 3


def test_f2_renames_a_theme(qtbot, room, made):
    choose(room, made, "shown")
    qtbot.keyClick(room.outline, KEY.Key_F2)
    write(qtbot, room, "Learning at the pump")
    assert names(made.study)[-1] == (0, "Learning at the pump")
    qtbot.waitUntil(lambda: room.outline.line.text == "Learning at the pump")


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


def test_enter_gathers_the_selected_codes(qtbot, room, made):
    choose(room, made, "shown")
    choose_code(qtbot, room, made, "Being shown")
    qtbot.keyClick(room.codes.table, KEY.Key_Return)
    assert themes(made.study)[2].codes == ((made.codes["Being shown"], "Being shown"),)
    chips = [line for line in room.outline.lines if line.theme == made.themes["shown"] and line.codes]
    assert [chip.name for chip in chips[0].codes] == ["Being shown"]
    room.bridge.undo()
    assert themes(made.study)[2].codes == ()


def test_gathering_again_changes_nothing(qtbot, room, made):
    choose(room, made, "gates")
    choose_code(qtbot, room, made, "Gates and doors")
    before = made.study.next_undo()
    qtbot.mouseClick(room.codes.gather, LEFT)
    assert made.study.next_undo() == before


def test_a_chip_is_chosen_and_taken_out_by_keys(qtbot, room, made):
    room.outline.setFocus()
    room.outline.put_cursor(("codes", made.themes["ledger"]))
    assert room.outline.code == made.codes["Counting water"]
    qtbot.keyClick(room.outline, KEY.Key_Right)
    assert room.outline.code == made.codes["Letting it slide"]
    qtbot.keyClick(room.outline, KEY.Key_Delete)
    assert themes(made.study)[0].codes == ((made.codes["Counting water"], "Counting water"),)
    assert room.outline.code == made.codes["Counting water"]


def test_a_chip_is_taken_out_by_its_cross(qtbot, room, made):
    room.outline.put_cursor(("codes", made.themes["ledger"]))
    index = room.outline.currentIndex()
    boxes = room.outline._delegate.chips(room.outline.line, QRectF(room.outline.visualRect(index)))
    qtbot.mouseClick(room.outline.viewport(), LEFT, pos=boxes[0].cross.center().toPoint())
    assert themes(made.study)[0].codes == ((made.codes["Letting it slide"], "Letting it slide"),)


# Quotes


def test_enter_picks_a_quote_and_d_a_dissenting_one(qtbot, room, made):
    choose(room, made, "shown")
    choose_code(qtbot, room, made, "Being shown")
    listed = room.passages.list
    listed.setFocus()
    qtbot.keyClick(listed, KEY.Key_Return)
    qtbot.waitUntil(lambda: not room.computing)
    qtbot.keyClick(listed, KEY.Key_Down)
    qtbot.keyClick(listed, KEY.Key_D)
    found = [(quote.text, quote.stance) for quote in themes(made.study)[2].quotes]
    assert found == [
        ("Then Odell came over and leaned on it.", "supports"),
        ("That is how I learned it.", "dissents"),
    ]
    assert listed.hasFocus()
    assert room.outline.line.text == "That is how I learned it."
    assert room.outline.line.dissents
    room.bridge.undo()
    room.bridge.undo()
    assert themes(made.study)[2].quotes == ()


def test_the_buttons_do_the_same(qtbot, room, made):
    choose(room, made, "shown")
    choose_code(qtbot, room, made, "Being shown")
    qtbot.mouseClick(room.passages.dissent, LEFT)
    assert [quote.stance for quote in themes(made.study)[2].quotes] == ["dissents"]


def test_picking_twice_is_refused(qtbot, room, made):
    choose(room, made, "shown")
    choose_code(qtbot, room, made, "Being shown")
    room.passages.list.pick("supports")
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.passages.list.pick("supports")
    assert "already" in told.args[0]


def test_without_a_theme_one_is_told_what_to_do(qtbot, room, made):
    choose_code(qtbot, room, made, "Being shown")
    for key in ("ledger", "shown"):
        operations.delete_theme(made.study, made.themes[key])
    qtbot.waitUntil(lambda: not room.computing)
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.passages.list.pick("supports")
    assert "theme" in told.args[0]
    assert not room.codes.gather.isEnabled()


def test_quotes_move_by_keys_and_into_the_next_theme(qtbot, room, made):
    first, second = themes(made.study)[0].quotes
    room.show_quote(first.id)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_Down, ALT)
    assert [quote.id for quote in themes(made.study)[0].quotes] == [second.id, first.id]
    qtbot.keyClick(room.outline, KEY.Key_Down, ALT)
    assert themes(made.study)[1].quotes[0].id == first.id
    assert room.outline.line.quote.id == first.id
    qtbot.keyClick(room.outline, KEY.Key_Up, ALT)
    assert [quote.id for quote in themes(made.study)[0].quotes] == [second.id, first.id]


def test_d_turns_the_stance_of_a_quote_and_keeps_its_attribution(qtbot, room, made):
    quote = themes(made.study)[0].quotes[0]
    operations.describe_quote(made.study, quote.id, stance="supports", attribution="a man with a fork")
    room.show_quote(quote.id)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_D)
    again = themes(made.study)[0].quotes[0]
    assert (again.stance, again.attribution) == ("dissents", "a man with a fork")


def test_an_attribution_of_its_own_is_written_in_place_and_cleared_again(qtbot, room, made):
    quote = themes(made.study)[0].quotes[0]
    room.show_quote(quote.id)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_F2)
    write(qtbot, room, "a gardener")
    assert themes(made.study)[0].quotes[0].attribution == "a gardener"
    qtbot.waitUntil(lambda: room.outline.line.source == "a gardener · Plot 4")
    qtbot.keyClick(room.outline, KEY.Key_F2)
    field = room.outline.findChild(QLineEdit)
    field.clear()
    qtbot.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: themes(made.study)[0].quotes[0].attribution is None)


def test_the_attribution_follows_the_studys_template(room, made):
    team.describe_study(made.study, attribution="{pseudonym} ({group})")
    assert room.outline.lines[3].source == "Teo (Upper field) · Plot 4"


def test_delete_drops_a_quote(qtbot, room, made):
    quote = themes(made.study)[0].quotes[0]
    room.show_quote(quote.id)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_Delete)
    assert quote.id not in {own.id for own in themes(made.study)[0].quotes}
    assert room.outline.line.text == "I would burn it."


def test_enter_on_a_quote_asks_for_its_place(qtbot, room, made):
    quote = themes(made.study)[0].quotes[0]
    room.go_to(Place(quote.document, quote.start, quote.end))
    assert room.outline.line.quote.id == quote.id
    room.outline.setFocus()
    with qtbot.waitSignal(room.requestPlace) as asked:
        qtbot.keyClick(room.outline, KEY.Key_Return)
    assert asked.args == [Place(quote.document, quote.start, quote.end)]


def test_ctrl_enter_on_a_passage_asks_for_its_place(qtbot, room, made):
    choose_code(qtbot, room, made, "Counting water")
    room.passages.list.setFocus()
    line = room.passages.list.line
    with qtbot.waitSignal(room.requestPlace) as asked:
        qtbot.keyClick(room.passages.list, KEY.Key_Return, CTRL)
    assert asked.args == [Place(line.document, line.start, line.end)]


def test_a_quote_is_copied_with_its_source(qtbot, room, made):
    room.show_quote(themes(made.study)[0].quotes[0].id)
    room.outline.setFocus()
    qtbot.keyClick(room.outline, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "With water it is different. Water I count.\nTeo · Plot 4"


# Dragging


def drop(qtbot, room, data: QMimeData, key: tuple[str, str]) -> None:
    """Let go of a load over a line of the outline."""
    outline = room.outline
    place = outline._lines.place_of(key)
    index = outline._lines.index(place)
    outline.scrollTo(index)
    where = QPointF(outline.visualRect(index).center())
    actions, buttons, held = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, LEFT, Qt.KeyboardModifier.NoModifier
    move = QDragMoveEvent(where, actions, data, buttons, held)
    outline.dragMoveEvent(move)
    assert move.isAccepted()
    step = made_steps(room)
    outline.dropEvent(QDropEvent(where, actions, data, buttons, held))
    qtbot.waitUntil(lambda: made_steps(room) != step)


def made_steps(room):
    return room.bridge.study.next_undo()


def test_codes_are_dropped_on_a_theme(qtbot, room, made):
    drop(qtbot, room, carrying.pack("codes", [made.codes["Being shown"]]), ("theme", made.themes["shown"]))
    assert [code for code, _name in themes(made.study)[2].codes] == [made.codes["Being shown"]]


def test_a_passage_is_dropped_on_a_theme(qtbot, room, made):
    choose_code(qtbot, room, made, "Being shown")
    line = room.passages.list.rows[1]
    drop(qtbot, room, carrying.pack("passage", map(str, line.key)), ("concept", made.themes["shown"]))
    assert quoted(made.study)["Learning by leaning"] == [line.text]


def test_a_quote_is_dropped_behind_another(qtbot, room, made):
    first = themes(made.study)[0].quotes[0]
    other = themes(made.study)[1].quotes[0]
    drop(qtbot, room, carrying.pack("quote", [first.id]), ("quote", other.id))
    assert [quote.id for quote in themes(made.study)[1].quotes][:2] == [other.id, first.id]


def test_a_theme_is_dropped_into_another(qtbot, room, made):
    drop(qtbot, room, carrying.pack("theme", [made.themes["shown"]]), ("theme", made.themes["ledger"]))
    assert names(made.study)[-1] == (1, "Learning by leaning")


def test_a_load_from_elsewhere_is_not_taken(room):
    data = QMimeData()
    data.setText("words from another program")
    event = QDragMoveEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    room.outline.dragMoveEvent(event)
    assert not event.isAccepted()
    assert carrying.unpack(data) is None


# Voices


def test_the_balance_is_the_querys_and_can_be_of_one_theme(qtbot, room, made):
    balance = balance_of_voices(made.study)
    assert [(row.name, row.quotes) for row in room.voices.table.shown_rows()] == [
        (voice.name, voice.quotes) for voice in balance.voices
    ]
    assert room.voices.total.text() == "4 quotes, 1 of them dissenting"
    assert room.voices.never.text() == "Never quoted: Ines, Odell."
    choose(room, made, "gates")
    qtbot.mouseClick(room.voices.here, LEFT)
    assert room.voices.total.text() == "2 quotes, none of them dissenting"
    choose(room, made, "shown")
    assert room.voices.total.text() == "No quotes yet."


def test_a_new_quote_changes_the_balance(qtbot, room, made):
    operations.pick_quote(made.study, made.themes["shown"], passage=made.passage("Plot 1", "I nearly cried."))
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
    actions = room.room_actions()
    assert all(action.text() and action.shortcut().toString() for action in actions)
    assert len({action.text() for action in actions}) == len(actions)
    views = (room.outline, room.codes.table, room.codes.search, room.passages.list, room.voices.table)
    assert all(view.accessibleName() for view in views)
