"""The Transcripts room: documents, participants, sites, guide, team."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from qcode.ids import QuestionId
from qcode.operations.memos import Target
from qcode.study import Place
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.dropped_studies import study_files
from qcode.ui.room import Room
from qcode.ui.transcripts.attributes_tab import AttributesTab
from qcode.ui.transcripts.documents import DocumentsTab
from qcode.ui.transcripts.guide import GuideTab
from qcode.ui.transcripts.participants import ParticipantsTab
from qcode.ui.transcripts.parts import action
from qcode.ui.transcripts.sites import SitesTab
from qcode.ui.transcripts.team import TeamTab

if TYPE_CHECKING:
    from qcode.ui.transcripts.collecting.pages import FilePages
    from qcode.ui.transcripts.settling.pages import SettlingPages

_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class TranscriptsRoom(Room):
    """Where transcripts come in and are kept in order, and where the team is told what to code."""

    key: ClassVar[str] = "transcripts"
    title: ClassVar[str] = "Transcripts"
    kinds: ClassVar[tuple[str, ...]] = (
        "document",
        "revision",
        "speaker",
        "participant",
        "coder",
        "round",
        "assignment",
        "region",
        "draw",
        "coding",
        "memo",
        "memo_link",
        "attribute",
        "attribute_level",
        "attribute_value",
        "site",
        "turn_link",
    )

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.tabs = QTabWidget(self)
        inside = self.tabs.findChild(QStackedWidget)  # where tabs go: made elsewhere, all in them is dressed twice
        self.documents = DocumentsTab(bridge, inside)
        self.participants = ParticipantsTab(bridge, inside)
        self.sites = SitesTab(bridge, inside)
        self.guide = GuideTab(bridge, inside)
        self.team = TeamTab(bridge, inside)
        self.tabs.setAccessibleName("Documents, participants, sites, guide and team")
        self.tabs.setDocumentMode(True)
        pages = (self.documents, self.participants, self.sites, self.guide, self.team)
        for tab, name in zip(pages, ("Documents", "Participants", "Sites", "Guide", "Team"), strict=True):
            self.tabs.addTab(tab, name)
        self.tabs.tabBar().setAccessibleName("Transcripts")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self._veil = _Veil(self)
        self.setAcceptDrops(True)
        self.documents.requestPlace.connect(self.requestPlace)
        self.guide.requestPlace.connect(self.requestPlace)
        self.documents.requestPassages.connect(self.requestPassages)
        for part in (self.documents, self.participants):
            part.requestMemos.connect(self.requestMemos)
        self._actions = self._make_actions()
        self.tabs.currentChanged.connect(self._on_page)
        self.documents.currentChanged.connect(self._on_page)
        self.guide.currentChanged.connect(self._on_page)
        self.team.currentChanged.connect(self._on_page)
        self._on_page()

    # Properties

    @property
    def tab(self) -> str:
        """The name of the tab that is shown."""
        return self.tabs.tabText(self.tabs.currentIndex())

    # Methods

    def refresh(self) -> None:
        """Read again what the tabs show."""
        self.documents.refresh()
        self.participants.refresh()
        self.sites.refresh()
        self.guide.refresh()
        self.team.refresh()

    def room_actions(self) -> list[QAction]:
        """What can be done here."""
        return [*self._actions, *self.documents.importing.naming.actions]

    def build_all(self) -> None:
        """Build the review of names too, and the pages for files that go out and come in."""
        self.files.build_all()
        self.settling.build_all()
        _page = self.documents.importing.naming.page  # asking for it builds it

    def go_to(self, place: Place) -> None:
        """Show a place in the text of its document."""
        self.tabs.setCurrentWidget(self.documents)
        self.documents.show_document(place.document, place.start)

    def show_question(self, question: QuestionId) -> None:
        """Show all answers to a question of a guide."""
        self.tabs.setCurrentWidget(self.guide)
        self.guide.show_question(question)

    def things(self) -> Sequence[Target]:
        """The document or the participant that is marked."""
        tab = self.tabs.currentWidget()
        row, kind = (self.documents.current, "document") if tab is self.documents else (None, "")
        if tab is self.participants:
            row, kind = self.participants.table.current_row(), "participant"
        return [Target(kind, row.id)] if row else ()

    def update_theme(self) -> None:
        """Take the colours of the theme that was switched to."""
        self.documents.update_theme()
        self.guide.update_theme()
        if "settling" in self.__dict__:
            self.settling.update_theme()

    @cached_property
    def files(self) -> FilePages:
        """The pages on which files go out to coders and come in."""
        from qcode.ui.transcripts.collecting.pages import FilePages

        return FilePages(self.bridge, self.team)

    def collect(self, paths: Iterable[Path] = ()) -> None:
        """Show what files would bring, over the Team tab."""
        self.tabs.setCurrentWidget(self.team)
        self.files.collect(paths)

    def hand_out(self) -> None:
        """Offer to make files for coders, over the Team tab."""
        self.tabs.setCurrentWidget(self.team)
        self.files.hand_out()

    @cached_property
    def settling(self) -> SettlingPages:
        """The pages on which proposals and conflicts are decided."""
        from qcode.ui.transcripts.settling.pages import SettlingPages

        pages = SettlingPages(self.bridge, self.team)
        pages.requestPlace.connect(self.requestPlace)
        return pages

    def show_proposals(self) -> None:
        """Show the codes that coders proposed, over the Team tab."""
        self.tabs.setCurrentWidget(self.team)
        self.settling.show_proposals()

    def show_conflicts(self) -> None:
        """Show what waits to be settled, over the Team tab."""
        self.tabs.setCurrentWidget(self.team)
        self.settling.show_conflicts()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Show what an import of these files would make; nothing is written yet."""
        self.tabs.setCurrentWidget(self.documents)
        self.documents.import_files(paths)

    def choose_files(self) -> None:
        """Ask for files to import."""
        self.tabs.setCurrentWidget(self.documents)
        self.documents.choose_files()

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if _files(event.mimeData()):
            self._veil.cover()
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They were dragged out again."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what an import of the dropped files would make."""
        self._veil.hide()
        event.acceptProposedAction()
        self.import_files(_files(event.mimeData()))

    # Private slots

    def _on_page(self) -> None:
        """Offer only what concerns things that are seen."""
        tab = self.tabs.currentWidget()
        library = tab is self.documents and self.documents.currentWidget() is self.documents.library
        for of_document in self.documents.document_actions:
            of_document.setEnabled(library)
        self.participants.memos_action.setEnabled(tab is self.participants)
        aligning = tab is self.documents and self.documents.currentWidget() is self.documents.aligning
        for of_alignment in self.documents.aligning.page_actions:
            of_alignment.setEnabled(aligning)
        self.guide.enable_actions(seen=tab is self.guide)
        self.team.enable_actions(seen=tab is self.team)
        recorded = self.documents.recorded
        shown = recorded if tab is self.documents and self.documents.currentWidget() is recorded else tab
        for page in (self.participants, self.sites, recorded):
            for of_page in (page.remove_action, *page.cell_actions, *page.attributes.panel_actions):
                of_page.setEnabled(shown is page)

    # Internal

    def _make_actions(self) -> list[QAction]:
        def tab(widget: QWidget) -> None:
            self.tabs.setCurrentWidget(widget)
            widget.setFocus()

        def add_to(page: AttributesTab) -> None:
            self.tabs.setCurrentWidget(page)
            page.start_adding()

        def show_recorded() -> None:
            self.tabs.setCurrentWidget(self.documents)
            self.documents.show_recorded()

        def add_guide() -> None:
            self.tabs.setCurrentWidget(self.guide)
            self.guide.start_adding()

        def add_to_team(line: QWidget) -> None:
            self.tabs.setCurrentWidget(self.team)
            self.team.show_people()
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)

        def within(key: str, words: str, deed: Callable[[], object]) -> QAction:
            return action(words, deed, self, context=_WITHIN, key=f"transcripts.{key}")

        documents = self.documents
        return [
            action("Import transcripts…", self.choose_files, self, "Ctrl+I", _WITHIN, key="transcripts.import"),
            *documents.document_actions,
            *documents.importing.import_actions,
            *documents.aligning.page_actions,
            *documents.replacement.page_actions,
            within("add-participant", "Add a participant", lambda: add_to(self.participants)),
            within("add-site", "Add a site", lambda: add_to(self.sites)),
            self.participants.memos_action,
            *(one for page in (self.participants, self.sites, documents.recorded) for one in page.room_actions()),
            within("guide-new", "Write or import an interview guide…", add_guide),
            *self.guide.room_actions(),
            within("add-coder", "Add a coder", lambda: add_to_team(self.team.coders.name)),
            within("add-round", "Add a round", lambda: add_to_team(self.team.rounds.name)),
            *self.team.team_actions,
            within("documents", "Show documents", lambda: tab(documents)),
            within("participants", "Show participants", lambda: tab(self.participants)),
            within("recorded", "Show the attributes of documents…", show_recorded),
            within("sites", "Show sites", lambda: tab(self.sites)),
            within("guide", "Show the interview guide", lambda: tab(self.guide)),
            within("team", "Show the team", lambda: tab(self.team)),
        ]


class _Veil(QWidget):
    """A frame around the room while files are dragged over it."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    # Methods

    def cover(self) -> None:
        """Lie over the whole room."""
        self.setGeometry(self._room.rect())
        self.raise_()
        self.show()

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, and what letting go will do."""
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.current().accent), 3))
        painter.drawRect(self.rect().adjusted(2, 2, -3, -3))


def _files(data: QMimeData) -> list[Path]:
    """The local files that are dragged, folders among them: those are refused with a sentence of their own.

    Studies are for the window, which opens one or collects copies.
    """
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return [] if study_files(data) else files
