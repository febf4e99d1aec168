"""The line above a room: which study it is, who acts, and in which round."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from qcode.ids import CoderId
from qcode.operations.team import add_coder
from qcode.queries.collecting.hand_outs import handed_out_to
from qcode.queries.team import RoundRow, coders, rounds, study_card
from qcode.study import Change
from qcode.ui.bridge import StudyBridge
from qcode.ui.theme import SPACE, label

_ADD = "Add coder…"
_YOU, _HANDED_OUT = "You are", "This file was handed out to"


class Header(QFrame):
    """Chooses the acting coder and the round; a colleague is added in place."""

    titleChanged = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "header")
        self._bridge = bridge
        self._title = _Title(self)
        self._coder = self._combo("Who you are")
        self._round = self._combo("The round you code in")
        self._round_label = label("You code in", tone="quiet")
        self._rounds_shown = True
        self._name = _Name(self)
        self._whose = label(_YOU, tone="quiet")
        self._lay_out()
        self._connect()
        self.refresh()

    # Properties

    @property
    def title(self) -> str:
        """The study's title."""
        return self._title.words

    @property
    def coder_chooser(self) -> QComboBox:
        """Who acts."""
        return self._coder

    @property
    def round_chooser(self) -> QComboBox:
        """The round that is coded in; hidden while there is only one, and in rooms that choose a round themselves."""
        return self._round

    @property
    def name_line(self) -> QLineEdit:
        """Where a new coder's name is typed."""
        return self._name.line

    # Methods

    def refresh(self) -> None:
        """Read the title, the coders and the rounds again."""
        title = study_card(self._bridge.study).title
        if title != self._title.words:
            self._title.say(title)
            self.titleChanged.emit(title)
        self._fill_coders()
        self._fill_rounds()

    def offer_rounds(self, *, offered: bool) -> None:
        """Show or hide the choice of the round that is coded in, while there are several."""
        self._rounds_shown = offered
        self._show_rounds()

    def take_change(self, change: Change) -> None:
        """Follow what was done to coders, rounds and the study's card."""
        if change.concerns("study", "coder", "round", "assignment"):
            self.refresh()

    def add_coder(self) -> None:
        """Ask for a colleague's name in place of the chooser."""
        self._coder.hide()
        self._name.show()
        self._name.line.clear()
        self._name.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # Private slots

    def _on_coder_chosen(self, place: int) -> None:
        coder = self._coder.itemData(place)
        if coder is None:
            self._fill_coders()
            self.add_coder()
        elif coder != self._bridge.coder:
            self._bridge.attempt(lambda: self._bridge.act_as(CoderId(coder)))

    def _on_round_chosen(self, place: int) -> None:
        chosen: RoundRow = self._round.itemData(place)
        if chosen.id != self._bridge.round_id:
            self._bridge.code_in(chosen)

    def _on_named(self, name: str) -> None:
        made = self._bridge.attempt(lambda: add_coder(self._bridge.study, name=name))
        if made is not None:
            self._on_name_left()
            self._bridge.informed.emit(f"{' '.join(name.split())} can now be chosen as the one who codes.")

    def _on_name_left(self) -> None:
        self._name.hide()
        self._coder.show()
        self._coder.setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def _fill_coders(self) -> None:
        """Everybody, and adding somebody; in a file that was handed out its coder alone, whose work it takes home."""
        self._coder.clear()
        owner = handed_out_to(self._bridge.study)
        for row in coders(self._bridge.study) if owner is None else [owner]:
            self._coder.addItem(row.name, row.id)
        if owner is None:
            self._coder.insertSeparator(self._coder.count())
            self._coder.addItem(_ADD)
        self._whose.setText(_YOU if owner is None else _HANDED_OUT)
        self._coder.setCurrentIndex(self._coder.findData(self._bridge.coder))

    def _fill_rounds(self) -> None:
        known = rounds(self._bridge.study)
        self._round.clear()
        for row in known:
            self._round.addItem(row.name, row)
        ids = [row.id for row in known]
        self._round.setCurrentIndex(ids.index(self._bridge.round_id) if self._bridge.round_id in ids else -1)
        self._show_rounds()

    def _show_rounds(self) -> None:
        shown = self._rounds_shown and self._round.count() > 1
        self._round.setVisible(shown)
        self._round_label.setVisible(shown)

    def _lay_out(self) -> None:
        self._name.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._title, 1)
        row.addWidget(self._round_label)
        row.addWidget(self._round)
        row.addSpacing(SPACE)
        row.addWidget(self._whose)
        row.addWidget(self._coder)
        row.addWidget(self._name)

    def _connect(self) -> None:
        self._coder.activated.connect(self._on_coder_chosen)
        self._round.activated.connect(self._on_round_chosen)
        self._name.given.connect(self._on_named)
        self._name.left.connect(self._on_name_left)
        self._bridge.changed.connect(self.take_change)
        self._bridge.coderChanged.connect(self.refresh)
        self._bridge.roundChanged.connect(self.refresh)


class _Title(QWidget):
    """One line that ends in dots where there is no room for all of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self._label = label("", "heading")
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)

    def say(self, words: str) -> None:
        """Show other words."""
        self.words = words
        self.setToolTip(words)
        self._label.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._label.fontMetrics()
        self._label.setText(metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, self._label.width()))


class _Name(QWidget):
    """A line for a new coder's name."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("Name of the coder")
        self.line.setAccessibleName("Name of the coder to add")
        add = QPushButton("Add", self)
        cancel = QPushButton("Cancel", self)
        cancel.setProperty("kind", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for widget in (self.line, add, cancel):
            row.addWidget(widget)
        self.line.returnPressed.connect(self._on_given)
        add.clicked.connect(self._on_given)
        cancel.clicked.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves things as they were."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_given(self) -> None:
        self.given.emit(self.line.text())
