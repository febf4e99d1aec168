"""The words of a quote in their context, to read and to edit by keys; what is cut is struck through."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QWidget

from qcode.text.ranges import Range, trim
from qcode.text.values import Turn
from qcode.ui import theme
from qcode.ui.announcing import announce
from qcode.ui.context_menu import show_menu
from qcode.ui.theme import SPACE
from qcode.ui.themes.desk.pieces import Change, Look, Sheet, change_at, sheet_of, told
from qcode.ui.whole_lines import WholeLines

_WORD = re.compile(r"[\w’'-]+")
_LEADING = 135


class WordsField(WholeLines):
    """Shows a quote among the turns around it; positions told outside are the transcript's code points.

    The caret moves and selects as in any text, and nothing is typed: edits are made by actions, and drawn here.
    """

    caretMoved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: object = None
        self._text = ""
        self._turns: Sequence[Turn] = ()
        self._quote: Range = (0, 0)
        self._changes: Sequence[Change] = ()
        self._sheet = Sheet((), (0,))
        self._filling = False
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName("The words of the quote in their context")
        self.document().setDocumentMargin(1.5 * SPACE)
        self.cursorPositionChanged.connect(self._on_caret)
        self.selectionChanged.connect(self._on_caret)

    # Properties

    @property
    def chosen(self) -> Range:
        """What is selected; the empty range at the caret if nothing is."""
        caret = self.textCursor()
        return self._sheet.from_qt(caret.selectionStart()), self._sheet.from_qt(caret.selectionEnd())

    @property
    def selected(self) -> Range | None:
        """What is selected, within the quote or beyond it, without the spaces at its ends; None if nothing is."""
        start, end = self.chosen
        return trim(self._text, start, end) if start < end else None

    @property
    def quote(self) -> Range:
        """Where the quote stands in its transcript."""
        return self._quote

    @property
    def change(self) -> Change | None:
        """The edit at the caret."""
        return change_at(self._changes, *self.chosen)

    # Methods

    def show_words(
        self, key: object, text: str, turns: Sequence[Turn], quote: Range, changes: Sequence[Change]
    ) -> None:
        """Show a quote with its edits; when the same one, by `key`, is shown anew, caret and scroll stay."""
        same = key == self._key and text == self._text
        caret, down = self.chosen[1] if same else quote[0], self.verticalScrollBar().value()
        self._key, self._text, self._turns, self._quote, self._changes = key, text, turns, quote, changes
        self._draw()
        self.put_caret(caret)
        if same:
            self.verticalScrollBar().setValue(down)
        self.ensureCursorVisible()
        self.setAccessibleDescription(self._described(self.change))

    def clear_words(self) -> None:
        """Show nothing."""
        self.show_words(None, "", (), (0, 0), ())

    def put_caret(self, start: int, end: int | None = None) -> None:
        """Put the caret at a position, or select a range."""
        caret = self.textCursor()
        caret.setPosition(self._sheet.to_qt(start))
        if end is not None:
            caret.setPosition(self._sheet.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(caret)

    def words_chosen(self) -> Range | None:
        """What is selected within the quote, or the word at the caret there; without the spaces at its ends."""
        start, end = self.chosen
        if start == end:
            start, end = self._word_at(start)
        start, end = max(start, self._quote[0]), min(end, self._quote[1])
        return trim(self._text, start, end) if start < end else None

    def update_theme(self) -> None:
        """Draw the same in the colours of the theme."""
        start, end = self.chosen
        self._draw()
        self.put_caret(start, end)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are left to actions."""
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the words."""
        show_menu(self, event, self.cursorRect().bottomLeft())

    # Private slots

    def _on_caret(self) -> None:
        if self._filling:
            return
        change = self.change
        self.setAccessibleDescription(self._described(change))
        if change is not None and self.hasFocus():
            announce(self, told(self._text, [change]))
        self.caretMoved.emit()

    # Internal

    def _described(self, here: Change | None) -> str:
        """What a screen reader is told beside the words: the edit at the caret first, then all of them."""
        edits = told(self._text, self._changes) or "No edits."
        return f"Here: {told(self._text, [here])} All edits: {edits}" if here else edits

    def _word_at(self, place: int) -> Range:
        found = (match.span() for match in _WORD.finditer(self._text, *self._quote))
        return next(((start, end) for start, end in found if start <= place <= end), (place, place))

    def _draw(self) -> None:
        self._filling = True
        self._sheet = sheet_of(self._text, self._turns, self._quote, self._changes)
        self.clear()
        caret = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(SPACE / 2)
        caret.setBlockFormat(block)
        formats = {look: _format(look) for look in ("label", "around", "kept", "cut", "replaced", "new")}
        for piece in self._sheet.pieces:
            caret.insertText(piece.shown, formats[piece.look])
        self._filling = False


def _format(look: Look) -> QTextCharFormat:
    """How pieces look: what is quoted on a ground, what is cut struck through, what was put in underlined."""
    shown, made = theme.current(), QTextCharFormat()
    made.setForeground(QColor(shown.quiet if look in ("label", "around", "cut", "replaced") else shown.text))
    if look in ("kept", "cut", "replaced", "new"):
        made.setBackground(QColor(shown.selected if shown.contrast == "usual" else shown.hover))
    if look in ("cut", "replaced"):
        made.setFontStrikeOut(True)
    if look == "new":
        made.setForeground(QColor(shown.accent))
        made.setFontUnderline(True)
        made.setFontWeight(QFont.Weight.DemiBold)
    if look == "label":
        made.setFont(theme.font("small"))
        made.setFontWeight(QFont.Weight.DemiBold)
    return made
