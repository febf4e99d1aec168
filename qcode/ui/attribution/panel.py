"""The panel over the window in which it is decided what stands under quotes, with what that does to whom, live."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qcode.analysis.anonymity import LEAST, MOST
from qcode.analysis.ladders import read_ladder
from qcode.ids import AttributionExceptionId
from qcode.operations import anonymity
from qcode.queries.attribution.risk import AtRisk
from qcode.study import Change
from qcode.ui import work
from qcode.ui.attribution.exceptions import Exceptions
from qcode.ui.attribution.fields import WorthTable
from qcode.ui.attribution.reading import TEMPLATES, Shown, read_shown
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.hints import KeyHint
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.overlay import Overlay
from qcode.ui.panel_parts import head, line_of, rich, sentence
from qcode.ui.tab_order import chain
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label

_RESTS_MS = 150
_NONE = "(none)"
_KINDS = (
    "study", "attribution_policy", "attribution_exception", "participant", "attribute", "attribute_level",
    "attribute_value", "site", "quote", "theme", "document", "speaker", "coder",
)  # fmt: skip


class AttributionPanel(Overlay):
    """Template, k, order of worth and exception at the left; at the right who is at risk, as it would be printed.

    The template and k are tried while they are typed, and kept by a button; all else is kept at once. Undo takes back.
    """

    size_wanted = (150 * SPACE, 92 * SPACE)

    def __init__(self, bridge: StudyBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._shown: Shown | None = None
        self._task: work.Task | None = None
        self.setAccessibleName("Attribution of quotes")
        self.template, self.k = QComboBox(), QSpinBox()
        self.keep_button, self.covering = QPushButton("Keep"), QCheckBox("What is missing may tell nothing either")
        self.said, self.examples, self.summary = sentence(), rich("As it would be printed"), sentence(quiet=True)
        self.worth, self.exceptions = WorthTable(), Exceptions()
        self.parts, self.parts_label = QLineEdit(), label("Parts of ids that tell", "small", "quiet")
        self.people, self.why = RowTable(_columns()), sentence()
        self._rest = QTimer(self, singleShot=True, interval=_RESTS_MS)
        keep = make_action(
            self, "Keep the attribution", self.keep, "Ctrl+Return", "Ctrl+Enter", key="attribution.keep", context=WITHIN
        )
        self._set_up()
        self._lay_out(KeyHint(("{} keeps", keep), "Esc leaves"))
        self._connect()

    # Properties

    @property
    def computing(self) -> bool:
        """Whether people are being counted."""
        return self._task is not None or self._rest.isActive()

    @property
    def tried(self) -> tuple[str, int]:
        """The template and the k that are tried."""
        written = self.template.currentText().strip()
        return "" if written == _NONE else written, self.k.value()

    # Methods

    def begin(self) -> None:
        """Show what the study says, with the focus in the template."""
        self._shown = None
        self._read()
        self.open_over(self.template)

    def keep(self) -> None:
        """Keep the template and k that are tried, at one stroke; a refusal is told, and the panel stays."""
        if self._shown is None or self.isHidden():
            return
        template, k = self.tried
        study, policy = self._bridge.study, self._shown.policy
        if (template, k) == (policy.template, policy.k):
            self._bridge.informed.emit("That is what the study says already.")
            return

        def deed() -> bool:
            with study.grouped():
                if template != policy.template:
                    anonymity.set_template(study, template=template)
                if k != policy.k:
                    anonymity.set_k(study, k=k)
            return True

        if self._bridge.attempt(deed):
            self._bridge.informed.emit("The attribution of quotes is kept. Undo takes that back.")

    # Private slots

    def _on_change(self, change: Change) -> None:
        if not self.isHidden() and change.concerns(*_KINDS):
            self._read(follow=change.concerns("study"))

    def _on_typed(self) -> None:
        self._tell_keep()
        self._rest.start()

    def _on_read(self, shown: Shown, *, follow: bool) -> None:
        self._task = None
        before, self._shown = self._shown, shown
        if follow or before is None:
            self._show_kept()
        self.worth.show_policy(shown.policy, may=shown.may)
        self.exceptions.show_policy(shown.policy, self.tried[0], may=shown.may)
        with QSignalBlocker(self.covering):
            self.covering.setChecked(shown.policy.covering)
        self._show_parts(shown)
        for part in (self.covering, self.k, self.parts):
            part.setEnabled(shown.may)
        self._show_people(shown)
        self._tell_keep()

    def _on_parts(self) -> None:
        words = self.parts.text().replace(",", " ").split()
        if all(word.isdigit() and int(word) > 0 for word in words):
            numbers = [int(word) - 1 for word in words]
            self._attempt(lambda: anonymity.set_disclosed(self._bridge.study, ids=numbers))
        else:
            self._bridge.refused.emit("Write the numbers of the parts, such as 1, 2; of CD-07-02 part 1 is CD.")

    def _on_ladder(self, key: str, words: str) -> None:
        numbers = self._shown is not None and any(
            row.key == key and row.kind == "number" for row in self._shown.policy.fields
        )

        def deed() -> None:
            steps = read_ladder(words, numbers=numbers)
            anonymity.set_ladder(self._bridge.study, key, steps=steps)

        if not self._attempt(deed):
            self.worth.write_again(key, words)

    def _on_allow(self, about: str, value: str, reason: str) -> None:
        study = self._bridge.study
        if self._attempt(lambda: anonymity.allow_exception(study, reason=reason, about=about, value=value)):
            self.exceptions.reason.clear()

    def _on_lift(self, exception: str) -> None:
        self._attempt(lambda: anonymity.lift_exception(self._bridge.study, AttributionExceptionId(exception)))

    # Internal

    def _attempt(self, deed: Callable[[], object]) -> bool:
        """Do something; where it is refused, show again what stands."""
        done = self._bridge.attempt(lambda: (deed(), True)[1])
        if not done and self._shown is not None:
            self.worth.show_policy(self._shown.policy, may=self._shown.may)
            self._show_parts(self._shown)
        return bool(done)

    def _read(self, *, follow: bool = False) -> None:
        if self._task is not None:
            self._task.cancel()
        study, (template, k) = self._bridge.study, self.tried
        fresh = self._shown is None or follow
        self._task = work.run(
            self,
            lambda _progress: read_shown(study, None if fresh else template, None if fresh else k),
            done=lambda shown: self._on_read(shown, follow=follow),
            refused=self._bridge.refused.emit,
        )

    def _show_kept(self) -> None:
        """Show the template and k of the study."""
        if self._shown is None:
            return
        with QSignalBlocker(self.template), QSignalBlocker(self.k):
            self.template.setCurrentText(self._shown.policy.template or _NONE)
            self.k.setValue(self._shown.policy.k)

    def _show_parts(self, shown: Shown) -> None:
        tells = shown.policy.id_tells
        self.parts.setText("" if tells is None else ", ".join(str(one + 1) for one in tells))
        coded = shown.found is not None and shown.found.crowd.tells_by_id
        for part in (self.parts, self.parts_label):
            part.setVisible(coded or tells is not None)

    def _show_people(self, shown: Shown) -> None:
        found = shown.found
        self.said.setText(shown.refusal)
        self.said.setVisible(bool(shown.refusal))
        self.people.set_rows(list(shown.people))
        if self.people.current_row() is None and shown.people:
            first = next((row for row in shown.people if row.why), shown.people[0])
            self.people.select_row(first.id)
        self._tell_why()
        lines = (f"{escape(name)} → <b>{escape(words)}</b>" for name, words in shown.examples)
        printed = "".join(f"<p style='margin:2px 0'>{line}</p>" for line in lines)
        self.examples.setText(printed or ("" if shown.refusal else "Nothing stands under quotes."))
        if found is None:
            self.summary.setText("")
            return
        changed = sum(bool(row.why) for row in found.people)
        self.summary.setText(
            f"{len(found.people)} of {found.total} people are quoted. "
            f"Of {changed} less is printed than the template asks."
        )

    def _tell_why(self) -> None:
        """Say of the person in the table what was left out or made coarser, and why."""
        row = self.people.current_row()
        self.why.setText("" if row is None else "\n".join(_reasons(row)) or "All that is asked is printed.")

    def _tell_keep(self) -> None:
        policy = self._shown.policy if self._shown else None
        differs = policy is not None and self.tried != (policy.template, policy.k)
        self.keep_button.setEnabled(differs)
        if policy is not None:
            self.exceptions.show_policy(policy, self.tried[0], may=bool(self._shown and self._shown.may))

    def _set_up(self) -> None:
        self.template.setEditable(True)
        self.template.addItems([one or _NONE for one in TEMPLATES])
        self.template.setCurrentText("")
        self.template.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.template.setAccessibleName("Template of the attribution")
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.k.setRange(LEAST, MOST)
        self.k.setAccessibleName("How many have to share what is printed of one person")
        self.keep_button.setProperty("kind", "primary")
        self.parts.setPlaceholderText("all but the last")
        self.parts.setAccessibleName("Parts of ids that give something away")
        self.people.setAccessibleName("Who is at risk")
        self.summary.setAccessibleName("Summary")

    def _connect(self) -> None:
        study = self._bridge
        study.changed.connect(self._on_change)
        study.coderChanged.connect(lambda _coder: self._read() if not self.isHidden() else None)
        self.template.currentTextChanged.connect(lambda _text: self._on_typed())
        self.k.valueChanged.connect(lambda _k: self._on_typed())
        self._rest.timeout.connect(self._read)
        self.people.currentRowChanged.connect(lambda _row: self._tell_why())
        self.keep_button.clicked.connect(self.keep)
        self.covering.clicked.connect(
            lambda on: self._attempt(lambda: anonymity.set_covering(self._bridge.study, covering=on))
        )
        self.parts.editingFinished.connect(lambda: self._on_parts() if self.parts.isModified() else None)
        self.worth.orderAsked.connect(
            lambda keys: self._attempt(lambda: anonymity.set_worth(self._bridge.study, worth=keys))
        )
        self.worth.toldAsked.connect(
            lambda keys: self._attempt(lambda: anonymity.set_disclosed(self._bridge.study, pseudonyms=keys))
        )
        self.worth.ladderAsked.connect(self._on_ladder)
        self.exceptions.allowAsked.connect(self._on_allow)
        self.exceptions.liftAsked.connect(self._on_lift)

    def _lay_out(self, hint: KeyHint) -> None:
        left, right = QWidget(), QWidget()
        _column(
            left,
            self.template,  # on a line of its own: it is read as a whole
            line_of(label("What it prints is shared by at least", tone="quiet"), self.k, self.keep_button),
            self.said,
            self.examples,
            self.worth,
            line_of(self.parts_label, self.parts, stretch=1),
            self.covering,
            self.exceptions,
            stretch=self.worth,
        )
        _column(right, label("Who is at risk", "heading"), self.summary, self.people, self.why, stretch=self.people)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        for pane in (left, right):
            panes.addWidget(pane)
        panes.setSizes([62 * SPACE, 84 * SPACE])
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        top = head(label("Attribution of quotes", "title"), "Leave", self.close_panel)
        for part in (top, hint):
            part.setContentsMargins(SPACE, 0, SPACE, 0)
        column.addLayout(top)
        column.addWidget(panes, 1)
        column.addWidget(hint)
        chain([self.template, self.k, self.keep_button, self.worth, self.parts, self.covering, self.exceptions,
               self.people])  # fmt: skip


def _column(widget: QWidget, *parts: QWidget | QHBoxLayout, stretch: QWidget) -> None:
    column = QVBoxLayout(widget)
    column.setContentsMargins(SPACE, 0, SPACE, 0)
    column.setSpacing(SPACE)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part, int(part is stretch))
        else:
            column.addLayout(part)


def _columns() -> list[Column[AtRisk]]:
    return [
        Column("Person", lambda row: row.name, width=12 * SPACE),
        Column("Quotes", lambda row: row.quotes, align="right"),
        Column("Printed", lambda row: row.printed, _printed, width=18 * SPACE, stretch=True, tip=_printed),
        Column(
            "Shared by",
            lambda row: row.alike,
            _shared,
            align="right",
            width=11 * SPACE,
            about="How many people share all that the template asks → what is printed",
        ),
        Column("Why", _why, stretch=True, width=16 * SPACE, yields=1, tip=lambda row: "\n".join(_reasons(row))),
    ]


def _printed(row: AtRisk) -> str:
    return row.printed or ("–" if row.quotes else "not quoted")


def _shared(row: AtRisk) -> str:
    return str(row.alike) if row.wanted == row.alike else f"{row.wanted} → {row.alike}"


def _reasons(row: AtRisk) -> list[str]:
    by_hand = [f"By hand: {', '.join(row.by_hand)}."] if row.by_hand else []
    excepted = [f"Excepted: {row.exception.reason}"] if row.exception is not None else []
    return [*excepted, *by_hand, *row.why]


def _why(row: AtRisk) -> str:
    return " ".join(_reasons(row))
