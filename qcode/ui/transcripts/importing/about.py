"""What a person says about an arriving file, and what was noticed while it was read."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.importing.arrivals import Arrival, telling_line
from qcode.ui.transcripts.parts import choice_box
from qcode.ui.transcripts.words import ENCODINGS, KIND_CHOICES, LANGUAGES, encoding_word, language_word, reader_word


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
        self.name.textEdited.connect(self._on_edited)
        self.group.textEdited.connect(self._on_edited)
        self.kind.activated.connect(self._on_edited)
        self.language.activated.connect(self._on_edited)

    # Methods

    def offer_groups(self, groups: Iterable[str]) -> None:
        """Complete what is typed as group from those that the study has."""
        completer = QCompleter(sorted({group for group in groups if group}), self.group)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.group.setCompleter(completer)

    def show_about(self, arrival: Arrival | None) -> None:
        """Show what was said about a file; nothing can be said about one that was not read or is imported."""
        self._arrival = arrival
        ready = arrival is not None and arrival.state == "ready"
        self.setEnabled(ready)
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

    # Private slots

    def _on_edited(self) -> None:
        arrival = self._arrival
        if arrival is None:
            return
        arrival.name, arrival.group = self.name.text(), self.group.text()
        arrival.kind, arrival.language = self.kind.currentData(), self.language.currentData()
        arrival.sentence = ""
        self.aboutChanged.emit()

    # Internal

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


class Noticed(QScrollArea):
    """How a file was read: reader and encoding, warnings, rules that fired, lines that became metadata."""

    encodingChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_as = theme.label()
        self._read_as.setWordWrap(True)
        self.encoding = choice_box([("", "Guess"), *ENCODINGS.items()])
        self.encoding.setAccessibleName("Encoding")
        self._line = theme.label("")
        self._line.setWordWrap(True)
        self._doubt = QWidget()
        self._warnings = theme.label(tone="warning")
        self._rules = theme.label("", "small", "quiet")
        self._metadata = theme.label("", "small", "quiet")
        self._lay_out()
        self.encoding.activated.connect(self._on_encoding)

    # Properties

    @property
    def words(self) -> str:
        """Everything that is said, line by line."""
        labels = (self._read_as, self._line, self._warnings, self._rules, self._metadata)
        return "\n".join(label.text() for label in labels if label.text())

    # Methods

    def show_noticed(self, arrival: Arrival | None) -> None:
        """Show how a file was read."""
        reading = arrival.reading if arrival else None
        told = arrival.transcript or reading if arrival else None
        self._read_as.setText(_read_as(arrival))
        self._read_as.setVisible(bool(self._read_as.text()))
        theme.restyle(self._read_as, "tone", "danger" if arrival and arrival.sentence else "text")
        self._doubt.setVisible(arrival is not None and arrival.encoding_in_doubt)
        self._line.setText(f"Looks right? “{line}”" if reading and (line := telling_line(reading)) else "")
        if arrival:
            self._choose(arrival.encoding or (reading.encoding if reading else None) or "")
        self._warnings.setText("\n".join(f"! {warning}" for warning in arrival.warnings) if arrival else "")
        self._rules.setText(_listed("Rules", told.rules if told else ()))
        self._metadata.setText(_listed("Not talk", told.metadata.items() if told else ()))
        for label in (self._warnings, self._rules, self._metadata):
            label.setVisible(bool(label.text()))

    # Private slots

    def _on_encoding(self) -> None:
        self.encodingChosen.emit(self.encoding.currentData())

    # Internal

    def _choose(self, encoding: str) -> None:
        """Show the encoding by whichever of its names is listed."""
        places = range(self.encoding.count())
        place = next((place for place in places if _same(self.encoding.itemData(place), encoding)), -1)
        if place < 0:
            self.encoding.addItem(encoding_word(encoding), encoding)
            place = self.encoding.count() - 1
        self.encoding.setCurrentIndex(place)

    def _lay_out(self) -> None:
        doubt = QFormLayout(self._doubt)
        doubt.setContentsMargins(0, 0, 0, 0)
        doubt.addRow(theme.label("Encoding", tone="quiet"), self.encoding)
        doubt.addRow(self._line)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE // 2, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._read_as)
        column.addWidget(self._doubt)
        for label in (self._warnings, self._rules, self._metadata):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(inside)  # which makes it fill its background
        self.setWidgetResizable(True)
        for part in (self.viewport(), inside):
            part.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("How the file was read")


def _read_as(arrival: Arrival | None) -> str:
    if arrival is None or arrival.state == "refused":
        return ""
    if arrival.reading is None or arrival.sentence:
        return arrival.sentence or arrival.summary
    parts = [f"Read as {reader_word(arrival.reading.reader)}"]
    if arrival.reading.encoding:
        guessed = ", a guess" if arrival.encoding_in_doubt and not arrival.encoding else ""
        parts.append(f"{encoding_word(arrival.reading.encoding)}{guessed}")
    return " · ".join(parts)


def _listed(title: str, pairs: Iterable[tuple[str, object]]) -> str:
    listed = " · ".join(f"{key}: {value}" for key, value in pairs)
    return f"{title}: {listed}" if listed else ""


def _same(one: str, other: str) -> bool:
    if not one or not other:
        return one == other
    try:
        return codecs.lookup(one).name == codecs.lookup(other).name
    except LookupError:
        return False
