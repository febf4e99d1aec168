"""The panel in which one's work is handed in: one document, or all that is open in the round, and what that locks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QRadioButton, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.operations.assignments import HandedIn, NothingToHandInError, hand_in_round
from qcode.operations.coding import NoRoundError
from qcode.queries.collecting.hand_outs import handed_out_to
from qcode.queries.team import RoundRow
from qcode.queries.transcripts.documents import DocumentRow, documents
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.hints import KeyHint
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label

_LOCKS = (
    "What is handed in is locked: your codings in it stay as they are, and Ctrl+Z does not go back past it. "
    "Only the lead can open it again, for a reason."
)
_OPENS = "This round is blind: once handed in, you see colleagues’ codings there."


class HandInPanel(Overlay):
    """Says what would be handed in and what follows; nothing is written before one says so.

    `handedIn` comes once it is done, with what the operation answered.
    """

    handedIn = Signal(object)

    size_wanted = (72 * SPACE, 46 * SPACE)

    def __init__(self, bridge: StudyBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._round: RoundRow | None = None
        self._rows: Sequence[DocumentRow] = ()
        self._open: DocumentRow | None = None
        self.setAccessibleName("Hand in")
        self.this, self.all = QRadioButton(self), QRadioButton(self)
        self.list = QListWidget(self)
        self._sum, self._locks = label("", "small"), label("", "small", "quiet")
        self.leave_button, self.hand_in_button = QPushButton("Not yet", self), QPushButton("Hand in", self)
        keep = make_action(
            self, "Hand in for good", self.hand_in, "Ctrl+Return", "Ctrl+Enter", key="hand-in.keep", context=WITHIN
        )
        self._lay_out(KeyHint(("{} hands in", keep), "Esc leaves"))
        self.this.toggled.connect(lambda _on: self._tell())
        self.hand_in_button.clicked.connect(self.hand_in)
        self.leave_button.clicked.connect(self.close_panel)

    # Properties

    @property
    def chosen(self) -> list[DocumentRow]:
        """The documents that would be handed in."""
        if self.this.isChecked() and self._open is not None:
            return [self._open]
        return list(self._rows)

    @property
    def sentence(self) -> str:
        """What is said about them."""
        return self._sum.text()

    # Methods

    def begin(self, document: DocumentId | None = None) -> None:
        """Ask about the document that lies open, and all the others of the round; says so if there is nothing."""
        bridge = self._bridge
        self._round = bridge.round
        if self._round is None:
            bridge.refused.emit(str(NoRoundError()))
            return
        known = documents(bridge.study, round_id=self._round.id)
        self._rows = [row for row in known if row.state in ("open", "done")]
        if not self._rows:
            bridge.refused.emit(str(NothingToHandInError(self._round.name)))
            return
        self._open = next((row for row in self._rows if row.id == document), None)
        self._offer()
        self.open_over(self.this if self._open is not None else self.hand_in_button)

    def hand_in(self) -> None:
        """Hand in what was chosen; a refusal is told, and the panel stays."""
        current, chosen = self._round, [row.id for row in self.chosen]
        if self.isHidden() or current is None:
            return
        done = self._bridge.attempt(lambda: hand_in_round(self._bridge.study, round_id=current.id, documents=chosen))
        if done is not None:
            self.close_panel()
            self._bridge.informed.emit(" ".join([_told(done, current, apart=self._is_apart), *self._back()]))
            self.handedIn.emit(done)

    # Internal

    def _offer(self) -> None:
        this, current = self._open, self._round
        number = len(self._rows)
        self.this.setText(f"This document: “{this.name}”".replace("&", "&&") if this else "")
        self.this.setVisible(this is not None)
        name = f"“{current.name}”" if current else "the round"
        words = (
            f"All {number:,} documents that are yours" if number > 1 else f"“{self._rows[0].name}”, all that is yours"
        )
        self.all.setText(f"{words} and not handed in yet, in {name}".replace("&", "&&"))
        self.all.setVisible(this is None or number > 1)
        (self.this if this else self.all).setChecked(True)
        opens = [_OPENS] if current and current.blind and not self._is_apart else []
        self._locks.setText(" ".join([_LOCKS, *opens, *self._back()]))
        self._tell()

    @property
    def _is_apart(self) -> bool:
        """Whether this is a file that was handed out, which holds nothing of colleagues."""
        return handed_out_to(self._bridge.study) is not None

    def _back(self) -> list[str]:
        """What is to be done with a file that was handed out."""
        study = self._bridge.study
        if not self._is_apart:
            return []
        return [f"Then send “{study.path.name}” back to whoever leads the study; it lies in {study.path.parent}."]

    def _tell(self) -> None:
        """Say what would be handed in; in the list of all that waits, what would not is paler."""
        chosen = self.chosen
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem(_line(row), self.list)
            if row not in chosen:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setForeground(QColor(theme.current().quiet))
            elif self.list.currentRow() < 0:
                self.list.setCurrentItem(item)
        open_still = sum(row.state == "open" for row in chosen)
        bare = sum(row.mine == 0 for row in chosen)
        said = [f"{_documents(len(chosen))} with {_codings(sum(row.mine for row in chosen))}."]
        said += [f"You did not say yet that you are done with {_of(open_still, len(chosen))}."] if open_still else []
        said += [f"You coded nothing in {_of(bare, len(chosen))}."] if bare and len(chosen) > 1 else []
        self._sum.setText(" ".join(said))
        self.list.setAccessibleDescription(self._sum.text())

    def _lay_out(self, hint: QWidget) -> None:
        self.list.setAccessibleName("What is handed in")
        for part in (self._sum, self._locks):
            part.setWordWrap(True)
        self.leave_button.setAccessibleName("Leave without handing in")
        buttons = QHBoxLayout()
        buttons.addWidget(hint, 1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.hand_in_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label("Hand in", "heading"))
        column.addWidget(self.this)
        column.addWidget(self.all)
        column.addWidget(self._sum)
        column.addWidget(self.list, 1)
        column.addWidget(self._locks)
        column.addLayout(buttons)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)


def _line(row: DocumentRow) -> str:
    return " · ".join([row.name, _codings(row.mine), *(["done"] if row.state == "done" else [])])


def _told(done: HandedIn, current: RoundRow, *, apart: bool) -> str:
    """What was done, and what can be seen now."""
    verb = "is" if done.documents == 1 else "are"
    said = f"{_documents(done.documents)} with {_codings(done.codings)} {verb} handed in, in “{current.name}”."
    return f"{said} Colleagues’ codings there are shown now." if current.blind and not apart else said


def _of(number: int, of: int) -> str:
    if of == 1:
        return "it"
    return "any of them" if number == of else f"{number:,} of them"


def _documents(number: int) -> str:
    return f"{number:,} document{'' if number == 1 else 's'}"


def _codings(number: int) -> str:
    return f"{number:,} coding{'' if number == 1 else 's'} of yours" if number else "no codings of yours"
