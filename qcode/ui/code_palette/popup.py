"""The palette itself: a line to type in, the codes it finds, and the definition of the one that is chosen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QWidget,
)

from qcode.operations.lookup import LONGEST_TEXT, TextTooLongError
from qcode.ui.announcing import announce
from qcode.ui.code_palette.choices import Kind, Pick, Row, rows_for
from qcode.ui.code_palette.placing import beside
from qcode.ui.code_palette.rows import PaletteRows, RowPainter
from qcode.ui.keys import keymap
from qcode.ui.keys.field import pressed_key
from qcode.ui.limited_line import LimitedLine
from qcode.ui.palette import LIGHT
from qcode.ui.theme import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.ui.code_palette.choices import CodeChoice
    from qcode.ui.palette import TextColours

_SIZE = QSize(620, 340)
_SPACE = 8
_STEPS = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1, Qt.Key.Key_PageUp.value: -7, Qt.Key.Key_PageDown.value: 7}
_UNSURE, _DEFINE = ("coding.unsure", "Ctrl+U"), ("coding.define", "Ctrl+D")
_ENTER = (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)


class CodePalette(QFrame):
    """Lies over its parent while a code is chosen; asks nothing of the mouse, and gives the focus back."""

    picked = Signal(object)
    definitionRequested = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget, colours: TextColours = LIGHT) -> None:
        super().__init__(parent)
        self._host = parent
        self._choices: Sequence[CodeChoice] = ()
        self._recent: Sequence[str] = ()
        self._passage = ""
        self._came_from: QWidget | None = None
        self._offering = False
        self._refusal = ""
        self._model = PaletteRows(self)
        self._painter = RowPainter(self, colours)
        self._query = QLineEdit(self)
        self._list = QListView(self)
        self._definition = QLabel(self)
        self._comment = LimitedLine(LONGEST_TEXT, self)
        self._unsure = QCheckBox(self.tr("Unsure"), self)
        self._told = label(tone="danger", parent=self)
        self._hint = QLabel(self)
        self._build()
        self.hide()
        self._comment.tooLong.connect(self._on_too_long)
        self._comment.textEdited.connect(self._told.hide)
        self._query.textChanged.connect(self._on_typed)
        self._list.clicked.connect(self._on_clicked)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _build(self) -> None:
        self.setProperty("surface", "overlay")
        self.setObjectName("codePalette")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Apply a code"))
        self._query.setAccessibleName(self.tr("Find a code"))
        self._query.setPlaceholderText(self.tr("Type letters of a code"))
        self._comment.setAccessibleName(self.tr("Comment on the coding"))
        self._comment.setPlaceholderText(self.tr("Comment (Tab)"))
        self._told.setWordWrap(True)
        self._told.hide()
        self._build_list()
        self._build_definition()
        self._hint.setProperty("scale", "small")
        self._hint.setProperty("tone", "quiet")
        foot = QHBoxLayout()
        foot.addWidget(self._comment, 1)
        foot.addWidget(self._unsure)
        grid = QGridLayout(self)
        grid.setContentsMargins(_SPACE, _SPACE, _SPACE, _SPACE)
        grid.setSpacing(_SPACE)
        grid.addWidget(self._query, 0, 0, 1, 2)
        grid.addWidget(self._list, 1, 0)
        grid.addWidget(self._definition, 1, 1)
        grid.addLayout(foot, 2, 0, 1, 2)
        grid.addWidget(self._told, 3, 0, 1, 2)
        grid.addWidget(self._hint, 4, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for part in (self._query, self._comment, self._unsure):
            part.installEventFilter(self)

    def _build_list(self) -> None:
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._painter)
        self._list.setAccessibleName(self.tr("Codes found"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _build_definition(self) -> None:
        self._definition.setWordWrap(True)
        self._definition.setTextFormat(Qt.TextFormat.RichText)
        self._definition.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._definition.setAccessibleName(self.tr("Definition"))
        self._definition.setContentsMargins(_SPACE, 4, _SPACE, 4)
        self._definition.setMinimumWidth(180)

    # Properties

    def current(self) -> Row | None:
        """The row that Enter would take."""
        place = self._list.currentIndex().row()
        return self._model.rows[place] if 0 <= place < len(self._model.rows) else None

    def rows(self) -> tuple[Row, ...]:
        """The rows on offer, from the top."""
        return tuple(self._model.rows)

    # Setters and methods

    def ask(
        self,
        choices: Sequence[CodeChoice],
        *,
        anchor: QRect,
        typed: str = "",
        recent: Sequence[str] = (),
        passage: str = "",
    ) -> None:
        """Open beside an anchor in the parent, ready to go on typing; `recent` are code ids, the latest first."""
        self._choices, self._recent, self._passage = choices, recent, passage
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self._comment.clear()
        self._unsure.setChecked(False)
        self._told.hide()
        self._tell_keys()
        self._query.setText(typed)
        self._on_typed(typed)
        room = self._host.rect()
        self.resize(_SIZE.boundedTo(room.size()))
        self.move(beside(anchor, self.size(), room))
        self.show()
        self.raise_()
        self._query.setFocus(Qt.FocusReason.PopupFocusReason)
        self._query.deselect()
        self._query.end(False)  # noqa: FBT003  Qt's own name for it is "mark"

    def refuse(self, sentence: str) -> None:
        """Say while `picked` is answered that it was refused: what was typed for it is then not lost."""
        if self._offering:
            self._refusal = sentence

    def tell(self, sentence: str) -> None:
        """Say why something was refused; what was typed stays."""
        self._told.setText(sentence)
        self._told.show()
        announce(self, sentence, urgent=True)

    def set_colours(self, colours: TextColours) -> None:
        """Change between light and dark."""
        self._painter.colours = colours
        self._list.viewport().update()

    def cancel(self) -> None:
        """Close without a choice."""
        if self.isVisible():
            self._close()
            self.cancelled.emit()

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the palette's keys from whichever field has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._do(event)
        return super().eventFilter(watched, event)

    # Private slots

    def _on_typed(self, typed: str) -> None:
        self._told.hide()
        self._model.show(rows_for(typed, self._choices, self._recent, self._passage))
        if not typed.strip() and not self._choices:
            # Without any code, Enter on nothing typed must not make one of a whole passage.
            self._list.setCurrentIndex(QModelIndex())
            self._on_current_changed()
        else:
            self._choose(0)

    def _on_too_long(self) -> None:
        self.tell(str(TextTooLongError("comment")))

    def _on_clicked(self) -> None:
        self._pick(stay=False)

    def _on_current_changed(self) -> None:
        row = self.current()
        self._definition.setText(self._described(row))
        self._query.setAccessibleDescription(self._model.spoken(row) if row else self._nothing())
        QAccessible.updateAccessibility(QAccessibleEvent(self._query, QAccessible.Event.DescriptionChanged))

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and now is not self and not self.isAncestorOf(now):
            self._came_from = None
            self.cancel()

    # Internal functions

    def _nothing(self) -> str:
        if self._choices:
            return self.tr("No code found")
        return self.tr("There are no codes yet. Type the name of the first one, or take the participant’s words below.")

    def _described(self, row: Row | None) -> str:
        """What stands beside the list, as rich text: the definition, or what a row would do."""
        if row is None:
            return "" if self._choices else _paragraphs(escape(self._nothing()))
        if row.code is not None:
            done = self.tr("On this passage already.") if row.code.applied else ""
            return _definition(row.code, self.tr("Near miss"), done)
        made = self.tr("A new code, named in the participant’s own words.")
        if row.kind is Kind.NEW:
            made = self.tr("A new code of this name, at the end of the codebook.")
        return _paragraphs(f"<b>{escape(row.name)}</b>", escape(made))

    def _tell_keys(self) -> None:
        """Name the keys that hold today; the same as in the text are meant."""
        unsure, definition = keymap.native(_keys(_UNSURE)), keymap.native(_keys(_DEFINE))
        self._unsure.setAccessibleDescription(self.tr("Mark the coding as unsure") + (f", {unsure}" if unsure else ""))
        said = ["Enter apply", "Shift+Enter apply and stay"]
        said += [f"{keys} {words}" for keys, words in ((unsure, "unsure"), (definition, "definition")) if keys]
        self._hint.setText(" · ".join([*said, "Esc"]))

    def _is_ours(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape or pressed_key(event) in (*_keys(_UNSURE), *_keys(_DEFINE))

    def _do(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False leaves it to the field."""
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENTER:
            self._pick(stay=shift)
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in _STEPS:
            self._choose(self._list.currentIndex().row() + _STEPS[key])
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._next_field(-1 if shift or key == Qt.Key.Key_Backtab else 1)
        else:
            return self._is_ours(event) and self._do_command(pressed_key(event))
        return True

    def _do_command(self, pressed: str) -> bool:
        if pressed in _keys(_UNSURE):
            self._unsure.toggle()
            return True
        row = self.current()
        if row is not None and row.code is not None:
            self.definitionRequested.emit(row.code.id)
        return True

    def _next_field(self, step: int) -> None:
        fields = (self._query, self._comment, self._unsure)
        at = next((place for place, field in enumerate(fields) if field.hasFocus()), 0)
        fields[(at + step) % len(fields)].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, place: int) -> None:
        place = min(max(place, 0), len(self._model.rows) - 1)
        self._list.setCurrentIndex(self._model.index(place, 0))
        self._on_current_changed()

    def _pick(self, *, stay: bool) -> None:
        row = self.current()
        if row is None:
            return
        code = row.code.id if row.code else None
        new_name = "" if row.code else row.name
        comment, unsure = self._comment.text().strip(), self._unsure.isChecked()
        typed, written, place = self._query.text(), self._comment.text(), self._list.currentIndex().row()
        if stay:
            self._ready_for_another()
        else:
            self._close()
        self._refusal = ""
        self._offering = bool(new_name or comment)
        self.picked.emit(Pick(code, new_name, row.kind is Kind.IN_VIVO, comment, unsure, stay))
        self._offering = False
        if self._refusal:
            self._ask_again(typed, written, place, unsure=unsure)

    def _ask_again(self, typed: str, comment: str, place: int, *, unsure: bool) -> None:
        """Open with everything as it was when a pick was refused, and the sentence that says why."""
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self._query.setText(typed)
        self._on_typed(typed)
        self._choose(place)
        self._comment.setText(comment)
        self._unsure.setChecked(unsure)
        self.show()
        self.raise_()
        self._query.setFocus(Qt.FocusReason.PopupFocusReason)
        self.tell(self._refusal)

    def _ready_for_another(self) -> None:
        self._query.clear()
        self._comment.clear()
        self._unsure.setChecked(False)
        self._query.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        back, self._came_from = self._came_from, None
        self.hide()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)


def _keys(act: tuple[str, str]) -> tuple[str, ...]:
    """The keys that mean this in the text today, which mean it here too."""
    key, first = act
    return keymap.keys_of(key, (first,))


def _definition(code: CodeChoice, near_miss: str, done: str) -> str:
    miss = f"<b>{escape(near_miss)}:</b> {escape(code.near_miss)}" if code.near_miss else ""
    return _paragraphs(f"<b>{escape(code.name)}</b>", escape(code.brief), miss, escape(done))


def _paragraphs(*parts: str) -> str:
    return "".join(f'<p style="margin: 0 0 6px 0">{part}</p>' for part in parts if part)
