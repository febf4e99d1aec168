"""The menus of the window, and with them every command that works in all rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from qcode.ui import theme
from qcode.ui.commands import Keys
from qcode.ui.keys import KeyedAction
from qcode.ui.reading_menus import ReadingMenus
from qcode.ui.rooms import RoomEntry

if TYPE_CHECKING:
    from qcode.ui.bridge import StudyBridge
    from qcode.ui.room import Room
    from qcode.ui.study_view import StudyView
    from qcode.ui.window import MainWindow

_PANELS = (
    ("passages", "&Passages", "Ctrl+P"),
    ("search", "&Search", "Ctrl+Shift+F"),
    ("memos", "&Memos", "Ctrl+Shift+B"),
    ("history", "&History", "Ctrl+Shift+H"),
)
_IN_DRAWER = (
    ("drawer.back", "&Back to the list in the drawer", methodcaller("come_back"), ("F7",)),
    ("drawer.next", "Ne&xt entry of the drawer in its transcript", methodcaller("step", 1), ("Ctrl+F3",)),
    (
        "drawer.previous",
        "P&revious entry of the drawer in its transcript",
        methodcaller("step", -1),
        ("Ctrl+Shift+F3",),
    ),
)
_STEPS = (
    ("room.next", "Next r&oom", methodcaller("step_room", 1), "Ctrl+PgDown"),
    ("room.previous", "Pre&vious room", methodcaller("step_room", -1), "Ctrl+PgUp"),
    ("pane.next", "Next &pane", methodcaller("step_pane", 1), "F6"),
    ("pane.previous", "Previo&us pane", methodcaller("step_pane", -1), "Shift+F6"),
)
_KEY_FILE = (
    ("key-open", "&Open key file…", methodcaller("begin", "open")),
    ("key-new", "&New key file…", methodcaller("begin", "create")),
    ("key-close", "&Close key file", methodcaller("close_key")),
    ("key-passphrase", "Change &passphrase of the key…", methodcaller("begin", "passphrase")),
    ("key-destroy", "&Destroy key…", methodcaller("begin", "destroy")),
)
_TEAM = (
    ("hand_out", "Hand out &files…", methodcaller("hand_out")),
    ("collect", "Co&llect files…", methodcaller("collect")),
    ("proposals", "&Proposals of codes…", methodcaller("show_proposals")),
    ("conflicts", "Conflicts &to settle…", methodcaller("show_conflicts")),
)
_THEMES: tuple[tuple[theme.Choice, str], ...] = (
    ("light", "&Light"),
    ("dark", "&Dark"),
    ("black-on-white", "High contrast, &black on white"),
    ("white-on-black", "High contrast, &white on black"),
    ("system", "&As the system is"),
)


class Menus:
    """Study, Edit, View, the menu of the room, and Help."""

    def __init__(self, window: MainWindow, rooms: Sequence[RoomEntry]) -> None:
        self._window = window
        self._commands = window.commands
        self._of_study: list[QAction] = []
        self._add_study_menu()
        self._add_edit_menu()
        self._add_view_menu(rooms)
        self._room_menu = QMenu("Room", window)
        window.menuBar().addMenu(self._room_menu)
        self._add_help_menu()
        self.tell_theme()

    # Methods

    def tell_study(self, *, is_open: bool) -> None:
        """Offer what needs a study only while there is one."""
        for action in self._of_study:
            action.setEnabled(is_open)

    def tell_undo(self, bridge: StudyBridge | None) -> None:
        """Name what undo and redo would do."""
        undo = redo = None
        if bridge is not None:
            from qcode.queries.history import undo_labels

            labels = undo_labels(bridge.study)
            undo, redo = labels.undo, labels.redo
        for key, verb, step in (("edit.undo", "Undo", undo), ("edit.redo", "Redo", redo)):
            action = self._commands.action(key)
            action.setText(f"{verb} {step}".replace("&", "&&") if step else verb)
            action.setEnabled(step is not None)

    def show_room(self, room: Room | None) -> None:
        """Show what can be done in a room."""
        self._room_menu.clear()
        actions = room.room_actions() if room is not None else []
        for part in dict.fromkeys(_part(action) for action in actions):
            own = [action for action in actions if _part(action) == part]
            below = part not in ("", room.title if room else "") and len(own) < len(actions)
            menu = self._room_menu.addMenu(part.removeprefix("Code: ").capitalize()) if below else self._room_menu
            menu.addActions(own)
            menu.aboutToShow.connect(partial(give_letters, menu))
        give_letters(self._room_menu)
        self._room_menu.setTitle(room.title if room is not None else "Room")
        self._room_menu.menuAction().setVisible(bool(actions))
        if room is not None:
            self._commands.action(f"room.{room.key}").setChecked(True)

    def tell_weights(self, bridge: StudyBridge | None) -> None:
        """Mark whether the study uses weights."""
        used = False
        if bridge is not None:
            from qcode.queries.team import study_card

            used = study_card(bridge.study).weights
        self._commands.action("study.weights").setChecked(used)

    def tell_file(self, bridge: StudyBridge | None) -> None:
        """In a file that was handed out offer what its coder does with it: to take in a newer one, not to hand out."""
        theirs = False
        if bridge is not None:
            from qcode.queries.collecting.hand_outs import handed_out_to

            theirs = handed_out_to(bridge.study) is not None
        hand_out, collect = self._commands.action("team.hand_out"), self._commands.action("team.collect")
        hand_out.setVisible(not theirs)
        hand_out.setEnabled(bridge is not None and not theirs)
        collect.setText("Take in a newer fi&le from the lead…" if theirs else "Co&llect files…")

    def tell_theme(self) -> None:
        """Mark the theme that was chosen."""
        self._commands.action(f"theme.{theme.choice()}").setChecked(True)

    # The menus

    def _add_study_menu(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu("&Study")
        self._add(menu, "study.new", "&New study…", window.begin_new_study, keys=QKeySequence.StandardKey.New)
        self._add(menu, "study.open", "&Open a study…", window.choose_study, keys=QKeySequence.StandardKey.Open)
        recent = menu.addMenu("Open &recent")
        recent.aboutToShow.connect(partial(self._fill_recent, recent))
        self._add(menu, "study.sample", "Open the &sample study", window.open_sample)
        menu.addSeparator()
        card = partial(self._in_view, methodcaller("show_study_card"))
        self._of_study.append(self._add(menu, "study.describe", "A&bout this study…", card))
        weights = self._add(menu, "study.weights", "Use &weights for codings", window.turn_weights, checkable=True)
        self._of_study.append(weights)
        hand_in = partial(self._in_view, methodcaller("begin_hand_in"))
        self._of_study.append(self._add(menu, "team.hand_in", "&Hand in…", hand_in, part="Team"))
        attribution = partial(self._in_view, methodcaller("show_attribution"))
        self._of_study.append(
            self._add(menu, "study.attribution", "&Attribution of quotes…", attribution, part="Attribution")
        )
        for key, name, call in _TEAM:
            deed = partial(self._in_view, call)
            self._of_study.append(self._add(menu, f"team.{key}", name, deed, part="Team"))
        self._add_key_file(menu.addMenu("&Key file"))
        menu.addSeparator()
        close = self._add(menu, "study.close", "&Close the study", window.close_study, keys="Ctrl+W")
        self._of_study.append(close)
        quit_action = self._add(menu, "study.quit", "&Quit", window.close, keys="Ctrl+Q")
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)

    def _add_key_file(self, menu: QMenu) -> None:
        for key, name, call in _KEY_FILE:
            deed = partial(self._in_view, partial(_with_key_file, call))
            self._of_study.append(self._add(menu, f"study.{key}", name, deed, part="Study"))

    def _add_edit_menu(self) -> None:
        window = self._window
        menu = window.menuBar().addMenu("&Edit")
        self._add(menu, "edit.undo", "Undo", window.undo, keys=QKeySequence.StandardKey.Undo)
        self._add(menu, "edit.redo", "Redo", window.redo, keys=("Ctrl+Shift+Z", "Ctrl+Y"))
        menu.addSeparator()
        self._add(menu, "edit.commands", "&Commands…", window.show_commands, keys="Ctrl+Shift+P")

    def _add_view_menu(self, rooms: Sequence[RoomEntry]) -> None:
        menu = self._window.menuBar().addMenu("&View")
        self._add_rooms(menu, rooms)
        menu.addSeparator()
        self._add_panes(menu.addMenu("&Drawer"))
        menu.addSeparator()
        self._add_looks(menu)

    def _add_rooms(self, menu: QMenu, rooms: Sequence[RoomEntry]) -> None:
        group = QActionGroup(self._window)
        for number, room in enumerate(rooms, start=1):
            deed = partial(self._in_view, methodcaller("enter_room", room.key))
            keys = f"Ctrl+{number}"
            action = self._add(menu, f"room.{room.key}", room.title, deed, keys=keys, checkable=True, part="Room")
            group.addAction(action)
            self._of_study.append(action)
        for key, name, call, keys in _STEPS:
            self._of_study.append(self._add(menu, key, name, partial(self._in_view, call), keys=keys))

    def _add_panes(self, menu: QMenu) -> None:
        for key, name, keys in _PANELS:
            deed = partial(self._in_view, methodcaller("show_panel", key))
            action = self._add(menu, f"drawer.{key}", name, deed, keys=keys, part="Drawer")
            self._of_study.append(action)
        for key, name, call, bindings in _IN_DRAWER:
            deed = partial(self._in_view, partial(_in_drawer, call))
            self._of_study.append(self._add(menu, key, name, deed, keys=bindings, part="Drawer"))
        memo = partial(self._in_view, methodcaller("new_memo"))
        self._of_study.append(self._add(menu, "drawer.memo", "&New memo", memo, keys="F4", part="Drawer"))
        here = partial(self._in_view, methodcaller("show_memos_here"))
        self._of_study.append(
            self._add(menu, "drawer.memos-here", "Memos on what is &here", here, keys="Shift+F4", part="Drawer")
        )
        fold = partial(self._in_view, methodcaller("toggle_drawer"))
        self._of_study.append(
            self._add(menu, "drawer.fold", "Open or &fold the drawer", fold, keys="Ctrl+B", part="Drawer")
        )

    def _add_looks(self, menu: QMenu) -> None:
        group = QActionGroup(self._window)
        themes = menu.addMenu("&Theme")
        for name, words in _THEMES:
            deed = partial(self._window.choose_theme, name)
            group.addAction(self._add(themes, f"theme.{name}", words, deed, checkable=True, part="Theme"))
        sizes = menu.addMenu("&Zoom")
        keys = QKeySequence.StandardKey
        self._add(sizes, "zoom.in", "&Larger type", partial(self._zoom, 1), keys=keys.ZoomIn, part="Zoom")
        self._add(sizes, "zoom.out", "&Smaller type", partial(self._zoom, -1), keys=keys.ZoomOut, part="Zoom")
        same = partial(self._window.set_zoom, 1.0)
        self._add(sizes, "zoom.reset", "&Type as large as the system's", same, part="Zoom")
        self._reading = ReadingMenus(self._window, menu, self._add)

    def _add_help_menu(self) -> None:
        menu = self._window.menuBar().addMenu("&Help")
        self._add(menu, "help.keys", "&Keys of this room", self._window.show_keys, keys="F1")
        self._add(menu, "help.change-keys", "&Change keys…", self._window.change_keys)

    # Internal

    def _add(
        self,
        menu: QMenu,
        key: str,
        name: str,
        deed: Callable[[], object],
        *,
        keys: Keys = (),
        checkable: bool = False,
        part: str | None = None,
    ) -> QAction:
        title = part or menu.title().replace("&", "")
        action = self._commands.add(key, name, deed, part=title, keys=keys, checkable=checkable)
        menu.addAction(action)
        return action

    def _in_view(self, deed: Callable[[StudyView], object]) -> None:
        if self._window.view is not None:
            deed(self._window.view)

    def _zoom(self, by: int) -> None:
        place = theme.ZOOMS.index(theme.zoom()) + by
        self._window.set_zoom(theme.ZOOMS[min(max(place, 0), len(theme.ZOOMS) - 1)])

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for recent in self._window.settings.recent():
            path = Path(recent.path)
            action = menu.addAction(recent.title.replace("&", "&&"), partial(self._window.open_study, path))
            action.setToolTip(recent.path)
        if menu.isEmpty():
            menu.addAction("No study was open yet").setEnabled(False)


def give_letters(menu: QMenu) -> None:
    """Give each entry of a menu that has none a letter of its name; those of one letter are gone through with it."""
    entries = [action for action in menu.actions() if not action.isSeparator()]
    taken = {name[name.index("&") + 1].casefold() for name in map(_marked, entries) if "&" in name[:-1]}
    for action in entries:
        name = action.text()
        if "&" in _marked(action):
            continue
        starts = [
            place for place in range(len(name)) if name[place].isalnum() and (not place or name[place - 1] == " ")
        ]
        places = [*starts, *(place for place in range(len(name)) if name[place].isalnum())]
        free = next((place for place in places if name[place].casefold() not in taken), places[0] if places else None)
        if free is not None:
            taken.add(name[free].casefold())
            action.setText(f"{name[:free]}&{name[free:]}")


def _marked(action: QAction) -> str:
    return action.text().replace("&&", "")


def _part(action: QAction) -> str:
    return action.part if isinstance(action, KeyedAction) else ""


def _in_drawer(call: Callable[[object], object], view: StudyView) -> None:
    call(view.drawer)


def _with_key_file(call: Callable[[object], object], view: StudyView) -> None:
    call(view.key_file)
