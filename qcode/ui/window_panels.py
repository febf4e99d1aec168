"""The panels that lie over the window: what can be done, and with which keys; each is built when it is first needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from qcode.ui.commands import Commands
from qcode.ui.settings import Settings

if TYPE_CHECKING:
    from qcode.ui.command_palette import CommandPalette, KeysPanel
    from qcode.ui.keys.panel import KeysChooser
    from qcode.ui.room import Room
    from qcode.ui.study_view import StudyView


class WindowPanels(QMainWindow):
    """A window with a palette of commands, a list of keys, and the panel in which they are changed."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.commands = Commands(self)

    # Properties

    @property
    def settings(self) -> Settings:
        """What the application remembers."""
        return self._settings

    @property
    def view(self) -> StudyView | None:
        """The open study, if there is one."""
        return None

    @property
    def current_room(self) -> Room | None:
        """The room that is shown."""
        return self.view.current_room if self.view else None

    @cached_property
    def palette_panel(self) -> CommandPalette:
        """The palette of commands."""
        from qcode.ui.command_palette import CommandPalette

        return CommandPalette(self, self._offers)

    @cached_property
    def keys_panel(self) -> KeysPanel:
        """The keys of the room one is in."""
        from qcode.ui.command_palette import KeysPanel

        return KeysPanel(self, self._offers, self.change_keys)

    @cached_property
    def keys_chooser(self) -> KeysChooser:
        """The panel in which keys are changed."""
        from qcode.ui.keys.panel import KeysChooser

        return KeysChooser(self, self._settings)

    # Methods

    def show_commands(self) -> None:
        """Open the palette of commands."""
        self.palette_panel.open_palette()

    def show_keys(self) -> None:
        """Show the keys of this room."""
        room = self.current_room
        self.keys_panel.open_keys(f"Keys in {room.title}" if room else "Keys", room.keys_beside if room else ())

    def change_keys(self) -> None:
        """Show everything one can do in any room, with its keys, to change them."""
        self.keys_chooser.open_panel()

    # Internal

    def _offers(self) -> list[tuple[str, QAction]]:
        view, room = self.view, self.current_room
        own = [(room.title, action) for action in room.room_actions()] if room else []
        own += view.drawer.drawer_actions() if view else []
        return own + [(command.part, command.action) for command in self.commands]
