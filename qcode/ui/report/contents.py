"""Which report, what it is to contain, and where it goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qcode.agreement import Unit
from qcode.reports.values import ThemesReport, outline, without_negative_cases
from qcode.ui.report.kinds import KINDS, Kind, Wish
from qcode.ui.theme import SPACE, label

_PARTS = (
    ("participants", "Participants"),
    ("overview", "Table of themes"),
    ("quotes", "Themes with quotes"),
    ("negative", "Negative cases"),
    ("agreement", "Agreement between coders"),
    ("codebook", "Codebook as an appendix"),
)


def with_parts(whole: ThemesReport, wanted: Collection[str]) -> ThemesReport:
    """The report with these parts and no others."""
    return replace(
        whole,
        participants=whole.participants if "participants" in wanted else (),
        agreement=whole.agreement if "agreement" in wanted else None,
        codebook=whole.codebook if "codebook" in wanted else (),
        with_overview="overview" in wanted,
        with_quotes="quotes" in wanted,
        sections=whole.sections if "negative" in wanted else without_negative_cases(whole.sections),
    )


class ContentsPane(QFrame):
    """Choose a report and tick what to print. Ticks are applied to a report that is known whole."""

    kindChanged = Signal()
    changed = Signal()
    wishChanged = Signal()
    saveAsked = Signal()
    csvAsked = Signal()
    templateAsked = Signal()
    noTemplateAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.kinds = _kinds()
        self.parts = {key: QCheckBox(name) for key, name in _PARTS}
        self.units, self.which = QComboBox(), QComboBox()
        self.units.setAccessibleName("Unit of agreement")
        for unit, name in (("sentence", "by sentences"), ("character", "by characters")):
            self.units.addItem(name, unit)
        self.which_label = label("", "small", "quiet")
        self.remark, self.holds = label("", "small", "quiet"), label("", "small", "quiet")
        self.template_label = label("", "small", "quiet")
        self.template, self.no_template = QPushButton("Choose…"), QPushButton("Without")
        self.save, self.csv = QPushButton("Save as…"), QPushButton("Save quotes as CSV…")
        self._has_template = False
        self._set_up()
        self._lay_out()
        self._show_kind()
        self.show_template(None)

    # Properties

    @property
    def kind(self) -> Kind:
        """The chosen report."""
        return KINDS[max(self.kinds.currentRow(), 0)]

    @property
    def wish(self) -> Wish:
        """What is asked of it that needs reading."""
        return Wish(cast("Unit", self.units.currentData()), str(self.which.currentData() or ""))

    @property
    def wanted(self) -> frozenset[str]:
        """The parts of a themes report that are ticked."""
        return frozenset(key for key, box in self.parts.items() if box.isChecked())

    # Methods

    def choose(self, key: str) -> None:
        """Choose a report."""
        self.kinds.setCurrentRow(next(place for place, kind in enumerate(KINDS) if kind.key == key))

    def show_report(self, whole: ThemesReport | None, *, ready: bool, measured: bool) -> None:
        """Offer what there is: without a report nothing can be saved. `measured` says whether agreement is counted."""
        themes = self.kind.key == "themes"
        self.save.setEnabled(ready)
        self.csv.setEnabled(whole is not None and bool(whole.sections))
        self.parts["participants"].setEnabled(bool(whole and whole.participants))
        self.parts["codebook"].setEnabled(bool(whole and whole.codebook))
        cases = whole is not None and any(theme.negative for _depth, _place, theme in outline(whole.sections))
        self.parts["negative"].setEnabled(cases)
        compared = whole is not None and whole.agreement is not None
        self.parts["agreement"].setEnabled(compared)
        self.parts["agreement"].setVisible(themes and measured)
        agreeing = self.kind.key == "agreement"
        self.units.setEnabled(agreeing or (compared and self.parts["agreement"].isChecked()))
        self.units.setVisible(measured and (themes or agreeing))
        lacking = themes and whole is not None and not compared
        self.remark.setText("No two coders have handed in the same document." if lacking else "")
        self.remark.setVisible(measured and bool(self.remark.text()))

    def show_choices(self, choices: Sequence[tuple[str, str]], which: str) -> None:
        """Offer the rounds or divisions that there are."""
        with QSignalBlocker(self.which):
            self.which.clear()
            for key, name in choices:
                self.which.addItem(name, key)
            self.which.setCurrentIndex(max(self.which.findData(which), 0))
        asked = bool(self.kind.asks) and len(choices) > 1
        self.which.setVisible(asked)
        self.which_label.setVisible(asked)

    def show_template(self, path: Path | None) -> None:
        """Say which house template Word documents are made with."""
        said = f"Word documents look like {path.name}." if path else "Word documents have qcode's own looks."
        self.template_label.setText(said)
        self.template_label.setToolTip(str(path) if path else "")
        self._has_template = path is not None
        self.no_template.setVisible(self._has_template and bool(self.kind.files))

    # Private slots

    def _on_kind(self) -> None:
        self._show_kind()
        self.kindChanged.emit()

    def _on_toggled(self) -> None:
        box = self.parts["agreement"]
        self.units.setEnabled(box.isEnabled() and box.isChecked())
        self.changed.emit()

    # Internal

    def _show_kind(self) -> None:
        kind = self.kind
        for box in self.parts.values():
            box.setVisible(kind.key == "themes")
        self.csv.setVisible(kind.key == "themes")
        self.save.setText("Save as…" if kind.files else "Make the folder…")
        for widget in (self.template_label, self.template):
            widget.setVisible(bool(kind.files))
        self.no_template.setVisible(self._has_template and bool(kind.files))
        self.holds.setText(kind.holds)
        self.which_label.setText(kind.asks)
        self.which.setAccessibleName(kind.asks)
        self.show_choices((), "")
        self.show_report(None, ready=False, measured=False)

    def _set_up(self) -> None:
        self.save.setProperty("kind", "primary")
        for quiet in (self.template, self.no_template):
            quiet.setProperty("kind", "quiet")
        self.template.setAccessibleName("Choose a house template")
        self.no_template.setAccessibleName("Make Word documents without the house template")
        for words in (self.remark, self.holds, self.template_label):
            words.setWordWrap(True)
        for box in self.parts.values():
            box.setChecked(True)
            box.toggled.connect(self._on_toggled)
        self.kinds.currentRowChanged.connect(self._on_kind)
        for combo in (self.units, self.which):
            combo.activated.connect(self.wishChanged)
        self.save.clicked.connect(self.saveAsked)
        self.csv.clicked.connect(self.csvAsked)
        self.template.clicked.connect(self.templateAsked)
        self.no_template.clicked.connect(self.noTemplateAsked)

    def _lay_out(self) -> None:
        outside = QVBoxLayout(self)
        outside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        outside.setSpacing(SPACE)
        outside.addWidget(label("Reports", "heading"))
        outside.addWidget(_Scrolled(self._choices()), 1)
        outside.addWidget(self.save)
        outside.addWidget(self.csv)

    def _choices(self) -> QWidget:
        """What can be chosen; it scrolls where the window is low, and what saves it stays in sight."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.kinds)
        column.addWidget(self.holds)
        column.addSpacing(SPACE)
        column.addWidget(self.which_label)
        column.addWidget(self.which)
        column.addLayout(self._ticks())
        column.addStretch()
        column.addWidget(self.template_label)
        column.addLayout(_row(self.template, self.no_template))
        return inside

    def _ticks(self) -> QVBoxLayout:
        """The parts close to each other, so that all of them and the template are in sight at once."""
        column = QVBoxLayout()
        column.setSpacing(SPACE // 4)
        for key, box in self.parts.items():
            column.addWidget(box)
            if key == "agreement":
                column.addWidget(self.units)
                column.addWidget(self.remark)
        return column


class _Scrolled(QScrollArea):
    """Scrolls up and down where the window is low, and is never narrower than what it holds."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        """As wide as what is inside, and the bar beside it."""
        return QSize(self._inside.minimumSizeHint().width() + 2 * SPACE, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As what is inside would like it, and the bar beside it."""
        return self._inside.sizeHint() + QSize(2 * SPACE, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width when what is inside needs one."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _kinds() -> QListWidget:
    """The names of all reports, as tall as they need."""
    made = QListWidget()
    made.setAccessibleName("Reports")
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for kind in KINDS:
        QListWidgetItem(kind.name, made).setToolTip(kind.holds)
    made.setCurrentRow(0)
    made.setFixedHeight(len(KINDS) * max(made.sizeHintForRow(0), 3 * SPACE) + 4)
    return made


def _row(*widgets: QWidget | QLabel) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(SPACE)
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch()
    return made
