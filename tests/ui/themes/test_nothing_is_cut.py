"""Words in narrow and low places: headings wrap, and a line for which there is no room is left out whole."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QTableView

from qcode.ui import theme
from qcode.ui.themes.framework.heads import Heads
from qcode.ui.whole_lines import WholeLines
from qcode.ui.wrapped import words

GROUND = 0xFFFFFFFF


def lowest(image: QImage) -> int:
    """The lowest row of pixels that has something on it."""
    rows = range(image.height() - 1, -1, -1)
    return next(y for y in rows if any(image.pixel(x, y) != GROUND for x in range(image.width())))


def painted(said, floor: float) -> QImage:
    image = QImage(120, 200, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    said.paint(painter, QPointF(0, 0), "#000000", floor)
    painter.end()
    return image


def test_lines_below_the_floor_are_left_out_whole(qapp):
    theme.choose("light")
    said = words("gypsum " * 12, 120)
    each = said.height / said.layout.lineCount()
    assert said.layout.lineCount() > 4
    two = lowest(painted(said, 2 * each))
    assert each < two < 2 * each
    assert lowest(painted(said, 2.6 * each)) == two
    assert lowest(painted(said, 1000)) > 4 * each


def test_the_lower_edge_of_a_text_cuts_no_line(qtbot):
    field = WholeLines()
    qtbot.addWidget(field)
    field.setPlainText("\n".join("gypsum" for _line in range(40)))
    field.resize(200, 150)
    field.show()
    each = field.fontMetrics().lineSpacing()
    for height in range(150, 150 + each):
        field.resize(200, height)
        image = field.viewport().grab().toImage()
        ground = image.pixel(image.width() - 1, image.height() // 2)
        dark = [y for y in range(image.height()) if any(image.pixel(x, y) != ground for x in range(5, 60))]
        cut = field._cut()
        assert cut.isEmpty() or dark[-1] < cut.top()


def test_headings_of_the_framework_are_as_high_as_their_words_need(qtbot, room, made):
    room.middle.show_view("framework")
    qtbot.waitUntil(lambda: not room.computing)
    table: QTableView = room.middle.view.table
    across = table.horizontalHeader()
    assert isinstance(across, Heads)
    table.setColumnWidth(0, 400)
    one = across.height()
    table.setColumnWidth(0, 60)
    assert across.height() > 2 * one - 20
    assert across.sectionSizeFromContents(0).height() == across.height()
    down = table.verticalHeader()
    for row in range(table.model().rowCount()):
        said = table.model().headerData(row, Qt.Orientation.Vertical)
        assert said
        assert table.rowHeight(row) >= down.sectionSizeFromContents(row).height()
