"""Tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHoverEvent
from PySide6.QtWidgets import QApplication

from qcode.ui import theme
from qcode.ui.table import Column, RowTable


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    words: int | None


ROWS = [Row("a", "INT-10", 900), Row("b", "INT-9", None), Row("c", "Field\nnotes", 12_000), Row("d", "INT-1", 80)]
COLUMNS = [
    Column("Name", lambda row: row.name, tip=lambda row: f"<b>{row.name}"),
    Column("Words", lambda row: row.words, lambda row: "–" if row.words is None else f"{row.words:,}", "right"),
]


@pytest.fixture
def table(qtbot):
    table = RowTable(COLUMNS)
    qtbot.addWidget(table)
    table.resize(400, 120)
    table.show()
    table.set_rows(ROWS)
    return table


def ids(rows):
    return "".join(row.id for row in rows)


def click_header(qtbot, table, column):
    header = table.horizontalHeader()
    place = header.rect().center()
    place.setX(header.sectionViewportPosition(column) + 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_header_sorts_up_then_down_then_not_and_the_unknown_stays_last(qtbot, table):
    orders = []
    for _click in range(3):
        click_header(qtbot, table, 1)
        orders.append(ids(table.shown_rows()))
    assert orders == ["dacb", "cadb", "abcd"]


def test_names_with_numbers_sort_as_people_count(table):
    table.sort(0)
    assert [row.name for row in table.shown_rows()] == ["Field\nnotes", "INT-1", "INT-9", "INT-10"]


def test_selection_cursor_and_scroll_stay_with_their_rows_when_they_are_read_again(qtbot, table):
    many = [Row(f"{number:03}", f"INT-{number}", number) for number in range(200)]
    table.set_rows(many)
    table.select_row("120")
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    top = table.verticalScrollBar().value()
    assert top > 0
    table.set_rows([replace(row, words=0) for row in many if row.id != "119"])
    assert [row.id for row in table.selected_rows()] == ["120", "121"]
    assert table.current_row() == Row("121", "INT-121", 0)
    assert table.verticalScrollBar().value() == top


def test_the_current_row_is_told_once_and_only_when_it_is_another(table):
    told = []
    table.currentRowChanged.connect(told.append)
    table.select_row("c")
    table.sort(1)
    table.set_rows([replace(row, words=1) for row in ROWS])
    assert ids(told) == "c"
    table.set_rows(ROWS[:2])
    assert told[1:] == [None]
    assert not table.select_row("c")


def test_a_filter_wants_every_word_somewhere_in_the_row(table):
    table.filter("int 9")
    assert ids(table.shown_rows()) == "ab"
    table.filter("NOTES 12,0")
    assert ids(table.shown_rows()) == "c"
    table.filter("")
    assert ids(table.shown_rows()) == "abcd"


def test_rows_are_copied_as_they_stand_with_tabs_between_the_cells(qtbot, table):
    table.sort(1)
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "INT-1\t80\nINT-10\t900\nField notes\t12,000\nINT-9\t–"


def test_enter_and_double_click_activate_the_row(qtbot, table):
    table.select_row("b")
    with qtbot.waitSignal(table.rowActivated) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [ROWS[1]]
    place = table.visualRect(table.model().index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.rowActivated) as told:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [ROWS[2]]


def test_enter_on_an_empty_table_does_nothing(qtbot, table):
    table.set_rows([])
    with qtbot.assertNotEmitted(table.rowActivated):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.current_row() is None
    assert table.selected_rows() == []


def test_words_in_a_tip_are_never_taken_for_markup(table):
    tip = table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;INT-10" in tip


def test_a_reader_hears_the_cells(table):
    QAccessible.setActive(True)
    face = QAccessible.queryAccessibleInterface(table)
    heard = {face.child(number).text(QAccessible.Text.Name) for number in range(face.childCount())}
    assert {"Name", "Words", "INT-9", "12,000"} <= heard


def test_lines_and_columns_grow_with_the_type(table):
    theme.choose("light")
    height, width = table.rowHeight(0), table.columnWidth(0)
    theme.set_zoom(2.0)
    assert table.rowHeight(0) >= height + table.fontMetrics().height() / 2 - 2
    assert table.columnWidth(0) == pytest.approx(2 * width, rel=0.1)
    theme.set_zoom(1.0)
    assert (table.rowHeight(0), table.columnWidth(0)) == (height, pytest.approx(width, abs=3))


def test_twenty_thousand_rows_sort(table):
    table.set_rows([Row(str(number), f"INT-{number * 7919 % 20_000}", number) for number in range(20_000)])
    table.sort(0)
    shown = [row.name for row in table.shown_rows()]
    assert shown[:3] == ["INT-0", "INT-1", "INT-2"]


def shades(table, line):
    """The colour of each cell of a line, beside its words."""
    image = table.viewport().grab().toImage()
    y = table.rowViewportPosition(line) + 2
    places = [table.columnViewportPosition(column) + 3 for column in range(len(COLUMNS))]
    return [image.pixelColor(x, y).name() for x in (*places, table.viewport().width() - 2)]


def point(table, kind, place):
    QApplication.sendEvent(table.viewport(), QHoverEvent(kind, place, place, QPointF(-1, -1)))


def test_the_whole_row_under_the_pointer_is_shaded(table):
    theme.choose("light")
    hover, plain = theme.current().hover, theme.current().background
    first, second = (QPointF(table.visualRect(table.model().index(line, 1)).center()) for line in (0, 1))
    point(table, QEvent.Type.HoverMove, first)
    assert shades(table, 0) == [hover] * 3
    assert shades(table, 1) == [plain] * 3
    point(table, QEvent.Type.HoverMove, second)
    assert shades(table, 0) == [plain] * 3
    assert shades(table, 1) == [hover] * 3
    point(table, QEvent.Type.HoverLeave, QPointF(-1, -1))
    assert shades(table, 1) == [plain] * 3


def test_a_row_that_is_selected_stays_so_under_the_pointer(table):
    theme.choose("light")
    table.select_row("a")
    point(table, QEvent.Type.HoverMove, QPointF(table.visualRect(table.model().index(0, 1)).center()))
    assert shades(table, 0)[:2] == [theme.current().selected] * 2


def test_a_column_is_explained_at_its_title(qtbot):
    table = RowTable([replace(COLUMNS[0], about="How it is called."), COLUMNS[1]])
    qtbot.addWidget(table)
    tips = [table.model().headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for n in (0, 1)]
    assert tips == ["<qt>How it is called.</qt>", None]


def test_home_and_end_go_to_the_first_row_and_the_last(qtbot, table):
    table.select_row("b")
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert ids(table.selected_rows()) == "d"
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert ids(table.selected_rows()) == "a"


def test_in_a_narrow_table_columns_give_way_in_turn_and_come_back(qtbot):
    columns = [
        Column("Words", lambda row: row.name, stretch=True, width=200),
        Column("Kept", lambda row: row.id, width=100),
        Column("Second", lambda row: row.id, width=100, yields=1),
        Column("First", lambda row: row.id, width=100, yields=2),
    ]
    table = RowTable(columns)
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    table.show()

    def seen(width):
        table.resize(width, 120)
        return [number for number in range(4) if not table.isColumnHidden(number)]

    assert seen(560) == [0, 1, 2, 3]
    assert seen(460) == [0, 1, 2]
    assert seen(330) == [0, 1]
    assert seen(200) == [0, 1]
    assert seen(560) == [0, 1, 2, 3]
    assert table.columnWidth(3) == 100
    table.setColumnHidden(2, hide=True)
    assert seen(460) == [0, 1, 3]
    assert seen(560) == [0, 1, 3]


def test_a_row_that_is_shown_is_the_only_one_marked_even_while_ctrl_is_held(qtbot, table):
    table.select_row("a")
    qtbot.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
        assert table.select_row("c")
        assert ids(table.selected_rows()) == "c"
        assert table.current_row().id == "c"
    finally:
        qtbot.keyRelease(table, Qt.Key.Key_Control)
