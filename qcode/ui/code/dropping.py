"""Codes dropped on the text, and a selected passage dropped on a code of the codebook."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTreeView, QWidget

from qcode.ids import CodeId
from qcode.queries.codebook.tree import CodeRow
from qcode.text.ranges import Range, trim
from qcode.ui import theme
from qcode.ui.code.carrying import codes_in, selection_in
from qcode.ui.code.codebook.model import CODE
from qcode.ui.code.colours import paint_focus
from qcode.ui.code.desk import Desk
from qcode.ui.text.edge_scroll import EdgeScroll
from qcode.ui.text.view import TranscriptView

type Put = Callable[[Range, Sequence[CodeId]], object]

_INSIDE = 24
_UNFOLD_MS = 700


class CodesOnText(QObject):
    """Puts codes that are dropped on the selection, or on the sentence under the pointer, and shows where that is."""

    def __init__(self, desk: Desk, view: TranscriptView, put: Put) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._put = put
        self._point = QPoint()
        self._scroll = EdgeScroll(view, inside=_INSIDE)
        self._scroll.scrolled.connect(lambda: self._view.set_preview(self.target(self._point)))
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    # Properties

    def target(self, point: QPoint) -> Range | None:
        """Where codes go that are dropped at a point of the viewport; None below the text."""
        text, sight = self._desk.text, self._view.paragraphs_in_sight()
        if text is None or not sight or point.y() >= sight[-1].bottom:
            return None
        chosen = self._view.selected_range()
        under = self._view.position_at(point + self._view.viewport().pos())
        if chosen is not None and under is not None and chosen[0] <= under < chosen[1]:
            return self._desk.widened(chosen)
        position = self._view.nearest_position(point) if under is None else under
        if self._desk.codable.segments is not None:
            return self._desk.widened((position, position + 1))
        paragraph = self._view.page.paragraph(self._view.page.paragraph_at(position))
        return _unit_at(self._desk.units, position, paragraph) or trim(text.text, *paragraph)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take codes of this study, and leave every other load to whoever wants it."""
        if event.type() == QEvent.Type.DragLeave:
            self._end()
        elif isinstance(event, QDropEvent) and self._codes(event):
            self._follow(event)
            return True
        return super().eventFilter(watched, event)

    # Internal

    def _codes(self, event: QDropEvent) -> list[CodeId]:
        """The codes that are carried; none if one of them is not in this codebook."""
        codes, known = codes_in(event.mimeData()), {row.id for row in self._desk.codes}
        return codes if known.issuperset(codes) else []

    def _follow(self, event: QDropEvent) -> None:
        """Entering, moving and dropping: the same, but that dropping puts the codes."""
        self._point = event.position().toPoint()
        span = self.target(self._point)
        _answer(event, takes=span is not None)
        if event.type() == QEvent.Type.Drop:
            self._end()
            if span is not None:
                self._put(span, self._codes(event))
        else:
            self._view.set_preview(span)
            self._scroll.follow(self._point)

    def _end(self) -> None:
        self._scroll.stop()
        self._view.set_preview(None)


class PassageOnCode(QObject):
    """Puts a code of the tree on a passage that is dropped on it; the line under the pointer lights up."""

    def __init__(self, desk: Desk, tree: QTreeView, put: Put) -> None:
        super().__init__(tree)
        self._desk = desk
        self._tree = tree
        self._put = put
        self._point = QPoint()
        self._light = _Light(tree.viewport())
        self._scroll = EdgeScroll(tree, inside=_INSIDE, step=_INSIDE // 2)
        self._scroll.scrolled.connect(self._show)
        self._unfolding = QTimer(self)
        self._unfolding.setSingleShot(True)
        self._unfolding.setInterval(_UNFOLD_MS)
        self._unfolding.timeout.connect(self._on_unfold)
        tree.viewport().installEventFilter(self)

    # Properties

    @property
    def lit(self) -> CodeRow | None:
        """The code whose line is lit."""
        return None if self._light.isHidden() else self._row_at(self._point)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a passage of the open document; codes that are carried are the tree's own business."""
        if event.type() == QEvent.Type.DragLeave:
            self._end()
        elif isinstance(event, QDropEvent) and (span := self._span(event)) is not None:
            self._follow(event, span)
            return True
        return super().eventFilter(watched, event)

    # Private slots

    def _on_unfold(self) -> None:
        index = self._index_at(self._point)
        if index.isValid() and not self._light.isHidden():
            self._tree.expand(index)
            self._show()

    # Internal

    def _span(self, event: QDropEvent) -> Range | None:
        """The passage that is carried, if it is one of the text as it is shown: a correction meanwhile moves words."""
        carried, text = selection_in(event.mimeData()), self._desk.text
        if carried is None or text is None:
            return None
        passage, revision = carried
        mine = passage.document == self._desk.document and revision == text.revision
        return (passage.start, passage.end) if mine else None

    def _follow(self, event: QDropEvent, span: Range) -> None:
        before, self._point = self._row_at(self._point), event.position().toPoint()
        row = self._row_at(self._point)
        _answer(event, takes=row is not None)
        if event.type() == QEvent.Type.Drop:
            self._end()
            if row is not None:
                self._put(span, [row.id])
            return
        if before != row or self._light.isHidden():
            self._unfolding.start()
        self._show()
        self._scroll.follow(self._point)

    def _index_at(self, point: QPoint) -> QModelIndex:
        return self._tree.indexAt(point).siblingAtColumn(0)

    def _row_at(self, point: QPoint) -> CodeRow | None:
        row = self._index_at(point).data(CODE)
        return row if isinstance(row, CodeRow) else None

    def _show(self) -> None:
        index = self._index_at(self._point)
        place = self._tree.visualRect(index)
        self._light.setGeometry(QRect(0, place.top(), self._tree.viewport().width(), place.height()))
        self._light.setVisible(self._row_at(self._point) is not None)

    def _end(self) -> None:
        self._scroll.stop()
        self._unfolding.stop()
        self._light.hide()


class _Light(QWidget):
    """Lies over a line and lets everything through."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint the line and draw a ring around it."""
        painter = QPainter(self)
        shade = QColor(theme.current().accent)
        shade.setAlphaF(0.14)
        painter.fillRect(QRectF(self.rect()), shade)
        paint_focus(painter, self.rect())


def _answer(event: QDropEvent, *, takes: bool) -> None:
    """Take a load, or not at this place; a load is let in anyway, since the next place may be another."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.setAccepted(takes or event.type() == QEvent.Type.DragEnter)


def _unit_at(units: Sequence[Range], position: int, paragraph: Range) -> Range | None:
    """The sentence that holds a position or ends before it in its paragraph, else the next one there."""
    place = bisect_right(units, position, key=lambda unit: unit[0]) - 1
    near = [units[number] for number in (place, place + 1) if 0 <= number < len(units)]
    return next(((start, end) for start, end in near if paragraph[0] <= start and end <= paragraph[1]), None)
