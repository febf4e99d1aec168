"""Codes and quotes are gathered into themes, by keys, buttons and dragging."""

from __future__ import annotations

from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from themes_by_hand import ALT, CTRL, KEY, LEFT, choose, choose_code, names, quoted, write

from qcode.operations import quotes, team
from qcode.operations import themes as operations
from qcode.queries.attribution.anonymity import attributions
from qcode.queries.themes.outline import themes
from qcode.study import Place
from qcode.ui.themes import carrying


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
    quotes.describe_quote(made.study, quote.id, stance="supports", attribution="a man with a fork")
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


def test_under_a_quote_stands_what_will_be_printed(qtbot, room, made):
    team.describe_study(made.study, attribution="{pseudonym} ({group})")
    qtbot.waitUntil(lambda: not room.computing)
    shown = {line.quote.id: line.source for line in room.outline.lines if line.quote}
    found = attributions(made.study, [quote for row in themes(made.study) for quote in row.quotes])
    assert len(shown) == 4
    for row in themes(made.study):
        for quote in row.quotes:
            assert shown[quote.id] == f"{found.of(quote.id)} · {quote.document_name}"


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


class Dragged(QDrag):
    """What Qt would carry from here on."""

    packed: ClassVar[list[tuple[str, list[str]]]] = []

    def exec(self, *_actions):
        self.packed.append(carrying.unpack(self.mimeData()))
        return Qt.DropAction.IgnoreAction


def pull(view, row: int) -> None:
    """Press the mouse on a row and pull."""
    start, viewport = view.visualRect(view.model().index(row, 0)).center(), view.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    for step in range(1, 6):
        place = start + QPoint(8 * step, 6 * step)
        there, none = QPointF(viewport.mapToGlobal(place)), Qt.KeyboardModifier.NoModifier
        move = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), there, Qt.MouseButton.NoButton, LEFT, none)
        QApplication.sendEvent(viewport, move)
    QTest.mouseRelease(viewport, LEFT, pos=start)


@pytest.mark.parametrize(("where", "load"), [("codes", "codes"), ("passages", "passage")])
def test_the_mouse_pulls_codes_and_passages_out_of_their_lists(qtbot, room, made, monkeypatch, where, load):
    choose_code(qtbot, room, made, "Being shown")
    monkeypatch.setattr(f"qcode.ui.themes.{where}.QDrag", Dragged)
    view = room.codes.table if where == "codes" else room.passages.list
    wanted = [made.codes["Being shown"]] if where == "codes" else [*map(str, room.passages.list.line.key)]
    Dragged.packed.clear()
    pull(view, view.currentIndex().row())
    assert [(kind, list(parts)) for kind, parts in Dragged.packed] == [(load, wanted)]


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
