"""What a person says about an arriving file: its name, kind, group and language."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QWidget

from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.importing.arrivals import Arrival
from qcode.ui.transcripts.parts import choice_box
from qcode.ui.transcripts.words import KIND_CHOICES, LANGUAGES, language_word


class AboutFile(QWidget):
    """Name, kind, language and group of one arriving file."""

    aboutChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrival: Arrival | None = None
        self.name = QLineEdit()
        self.kind = choice_box(KIND_CHOICES)
        self.language = choice_box(LANGUAGES.items())
        self.group = QLineEdit()
        self.group.setPlaceholderText("none")
        self._lay_out()
        self.name.textEdited.connect(lambda words: self._say(name=words))
        self.group.textEdited.connect(lambda words: self._say(group=words))
        self.kind.activated.connect(lambda _place: self._say(kind=self.kind.currentData()))
        self.language.activated.connect(lambda _place: self._say(language=self.language.currentData()))

    # Methods

    def offer_groups(self, groups: Iterable[str]) -> None:
        """Complete what is typed as group from those that the study has."""
        completer = QCompleter(sorted({group for group in groups if group}), self.group)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.group.setCompleter(completer)

    def show_about(self, arrival: Arrival | None) -> None:
        """Show what was said about a file; nothing can be said about one that was not read or is imported."""
        self._arrival = arrival
        self.setEnabled(arrival is not None and arrival.state == "ready")
        if arrival is None:
            return
        for line, words in ((self.name, arrival.name), (self.group, arrival.group)):
            if line.text() != words:
                line.setText(words)
                line.setCursorPosition(0)
        self.kind.setCurrentIndex(self.kind.findData(arrival.kind))
        if self.language.findData(arrival.language) < 0:
            self.language.addItem(language_word(arrival.language), arrival.language)
        self.language.setCurrentIndex(self.language.findData(arrival.language))

    # Internal

    def _say(self, **said: Any) -> None:
        """Take one field; its name goes for this file alone, the others may go for those of its kind."""
        arrival = self._arrival
        if arrival is None:
            return
        if "name" in said:
            arrival.name = said["name"]
        else:
            arrival.choose(**said)
            arrival.take_about(arrival.chosen)
        arrival.sentence = ""
        self.aboutChanged.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE)
        fields = (("Name", self.name), ("Kind", self.kind), ("Group", self.group), ("Language", self.language))
        for number, (words, widget) in enumerate(fields):
            grid.addWidget(theme.label(words, tone="quiet"), number, 0)
            grid.addWidget(widget, number, 1)
            widget.setAccessibleName(words)
            widget.setAcceptDrops(False)
        grid.setColumnStretch(1, 1)
        for before, after in pairwise(fields):
            QWidget.setTabOrder(before[1], after[1])
