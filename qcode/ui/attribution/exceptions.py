"""What is excepted for the template that is in force, and the few fields in which an exception is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qcode.queries.attribution.policy import ExceptionRow, Policy
from qcode.ui.limited_line import LimitedLine
from qcode.ui.local_time import local_time
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.theme import SPACE, label

_LONGEST = 500
_EVERYBODY = ("", "")
ABOUT = (
    "Where people agreed to be known by what they do, the template may print it all the same. The reason is kept in "
    "the history and told beneath the quotes."
)


class Exceptions(QWidget):
    """Says what is excepted; asks for an exception (field, value, reason), or for one to be taken back."""

    allowAsked = Signal(str, str, str)
    liftAsked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may = False
        self._rows: Sequence[ExceptionRow] = ()
        self.heading = label("Exception for this template", "heading")
        self.told = sentence(ABOUT, quiet=True)
        self.whom = QComboBox()
        self.whom.setAccessibleName("Who may be told")
        self.whom.setMinimumContentsLength(12)
        self.whom.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason: QLineEdit = LimitedLine(_LONGEST)
        self.reason.setPlaceholderText("Reason, such as: they agreed in writing")
        self.reason.setAccessibleName("Reason of the exception")
        self.allow, self.lift = QPushButton("Allow"), QPushButton("Take back")
        for button in (self.allow, self.lift):
            button.setProperty("kind", "slim")
        self.allow.clicked.connect(self._on_allow)
        self.reason.returnPressed.connect(self._on_allow)
        self.lift.clicked.connect(self._on_lift)
        self._lay_out()

    # Methods

    def show_policy(self, policy: Policy, template: str, *, may: bool) -> None:
        """Show what is excepted for a template, and who could be."""
        self._may, self._rows = may and template == policy.template and bool(template), policy.in_force(template)
        self._offer(policy)
        if self._rows:
            self.told.setText("\n".join(map(_told, self._rows)))
        elif template != policy.template:
            self.told.setText("Keep the template first: an exception is for one template alone.")
        else:
            self.told.setText(ABOUT)
        for part in (self.whom, self.reason, self.allow):
            part.setEnabled(self._may)
            part.setVisible(not self._rows)
        self.lift.setVisible(bool(self._rows))

    # Private slots

    def _on_allow(self) -> None:
        about, value = self.whom.currentData() or _EVERYBODY
        self.allowAsked.emit(about, value, self.reason.text())

    def _on_lift(self) -> None:
        for row in self._rows:
            self.liftAsked.emit(row.id)

    # Internal

    def _offer(self, policy: Policy) -> None:
        """Everybody, and those of whom fewer than k are: what may have to be excepted."""
        wanted = [("Everybody", _EVERYBODY)]
        for row in policy.fields:
            if row.kind in ("text", "category"):
                few = [value for value, count in row.values if count < policy.k]
                wanted += [(f"{row.title}: {value}", (row.key, value)) for value in few]
        if [self.whom.itemText(place) for place in range(self.whom.count())] != [words for words, _data in wanted]:
            self.whom.clear()
            for words, data in wanted:
                self.whom.addItem(words, data)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.heading)
        column.addWidget(self.told)
        column.addLayout(line_of(self.whom, self.reason, self.allow, stretch=1))
        column.addLayout(line_of(self.lift))


def _told(row: ExceptionRow) -> str:
    return f"In force for {row.whom}: {row.reason} ({row.coder_name}, {local_time(row.at)})"
