"""The reading pane: a text in a column of comfortable width, its codings drawn under it and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from qcode.ui.palette import LIGHT
from qcode.ui.text.codings import DrawnCodings
from qcode.ui.text.columns import columns_for
from qcode.ui.text.geometry import Paragraph, Sheet
from qcode.ui.text.highlights import Highlights
from qcode.ui.text.layout import PADDING, ReadingLayout, RowMetrics, document_of, row_number
from qcode.ui.text.margin import SpeakerMargin
from qcode.ui.text.numbers import NumberMargin
from qcode.ui.text.page import Page
from qcode.ui.text.play import Play
from qcode.ui.text.reading_style import ReadingStyle
from qcode.ui.text.stripes import StripeMargin
from qcode.ui.text.strokes import paint_frame, paint_marks, paint_selection
from qcode.ui.text.tips import About, about_coding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextDocument
    from PySide6.QtWidgets import QWidget

    from qcode.text.ranges import Range
    from qcode.text.values import AnyCoding, AnyTurn
    from qcode.ui.palette import TextColours
    from qcode.ui.text.lanes import Lanes

_CARET = 2
_ROWS_ABOVE = 3
_FAR = 40.0


class ReadingPane(QPlainTextEdit):
    """Shows one text with turns and codings, read-only; all positions are code points of that text."""

    drawingChanged = Signal()

    _shown: QTextDocument | None = None

    def __init__(self, parent: QWidget | None = None, colours: TextColours = LIGHT) -> None:
        super().__init__(parent)
        self.colours = colours
        self.page = Page()
        self.rows = RowMetrics.of(self.font())
        self._sheet = Sheet(self.page, self.document(), self.rows)
        self._codings = DrawnCodings(self.page)
        self._highlights = Highlights(self.page, self._codings)
        self._sight: tuple[object, list[Paragraph]] | None = None
        self._active: str | None = None
        self._preview: Range | None = None
        self.play = Play()
        self._style = ReadingStyle()
        self.about: Callable[[AnyCoding], About] = about_coding
        self._speakers = SpeakerMargin(self)
        self._numbers = NumberMargin(self)
        self._stripes = StripeMargin(self)
        self._set_up()
        self.set_colours(colours)
        self.show_document("", ())

    def _set_up(self) -> None:
        flags = Qt.TextInteractionFlag
        self.setReadOnly(True)
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabChangesFocus(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Transcript"))
        self.updateRequest.connect(self._on_update_request)

    # Properties

    @property
    def lanes(self) -> Lanes:
        """The lane of each coding's stripe."""
        return self._codings.lanes

    @property
    def style_of_reading(self) -> ReadingStyle:
        """How wide the text is set, and what is counted beside it."""
        return self._style

    @property
    def stripe_margin(self) -> StripeMargin:
        """The strip of stripes right of the text."""
        return self._stripes

    def active_coding(self) -> str | None:
        """The coding that stands out among the others."""
        return self._active

    def coding(self, key: str) -> AnyCoding | None:
        """The coding with an id, if it is drawn."""
        if key not in self._codings:
            return None
        return self._codings[key]

    def codings_at(self, position: int) -> tuple[AnyCoding, ...]:
        """All codings of the character at a position, longest first."""
        return self._codings.at(position)

    def codings_at_point(self, point: QPoint) -> tuple[AnyCoding, ...]:
        """All codings under a point of the view, in the text or on the stripes."""
        if self._stripes.geometry().contains(point):
            return self._stripes.codings_at(point - self._stripes.pos())
        position = self.position_at(point)
        return () if position is None else self._codings.at(position)

    def codings_in_sight(self) -> list[AnyCoding]:
        """The codings that touch the paragraphs in sight, in the order of their starts."""
        sight = self.paragraphs_in_sight()
        return self._codings.touching(sight[0].start, sight[-1].end) if sight else []

    def sight(self) -> Range:
        """The text from the first paragraph in sight to the last."""
        sight = self.paragraphs_in_sight()
        return (sight[0].start, sight[-1].end) if sight else (0, 0)

    def position_at(self, point: QPoint) -> int | None:
        """The position of the character under a point of the view; None beside the text."""
        place = QPointF(point - self.viewport().pos())
        for paragraph in self.paragraphs_in_sight():
            if paragraph.top <= place.y() < paragraph.bottom:
                return self._sheet.hit(paragraph, place)
        return None

    def nearest_position(self, point: QPoint) -> int:
        """The place between two characters that is nearest to a point of the viewport, wherever the point is."""
        seen = self.viewport().rect().adjusted(0, 1, -1, -1)
        place = QPointF(min(max(point.x(), seen.left()), seen.right()), min(max(point.y(), seen.top()), seen.bottom()))
        for paragraph in self.paragraphs_in_sight():
            if paragraph.top <= place.y() < paragraph.bottom:
                place.setY(self._sheet.on_row(paragraph, place.y()))
        return self.page.positions.from_qt(self.cursorForPosition(place.toPoint()).position())

    def edge_places(self, span: Range) -> tuple[QRectF | None, QRectF | None]:
        """The boxes of no width, as high as a row, at the two ends of a range; None for an end out of sight."""
        found: list[QRectF | None] = [None, None]
        for paragraph in self.paragraphs_in_sight():
            for number, position in enumerate((span[0], span[1] - 1)):
                if paragraph.start <= position < paragraph.end:
                    found[number] = self._sheet.edge_box(paragraph, position, after=bool(number))
        return found[0], found[1]

    def paragraphs_in_sight(self) -> list[Paragraph]:
        """The paragraphs that are at least partly in the viewport, from the top."""
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).top() + self.contentOffset().y()
        key = (block.blockNumber(), top, self.viewport().size())
        if self._sight is None or self._sight[0] != key:
            self._sight = (key, self._look(top))
        return self._sight[1]

    def rows_between(self, start: int, end: int) -> tuple[float, float]:
        """The top of the first row and the bottom of the last row of a range; beyond the edge where out of sight."""
        return self.rows_of([(start, end)])[0]

    def rows_of(self, spans: Iterable[Range]) -> list[tuple[float, float]]:
        """The same for several ranges, looking once at what is in sight."""
        sight, beyond = self.paragraphs_in_sight(), self.viewport().height() + _FAR
        return [self._sheet.reach(sight, span, -_FAR, beyond) for span in spans]

    def range_rect(self, start: int, end: int) -> QRect:
        """The rectangle of the view around the part of a range that is in sight; empty where none is."""
        found = QRectF()
        for paragraph in self.paragraphs_in_sight():
            for piece in self._sheet.pieces(paragraph, (start, end)):
                top = paragraph.top + piece.row_top
                found |= QRectF(piece.left, top, piece.right - piece.left, self.rows.pitch)
        seen = found.toAlignedRect() & self.viewport().rect()
        return seen.translated(self.viewport().pos()) if not seen.isEmpty() else QRect()

    # Setters and methods

    def show_document(self, text: str, turns: Iterable[AnyTurn]) -> None:
        """Show a text from its beginning, with its turns and no codings yet."""
        self.page = Page(text, turns)
        self._codings = DrawnCodings(self.page)
        self._highlights = Highlights(self.page, self._codings)
        self._active = self._preview = self._sight = None
        self.play = Play()
        old, self._shown = self._shown, document_of(self, self.page.shown, self.font(), self.page.turn_ends_in)
        self.setDocument(self._shown)
        self._sheet = Sheet(self.page, self._shown, self.rows)
        self.setCursorWidth(_CARET)
        if old is not None:
            old.deleteLater()
        self._forget_rows()
        self._arrange()

    def set_codings(self, codings: Iterable[AnyCoding]) -> None:
        """Show these codings, repainting only the paragraphs in which something differs; text and selection stay."""
        self._show_changed(self._codings.replace(codings))

    def change_codings(self, *, gone: Iterable[str] = (), come: Iterable[AnyCoding] = ()) -> None:
        """Take codings away by their ids and show others, new or changed; the cost does not grow with all the rest."""
        self._show_changed(self._codings.change(gone, come))

    def show_now(self, *, names: bool = True) -> None:
        """Paint what is not painted yet at once, ahead of everything else that waits.

        Names beside the stripes stand right of all lanes: `names` is False while more codings may come and move them.
        """
        if self.isVisible():
            self._stripes.show_names(names=names)
            QCoreApplication.sendEvent(self.window(), QEvent(QEvent.Type.UpdateRequest))
            self._stripes.show_names(names=True)

    def set_active_coding(self, coding: str | None) -> None:
        """Let one coding stand out, or none."""
        self._active = coding if coding is not None and coding in self._codings else None
        self.viewport().update()
        self._stripes.update()
        self.drawingChanged.emit()

    def set_preview(self, span: Range | None) -> None:
        """Frame the range on which something would be put, or none."""
        if span != self._preview:
            self._preview = span
            self.viewport().update()

    def set_reading_style(self, style: ReadingStyle) -> None:
        """Set the text wider or narrower, and count other things beside it; the row at the top stays there."""
        if style == self._style:
            return
        self._style = style
        top = self._top()
        self._numbers.count(style.numbers)
        self._arrange()
        self._bring_to_top(top)

    def set_colours(self, colours: TextColours) -> None:
        """Change between light and dark."""
        self.colours = colours
        for part in (self.viewport(), self._speakers, self._numbers, self._stripes):
            part.update()
        self.drawingChanged.emit()

    def scroll_to(self, start: int, *, above: int = _ROWS_ABOVE) -> None:
        """Bring the row of a position into sight, some rows below the top, or as many as are said."""
        block = self.document().findBlockByNumber(self.page.paragraph_at(start))
        unit = self.page.positions.to_qt(start) - block.position()
        self.verticalScrollBar().setValue(row_number(self.document(), block, unit, above))

    # Events

    def event(self, event: QEvent) -> bool:
        """Share a new width between the columns before Qt lays the text out, so that it does so once at most."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep rows and columns true to the font."""
        top = self._top() if event.type() == QEvent.Type.FontChange and self._shown is not None else None
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._shown is not None:
            self.rows = self._sheet.rows = RowMetrics.of(self.font())
            layout = self.document().documentLayout()
            if isinstance(layout, ReadingLayout):
                layout.rows = self.rows
            self._forget_rows()
            self._arrange()
            self._bring_to_top(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the rows anew where the text is wider or narrower; a window grows mostly beside it."""
        if event.size().width() != event.oldSize().width():
            self._forget_rows()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paragraphs in sight: tints, selection, text, caret."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = self._selected()
        caret = self.getPaintContext().cursorPosition
        clip = QRectF(event.rect())
        painter.fillRect(clip, QColor(self.colours.background))
        for paragraph in self.paragraphs_in_sight():
            if paragraph.top < clip.bottom() and clip.top() < paragraph.bottom:
                self._paint_under(painter, paragraph, selected)
                turn = self.page.turn_at(paragraph.start)
                quiet = turn is not None and turn.role in {"interviewer", "event"}
                painter.setPen(QColor(self.colours.quiet_text if quiet else self.colours.text))
                dimmed = self.play.formats(self._sheet, paragraph, self.colours)
                self._sheet.layout_of(paragraph).draw(painter, QPointF(0, paragraph.top), dimmed, clip)
                self._paint_caret(painter, paragraph, caret)

    # Private slots

    def _on_update_request(self, rect: QRect, dy: int) -> None:
        """Scroll or repaint the margins with the text; names of stripes stand elsewhere after each scroll."""
        if dy:
            self._speakers.scroll(0, dy)
            self._numbers.scroll(0, dy)
            self._stripes.update()
        elif rect.contains(self.viewport().rect()):
            self._speakers.update()
            self._numbers.update()
            self._stripes.update()

    # Internal functions

    def _selected(self) -> Range:
        """What is selected, as it is; twice the caret where nothing is."""
        cursor, positions = self.textCursor(), self.page.positions
        return positions.from_qt(cursor.selectionStart()), positions.from_qt(cursor.selectionEnd(), after=True)

    def _show_changed(self, changed: list[Range]) -> None:
        if not changed:
            return
        if self._active is not None and self._active not in self._codings:
            self._active = None
        numbers = self._highlights.changed(changed)
        for paragraph in self.paragraphs_in_sight():
            if paragraph.number in numbers:
                self.viewport().update(0, int(paragraph.top), self.viewport().width(), int(paragraph.height) + 2)
        self._stripes.update()
        self.drawingChanged.emit()

    def _look(self, top: float) -> list[Paragraph]:
        block, height = self.firstVisibleBlock(), self.viewport().height()
        found: list[Paragraph] = []
        while block.isValid() and top < height:
            tall = self.blockBoundingRect(block).height()
            start, end = self.page.paragraph(block.blockNumber())
            found.append(Paragraph(block.blockNumber(), start, end, top, tall))
            top += tall
            block = block.next()
        numbers = {paragraph.number for paragraph in found}
        self._highlights.keep_only(numbers)
        self._sheet.keep_only(numbers)
        return found

    def _forget_rows(self) -> None:
        """Rows are set anew."""
        self._highlights.forget_places()
        self._sheet.forget_places()
        self._sight = None

    def _top(self) -> int | None:
        """The first character of the row at the top; None at the beginning of the text, which stays the beginning."""
        sight = self.paragraphs_in_sight() if self.verticalScrollBar().value() > 0 else []
        return self._sheet.first_in_sight(sight[0]) if sight else None

    def _bring_to_top(self, position: int | None) -> None:
        if position is not None:
            self.scroll_to(position, above=0)

    def _arrange(self) -> None:
        """Give speakers, numbers, text and stripes their columns."""
        bar = self.verticalScrollBar().sizeHint().width()
        numbers, height = self._numbers.wanted_width(), self.height()
        width, names = self.width() - bar - numbers, self._speakers.widths()
        columns = columns_for(width, self.rows.letter, *names, 2 * PADDING + _CARET, self._style.letters)
        left = columns.speakers + numbers
        self.setViewportMargins(left, 0, columns.stripes, 0)
        self._speakers.setGeometry(0, 0, columns.speakers, height)
        self._numbers.setGeometry(columns.speakers, 0, numbers, height)
        self._stripes.setGeometry(left + columns.text, 0, columns.stripes, height)
        for margin in (self._speakers, self._numbers, self._stripes):
            margin.update()
        self.drawingChanged.emit()

    def _paint_under(self, painter: QPainter, paragraph: Paragraph, selected: Range) -> None:
        marks = self._highlights.marks(self._sheet, paragraph)
        paint_marks(painter, paragraph, marks, self.rows, self.colours)
        if self._active is not None:
            active = self._codings[self._active]
            places = self._sheet.pieces(paragraph, (active.start, active.end))
            paint_frame(painter, paragraph, places, self.rows, self.colours.code(active.colour).stripe)
        self.play.paint_bounds(painter, self._sheet, paragraph, selected, self.colours)
        paint_selection(painter, paragraph, self._sheet.pieces(paragraph, selected), self.rows, self.colours)
        if self._preview is not None:
            places = self._sheet.pieces(paragraph, self._preview)
            paint_selection(painter, paragraph, places, self.rows, self.colours)
            paint_frame(painter, paragraph, places, self.rows, self.colours.selection)

    def _paint_caret(self, painter: QPainter, paragraph: Paragraph, caret: int) -> None:
        """Draw the caret where Qt says it is now; it hides it while it blinks and without the focus."""
        position = self.page.positions.from_qt(caret)
        if caret >= 0 and paragraph.start <= position <= paragraph.end:
            painter.fillRect(self._sheet.caret_box(paragraph, position, _CARET), QColor(self.colours.caret))
