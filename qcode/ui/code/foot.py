"""The foot of the text: what the filter shows, as chips, and what F3 walks through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from qcode.ui.code.filtering import Chosen
from qcode.ui.flow import FlowLayout
from qcode.ui.icons import swatch
from qcode.ui.theme import SPACE, current, label

_LONGEST = 26


class Chip(QToolButton):
    """One thing that is filtered by; pressing it, or Del, takes it away."""

    removed = Signal(object)

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = chosen
        self.setProperty("kind", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(f"{_short(chosen.words)}  ✕".replace("&", "&&"))
        self.setToolTip(f"Show others than {chosen.words} again")
        self.setAccessibleName(f"Filter by {chosen.words}: take it away")
        if chosen.slot is not None:
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self.setIcon(swatch(chosen.slot, dark=current().is_dark))
        self.clicked.connect(lambda: self.removed.emit(self.chosen))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del and Enter take it away, as Space does."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class TextFoot(QFrame):
    """A slim row below the text, always there, so that nothing moves when a filter or another walk is chosen."""

    filterAsked = Signal()
    chipRemoved = Signal(object)
    clearAsked = Signal()
    roundsAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAccessibleName("Filter and walk")
        self.filter = QToolButton(self)
        self.walk = QToolButton(self)
        self.menu = QMenu(self)
        self.count = label("", "small", "quiet")
        self.clear = QToolButton(self)
        self.rounds = QToolButton(self)
        self.question = QToolButton(self)
        self._chips: list[Chip] = []
        self._flow = FlowLayout()
        self._lay_out()
        self.filter.clicked.connect(self.filterAsked)
        self.clear.clicked.connect(self.clearAsked)
        self.rounds.clicked.connect(self.roundsAsked)
        self.walk.clicked.connect(self.open_menu)

    # Properties

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What is filtered by."""
        return tuple(self._chips)

    # Methods

    def show_filter(self, chosen: Sequence[Chosen]) -> None:
        """Show what is filtered by; a chip that goes gives its focus to the next one."""
        if [chip.chosen for chip in self._chips] != list(chosen):
            focused = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
            self._take_chips(chosen)
            if focused is not None:
                left = [*self._chips, self.filter]
                left[min(focused, len(left) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear.setVisible(len(chosen) > 1)
        self.count.setVisible(bool(chosen))

    def show_count(self, shown: int, of: int) -> None:
        """Say how many codings the filter shows."""
        self.count.setText(f"{shown:,} of {of:,} coding{'' if of == 1 else 's'} shown")
        self.count.setAccessibleName(self.count.text())

    def show_elsewhere(self, count: int) -> None:
        """Offer the codings that lie in other rounds, if there are some."""
        self.rounds.setText(f"{count:,} in other rounds: show")
        self.rounds.setAccessibleName(f"Show also the {count:,} coding{'' if count == 1 else 's'} of other rounds")
        self.rounds.setVisible(count > 0)

    def show_walk(self, title: str, at: int | None, of: int) -> None:
        """Say what is walked through, and where one is."""
        where = f"{of:,}" if at is None else f"{at + 1:,} of {of:,}"
        self.walk.setText(f"{title}: {where}".replace("&", "&&"))
        self.walk.setAccessibleName(f"Walking through: {title}, {where}")

    def show_question(self, words: str, told: str) -> None:
        """Say which question of the interview guide is answered here; nothing for empty words."""
        self.question.setText(_short(words).replace("&", "&&"))
        self.question.setToolTip(told)
        self.question.setAccessibleName(f"Answers {told}: choose another question" if told else "")
        self.question.setVisible(bool(words))

    def open_menu(self) -> None:
        """Offer the walks above the button."""
        self.menu.popup(self.walk.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        for chip in self._chips:
            if chip.chosen.slot is not None:
                chip.setIcon(swatch(chip.chosen.slot, dark=current().is_dark))

    # Internal

    def _take_chips(self, chosen: Sequence[Chosen]) -> None:
        for part in (*self._chips, self.clear, self.count, self.rounds):
            self._flow.removeWidget(part)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(each, self) for each in chosen]
        before: QWidget = self.filter
        for chip in self._chips:
            chip.removed.connect(self.chipRemoved)
            self._flow.addWidget(chip)
            chip.show()
            self.setTabOrder(before, chip)
            before = chip
        self._flow.addWidget(self.clear)
        self._flow.addWidget(self.count)
        self._flow.addWidget(self.rounds)

    def _lay_out(self) -> None:
        self.filter.setText("Filter")
        self.clear.setText("Show all")
        for button in (self.filter, self.clear, self.rounds, self.question, self.walk):
            button.setProperty("kind", "slim")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.filter.setAccessibleName("Filter the codings that are shown")
        self.rounds.setToolTip("You see the codings of the round you code in; show those of all rounds")
        self.clear.setAccessibleName("Show all codings again")
        self.count.setContentsMargins(SPACE, 0, 0, 0)
        self._flow.addWidget(self.filter)
        self._take_chips(())
        self.show_filter(())
        self.show_elsewhere(0)
        self.show_walk("Codings", None, 0)
        self.show_question("", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addLayout(self._flow, 1)
        row.addWidget(self.question, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.walk, 0, Qt.AlignmentFlag.AlignBottom)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
