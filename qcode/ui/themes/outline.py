"""The outline of themes, worked by keys and by mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from qcode.ids import CodeId, QuoteId, ThemeId
from qcode.queries.team import StudyCard
from qcode.queries.themes.outline import ThemeRow
from qcode.study import Place
from qcode.text.quotation import ELLIPSES
from qcode.ui.context_menu import show_menu
from qcode.ui.themes import carrying
from qcode.ui.themes.deeds import Deeds
from qcode.ui.themes.line_view import LineView
from qcode.ui.themes.lines import Line, outline_lines
from qcode.ui.themes.moves import Step, parents_of

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ASIDE = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class Outline(LineView):
    """Themes with what belongs to them; whatever is done to them goes through `Deeds`, and comes back as new lines."""

    passageDropped = Signal(object, list)
    placeAsked = Signal(object)

    def __init__(self, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._rows: Sequence[ThemeRow] = ()
        self._template, self._ellipsis = "", ELLIPSES[0]
        self._colours, self._memos = dict[str, int](), dict[str, int]()
        self._printed: Mapping[QuoteId, str] = {}
        self._folded: set[ThemeId] = set()
        self._draft: tuple[ThemeId | None] | None = None
        self._made: ThemeId | None = None
        self._again: tuple[tuple[str, str], str] | None = None
        self.written.connect(self._on_written)
        self.writingEnded.connect(self._on_writing_ended)

    # Methods

    def show_themes(
        self, rows: Sequence[ThemeRow], card: StudyCard, colours: Mapping[str, int], memos: Mapping[str, int]
    ) -> None:
        """Show these themes, with how many memos are on them; cursor and scroll stay. While one writes, they wait."""
        self._rows, self._colours, self._memos = rows, dict(colours), dict(memos)
        self._template, self._ellipsis = card.attribution, card.ellipsis
        self._folded &= {row.id for row in rows}
        if not self.writing:
            self._arrange()

    def show_attributions(self, printed: Mapping[QuoteId, str]) -> None:
        """Show under quotes what will be printed there; while one writes, that waits."""
        if printed != self._printed:
            self._printed = printed
            if not self.writing:
                self._arrange()

    def reveal(self, key: tuple[str, str]) -> bool:
        """Put the cursor on a line, unfolding what hides it; says whether there is one."""
        if not self.put_cursor(key) and self._folded:
            self._folded.clear()
            self._arrange()
        return self.put_cursor(key)

    def begin_theme(self, *, below: bool) -> None:
        """Let a name be written for a theme to come: below the chosen one, or at the end."""
        parent = self.theme if below else None
        self._draft = (parent,)
        if parent is not None:
            self._folded.discard(parent)
        self._arrange()
        if self.reveal(("draft", parent or "")):
            self.write()

    def edit_line(self) -> None:
        """Write in the line with the cursor: a name, a concept, or the attribution of a quote."""
        if self.line is not None and self.line.kind in ("theme", "concept", "quote"):
            self.write()

    def remove(self) -> None:
        """Take away what the cursor is on: a theme, a quote, or a code of a theme."""
        line, code = self.line, self.code
        if line is None or line.theme is None:
            return
        if line.kind == "theme":
            self._deeds.delete(line.theme)
        elif line.quote is not None:
            self._deeds.drop(line.quote.id)
        elif code is not None:
            self._deeds.release(line.theme, code)

    def move_line(self, step: Step) -> None:
        """Move the quote with the cursor one step, or else the theme."""
        line = self.line
        if line is None or line.theme is None:
            return
        if line.quote is None:
            self._deeds.move(line.theme, step)
        elif step in ("up", "down"):
            self._deeds.move_quote(line.quote.id, step)

    def turn(self) -> None:
        """Let the quote with the cursor dissent, or support again."""
        if self.line is not None and self.line.quote is not None:
            self._deeds.turn(self.line.quote)

    def fold(self, theme: ThemeId, *, folded: bool) -> None:
        """Hide or show what belongs to a theme."""
        (self._folded.add if folded else self._folded.discard)(theme)
        self.put_cursor(("theme", theme))
        self._arrange()

    def open_place(self) -> None:
        """Ask for the place of the quote with the cursor."""
        quote = self.line.quote if self.line else None
        if quote is not None:
            self.placeAsked.emit(Place(quote.document, quote.start, quote.end))

    def copy(self) -> None:
        """Put the words of the line on the clipboard, a quote with its source."""
        line = self.line
        if line is not None:
            QGuiApplication.clipboard().setText(f"{line.text}\n{line.source}" if line.quote else line.text)

    def receive(self, load: carrying.Load, parts: Sequence[str], line: Line) -> None:
        """Do what dropping a load on a line means."""
        if line.theme is None:
            return
        if load == "codes":
            self._deeds.gather(line.theme, [CodeId(code) for code in parts])
        elif load == "passage":
            self.passageDropped.emit(line.theme, list(parts))
        elif load == "quote":
            self._deeds.put_quote(QuoteId(parts[0]), line.theme, line.quote.id if line.quote else None)
        elif parts[0] != line.theme:
            self._deeds.put_below(ThemeId(parts[0]), line.theme)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, arrows and copying; the other keys belong to actions, and no letter searches."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.writing:  # a field lets go of the Enter that ends it
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif not held and event.key() in _ASIDE:
            self._aside(1 if event.key() == Qt.Key.Key_Right else -1)
        elif not held and event.key() in _ENTER:
            self._enter()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a mark folds, on a cross removes; elsewhere it sets the cursor."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        line, place = self.lines[index.row()], QRectF(self.visualRect(index))
        if line.kind == "codes":
            self._press_chip(line, place, event)
        elif line.kind == "theme" and line.theme and self._delegate.fold_mark(line, place).contains(event.position()):
            self.fold(line.theme, folded=not line.folded)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click writes in a line, or shows where a quote stands."""
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._enter()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with the line, with its keys."""
        show_menu(self, event, self.visualRect(self.currentIndex()).bottomLeft() + QPoint(40, 0))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry a quote or a theme to another place of the outline."""
        line = self.line
        if line is None or line.kind not in ("quote", "theme"):
            return
        drag = QDrag(self)
        drag.setMimeData(carrying.pack("quote" if line.quote else "theme", [line.key[1]]))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what this room carries."""
        carrying.welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take it where there is a theme, and show which."""
        carrying.welcome(event)
        index = self.indexAt(event.position().toPoint())
        if event.isAccepted() and index.isValid():
            self.setCurrentIndex(index)

    def dropEvent(self, event: QDropEvent) -> None:
        """Gather codes, pick a passage, or move what was carried, once Qt is done with the dragging."""
        found = carrying.unpack(event.mimeData())
        index = self.indexAt(event.position().toPoint())
        if found is not None and index.isValid():
            line = self.lines[index.row()]
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.receive(found[0], found[1], line))

    # Private slots

    def _on_written(self, line: Line, text: str) -> None:
        refused = False
        if line.kind == "draft":
            self._made = self._deeds.add(text, line.theme) if text.strip() else None
            refused = bool(text.strip()) and self._made is None
        elif line.quote is not None:
            self._deeds.attribute(line.quote, text)
        elif line.theme is not None and line.kind == "theme":
            refused = self._deeds.describe(line.theme, name=text)
        elif line.theme is not None:
            refused = self._deeds.describe(line.theme, concept=text)
        self._again = (line.key, text) if refused else None

    def _on_writing_ended(self) -> None:
        """Open the field again if its words were refused; else show what came meanwhile, and what was made."""
        if self.writing:
            return
        again, self._again = self._again, None
        if again is not None and self.hasFocus():
            self._arrange()
            if self.put_cursor(again[0]):
                self.write(again[1])
                return
        made, self._made, self._draft = self._made, None, None
        self._arrange()
        if made is not None:
            self.reveal(("theme", made))

    # Internal

    def _arrange(self) -> None:
        self.show_lines(
            outline_lines(
                self._rows,
                template=self._template,
                colours=self._colours,
                ellipsis=self._ellipsis,
                folded=self._folded,
                draft=self._draft,
                memos=self._memos,
                printed=self._printed,
            )
        )

    def _aside(self, by: int) -> None:
        line = self.line
        if line is None or line.theme is None:
            return
        if line.codes:
            self.step_chip(by)
        elif line.kind == "theme" and line.folded != (by < 0):
            self.fold(line.theme, folded=by < 0)
        elif by < 0:
            above = parents_of(self._rows).get(line.theme) if line.kind == "theme" else line.theme
            self.reveal(("theme", above or line.theme))

    def _enter(self) -> None:
        if self.line is not None and self.line.quote is not None:
            self.open_place()
        else:
            self.edit_line()

    def _press_chip(self, line: Line, place: QRectF, event: QMouseEvent) -> None:
        for number, box in enumerate(self._delegate.chips(line, place)):
            if box.box.contains(event.position()):
                self.choose_chip(number)
                if box.cross.contains(event.position()):
                    self.remove()
                return
