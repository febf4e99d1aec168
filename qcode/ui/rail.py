"""The rail at the left: the six rooms, in the order of the work."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from qcode.ui.icons import icon
from qcode.ui.rooms import RoomEntry
from qcode.ui.theme import SPACE, current

_ICON = 3 * SPACE


class Rail(QFrame):
    """One button a room; arrow keys go from one to the next."""

    roomChosen = Signal(str)

    def __init__(self, rooms: Sequence[RoomEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setAccessibleName("Rooms")
        self._group = QButtonGroup(self)
        self._buttons = {room.key: self._button(room, number) for number, room in enumerate(rooms, start=1)}
        self._lay_out()
        self.update_theme()

    # Properties

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is choosing here."""
        return any(button.hasFocus() for button in self._buttons.values())

    # Methods

    def show_room(self, key: str) -> None:
        """Mark the room that is shown."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QToolButton:
        """The button of a room."""
        return self._buttons[key]

    def update_theme(self) -> None:
        """Draw the icons in the colours of the theme."""
        for key, button in self._buttons.items():
            button.setIcon(icon(key, current().quiet, checked=current().accent, sizes=(_ICON, 2 * _ICON)))

    # Internal

    def _button(self, room: RoomEntry, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "room")
        button.setText(room.title)
        button.setAccessibleName(room.title)
        button.setToolTip(f"{room.title} (Ctrl+{number})")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.roomChosen.emit(room.key))
        self._group.addButton(button)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE // 2, SPACE, SPACE // 2, SPACE)
        column.setSpacing(SPACE // 2)
        for button in self._buttons.values():
            column.addWidget(button)
        column.addStretch(1)
