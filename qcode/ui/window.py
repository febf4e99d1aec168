"""The window: without a study the welcome, with one its rooms; the menus, the keys, and the bar for messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from qcode.errors import QcodeError
from qcode.ui import theme
from qcode.ui.digits import digit_with_control
from qcode.ui.dropped_studies import study_files, take_studies
from qcode.ui.empty import EmptyState
from qcode.ui.keys import keymap
from qcode.ui.keys.following import FollowingKeys
from qcode.ui.keys.keyed import deeds
from qcode.ui.menus import Menus
from qcode.ui.message_bar import MessageBar
from qcode.ui.rooms import ROOMS, RoomEntry
from qcode.ui.settings import Settings
from qcode.ui.window_panels import WindowPanels
from qcode.ui.work import wait_for_all

if TYPE_CHECKING:
    from qcode.study import Change, Place, Study
    from qcode.ui.bridge import StudyBridge
    from qcode.ui.new_study import NewStudy
    from qcode.ui.room import Room
    from qcode.ui.study_view import StudyView
    from qcode.ui.welcome import SampleBuilder, Welcome

_AT_REST_MS = 200
_FILTER = "qcode studies (*.qcode);;All files (*)"


class MainWindow(WindowPanels):
    """Shows one study at a time. What belongs to a study is loaded when the first one is opened, so it starts fast.

    For the same reason the welcome and the panels over the window are built when they are first needed.
    """

    def __init__(self, settings: Settings, build_sample: SampleBuilder, rooms: Sequence[RoomEntry] = ROOMS) -> None:
        super().__init__(settings)
        keymap.take(settings.keys)
        self._entries = tuple(rooms)
        self._view: StudyView | None = None
        self._build_sample = build_sample
        self.messages = MessageBar(self)
        self.following = FollowingKeys(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.menus = Menus(self, self._entries)
        self._connect()
        self._restore()
        self._tell_state()

    # Properties

    @property
    def view(self) -> StudyView | None:
        """The open study, if there is one."""
        return self._view

    @property
    def bridge(self) -> StudyBridge | None:
        """The bridge to the open study."""
        return self._view.bridge if self._view else None

    @cached_property
    def welcome(self) -> Welcome:
        """What is shown without a study."""
        from qcode.ui.welcome import Welcome

        made = Welcome(self._settings, self._build_sample, self)
        made.requestOpen.connect(self.open_study)
        made.requestChoose.connect(self.choose_study)
        made.requestNew.connect(self.new_study)
        made.built.connect(self._on_built)
        self._stack.addWidget(made)
        return made

    # Studies

    def tell_opening(self, path: Path) -> None:
        """Say which study is about to be opened, where there is none yet."""
        self._opening.say(f"Opening “{path.name}”…")
        self._stack.setCurrentWidget(self._opening)

    def open_study(self, path: Path) -> bool:
        """Open a study in place of the one that is open; a refusal is told and leaves everything as it was."""
        from qcode.study import Study

        return self._show(lambda: Study.open(path))

    def tell_refusal(self, sentence: str) -> None:
        """Say in a sentence why something was not done: on the welcome, or in the bar for messages."""
        if self._view is None:
            self._show_welcome()
            self.welcome.say(sentence, refused=True)
        else:
            self.messages.refuse(sentence)

    def new_study(self, wanted: NewStudy) -> bool:
        """Make a study and open it."""
        from qcode.study import Study

        self._settings.your_name = wanted.coder.strip()
        return self._show(lambda: Study.create(wanted.path, title=wanted.title, coder=wanted.coder))

    def show_study(self, study: Study) -> None:
        """Show a study that is open already."""
        from qcode.queries.team import coders, study_card
        from qcode.ui.bridge import StudyBridge
        from qcode.ui.study_view import StudyView

        self.close_study()
        bridge = StudyBridge(study)
        bridge.settings = self._settings
        last = self._settings.last_coder(study.path)
        known = {row.id for row in coders(study)}
        if last in known:
            bridge.act_as(next(coder for coder in known if coder == last))
        self._view = StudyView(bridge, self._entries, self)
        bridge.setParent(self._view)
        self._connect_study(self._view)
        for entry in self._entries:
            self.commands.action(f"room.{entry.key}").tell_keys(self._view.rail.button(entry.key), entry.title)
        self._stack.addWidget(self._view)
        self._stack.setCurrentWidget(self._view)
        self._view.show_first_room()
        QTimer.singleShot(_AT_REST_MS, self._view, self._view.drawer.restore)
        self._view.watch_folder(self.messages, self._settings)
        if self._settings.drawer_open:
            self._view.drawer.toggle()
        self._settings.remember(study.path, study_card(study).title)
        if study.kept is not None:
            self.messages.inform(f"The study was upgraded to this qcode. As it was, it is kept as “{study.kept.name}”.")
        self._tell_state()

    def close_study(self) -> None:
        """Go back to the welcome; everything is on disk already."""
        if self._view is None:
            return
        view, self._view = self._view, None
        self._settings.drawer_open = view.drawer.is_open
        self.messages.close_message()
        view.bridge.close()
        self._stack.removeWidget(view)
        view.hide()
        view.deleteLater()
        self._show_welcome()
        self._tell_state()

    def choose_study(self) -> None:
        """Ask for a study file with the system's own panel."""
        recent = self._settings.recent()
        folder = str(Path(recent[0].path).parent) if recent else ""
        name, _kind = QFileDialog.getOpenFileName(self, "Open a study", folder, _FILTER)
        if name:
            self.open_study(Path(name))

    def begin_new_study(self) -> None:
        """Ask for what a new study needs; the one that is open is closed."""
        self.close_study()
        self.welcome.begin_new()

    def open_sample(self) -> None:
        """Open the sample study; the one that is open is closed."""
        self.close_study()
        self.welcome.open_sample()

    def turn_weights(self) -> None:
        """Let codings carry weights, or keep those that were given out of sight."""
        bridge = self.bridge
        if bridge is None:
            return
        from qcode.operations.team import describe_study
        from qcode.queries.team import study_card

        used = not study_card(bridge.study).weights
        label = "Use weights" if used else "Use no weights"
        bridge.attempt(lambda: describe_study(bridge.study, weights=used, label=label))
        self.menus.tell_weights(bridge)

    # Rooms

    def room(self, key: str) -> Room:
        """A room of the open study, built if nobody was in it yet."""
        return self._open_view().room(key)

    def show_room(self, key: str) -> Room:
        """Go into a room of the open study."""
        return self._open_view().show_room(key)

    def go_to(self, place: Place) -> None:
        """Show a place in the texts."""
        self._open_view().go_to(place)

    def undo(self) -> None:
        """Take back the latest own step, and return to where it happened."""
        if self._view is not None:
            self._follow(self._view.bridge.undo())

    def redo(self) -> None:
        """Do again what was taken back last, and return to where it happened."""
        if self._view is not None:
            self._follow(self._view.bridge.redo())

    # Looks

    def choose_theme(self, name: theme.Choice) -> None:
        """Show the window light, dark, in high contrast, or as the system is."""
        self._settings.theme = name
        theme.choose(name)
        self._dress()

    def set_zoom(self, factor: float) -> None:
        """Show all type larger or smaller."""
        self._settings.zoom = theme.set_zoom(factor)
        self._dress()

    def change_keys(self) -> None:
        """Show everything one can do in any room, with its keys, to change them."""
        if self._view is not None:
            from qcode.ui.drawer.drawer import PANELS

            for entry in self._entries:
                self._view.room(entry.key).build_all()
            for panel in PANELS:
                getattr(self._view.drawer, panel)  # asking for it builds it
        super().change_keys()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Without a study, and without one that is being opened, begin with the welcome."""
        super().showEvent(event)
        if self._stack.currentWidget() is self._opening and not self._opening.sentence:
            self._show_welcome()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with a key of the number row chooses a room on keyboards where that key is no digit."""
        number = digit_with_control(event)
        if self._view is not None and number is not None and number <= len(self._entries):
            self._view.enter_room(self._entries[number - 1].key)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take study files."""
        if study_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Collect copies of the study that is open, or open the study that was dropped."""
        if paths := study_files(event.mimeData()):
            event.acceptProposedAction()
            take_studies(self, paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood, and let go of the study."""
        self._settings.geometry = self.saveGeometry()
        wait_for_all()
        self.close_study()
        super().closeEvent(event)

    # Private slots

    def _on_room_changed(self, _key: str) -> None:
        self.messages.withdraw()
        self.menus.show_room(self.current_room)

    def _on_study_changed(self, change: Change) -> None:
        if change.origin != "elsewhere":
            self.messages.withdraw()
        self.menus.tell_undo(self.bridge)
        if change.concerns("study"):
            self.menus.tell_weights(self.bridge)

    def _on_coder_changed(self, coder: str) -> None:
        bridge = self.bridge
        if bridge is not None and coder:
            self._settings.remember_coder(bridge.study.path, coder)
            self.messages.withdraw()
        self.menus.tell_undo(bridge)

    def _on_system_changed(self, _what: object) -> None:
        if theme.choice() == "system":
            theme.choose("system")
            self._dress()

    def _on_built(self, path: Path) -> None:
        self.messages.inform(f"The sample study is at {path}. It is yours to try things out in.")

    def _on_message_closed(self) -> None:
        if self._view is not None:
            self._view.step_pane(1)

    # Internal

    def _show(self, opening: Callable[[], Study]) -> bool:
        try:
            study = opening()
        except QcodeError as error:
            self.tell_refusal(str(error))
            return False
        self.show_study(study)
        return True

    def _show_welcome(self) -> None:
        self.welcome.refresh()
        self.welcome.say("")
        self._stack.setCurrentWidget(self.welcome)

    def _follow(self, change: Change | None) -> None:
        if change is not None and self._view is not None:
            self._view.follow(change)

    def _open_view(self) -> StudyView:
        if self._view is None:
            raise RuntimeError
        return self._view

    def _dress(self) -> None:
        if "welcome" in self.__dict__:
            self.welcome.update_theme()
        self.messages.update_theme()
        if self._view is not None:
            self._view.update_theme()
        self.menus.tell_theme()

    def _tell_state(self) -> None:
        bridge = self.bridge
        self.menus.tell_study(is_open=bridge is not None)
        self.menus.tell_file(bridge)
        self.menus.tell_weights(bridge)
        self.menus.tell_undo(bridge)
        self.menus.show_room(self.current_room)
        self._tell_title()

    def _tell_title(self) -> None:
        if self._view is None:
            self.setWindowTitle("qcode")
            self.setWindowFilePath("")
        else:
            self.setWindowFilePath(str(self._view.bridge.study.path))
            self.setWindowTitle(f"{self._view.header.title} – qcode")

    def _restore(self) -> None:
        self.resize(1280, 800)
        self.restoreGeometry(self._settings.geometry)

    def _lay_out(self) -> None:
        self._opening = EmptyState("")
        self._stack.addWidget(self._opening)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.messages)
        self.setCentralWidget(whole)
        self.setAcceptDrops(True)
        self.setMinimumSize(720, 480)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _connect(self) -> None:
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
        self.messages.closed.connect(self._on_message_closed)
        deeds.begun.connect(self.messages.withdraw)

    def _connect_study(self, view: StudyView) -> None:
        bridge = view.bridge
        bridge.begun.connect(self.messages.withdraw)
        bridge.refused.connect(self.messages.refuse)
        bridge.informed.connect(self.messages.inform)
        bridge.followed.connect(self._on_study_changed)
        bridge.coderChanged.connect(self._on_coder_changed)
        bridge.roundChanged.connect(self.messages.withdraw)
        view.header.titleChanged.connect(self._tell_title)
        view.roomChanged.connect(self._on_room_changed)
        view.actionsChanged.connect(lambda: self.menus.show_room(self.current_room))
