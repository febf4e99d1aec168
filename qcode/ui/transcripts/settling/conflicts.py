"""Conflicts: where copies say different things, both sides beside each other, and a person chooses."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.operations.settling import settle
from qcode.queries.collecting.conflicts import Side, TroubleRow, troubles
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.local_time import local_time
from qcode.ui.panel_parts import rich
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import counted, line_edit
from qcode.ui.transcripts.settling.page import SettlingPage, html, in_context, quiet, scrolled
from qcode.ui.wrapped_list import Said

_NOTHING = "Nothing contradicts itself. What two copies say differently is listed here once they are brought together."
_KINDS = {
    "field": "two values",
    "text": "corrected on both sides",
    "deleted": "changed here, deleted there",
    "same name": "one name twice",
    "circle": "each below the other",
    "code gone": "deleted, but in use",
    "words": "words corrected since",
}
_BESIDE = 2


class ConflictsPage(SettlingPage):
    """One conflict after another; a digit chooses the side that shall stand, undo opens the matter again."""

    title = "Conflicts"
    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _said, parent)
        self.heading = theme.label("", "heading")
        self.asks, self.refusal = theme.label("", tone="quiet"), theme.label("", tone="warning")
        for words in (self.heading, self.asks, self.refusal):
            words.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self.text_line = line_edit("Something else instead", "Something else instead")
        self.text_button, self.place_button = QPushButton("Write this"), QPushButton("Show in the text")
        self._sides = QGridLayout()
        first = self.list_action("Choose the first side", partial(self.choose, 0), "1", key="first")
        second = self.list_action("Choose the second side", partial(self.choose, 1), "2", key="second")
        self.list_action("Choose the third side", partial(self.choose, 2), "3", key="third")
        self._lay_parts()
        self._connect()
        self.lay_out(("{}, {} choose a side", first, second))

    # Properties

    @property
    def current(self) -> TroubleRow | None:
        """What is decided about."""
        row: TroubleRow | None = self.list.row
        return row

    # Methods

    def refresh(self) -> None:
        """Read again what waits."""
        rows = troubles(self.bridge.study)
        self.take_rows(rows, _NOTHING)
        words = sum(row.kind == "words" for row in rows)
        parts = [counted(len(rows) - words, "decision")] if len(rows) > words else []
        parts += [f"{counted(words, 'coding')} on corrected words"] if words else []
        self.count.setText(", ".join(parts))
        self.show_current()

    def show_current(self) -> None:
        """Show both sides of what has the cursor."""
        row = self.current
        self._clear()
        if row is None:
            return
        self.heading.setText(row.what)
        self.asks.setText(row.asks)
        self.refusal.setText(row.refusal)
        self.refusal.setVisible(bool(row.refusal))
        for number, side in enumerate(row.sides):
            self._sides.addWidget(self._card(row, number, side), number // _BESIDE, number % _BESIDE)
        self.text_line.clear()
        self._tell_buttons()
        for part in (self.text_line, self.text_button):
            part.setVisible(row.free)
            part.setEnabled(not row.refusal)
        named = "Another name for the side you choose" if row.kind == "same name" else "Something else instead"
        self.text_line.setPlaceholderText(named)
        self.text_line.setAccessibleName(named)
        self.text_button.setVisible(row.free and row.kind != "same name")
        self.place_button.setVisible(row.place is not None)

    def choose(self, side: int) -> None:
        """Let a side stand; of two that bear one name, it gets the other name that was typed, if one was."""
        row = self.current
        if row is None or side >= len(row.sides) or (row.kind == "words" and side == 0):
            return
        typed = self.text_line.text().strip() if row.kind == "same name" else ""
        self._settle(row, side, typed or None)

    def write_text(self) -> None:
        """Let what was typed stand instead of the sides."""
        row = self.current
        if row is not None and row.free and row.kind != "same name":
            self._settle(row, None, self.text_line.text())

    def show_place(self) -> None:
        """Show where it is, in the transcript."""
        if self.current is not None and self.current.place is not None:
            self.go_to(self.current.place)

    # Internal

    def _settle(self, row: TroubleRow, side: int | None, value: str | None) -> None:
        def done() -> bool:
            settle(self.bridge.study, row.trouble, side=side, value=value)
            return True

        if self.bridge.attempt(done):
            self.bridge.informed.emit("Settled. Undo opens it again.")
            self.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.buttons = []
        while (item := self._sides.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()

    def _card(self, row: TroubleRow, number: int, side: Side) -> QWidget:
        card = QFrame()
        card.setProperty("surface", "raised")
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        signed = " · ".join(part for part in (side.who, local_time(side.at)) if part)
        state = "stands now" if side.holds else ""
        top = theme.label(" · ".join(part for part in (signed, state) if part), "small", "quiet")
        top.setWordWrap(True)
        column.addWidget(top)
        said = rich(f"Side {number + 1}")
        said.setText(_told(side))
        said.setAccessibleName(side.says)
        column.addWidget(said, 1)
        button = self._button(row, number)
        if button is not None:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _button(self, row: TroubleRow, number: int) -> QPushButton | None:
        if row.kind == "words" and number == 0:
            return None
        button = QPushButton()
        button.setProperty("side", number)
        button.clicked.connect(partial(self.choose, number))
        self.buttons.append(button)
        return button

    def _tell_buttons(self) -> None:
        """Say what choosing a side does: of two of one name, it hangs on whether another name was typed."""
        row = self.current
        if row is None:
            return
        typed = " ".join(self.text_line.text().split())
        for button in self.buttons:
            number = int(button.property("side"))
            said = _does(row, typed)
            button.setText(f"{number + 1}  {said}".replace("&", "&&"))
            button.setAccessibleName(f"{said}: {row.sides[number].says}")
            needs_name = row.kind == "same name" and row.trouble.table != "code" and not typed
            button.setEnabled(not row.refusal and not needs_name)

    def _lay_parts(self) -> None:
        self.place_button.setProperty("kind", "quiet")
        self._sides.setSpacing(2 * SPACE)
        for column in range(_BESIDE):
            self._sides.setColumnStretch(column, 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.text_line, 1)
        foot.addWidget(self.text_button)
        foot.addStretch(1)
        foot.addWidget(self.place_button)
        for part in (self.heading, self.asks, self.refusal):
            self.side.addWidget(part)
        inside = QWidget()
        column_of_sides = QVBoxLayout(inside)
        column_of_sides.setContentsMargins(0, SPACE, 0, SPACE)
        column_of_sides.addLayout(self._sides)
        column_of_sides.addStretch(1)
        self.side.addWidget(scrolled(inside), 1)
        self.side.addLayout(foot)

    def _connect(self) -> None:
        self.text_button.clicked.connect(self.write_text)
        self.text_line.returnPressed.connect(self.write_text)
        self.text_line.textChanged.connect(self._tell_buttons)
        self.place_button.clicked.connect(self.show_place)
        self.list.rowActivated.connect(lambda _row: self._to_buttons())

    def _to_buttons(self) -> None:
        for button in self.buttons[:1]:
            button.setFocus(Qt.FocusReason.OtherFocusReason)


def _does(row: TroubleRow, typed: str) -> str:
    if row.kind == "same name":
        keeps = "Keep this for both" if row.trouble.table == "code" else "Call this one…"
        return f"Call this one “{typed}”" if typed else keeps
    if row.kind == "words":
        return "Right on these words"
    return "This one is the first" if row.kind == "circle" else "Choose this"


def _said(row: TroubleRow) -> Said:
    who = ", ".join(dict.fromkeys(side.who for side in row.sides if side.who))
    return Said(row.what, " · ".join(part for part in (_KINDS[row.kind], who) if part))


def _told(side: Side) -> str:
    """A side with what differs marked, or a passage in its context."""
    if side.before or side.after:
        return in_context(side.before, side.says, side.after)
    if not side.pieces:
        return html(side.says) or quiet("nothing")
    ground = theme.current().selected
    return "".join(
        f'<span style="background-color:{ground}"><b>{html(piece.text)}</b></span>'
        if piece.differs
        else html(piece.text)
        for piece in side.pieces
    )
