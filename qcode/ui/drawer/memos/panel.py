"""The list of memos with search and filter, and the one that is read or written beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import CoderId, DocumentId, MemoId
from qcode.operations import memos as operations
from qcode.operations.memos import Target
from qcode.queries.codings import Looking
from qcode.queries.memos import MemoLinkRow, MemoRow, memos, memos_about, memos_at
from qcode.queries.team import coders
from qcode.study import Place, Study
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.acts import counted, make_action
from qcode.ui.drawer.memos.editor import MemoEditor
from qcode.ui.drawer.memos.filters import MemoFilters
from qcode.ui.drawer.memos.linking import MemoLinking
from qcode.ui.drawer.memos.targets import link_name, named_links
from qcode.ui.drawer.memos.writing import MemoWriting
from qcode.ui.drawer.panel import Panel
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE, label
from qcode.ui.wrapped_list import Said, WrappedList

_NO_MEMOS = "No memos yet. Write what strikes you while you read; a memo can be about anything, or nothing."
_NONE_LEFT = "No memo is as you asked."
_NONE_ABOUT = "No memos on {} yet."
_NONE_MARKED = "Choose a memo in the list first."


@dataclass(frozen=True, slots=True)
class _Subject:
    """The thing whose memos are listed, and what it is called."""

    title: str
    target: Target

    def read(self, study: Study) -> list[MemoRow]:
        """The memos about it; those about a document include its passages and codings."""
        if self.target.passage is not None:
            return memos_at(study, self.target.passage.place)
        return memos_about(study, self.target.kind, self.target.id, within=self.target.kind == "document")


class MemosPanel(Panel):
    """Memos to find, to read, to write and to link."""

    requestPlace = Signal(object)
    requestPassages = Signal(str, object)
    requestTheme = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.current_things: Callable[[], Sequence[Target]] = tuple
        self._subject: _Subject | None = None
        self._coder: CoderId | None = bridge.coder
        self._reading = False
        self._heading, self._count = label("Memos", "heading"), label("", tone="quiet")
        self._heading.setMaximumWidth(44 * SPACE)
        self.filters = MemoFilters(self)
        self.search, self.kinds_box = self.filters.search, self.filters.kind
        self.new, self.more = QPushButton("New memo", self), QPushButton("More", self)
        self.list = WrappedList(_said, lambda row: row.id, self)
        self.editor = MemoEditor(self)
        self.editor.text.tooLong.connect(lambda: bridge.refused.emit(str(operations.MemoTooLongError())))
        self.writing = MemoWriting(bridge, self.editor, self)
        self._linking = MemoLinking(bridge, self)
        self.empty = EmptyState(_NO_MEMOS, "Write a memo")
        self._stack = QStackedWidget(self)
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def row(self) -> MemoRow | None:
        """The memo that is shown."""
        return next((row for row in self.list.rows if row.id == self.writing.memo), None)

    @property
    def title(self) -> str:
        """What the memos are about."""
        return self._heading.text()

    # Methods

    def refresh(self) -> None:
        """Read the memos again; the one that is shown stays, with what is half typed in it."""
        self._follow_coder()
        rows = self._rows()
        self.filters.offer_authors([(row.id, row.name) for row in coders(self.bridge.study)])
        self._count.setText(" · ".join(part for part in (counted(len(rows), "memo"), self.filters.words) if part))
        self._reading = True
        self.list.set_rows(rows)
        if self.writing.memo is not None:
            self._choose(self.writing.memo)
        self._reading = False
        self._show_page(rows)
        if self.writing.memo is not None and self.row is None and self.writing.miss(gone=self._is_gone()):
            return
        if not self.writing.is_new:
            self.writing.show(self.list.row)

    def entry(self) -> QWidget:
        """What is written, the list, or the button of the empty state."""
        if self.writing.is_new:
            return self.editor.title
        return self.list if self._stack.currentIndex() else self.empty.button

    def panel_actions(self) -> list[QAction]:
        """What can be done with memos."""
        return self._actions

    def begin(self, about: Sequence[Target] = ()) -> None:
        """Begin a memo about some things, or about nothing."""
        if not self.keep():
            return
        self.writing.begin(about)
        self._stack.setCurrentIndex(1)
        self._top.show()
        self.editor.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_here(self) -> None:
        """Begin a memo about the thing whose memos are listed, or about nothing."""
        self.begin([self._subject.target] if self._subject else ())

    def show_about(self, title: str, kind: str, target: str = "") -> None:
        """Show the memos about one thing."""
        self._show_subject(_Subject(title, Target(kind, target)))

    def show_on(self, target: Target) -> None:
        """Show the memos about a thing, by its name of today; about a passage those that meet it."""
        self._show_subject(_Subject(link_name(named_links(self.bridge.study, [target])[0]), target))

    def show_all(self) -> None:
        """Show all memos again."""
        self._show_subject(None)
        self.filters.open_all()

    def show_memo(self, memo: MemoId) -> None:
        """Show one of the memos."""
        if self.keep():
            self._choose(memo)
            self.writing.show(self.list.row)

    def keep(self) -> bool:
        """Save what was typed, if anything was; says whether nothing is half typed any more."""
        return self.writing.keep()

    def restore(self) -> None:
        """Keep what was half typed when a window ended, and say so."""
        self.writing.restore()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.editor.update_theme()
        self.list.viewport().update()

    def remove(self) -> None:
        """Take the memo that is shown out of the study."""
        row = self._shown()
        if row is not None and self.keep():
            self.bridge.attempt(lambda: operations.remove_memo(self.bridge.study, row.id))

    def make_source(self) -> None:
        """Make the text of the memo a source that can be coded."""
        row = self._shown()
        made = row and self.bridge.attempt(lambda: operations.memo_as_document(self.bridge.study, row.id))
        if row and made:
            self.bridge.informed.emit(f"“{row.title}” is a source now. It stands among the transcripts.")
            self.requestPlace.emit(Place(made, 0, 0))

    def begin_link(self) -> None:
        """Ask what the memo is to be about, too."""
        near = list(self.current_things())
        row = self._shown()
        if row is not None:
            self._linking.ask_link(row, near)

    def begin_unlink(self) -> None:
        """Ask what the memo is no longer to be about."""
        row = self._shown()
        if row is not None:
            self._linking.ask_unlink(row)

    def begin_search(self) -> None:
        """Go to the line in which memos are looked for."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # Private slots

    def _on_current(self) -> None:
        """Another memo was chosen; one that cannot be saved is not left."""
        row = self.list.row
        if row is None or self._reading or row.id == self.writing.memo:
            return
        if self.keep():
            self._choose(row.id)
            self.writing.show(self.list.row)
        elif self.writing.memo is not None:
            self._choose(self.writing.memo)

    def _on_written(self, memo: str) -> None:
        """A memo was written that is not the one that was chosen."""
        self._refresh_if_stale()
        self._choose(MemoId(memo))
        self.writing.show(self.list.row)

    def _on_link(self, link: MemoLinkRow) -> None:
        if link.gone:
            self.bridge.refused.emit("That is no longer in the study. Undo its removal to see it again.")
        elif link.place is not None:
            self.requestPlace.emit(link.place)
        elif link.kind == "document":
            self.requestPlace.emit(Place(DocumentId(link.target), 0, 0))
        elif link.kind == "code":
            self.requestPassages.emit(link.label.rpartition(" > ")[2], Looking(codes=[link.target]))
        elif link.kind == "theme":
            self.requestTheme.emit(link.target)
        else:
            self.show_about(link.label, link.kind, link.target)

    def _on_empty(self) -> None:
        if not self.filters.is_open:
            self.filters.open_all()
        else:
            self.begin_here()

    # Internal

    def _rows(self) -> list[MemoRow]:
        rows = memos(self.bridge.study, self.filters.looking)
        if self._subject is None:
            return rows
        about = {row.id for row in self._subject.read(self.bridge.study)}
        return [row for row in rows if row.id in about]

    def _is_gone(self) -> bool:
        return all(row.id != self.writing.memo for row in memos(self.bridge.study))

    def _show_page(self, rows: Sequence[MemoRow]) -> None:
        nothing = not rows and not self.writing.is_new and self.editor.typed is None
        if not self.filters.is_open:
            self.empty.say(_NONE_LEFT)
            self.empty.button.setText("Show them all")
        else:
            self.empty.say(_NONE_ABOUT.format(self._subject.title) if self._subject else _NO_MEMOS)
            self.empty.button.setText("Write one" if self._subject else "Write a memo")
        self.everything.setVisible(self._subject is not None)
        self._stack.setCurrentIndex(0 if nothing else 1)
        self._top.setVisible(not self.filters.is_open or self._subject is not None or not nothing)

    def _show_subject(self, subject: _Subject | None) -> None:
        self.keep()
        self._subject = subject
        self._heading.setText(f"Memos on {subject.title}" if subject else "Memos")
        self._heading.setToolTip(self._heading.text())
        self.mark_stale()

    def _follow_coder(self) -> None:
        """What one coder has half typed is no business of the next."""
        if self.bridge.coder != self._coder:
            self._coder = self.bridge.coder
            self.writing.drop()
            self.restore()

    def _choose(self, memo: MemoId) -> None:
        place = next((place for place, row in enumerate(self.list.rows) if row.id == memo), None)
        if place is not None and self.list.currentIndex().row() != place:
            before, self._reading = self._reading, True
            self.list.setCurrentIndex(self.list.model().index(place, 0))
            self._reading = before

    def _shown(self) -> MemoRow | None:
        """The memo that is shown, with all that was typed."""
        row = self.row if self.keep() else None
        if self.row is None:
            self.bridge.refused.emit(_NONE_MARKED)
        return row and self.row

    def _make_actions(self) -> list[QAction]:
        reading = "Read the memo, or write it"
        on_memo = [
            make_action(self, "Link the memo to…", self.begin_link, "Ctrl+Shift+K", key="memos.link"),
            make_action(self, "Unlink the memo from…", self.begin_unlink, key="memos.unlink"),
            make_action(self, reading, self.editor.turn_preview, "Ctrl+Return", "Ctrl+Enter", key="memos.read"),
            make_action(self, "Make the memo a source to be coded", self.make_source, key="memos.source"),
            make_action(self, "Remove the memo", self.remove, key="memos.remove"),
        ]
        self.list.addActions(on_memo)
        return [
            *on_memo,
            make_action(self, "New memo about nothing in particular", self.begin, key="memos.new"),
            make_action(self, "Find a memo", self.begin_search, "Ctrl+F", key="memos.find"),
            make_action(self.list, "Show all memos", self.show_all, "Esc", key="memos.all"),
        ]

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Memos")
        self.more.setMenu(QMenu(self.more))
        self.more.menu().addActions(self._actions)
        self.more.setAccessibleName("More to do with the memo")
        self.everything = QPushButton("All memos", self)
        self.everything.setProperty("kind", "quiet")
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        top.setSpacing(SPACE)
        top.addWidget(self._heading)
        top.addWidget(self._count)
        top.addWidget(self.everything)
        top.addStretch(1)
        for button in (self.new, self.more):
            top.addWidget(button)
        top.addWidget(self.filters)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.editor)
        splitter.setSizes([50 * SPACE, 90 * SPACE])
        splitter.setStretchFactor(1, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self.mark_stale)
        self.new.clicked.connect(self.begin_here)
        self.everything.clicked.connect(self.show_all)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.rowActivated.connect(lambda _row: self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.writing.written.connect(self._on_written)
        self.editor.linkActivated.connect(self._on_link)
        self.empty.pressed.connect(self._on_empty)
        self.bridge.closing.connect(self.keep)


def _said(row: MemoRow) -> Said:
    links = ", ".join(link_name(link) for link in row.links[:2])
    more = f" and {len(row.links) - 2} more" if len(row.links) > 2 else ""
    parts = ("" if row.mine else row.author_name, _day(row.changed), links + more)
    return Said(row.title, " · ".join(part for part in parts if part))


def _day(at: str) -> str:
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat) if moment.isValid() else ""
