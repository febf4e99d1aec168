"""The board, rearranged by keys and by dragging, against what the study says then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from themes_by_hand import ALT, CTRL, KEY, SHIFT, choose, names

from qcode.operations import memos, quotes, themes
from qcode.operations.memos import Target
from qcode.queries.themes.outline import themes as rows
from qcode.text.quote_edits import Inserted
from qcode.ui import theme
from qcode.ui.themes import ThemesRoom, carrying
from qcode.ui.themes.board.cards import LOOSE


@pytest.fixture
def board(qtbot, room, made):
    """The board, with the cursor on the first theme."""
    choose(room, made, "ledger")
    room.middle.show_view("board")
    room.middle.view.setFocus()
    settle(qtbot, room)
    return room.middle.view


def settle(qtbot, room) -> None:
    qtbot.waitUntil(lambda: not room.computing)
    qtbot.waitUntil(lambda: not room.middle.view.writing)


def put(board, kind: str, text: str):
    """Put the cursor on a card."""
    for number, one in enumerate(board.lists):
        for card in one.cards:
            if card.kind == kind and text in card.text:
                one.setFocus()
                one.put_cursor(card.key)
                assert board.card == card, number
                return one
    raise AssertionError(text)


def codes_of(made, name: str) -> list[str]:
    return [code for row in rows(made.study) if row.name == name for _id, code in row.codes]


def test_columns_are_themes_with_everything_of_theirs(board, made):
    assert [one.accessibleName() for one in board.lists] == [
        "Board: A ledger nobody keeps", "Board: Learning by leaning", f"Board: {LOOSE}",
    ]  # fmt: skip
    assert board.theme == made.themes["ledger"]
    for row in rows(made.study):
        cards = [card for one in board.lists for card in one.cards if card.theme == row.id]
        assert [card.quote.id for card in cards if card.quote] == [
            quote.id for quote in sorted(row.quotes, key=lambda quote: quote.stance == "dissents")
        ]
        assert [card.code for card in cards if card.kind == "code"] == [code for code, _name in row.codes]
    assert [card.text for card in board.lists[-1].cards] == [LOOSE, "Being shown"]
    assert all(card.spoken for one in board.lists for card in one.cards)
    memos.write_memo(made.study, text="# Cans\n\nA remark.", about=[Target("theme", made.themes["gates"])])


def test_a_code_goes_to_the_next_column_and_back_and_the_cursor_with_it(qtbot, room, made, board):
    one = put(board, "code", "Counting water")
    qtbot.keyClick(one, KEY.Key_Right, ALT)
    settle(qtbot, room)
    assert codes_of(made, "A ledger nobody keeps") == ["Letting it slide"]
    assert codes_of(made, "Learning by leaning") == ["Counting water"]
    assert (board.card.text, board.theme) == ("Counting water", made.themes["shown"])
    qtbot.keyClick(board.lists[board._at], KEY.Key_Right, ALT)
    settle(qtbot, room)
    assert codes_of(made, "Learning by leaning") == []
    assert board.card.text == "Counting water"
    room.bridge.undo()
    room.bridge.undo()
    settle(qtbot, room)
    assert "Counting water" in codes_of(made, "A ledger nobody keeps")


def test_a_quote_moves_between_columns_and_within(qtbot, room, made, board):
    first = rows(made.study)[0].quotes[0]
    one = put(board, "quote", first.text)
    qtbot.keyClick(one, KEY.Key_Right, ALT)
    settle(qtbot, room)
    assert [quote.id for quote in rows(made.study)[2].quotes] == [first.id]
    assert board.card.quote.id == first.id
    with qtbot.waitSignal(room.requestPlace) as asked:
        qtbot.keyClick(board.lists[board._at], KEY.Key_Return, CTRL)
    assert asked.args[0].start == first.start
    room.bridge.undo()
    settle(qtbot, room)
    assert rows(made.study)[0].quotes[0].id == first.id


def test_arrows_go_through_the_board(qtbot, room, made, board):
    put(board, "theme", "A ledger nobody keeps")
    qtbot.keyClick(board.lists[0], KEY.Key_Right)
    assert board.theme == made.themes["shown"]
    assert board.lists[1].hasFocus()
    assert board.lists[0].card is None
    qtbot.keyClick(board.lists[1], KEY.Key_Left)
    qtbot.keyClick(board.lists[0], KEY.Key_Down)
    assert board.card.kind == "code"


def test_a_name_that_is_refused_stays_in_its_field_on_the_board(qtbot, room, made, board):
    one = put(board, "theme", "Learning by leaning")
    qtbot.keyClick(one, KEY.Key_F2)
    field = board.findChild(QLineEdit)
    field.setText("A ledger nobody keeps")
    with qtbot.waitSignal(room.bridge.refused):
        qtbot.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: board.findChild(QLineEdit) not in (None, field))
    again = board.findChild(QLineEdit)
    assert again.text() == "A ledger nobody keeps"
    qtbot.keyClick(again, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not board.writing)
    assert names(made.study)[-1] == (0, "Learning by leaning")


def test_themes_are_added_named_and_given_a_concept_in_place(qtbot, room, made, board):
    one = put(board, "theme", "Learning by leaning")
    qtbot.keyClick(one, KEY.Key_N, SHIFT)
    field = board.findChild(QLineEdit)
    qtbot.keyClicks(field, "Hands")
    qtbot.keyClick(field, KEY.Key_Return)
    settle(qtbot, room)
    qtbot.waitUntil(lambda: not room.computing and board.card is not None and "Hands" in board.card.text)
    assert names(made.study)[-1] == (1, "Hands")
    qtbot.keyClick(board.lists[board._at], KEY.Key_C)
    concept = board.findChild(QPlainTextEdit)
    qtbot.keyClicks(concept, "Nobody explains.")
    qtbot.keyClick(concept, KEY.Key_Return)
    settle(qtbot, room)
    assert rows(made.study)[-1].concept == "Nobody explains."
    qtbot.keyClick(board.lists[board._at], KEY.Key_N)
    qtbot.waitUntil(lambda: board.writing)
    field = next(line for line in board.findChildren(QLineEdit) if line.isVisible())
    qtbot.keyClicks(field, "Rain")
    room.middle.show_view("outline")  # what is half written is kept
    assert names(made.study)[-1] == (0, "Rain")


def test_themes_move_and_go_and_come_back(qtbot, room, made, board):
    one = put(board, "theme", "Learning by leaning")
    qtbot.keyClick(one, KEY.Key_Left, ALT)
    settle(qtbot, room)
    assert names(made.study)[0] == (0, "Learning by leaning")
    assert board.theme == made.themes["shown"]
    before = names(made.study)
    one = put(board, "theme", "Gates that speak")
    qtbot.keyClick(one, KEY.Key_Left, ALT)
    settle(qtbot, room)
    assert names(made.study)[:2] == [(0, "Learning by leaning"), (1, "Gates that speak")]
    qtbot.keyClick(board.lists[board._at], KEY.Key_Delete)
    settle(qtbot, room)
    assert (1, "Gates that speak") not in names(made.study)
    room.bridge.undo()
    room.bridge.undo()
    settle(qtbot, room)
    assert names(made.study) == before


def dropped(board, column: int, row: int, load, parts, carried=None) -> None:
    """Drop a load on a card, as Qt would."""
    one = board.lists[column]
    one.scrollToTop()
    place = one.visualRect(one.model().index(row, 0)).center()
    data = carrying.pack(load, parts)
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    if carried is not None:
        board._on_carried(carried)
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    one.dropEvent(QDropEvent(QPointF(place), actions, data, buttons, none))


def test_codes_quotes_passages_and_themes_are_dropped(qtbot, room, made, board):
    water = next(card for card in board.lists[0].cards if card.text == "Counting water")
    dropped(board, 1, 0, "codes", [water.code], water)
    qtbot.waitUntil(lambda: codes_of(made, "Learning by leaning") == ["Counting water"])
    settle(qtbot, room)
    dropped(board, 1, 0, "codes", [made.codes["Being shown"]])
    qtbot.waitUntil(lambda: codes_of(made, "Learning by leaning") == ["Being shown", "Counting water"])
    settle(qtbot, room)
    quote = rows(made.study)[0].quotes[1]
    dropped(board, 1, 0, "quote", [quote.id])
    qtbot.waitUntil(lambda: [one.id for one in rows(made.study)[2].quotes] == [quote.id])
    settle(qtbot, room)
    dropped(board, 1, 0, "theme", [made.themes["ledger"]])
    qtbot.waitUntil(lambda: names(made.study)[0] == (0, "Learning by leaning"))
    settle(qtbot, room)
    before = names(made.study)
    dropped(board, 0, 3, "theme", [made.themes["shown"]])  # into what stands below it: nothing
    qtbot.wait(10)
    assert names(made.study) == before
    for _step in range(4):
        room.bridge.undo()
    settle(qtbot, room)
    assert codes_of(made, "A ledger nobody keeps") == ["Counting water", "Letting it slide"]


def test_what_speaks_against_is_turned_and_titles_are_taken_from_quotes(qtbot, room, made, board):
    quote = rows(made.study)[0].quotes[0]
    one = put(board, "quote", quote.text)
    qtbot.keyClick(one, KEY.Key_D)
    settle(qtbot, room)
    assert rows(made.study)[0].quotes[0].stance == "dissents"
    one = put(board, "quote", quote.text)
    qtbot.keyClick(one, KEY.Key_V)
    settle(qtbot, room)
    assert rows(made.study)[0].in_vivo == quote.id
    name = rows(made.study)[0].name
    assert board.lists[0].cards[0].text == f"1  “{name}”"
    put(board, "theme", name)
    qtbot.keyClick(board.lists[0], KEY.Key_F2)
    assert board.lists[0].findChild(QLineEdit).text() == name
    qtbot.keyClick(board.lists[0].findChild(QLineEdit), KEY.Key_Escape)
    settle(qtbot, room)
    quotes.edit_quote(made.study, quote.id, edits=[Inserted(len(quote.text), "every day")])
    settle(qtbot, room)
    qtbot.waitUntil(lambda: any(card.text.endswith("[every day]") for card in board.lists[0].cards))
    put(board, "code", "Letting it slide")
    with qtbot.waitSignal(room.bridge.refused) as told:
        qtbot.keyClick(board.lists[board._at], KEY.Key_V)
    assert "quote" in told.args[0]
    with qtbot.waitSignal(room.requestPassages):
        qtbot.keyClick(board.lists[board._at], KEY.Key_P)
    with qtbot.waitSignal(room.requestMemos):
        qtbot.keyClick(board.lists[board._at], KEY.Key_M)


def test_the_board_takes_every_theme_and_keeps_cursor_and_scroll(qtbot, room, made, board):
    put(board, "quote", rows(made.study)[0].quotes[-1].text)
    card = board.card
    themes.add_theme(made.study, name="Meanwhile")
    settle(qtbot, room)
    assert board.card.key == card.key
    for name in ("dark", "white-on-black", "light"):
        theme.choose(name)
        room.update_theme()
        image = board.lists[0].grab().toImage()
        assert image.pixelColor(1, 1).name() == theme.current().background


def test_a_passage_that_is_dropped_becomes_a_quote(qtbot, room, made, board):
    room.codes.table.select_row(made.codes["Being shown"])
    settle(qtbot, room)
    line = room.passages.list.rows[0]
    dropped(board, 1, 0, "passage", [str(part) for part in line.key])
    qtbot.waitUntil(lambda: [quote.text for quote in rows(made.study)[2].quotes] == [line.text])
    settle(qtbot, room)
    assert board.card.text == line.text


def test_tabs_and_views_are_built_when_they_are_first_shown(qtbot, show_room, made):
    whole = show_room(ThemesRoom, made.study, 1180, 720)
    assert list(whole._built) == ["themes"]
    assert whole.themes.middle.built_views == []
    first = whole.themes.page_actions()
    other = whole.show_tab("quotes")
    qtbot.waitUntil(lambda: not whole.computing)
    assert whole.shown is other
    assert not any(action.isEnabled() for action in first)
    whole.show_theme(made.themes["gates"])
    assert whole.shown is whole.themes
    assert whole.themes.outline.theme == made.themes["gates"]
    assert any(action.isEnabled() for action in first)
