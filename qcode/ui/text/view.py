"""The transcript to be coded: selecting by keys and mouse, and asking for what the keys mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QToolTip

from qcode.text.ranges import trim
from qcode.ui.palette import LIGHT
from qcode.ui.text.keys import Act, act_of
from qcode.ui.text.memo_marks import MemoSpan, MemoSpans
from qcode.ui.text.pane import ReadingPane
from qcode.ui.text.play import Play
from qcode.ui.text.selection import Selected, UnitSelection
from qcode.ui.text.tips import tip_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from qcode.text.codable import Codable
    from qcode.text.ranges import Range
    from qcode.text.values import AnyCoding, AnyTurn
    from qcode.ui.palette import TextColours
    from qcode.ui.text.margin import SpeakerMargin


class TranscriptView(ReadingPane):
    """A reading pane in which passages are chosen: it tells where the caret is, and passes on what keys ask for."""

    selectionChangedTo = Signal(int, int)
    caretMovedTo = Signal(int)
    codingsAtCaretChanged = Signal(object)
    codingActivated = Signal(str)
    paletteRequested = Signal(str)
    lastCodesRequested = Signal()
    removeRequested = Signal()
    nextRequested = Signal()
    previousRequested = Signal()
    memosPicked = Signal(object)
    memosChanged = Signal()
    playChanged = Signal()

    def __init__(self, parent: QWidget | None = None, colours: TextColours = LIGHT) -> None:
        self._units = UnitSelection((), ())
        self._sentences: Sequence[Range] = ()
        self._by_units: Selected | None = None
        self._caret, self._range = 0, (0, 0)
        self._at_caret: tuple[str, ...] = ()
        super().__init__(parent, colours)
        self.selectionChanged.connect(self._on_moved)
        self.cursorPositionChanged.connect(self._on_moved)
        self._stripes.codingPicked.connect(self._on_coding_picked)
        self._speakers.memoPicked.connect(self.memosPicked)

    # Properties

    def selected_range(self) -> Range | None:
        """What is selected, without whitespace at its ends; None where nothing else is."""
        return trim(self.page.text, *self._selected())

    def caret(self) -> int:
        """Where the caret is."""
        return self.page.positions.from_qt(self.textCursor().position())

    def selecting_by_units(self) -> bool:
        """Whether the arrow keys move by sentence, turn or exchange now."""
        return self._units.active

    def codings_at_caret(self) -> tuple[AnyCoding, ...]:
        """All codings that touch the selection, or hold the character at the caret; longest first."""
        chosen = self.selected_range()
        if chosen is None:
            return self.codings_at(self.caret())
        return tuple(
            sorted(self._codings.touching(*chosen), key=lambda coding: (coding.start - coding.end, coding.start))
        )

    @property
    def memo_margin(self) -> SpeakerMargin:
        """The strip left of the text, with the marks of memos."""
        return self._speakers

    def memos_at_caret(self) -> list[MemoSpan]:
        """All memos about something of the selection, or about the character at the caret."""
        caret = self.caret()
        return self._speakers.memos.touching(*(self.selected_range() or (caret, caret + 1)))

    def memos_in_sight(self) -> list[MemoSpan]:
        """The memos about something that is in sight."""
        return self._speakers.memos.touching(*self.sight())

    def selected_text(self) -> str:
        """The original text of what is selected, as it is."""
        start, end = self._selected()
        return self.page.text[start:end]

    # Setters and methods

    def copy(self) -> None:
        """Put the selected text on the clipboard.

        The clipboard makes its own container for it: one made in Python would outlive the interpreter and crash it.
        """
        if self.textCursor().hasSelection():
            QGuiApplication.clipboard().setText(self.selected_text())

    def context_menu(self) -> QMenu:
        """A new menu of what can be done here, deleted once closed; whoever shows it may add to it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self.copy).setEnabled(self.textCursor().hasSelection())
        menu.addAction(self.tr("Select all"), self.selectAll)
        return menu

    def show_document(self, text: str, turns: Iterable[AnyTurn]) -> None:
        """Show a text from its beginning, with its turns; no codings and no units yet, nothing selected."""
        super().show_document(text, turns)
        self.set_memos(())
        self.set_units(())
        self._on_moved()

    def set_units(self, units: Sequence[Range]) -> None:
        """Take the sentences by which the keys select; without any, paragraphs stand in for them.

        A text that was cut into segments is selected by these.
        """
        page = self.page

        def paragraphs() -> list[Range]:
            spans = map(page.paragraph, range(page.paragraph_count))
            return [(start, end) for start, end in spans if start < end]

        self._sentences = units
        self._units = UnitSelection(self.play.segments or units, page.turns, paragraphs)

    def set_play(self, codable: Codable) -> None:
        """Dim what cannot be coded; where the text was cut into segments, the keys select by these.

        Nothing is painted where all is as before.
        """
        if codable == self.play.codable:
            return
        before, self.play = self.play.segments, Play(codable)
        if self.play.segments != before:
            self.set_units(self._sentences)
        self.viewport().update()
        self._stripes.update()
        self.playChanged.emit()

    def set_codings(self, codings: Iterable[AnyCoding]) -> None:
        """Show these codings, repainting only the paragraphs in which something differs; text and selection stay."""
        super().set_codings(codings)
        self._tell_codings()

    def change_codings(self, *, gone: Iterable[str] = (), come: Iterable[AnyCoding] = ()) -> None:
        """Take codings away by their ids and show others, new or changed; the cost does not grow with all the rest.

        They are painted before anyone is told: what stands beside the text may follow.
        """
        super().change_codings(gone=gone, come=come)
        self.show_now()
        self._tell_codings()

    def set_memos(self, memos: Iterable[MemoSpan]) -> None:
        """Mark these memos in the margin; only the margin is painted, and only if they are others."""
        taken = MemoSpans(memos, len(self.page.text))
        if taken.spans != self._speakers.memos.spans:
            self._speakers.mark_memos(taken)
            self.memosChanged.emit()

    def select(self, start: int, end: int) -> None:
        """Select [start, end) with the caret at its end, and bring it into sight."""
        self._units.leave()
        self._show(Selected(start, end))

    def grow_selection(self) -> None:
        """Select the sentence at the caret, then its turn, then question and answer."""
        caret = self.caret()
        self._show_units(self._units.grow(self.selected_range() or (caret, caret), caret))

    def shrink_selection(self) -> None:
        """Go back from question and answer to turn, sentence, caret."""
        self._show_units(self._units.shrink())

    def move_by_unit(self, step: int, *, extend: bool = False) -> None:
        """Select the next (1) or previous (-1) unit of the kind that is selected, or extend the selection to it."""
        self._show_units(self._units.move(step, self.caret(), extend=extend))

    def leave_units(self) -> bool:
        """End selecting, with the caret at the beginning of what was selected; False where nothing was."""
        if not self._units.active and not self.textCursor().hasSelection():
            return False
        self._units.leave()
        start, _ = self._selected()
        self._show(Selected(start, start))
        return True

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key asks for; all others are Qt's."""
        act = act_of(event, by_units=self._units.active)
        if act is None or not self._do(act, event.text()):
            super().keyPressEvent(event)
        else:
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Place the caret on the nearest row, also from the space between rows."""
        super().mousePressEvent(self._on_row(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection on the nearest row."""
        super().mouseMoveEvent(self._on_row(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word on the nearest row."""
        super().mouseDoubleClickEvent(self._on_row(event))

    def viewportEvent(self, event: QEvent) -> bool:
        """List all codings under the resting pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            codings = self.codings_at_point(event.pos() + self.viewport().pos())
            QToolTip.showText(event.globalPos(), tip_for(codings, self.colours, self.about), self)
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu at the pointer."""
        self.context_menu().popup(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is pasted with the middle button: the original text, never Qt's version of it."""
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    # Private slots

    def _on_moved(self) -> None:
        """Tell where caret and selection are now; a selection made in another way ends selecting by units."""
        cursor = self.textCursor()
        if self._by_units is not None and (cursor.anchor(), cursor.position()) != self._in_qt(self._by_units):
            self._by_units = None
            self._units.leave()
        self.viewport().update()
        caret = self.caret()
        chosen = self.selected_range() or (caret, caret)
        if caret != self._caret:
            self._caret = caret
            self.caretMovedTo.emit(caret)
        if chosen != self._range:
            self._range = chosen
            self.selectionChangedTo.emit(*chosen)
        self._tell_codings()

    def _on_coding_picked(self, coding: str) -> None:
        self.set_active_coding(coding)
        self.codingActivated.emit(coding)

    # Internal functions

    def _do(self, act: Act, typed: str) -> bool:
        """Act on a key; False where there is nothing to do, so that the key can mean something elsewhere."""
        if act is Act.LEAVE:
            return self.leave_units()
        if act is Act.TYPE:
            self.paletteRequested.emit(typed)
            return True
        deeds: dict[Act, Callable[[], object]] = {
            Act.GROW: self.grow_selection,
            Act.SHRINK: self.shrink_selection,
            Act.NEXT_UNIT: lambda: self.move_by_unit(1),
            Act.PREVIOUS_UNIT: lambda: self.move_by_unit(-1),
            Act.EXTEND_NEXT: lambda: self.move_by_unit(1, extend=True),
            Act.EXTEND_PREVIOUS: lambda: self.move_by_unit(-1, extend=True),
            Act.PALETTE: lambda: self.paletteRequested.emit(""),
            Act.LAST_CODES: self.lastCodesRequested.emit,
            Act.REMOVE: self.removeRequested.emit,
            Act.NEXT: self.nextRequested.emit,
            Act.PREVIOUS: self.previousRequested.emit,
            Act.COPY: self.copy,
        }
        deeds[act]()
        return True

    def _show_units(self, selected: Selected | None) -> None:
        if selected is None:
            return
        self._by_units = None
        self._show(selected)
        if self._units.active:
            self._by_units = selected

    def _show(self, selected: Selected) -> None:
        """Select, and scroll so that the beginning is in sight where all of it cannot be."""
        anchor, caret = self._in_qt(selected)
        cursor = QTextCursor(self.document())
        cursor.setPosition(anchor)
        cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        top, bottom = self.rows_between(*selected.range)
        start = min(selected)
        if top < 0 and (bottom <= self.viewport().height() or selected.caret == start):
            self.scroll_to(start)

    def _in_qt(self, selected: Selected) -> tuple[int, int]:
        return self.page.positions.to_qt(selected.anchor), self.page.positions.to_qt(selected.caret)

    def _tell_codings(self) -> None:
        found = tuple(coding.id for coding in self.codings_at_caret())
        if found != self._at_caret:
            self._at_caret = found
            self.codingsAtCaretChanged.emit(found)

    def _on_row(self, event: QMouseEvent) -> QMouseEvent:
        """The event as if the pointer were on the letters of its row, where Qt looks for them."""
        place = event.position()
        if not self.viewport().rect().contains(place.toPoint()):
            return event
        touched = (each for each in self.paragraphs_in_sight() if each.top <= place.y() < each.bottom)
        paragraph = next(touched, None)
        if paragraph is None:
            return event
        moved = QPointF(place.x(), self._sheet.on_row(paragraph, place.y()))
        return QMouseEvent(
            event.type(),
            moved,
            self.viewport().mapToGlobal(moved),
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )
