"""The margin of numbers between speakers and text: of turns, or of paragraphs, by which a place can be cited.

Displayed lines are not counted: which words stand on which line changes with width and size of type, and knowing the
number of one would need the layout of everything above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from qcode.ui.text.layout import small_font
from qcode.ui.text.reading_style import NUMBER_TIPS, Numbers

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent

    from qcode.ui.text.page import Page
    from qcode.ui.text.pane import ReadingPane

_SPACE = 8


class NumberMargin(QWidget):
    """Writes numbers at the right of its strip, on the first row of what they count; without any it takes no room."""

    def __init__(self, view: ReadingPane) -> None:
        super().__init__(view)
        self._view = view
        self._numbers: Numbers = "none"
        self._counted: tuple[Page | None, dict[int, int]] = (None, {})
        self.setAccessibleName(self.tr("Numbers"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    # Properties

    @property
    def numbers(self) -> Numbers:
        """What is counted."""
        return self._numbers

    def wanted_width(self) -> int:
        """What the largest number needs; nothing where nothing is counted."""
        if self._numbers == "none":
            return 0
        page = self._view.page
        largest = len(page.turns) if self._numbers == "turns" else page.paragraph_count
        digits = max(len(str(largest)), 2)
        return round(QFontMetricsF(self._font()).horizontalAdvance("0") * digits) + _SPACE

    def number_of(self, paragraph: int) -> int | None:
        """The number beside the first row of a paragraph; None where there is none."""
        if self._numbers == "none":
            return None
        return paragraph + 1 if self._numbers == "paragraphs" else self._turns().get(paragraph)

    # Methods

    def count(self, numbers: Numbers) -> None:
        """Count something else."""
        self._numbers = numbers
        self.setToolTip(NUMBER_TIPS[numbers])
        self.setVisible(numbers != "none")

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the numbers of what is in sight."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._view.colours.background))
        font = self._font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(self._view.colours.margin_text))
        for paragraph in self._view.paragraphs_in_sight():
            number = self.number_of(paragraph.number)
            if number is not None and paragraph.top < event.rect().bottom() and paragraph.bottom > event.rect().top():
                left = self.width() - metrics.horizontalAdvance(str(number))
                painter.drawText(QPointF(left, paragraph.top + self._view.rows.rise), str(number))

    # Internal

    def _font(self) -> QFont:
        return small_font(self._view.font(), 0.76)

    def _turns(self) -> dict[int, int]:
        """The number of the turn that begins in a paragraph, counted once for each text."""
        page = self._view.page
        if self._counted[0] is not page:
            numbers = {page.paragraph_at(turn.start): number for number, turn in enumerate(page.turns, 1)}
            self._counted = page, numbers
        return self._counted[1]
