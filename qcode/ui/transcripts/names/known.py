"""The team's own list of names, typed or pasted: what it holds is looked for first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.deidentification.forms import same_form
from qcode.errors import QcodeError
from qcode.ui.bridge import StudyBridge
from qcode.ui.known_names import FOR_NAMES
from qcode.ui.limited import LimitedField
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label

_HOW = (
    "One name a line. Where you know what shall stand instead, write it after an equals sign, such as "
    "“Ines Alvarez = Rosa”; names with the same replacement are one person."
)
_MEMORY = "The list stays in memory while the study is open, and in the key file if one is open."
_MOST = 200_000
_TOO_LONG = f"A list of names holds up to {_MOST:,} characters. Leave out what is no name."


class NameWithoutWordsError(QcodeError):
    """A line has a replacement and no name."""

    def __init__(self, line: int) -> None:
        super().__init__(
            f"Line {line} has a replacement but no name before it. Write the name, an equals sign, the rest."
        )


class KnownPanel(Overlay):
    """A field of names, and what to do with them. Ctrl+Enter takes them, Esc leaves."""

    size_wanted = (76 * SPACE, 62 * SPACE)

    def __init__(self, bridge: StudyBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self.setAccessibleName("Names you know")
        self.field = LimitedField(_MOST, self)
        self.field.setProperty("kind", "field")
        self.field.setProperty(FOR_NAMES, True)  # noqa: FBT003  # Qt takes the value by place
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName("Names you know, one a line")
        self.says = label("", "small", "danger")
        self.take_button, self.cancel_button = QPushButton("Use these names"), QPushButton("Cancel")
        self.take_button.setProperty("kind", "primary")
        self._lay_out()
        self.field.tooLong.connect(lambda: self.says.setText(_TOO_LONG))
        self.take_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.close_panel)

    # Methods

    def open_panel(self) -> None:
        """Show the names that are known."""
        self.says.clear()
        self.field.setPlainText("\n".join(self._line(name) for name in self._bridge.rulings.names))
        self.open_over(self.field)

    def take(self) -> None:
        """Use the names; a refusal is said and leaves the field as it is."""
        try:
            names, pairs = read_list(self.field.raw())
            held = {same_form(name): words for name, words in map(_pair, self._known_lines())}
            fresh = [
                (name, words) for name, words in pairs if same_form(held.get(same_form(name), "")) != same_form(words)
            ]
            self._bridge.rulings.know([*names, *(name for name, _words in pairs)], fresh)
        except QcodeError as error:
            self.says.setText(str(error))
            self.field.setFocus()
        else:
            self.close_panel()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes the names."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.take()
            event.accept()
        else:
            super().keyPressEvent(event)

    # Internal

    def _known_lines(self) -> list[str]:
        return [self._line(name) for name in self._bridge.rulings.names]

    def _line(self, name: str) -> str:
        entity = self._bridge.rulings.about(same_form(name))
        return f"{name} = {entity.replacement}" if entity is not None and entity.decision == "replace" else name

    def _lay_out(self) -> None:
        how, memory = label(_HOW, "small"), label(_MEMORY, "small", "quiet")
        for words in (how, memory, self.says):
            words.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label("Names you know", "heading"))
        column.addWidget(how)
        column.addWidget(self.field, 1)
        for words in (self.says, memory):
            column.addWidget(words)
        column.addLayout(buttons)


def read_list(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The names of a list, and pairs of a name and what stands instead, for lines with an equals sign."""
    names: list[str] = []
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        name, words = _pair(line)
        if words and not name:
            raise NameWithoutWordsError(number)
        if words:
            pairs.append((name, words))
        elif name:
            names.append(name)
    return names, pairs


def _pair(line: str) -> tuple[str, str]:
    name, _equals, words = line.partition("=")
    return " ".join(name.split()), " ".join(words.split())
