"""The panel in which a study says what it is: its title, what it asks, and its approach to analysis."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from qcode.operations.lookup import LONGEST_NAME, LONGEST_TEXT, NameTooLongError, TextTooLongError
from qcode.operations.team import describe_study
from qcode.queries.approach import TOLD, what_changes
from qcode.queries.team import study_card
from qcode.ui.bridge import StudyBridge
from qcode.ui.keys.hints import KeyHint
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.limited import LimitedField
from qcode.ui.limited_line import LimitedLine
from qcode.ui.overlay import Overlay
from qcode.ui.panel_parts import head, sentence
from qcode.ui.theme import SPACE, label

_NO_CHANGE = "The approach decides what the rooms and reports show. Choose another to read what that changes."


class StudyCardPanel(Overlay):
    """Title, question and approach; what another approach changes is said before it is kept. Undo takes it back."""

    size_wanted = (88 * SPACE, 66 * SPACE)

    def __init__(self, bridge: StudyBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self.setAccessibleName("About this study")
        self.title_line = LimitedLine(LONGEST_NAME, self)
        self.question = LimitedField(LONGEST_TEXT, self)
        self.approaches = {name: QRadioButton(name.capitalize(), self) for name in TOLD}
        self.changes = sentence()
        self.keep_button, self.leave_button = QPushButton("Keep", self), QPushButton("Leave as it is", self)
        keep = make_action(
            self, "Keep what the study says", self.keep, "Ctrl+Return", "Ctrl+Enter", key="study-card.keep",
            context=WITHIN,
        )  # fmt: skip
        self._set_up()
        self._lay_out(KeyHint(("{} keeps", keep), "Esc leaves"))
        self._connect()

    # Properties

    @property
    def approach(self) -> str:
        """The approach that is chosen."""
        chosen = next((name for name, button in self.approaches.items() if button.isChecked()), "")
        return chosen or study_card(self._bridge.study).approach

    # Methods

    def begin(self) -> None:
        """Show what the study says of itself today."""
        card = study_card(self._bridge.study)
        self.title_line.setText(card.title)
        self.question.setPlainText(card.question)
        for name, button in self.approaches.items():
            button.setChecked(name == card.approach)
        self._tell()
        self.open_over(self.approaches.get(card.approach, self.title_line))

    def keep(self) -> None:
        """Keep what was written and chosen, in one step; a refusal is told, and the panel stays."""
        if self.isHidden():
            return
        bridge, card = self._bridge, study_card(self._bridge.study)
        title, question, approach = self.title_line.text(), self.question.raw(), self.approach
        changes = what_changes(card.approach, approach)
        if (title, question, changes) == (card.title, card.question, ""):
            self.close_panel()
            return
        label_of = f"Change the approach to {approach}" if changes else "Describe the study"
        done = bridge.attempt(lambda: _describe(bridge, title, question, approach, label_of))
        if done:
            self.close_panel()
            bridge.informed.emit(
                f"The approach is {approach}. {changes}" if changes else "The study is described anew."
            )

    # Private slots

    def _tell(self) -> None:
        card = study_card(self._bridge.study)
        said = what_changes(card.approach, self.approach) or _NO_CHANGE
        self.changes.setText(said)
        for button in self.approaches.values():
            button.setAccessibleDescription(said if button.isChecked() else TOLD[_name(button)])

    # Internal

    def _set_up(self) -> None:
        self.title_line.setAccessibleName("Title of the study")
        self.question.setAccessibleName("What the study asks")
        self.question.setProperty("kind", "field")
        self.question.setTabChangesFocus(True)
        self.question.setFixedHeight(8 * SPACE)
        self.keep_button.setProperty("kind", "primary")
        self.leave_button.setProperty("kind", "quiet")
        self.leave_button.setAccessibleName("Leave the study as it is")
        self._group = QButtonGroup(self)
        for button in self.approaches.values():
            self._group.addButton(button)

    def _lay_out(self, hint: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head(label("About this study", "heading"), "Leave", self.close_panel))
        for name, field in (("Title", self.title_line), ("Question", self.question)):
            column.addWidget(label(name, tone="quiet"))
            column.addWidget(field)
        column.addWidget(label("Approach to analysis", tone="quiet"))
        column.addLayout(self._approaches())
        column.addWidget(self.changes)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(hint, 1)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.keep_button)
        column.addLayout(buttons)

    def _approaches(self) -> QGridLayout:
        """Each approach with what it asks beside it."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        for place, (name, button) in enumerate(self.approaches.items()):
            grid.addWidget(button, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(sentence(TOLD[name], quiet=True), place, 1)
        return grid

    def _connect(self) -> None:
        for button in self.approaches.values():
            button.toggled.connect(lambda _on: self._tell())
        self.keep_button.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.close_panel)
        self.title_line.tooLong.connect(lambda: self._bridge.refused.emit(str(NameTooLongError("study"))))
        self.question.tooLong.connect(lambda: self._bridge.refused.emit(str(TextTooLongError("question"))))


def _describe(bridge: StudyBridge, title: str, question: str, approach: str, said: str) -> bool:
    describe_study(bridge.study, title=title, question=question, approach=approach, label=said)
    return True


def _name(button: QRadioButton) -> str:
    return button.text().casefold()
