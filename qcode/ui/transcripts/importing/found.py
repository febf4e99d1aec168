"""What was found in one arriving file: its layout and warnings above, the lists of everything below in tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from qcode.transcripts import Unmatched
from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.importing.arrivals import Arrival
from qcode.ui.transcripts.importing.found_lists import (
    BesideList,
    ColumnList,
    EncodingList,
    LeftLines,
    NoAnswerList,
    RuleList,
    place_of_line,
)
from qcode.ui.transcripts.importing.labels import LabelTable
from qcode.ui.transcripts.words import encoding_word, reader_word

_MOST_LINES = 3


class Found(QFrame):
    """How a file was read, and everything about that which a person can change."""

    labelsChanged = Signal()
    optionChosen = Signal(str, str)
    encodingChosen = Signal(str)
    keptChanged = Signal(str, bool)
    placeWanted = Signal(int, int)
    applyWanted = Signal()
    replaceWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrival: Arrival | None = None
        self.layout_line = theme.label("", "heading")
        self.read_as = theme.label("", "small", "quiet")
        self.warnings = _Warnings()
        self.apply_button, self.replace_button = QPushButton(), QPushButton()
        self.labels, self.columns, self.encodings = LabelTable(), ColumnList(), EncodingList()
        self.lines, self.rules, self.beside, self.no_answers = LeftLines(), RuleList(), BesideList(), NoAnswerList()
        self.tabs = QTabWidget()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def words(self) -> str:
        """Everything that is said above the tabs, line by line."""
        said = (self.layout_line.text(), self.read_as.text(), self.warnings.words)
        return "\n".join(filter(None, said))

    # Methods

    def show_found(self, arrival: Arrival | None, others: int = 0) -> None:
        """Show how a file was read; `others` are those of its kind that its choices could go for too."""
        fresh = arrival is not self._arrival
        self._arrival = arrival
        self.labels.show_labels(arrival)
        self.show_noticed(arrival, others)
        self.columns.show_columns(arrival.reading if arrival else None)
        self.encodings.show_encodings(arrival)
        self.lines.show_lines(arrival.reading if arrival else None)
        self.no_answers.show_no_answers(arrival.reading if arrival else None)
        self._show_tabs()
        if fresh and arrival is not None and arrival.reading is not None and arrival.reading.kind == "survey":
            self.tabs.setCurrentWidget(self.columns)

    def show_noticed(self, arrival: Arrival | None, others: int = 0) -> None:
        """Show what changes with the turns; the label table stays untouched, since a name may be typed there."""
        reading = arrival.reading if arrival else None
        self.layout_line.setText(reading.layout.name if reading and reading.layout else "")
        self.read_as.setText(_read_as(arrival))
        self.warnings.say((arrival.sentence, *arrival.warnings) if arrival and reading else ())
        self.rules.show_rules(arrival)
        self.beside.show_beside(arrival)
        self.show_offers(arrival, others)
        self._show_tabs()

    def show_offers(self, arrival: Arrival | None, others: int) -> None:
        """Offer to let the choices go for the others of the kind, and to replace the text of a document."""
        chosen = arrival is not None and not arrival.chosen.is_empty and others > 0
        self.apply_button.setVisible(chosen)
        self.apply_button.setText(
            f"Apply to the other {others} of this kind" if others > 1 else "Apply to the other one of this kind"
        )
        twin = arrival.twin if arrival is not None and arrival.state == "ready" else None
        self.replace_button.setVisible(twin is not None)
        self.replace_button.setText(f"Replace the text of “{_short(twin.name)}”…" if twin else "")

    # Private slots

    def _on_line(self, line: Unmatched) -> None:
        arrival = self._arrival
        if arrival is None or arrival.reading is None or arrival.transcript is None:
            return
        place = place_of_line(arrival.reading, line, arrival.transcript.text)
        if place is not None:
            self.placeWanted.emit(*place)

    # Internal

    def _show_tabs(self) -> None:
        """Name the tabs with how much is in them, and hide the empty ones; the one that is open stays so."""
        arrival = self._arrival
        reading = arrival.reading if arrival else None
        counts = {
            self.labels: ("Speakers", len(arrival.labels) if arrival else 0),
            self.columns: ("Columns", len(reading.columns) if reading else 0),
            self.no_answers: ("No answers", len(self.no_answers.shown_rows())),
            self.encodings: ("Encoding", len(arrival.encodings) if arrival and arrival.encoding_in_doubt else 0),
            self.lines: ("Lines not explained", len(reading.unmatched) if reading else 0),
            self.rules: ("What was done", len(self.rules.shown_rows())),
            self.beside: ("Beside the talk", len(arrival.metadata) if arrival else 0),
        }
        for page, (title, number) in counts.items():
            place = self.tabs.indexOf(page)
            self.tabs.setTabText(place, f"{title}  {number:,}" if number else title)
            self.tabs.setTabVisible(place, bool(number) or page is self.labels)

    def _lay_out(self) -> None:
        self.setProperty("surface", "page")
        for page in (self.labels, self.columns, self.no_answers, self.encodings, self.lines, self.rules, self.beside):
            self.tabs.addTab(page, "")
        self.tabs.setAccessibleName("What was found in the file")
        self.tabs.tabBar().setAccessibleName("What was found in the file")
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        for words in (self.layout_line, self.read_as):
            words.setWordWrap(True)
        head, said = QHBoxLayout(), QVBoxLayout()
        said.setSpacing(SPACE // 2)
        said.addWidget(self.layout_line)
        said.addWidget(self.read_as)
        head.setSpacing(SPACE)
        head.addLayout(said, 1)
        for button in (self.replace_button, self.apply_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.warnings)
        column.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.labels.labelsChanged.connect(self.labelsChanged)
        self.columns.optionChosen.connect(self.optionChosen)
        self.no_answers.optionChosen.connect(self.optionChosen)
        self.encodings.encodingChosen.connect(self.encodingChosen)
        self.beside.keptChanged.connect(self.keptChanged)
        self.lines.rowActivated.connect(self._on_line)
        self.apply_button.clicked.connect(self.applyWanted)
        self.replace_button.clicked.connect(self.replaceWanted)


class _Warnings(QScrollArea):
    """What to look at, a line each; more than a few scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = theme.label("", "small", "warning")
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        for part in (self.viewport(), self._label):
            part.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What to look at before importing")

    # Properties

    @property
    def words(self) -> str:
        """What is said."""
        return self._label.text()

    # Methods

    def say(self, sentences: tuple[str, ...]) -> None:
        """Show these, each on a line of its own."""
        said = [f"! {sentence}" for sentence in sentences if sentence]
        self._label.setText("\n".join(said))
        self.setVisible(bool(said))
        self._fit()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the words need at this width, up to a few."""
        super().resizeEvent(event)
        self._fit()

    # Internal

    def _fit(self) -> None:
        line = self._label.fontMetrics().lineSpacing()
        wanted = self._label.heightForWidth(self.viewport().width())
        self.setFixedHeight(max(line, min(wanted, _MOST_LINES * line)) + 2)


def _read_as(arrival: Arrival | None) -> str:
    if arrival is None or arrival.reading is None:
        return arrival.summary if arrival is not None and arrival.state != "refused" else ""
    found = arrival.reading.layout
    shares = [f"{found.lines_read:,} of {found.lines:,} {found.unit} read"] if found else []
    parts = [*shares, reader_word(arrival.reading.reader)]
    if arrival.reading.encoding:
        guessed = ", a guess" if arrival.encoding_in_doubt and not arrival.choices.encoding else ""
        parts.append(f"{encoding_word(arrival.reading.encoding)}{guessed}")
    if not arrival.remembered.is_empty:
        parts.append("with what you chose for files of this kind")
    return " · ".join(parts)


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
