"""A curve over rounds: alpha of the chosen code and of all codes, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qcode.queries.agreement.details import Point, RoundPoint, curve
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.codings import Looking
from qcode.queries.team import RoundRow
from qcode.reports.printed_tables import figure
from qcode.ui import theme
from qcode.ui.agree.page import Asked, Behind
from qcode.ui.agree.plot import MARKS, Axis
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label


def _alpha(which: str) -> Callable[[RoundPoint], float | None]:
    def read(row: RoundPoint) -> float | None:
        point: Point | None = getattr(row, which)
        return None if point is None else point.alpha

    return read


def _words(which: str) -> Callable[[RoundPoint], str]:
    def read(row: RoundPoint) -> str:
        point: Point | None = getattr(row, which)
        if point is None or point.alpha is None:
            return "–"
        if point.low is None or point.high is None:
            return figure(point.alpha)
        return f"{figure(point.alpha)} ({figure(point.low)} to {figure(point.high)})"

    return read


COLUMNS: tuple[Column[RoundPoint], ...] = (
    Column("Round", lambda row: row.name, stretch=True, width=14 * SPACE),
    Column("This code", _alpha("line"), _words("line"), "right", width=20 * SPACE),
    Column("All codes", _alpha("whole"), _words("whole"), "right", width=20 * SPACE),
)


class DriftPage(QWidget):
    """The rounds as a table, and beside it as a curve."""

    opened = Signal(object)
    title = "Rounds"
    of_all = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._kept: dict[str, StudyAgreement] = {}
        self.table, self.curve = RowTable(COLUMNS), Curve()
        self.table.setAccessibleName("Rounds")
        self.note = label("", "small", "quiet")
        self.note.setWordWrap(True)
        self.table.rowActivated.connect(self._on_activated)
        self.table.currentRowChanged.connect(self._on_current)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self.table, 3)
        row.addWidget(self.curve, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(row, 1)
        column.addWidget(self.note)

    # Methods

    def about(self, asked: Asked) -> object:
        """On the figures and the line."""
        return (id(asked.found), asked.row.id)

    def deed(self, asked: Asked) -> list[RoundPoint]:
        """Compute in a worker: every round as the one that is shown."""
        plan = replace(asked.plan, unit=asked.found.unit, draws=0)
        self._kept[asked.found.round.id] = asked.found

        def figures(row: RoundRow) -> StudyAgreement:
            since = self._kept.get(row.id)
            self._kept[row.id] = replace(plan, round_name=row.name).carried_out(asked.study, since)
            return self._kept[row.id]

        return curve(asked.study, asked.line, figures)

    def show_answer(self, asked: Asked, rows: list[RoundPoint]) -> None:
        """Show the rounds."""
        self._asked = asked
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select_row(asked.found.round.id)
        self.curve.show_points(rows, asked.row.name)
        self._on_current(self.table.current_row())

    def open(self) -> bool:
        """Ask for the passages of the current round."""
        row: RoundPoint | None = self.table.current_row()
        if row is None or self._asked is None:
            return False
        found, line = self._asked.found, self._asked.line
        codes = found.counted[line] if line is not None else frozenset[str]().union(*found.counted.values())
        looking = Looking(codes=sorted(codes), rounds=[row.id], by_search=False)
        self.opened.emit(Behind(f"{self._asked.row.name}, {row.name}", lambda: looking))
        return True

    # Private slots

    def _on_activated(self, _row: object) -> None:
        self.open()

    def _on_current(self, row: RoundPoint | None) -> None:
        if self._asked is None:
            return
        words = "Rounds differ in their documents, too; an interval speaks of other documents, not of other coders."
        if row is not None and row.reason:
            words = row.reason
        self.note.setText(words)
        self.note.setAccessibleName(words)


class Curve(QWidget):
    """Draws alphas of rounds from left to right: the chosen code in the accent, all codes quietly beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[RoundPoint] = ()
        self._name = ""
        self.setMinimumWidth(28 * SPACE)

    # Methods

    def show_points(self, rows: Sequence[RoundPoint], name: str) -> None:
        """Draw these rounds; those without any alpha are left out."""
        self._rows = [row for row in rows if any(p is not None and p.alpha is not None for p in (row.line, row.whole))]
        self._name = name
        said = [f"{row.name}: {_words('line')(row)}, all codes {_words('whole')(row)}" for row in self._rows]
        self.setAccessibleName(f"Curve over rounds of {name}. {'; '.join(said)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a curve that can be read."""
        return QSize(44 * SPACE, 16 * SPACE)

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two lines to compare with, then both curves, then the rounds' names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        line = QFontMetrics(theme.font("small")).height()
        left = QFontMetrics(theme.font("small")).horizontalAdvance("0.800") + SPACE
        place = QRectF(left, 2 * line, self.width() - left - SPACE, self.height() - 3.5 * line)
        axis = self._axis()
        self._paint_marks(painter, place, axis)
        self._paint_legend(painter, line)
        for which, colour, shift in (("whole", theme.current().quiet, 4.0), ("line", theme.current().accent, -4.0)):
            points = [(number, getattr(row, which)) for number, row in enumerate(self._rows)]
            known = [(number, point) for number, point in points if point is not None and point.alpha is not None]
            self._paint_curve(painter, place, axis, known, QColor(colour), shift)
        self._paint_names(painter, place, line)

    # Internal

    def _axis(self) -> Axis:
        points = [point for row in self._rows for point in (row.line, row.whole) if point is not None]
        least = min((value for p in points for value in (p.alpha, p.low) if value is not None), default=0.0)
        return Axis(max(-0.5, least - 0.1) if least < 0 else 0.0)

    def _paint_marks(self, painter: QPainter, place: QRectF, axis: Axis) -> None:
        for mark in (0.0, *MARKS, 1.0):
            y = round(place.bottom() - axis.place(mark, 0, place.height())) + 0.5
            painter.setPen(QPen(QColor(theme.current().border), 1))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            painter.setPen(QColor(theme.current().quiet))
            words = f"{mark:.3f}" if mark in MARKS else f"{mark:.0f}"
            # 0.667 and 0.800 stand close together: one below its line, one above it.
            up = place.height() < 12 * SPACE and mark == MARKS[0]
            box = QRectF(0, y - (2 if up else 8), place.left() - SPACE // 2, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_legend(self, painter: QPainter, line: int) -> None:
        at = 0.0
        for words, colour in ((self._name, theme.current().accent), ("All codes", theme.current().quiet)):
            if words == "All codes" and self._name == words and at:
                continue
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(at, line * 0.9), words)
            at += painter.fontMetrics().horizontalAdvance(words) + 2 * SPACE

    def _x(self, place: QRectF, number: int) -> float:
        return place.left() + place.width() * (number + 0.5) / max(1, len(self._rows))

    def _paint_curve(
        self,
        painter: QPainter,
        place: QRectF,
        axis: Axis,
        known: Sequence[tuple[int, Point]],
        colour: QColor,
        shift: float,
    ) -> None:
        def at(number: int, value: float) -> QPointF:
            return QPointF(self._x(place, number) + shift, place.bottom() - axis.place(value, 0, place.height()))

        painter.setPen(QPen(colour, 1.4))
        dots = [at(number, point.alpha or 0.0) for number, point in known]
        if len(dots) > 1:
            painter.drawPolyline(dots)
        for number, point in known:
            if point.low is not None and point.high is not None:
                painter.drawLine(at(number, point.low), at(number, point.high))
        painter.setBrush(colour)
        for dot in dots:
            painter.drawEllipse(dot, 3.0, 3.0)

    def _paint_names(self, painter: QPainter, place: QRectF, line: int) -> None:
        painter.setPen(QColor(theme.current().text))
        width = place.width() / max(1, len(self._rows))
        for number, row in enumerate(self._rows):
            words = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(width) - SPACE)
            box = QRectF(place.left() + number * width, place.bottom() + 2, width, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)
