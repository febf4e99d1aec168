"""An open study in the window: the rail, the header, the rooms and the drawer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import QuestionId, ThemeId
from qcode.operations.memos import Target
from qcode.queries.codings import Looking
from qcode.queries.transcripts.documents import any_documents
from qcode.study import Change, Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer import Drawer
from qcode.ui.header import Header
from qcode.ui.known_names import NameWatch
from qcode.ui.panes import FocusMemory, panes_of
from qcode.ui.rail import Rail
from qcode.ui.room import Room
from qcode.ui.rooms import RoomEntry
from qcode.ui.tab_order import chain
from qcode.ui.theme import SPACE
from qcode.ui.undo_in_lines import UndoInLines

if TYPE_CHECKING:
    from qcode.ui.attribution.panel import AttributionPanel
    from qcode.ui.hand_in_panel import HandInPanel
    from qcode.ui.key_file.panel import KeyFilePanel
    from qcode.ui.message_bar import MessageBar
    from qcode.ui.settings import Settings
    from qcode.ui.study_card_panel import StudyCardPanel

_DRAWER_HEIGHT = 34 * SPACE


class StudyView(QWidget):
    """Builds a room when it is first entered and keeps it, with its place, selection and scroll."""

    roomChanged = Signal(str)
    actionsChanged = Signal()

    def __init__(self, bridge: StudyBridge, rooms: Sequence[RoomEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._entries = {entry.key: entry for entry in rooms}
        self._rooms: dict[str, Room] = {}
        self._shown = ""
        self._focus = FocusMemory()
        self._undo_in_lines = UndoInLines(self)
        self.rail = Rail(rooms, self)
        self.header = Header(bridge, self)
        self.drawer = Drawer(bridge, self)
        self._stack = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._lay_out()
        self.name_watch = NameWatch(bridge.names, self)
        self._connect()

    # Properties

    @property
    def shown(self) -> str:
        """The key of the room that is shown."""
        return self._shown

    @property
    def current_room(self) -> Room:
        """The room that is shown."""
        return self._rooms[self._shown]

    # Methods

    def room(self, key: str) -> Room:
        """A room, built if nobody was in it yet."""
        if key not in self._rooms:
            self._rooms[key] = self._build(key)
        return self._rooms[key]

    def show_room(self, key: str) -> Room:
        """Show a room, and if another was shown put the focus where it was in that room."""
        room = self.room(key)
        if key != self._shown:
            self._change_room(key)
            self._focus.enter(room)
        return room

    def enter_room(self, key: str) -> Room:
        """Go into a room with the keyboard, from wherever it was; inside the room it stays where it is."""
        room = self.show_room(key)
        focused = QApplication.focusWidget()
        if focused is None or not (focused is room or room.isAncestorOf(focused)):
            self._focus.enter(room)
        return room

    def show_first_room(self) -> None:
        """Begin where there is something to do: with the transcripts while there are none, else with coding."""
        self.show_room("code" if any_documents(self.bridge.study) else "transcripts")

    def step_room(self, by: int) -> None:
        """Go to the next room, or with -1 to the one before; past the last comes the first."""
        keys = list(self._entries)
        self.show_room(keys[(keys.index(self._shown) + by) % len(keys)])

    def step_pane(self, by: int) -> None:
        """Put the focus into the next pane: the rail, the parts of the room, the drawer, the header."""
        panes = [self.rail, *panes_of(self.current_room), self.drawer, self.header]
        self._focus.step(panes, by)

    def go_to(self, place: Place) -> None:
        """Show a place of the texts in the Code room."""
        self.show_room("code").go_to(place)

    def show_question(self, question: QuestionId) -> None:
        """Show all answers to a question of a guide."""
        self.show_room("transcripts").show_question(question)

    def show_theme(self, theme: ThemeId) -> None:
        """Show a theme in the Themes room."""
        self.show_room("themes").show_theme(theme)

    def follow(self, change: Change) -> None:
        """Return to the place of a step that was taken back or done again, if it was coding.

        Who works in the drawer stays there, and sees the place above.
        """
        if change.place is not None and change.concerns("coding"):
            before = QApplication.focusWidget()
            self.go_to(change.place)
            if before is not None and self.drawer.isAncestorOf(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_passages(self, title: str, looking: Looking) -> None:
        """Show the passages behind something in the drawer."""
        self.drawer.show_passages(title, looking)

    def show_panel(self, key: str) -> None:
        """Open the drawer at a panel."""
        self.drawer.show_panel(key)

    def things(self) -> Sequence[Target]:
        """What is at hand in the room that is shown; where that is nothing, the study itself."""
        return self.current_room.things() or [Target("study")]

    def new_memo(self) -> None:
        """Begin a memo about the passages that are marked in the drawer, or about what is at hand in the room."""
        self.drawer.begin_memo(self.drawer.things() or self.things()[:1])

    def show_memos_here(self) -> None:
        """Show the memos about what is at hand."""
        self.drawer.show_memos_on((self.drawer.things() or self.things())[0])

    @cached_property
    def key_file(self) -> KeyFilePanel:
        """The panel for the key file, built when it is first asked for: most sessions need none."""
        from qcode.ui.key_file.panel import KeyFilePanel

        return KeyFilePanel(self.bridge, self)

    @cached_property
    def hand_in(self) -> HandInPanel:
        """The panel in which work is handed in, built when it is first asked for."""
        from qcode.ui.hand_in_panel import HandInPanel

        return HandInPanel(self.bridge, self)

    def begin_hand_in(self) -> None:
        """Ask whether the document that lies open, or all of the round, is to be handed in."""
        self.hand_in.begin(self.current_room.document)

    @cached_property
    def study_card(self) -> StudyCardPanel:
        """The panel in which the study says what it is, built when it is first asked for."""
        from qcode.ui.study_card_panel import StudyCardPanel

        return StudyCardPanel(self.bridge, self)

    def show_study_card(self) -> None:
        """Show title, question and approach."""
        self.study_card.begin()

    @cached_property
    def attribution(self) -> AttributionPanel:
        """The panel in which it is decided what stands under quotes, built when it is first asked for."""
        from qcode.ui.attribution.panel import AttributionPanel

        return AttributionPanel(self.bridge, self)

    def show_attribution(self) -> None:
        """Show what stands under quotes, and who is at risk."""
        self.attribution.begin()

    def collect(self, paths: Iterable[Path] = ()) -> None:
        """Show what files of colleagues, or copies of the study, would bring."""
        self.show_room("transcripts").collect(paths)

    def hand_out(self) -> None:
        """Offer to make files for coders."""
        self.show_room("transcripts").hand_out()

    def show_proposals(self) -> None:
        """Show the codes that coders proposed."""
        self.show_room("transcripts").show_proposals()

    def show_conflicts(self) -> None:
        """Show where copies that came together contradict each other."""
        self.show_room("transcripts").show_conflicts()

    def watch_folder(self, messages: MessageBar, settings: Settings) -> None:
        """Offer the copies that a sync client leaves beside the study."""
        from qcode.ui.files_beside import FilesBeside

        self.files_beside = FilesBeside(self, messages, settings)

    def toggle_drawer(self) -> None:
        """Open the drawer where it was, or fold it."""
        self.drawer.toggle()

    def room_actions(self) -> list[QAction]:
        """What can be done in the room that is shown."""
        return self.current_room.room_actions()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.rail.update_theme()
        self.drawer.update_theme()
        for room in self._rooms.values():
            room.update_theme()

    # Private slots

    def _on_rail(self, key: str) -> None:
        """Stay on the rail while arrow keys choose there; choosing the room that is shown goes into it."""
        if key != self._shown and self.rail.has_focus:
            self._change_room(key)
        else:
            self.enter_room(key)

    def _on_searched(self) -> None:
        for room in self._rooms.values():
            room.walk_hits()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self._focus.take(new)
            self._undo_in_lines.watch(new)

    def _on_drawer_opened(self, is_open: bool) -> None:
        whole = self._splitter.height()
        height = min(_DRAWER_HEIGHT, whole // 2) if is_open else self.drawer.minimumHeight()
        self._splitter.setSizes([whole - height - self._splitter.handleWidth(), height])

    # Internal

    def _change_room(self, key: str) -> None:
        self._shown = key
        with self._focus.passing():  # Qt goes to what is first in the room, which nobody chose
            self._stack.setCurrentWidget(self.room(key))
        self.rail.show_room(key)
        self.header.offer_rounds(offered=not self.current_room.chooses_round)
        self.roomChanged.emit(key)

    def _build(self, key: str) -> Room:
        room = self._entries[key].build(self.bridge, self._stack)
        room.setAccessibleName(self._entries[key].title)
        room.requestRoom.connect(self.show_room)
        room.requestPassages.connect(self.show_passages)
        room.requestPlace.connect(self.go_to)
        room.requestTheme.connect(self.show_theme)
        room.requestQuestion.connect(self.show_question)
        room.requestMemos.connect(self.drawer.show_memos)
        room.requestMemoOn.connect(self.drawer.show_memo_on)
        room.requestHandIn.connect(self.begin_hand_in)
        room.requestAttribution.connect(self.show_attribution)
        room.actionsChanged.connect(self.actionsChanged)
        room.take_hits(self.drawer.hits)
        self._stack.addWidget(room)
        chain([self.rail, self.header, room, self.drawer])
        return room

    def _lay_out(self) -> None:
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self.drawer)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self._splitter, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.rail.roomChosen.connect(self._on_rail)
        self.drawer.requestPlace.connect(self.go_to)
        self.drawer.requestTheme.connect(self.show_theme)
        self.drawer.current_things = self.things
        self.drawer.tookBack.connect(self.follow)
        self.drawer.searched.connect(self._on_searched)
        self.drawer.openChanged.connect(self._on_drawer_opened)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
