"""What the report is to contain, and where it goes."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QPushButton, QVBoxLayout, QWidget

from qcode.agreement import Unit
from qcode.reports.values import ThemesReport
from qcode.ui.theme import SPACE, label

_PARTS = (
    ("participants", "Participants"),
    ("overview", "Table of themes"),
    ("quotes", "Themes with quotes"),
    ("agreement", "Agreement between coders"),
    ("codebook", "Codebook as an appendix"),
)


class ContentsPane(QFrame):
    """Tick what to print. Ticks are applied to a report that is known whole; only the unit needs new figures."""

    changed = Signal()
    unitChanged = Signal()
    wordAsked = Signal()
    csvAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.parts = {key: QCheckBox(name) for key, name in _PARTS}
        self.units = QComboBox()
        self.units.setAccessibleName("Unit of agreement")
        for unit, name in (("sentence", "by sentences"), ("character", "by characters")):
            self.units.addItem(name, unit)
        self.remark = label("", "small", "quiet")
        self.word, self.csv = QPushButton("Save as Word…"), QPushButton("Save quotes as CSV…")
        self.word.setProperty("kind", "primary")
        self._lay_out()
        for box in self.parts.values():
            box.setChecked(True)
            box.toggled.connect(self._on_toggled)
        self.units.activated.connect(self.unitChanged)
        self.word.clicked.connect(self.wordAsked)
        self.csv.clicked.connect(self.csvAsked)

    # Properties

    @property
    def unit(self) -> Unit:
        """The unit that agreement is counted in."""
        return cast("Unit", self.units.currentData())

    # Methods

    def chosen(self, whole: ThemesReport) -> ThemesReport:
        """The report with what is ticked."""
        wanted = {key: box.isChecked() for key, box in self.parts.items()}
        return replace(
            whole,
            participants=whole.participants if wanted["participants"] else (),
            agreement=whole.agreement if wanted["agreement"] else None,
            codebook=whole.codebook if wanted["codebook"] else (),
            with_overview=wanted["overview"],
            with_quotes=wanted["quotes"],
        )

    def show_report(self, whole: ThemesReport | None, *, measured: bool) -> None:
        """Offer what there is: without a report nothing can be saved. `measured` says whether agreement is counted."""
        self.word.setEnabled(whole is not None)
        self.csv.setEnabled(whole is not None and bool(whole.sections))
        known = whole is not None
        self.parts["participants"].setEnabled(known and bool(whole and whole.participants))
        self.parts["codebook"].setEnabled(known and bool(whole and whole.codebook))
        compared = whole is not None and whole.agreement is not None
        self.parts["agreement"].setEnabled(compared)
        self.units.setEnabled(compared and self.parts["agreement"].isChecked())
        for widget in (self.parts["agreement"], self.units):
            widget.setVisible(measured)
        self.remark.setText("No two coders have handed in the same document." if known and not compared else "")
        self.remark.setVisible(measured and bool(self.remark.text()))

    # Private slots

    def _on_toggled(self) -> None:
        box = self.parts["agreement"]
        self.units.setEnabled(box.isEnabled() and box.isChecked())
        self.changed.emit()

    # Internal

    def _lay_out(self) -> None:
        self.remark.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label("Contents", "heading"))
        for key, box in self.parts.items():
            column.addWidget(box)
            if key == "agreement":
                self.units.setContentsMargins(3 * SPACE, 0, 0, 0)
                column.addWidget(self.units)
                column.addWidget(self.remark)
        column.addStretch()
        column.addWidget(self.word)
        column.addWidget(self.csv)
