"""The list of memos with search and filter, and the one that is read or written beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import DocumentId, MemoId
from qcode.operations import memos as operations
from qcode.operations.memos import Target
from qcode.queries.codings import Looking
from qcode.queries.memos import MemoLinkRow, MemoLooking, MemoRow, memos, memos_about
from qcode.study import Place, Study
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.acts import counted, make_action
from qcode.ui.drawer.chooser import Choice, Chooser
from qcode.ui.drawer.memos.editor import MemoEditor
from qcode.ui.drawer.memos.targets import KINDS, choices, described, link_name, target_of
from qcode.ui.drawer.panel import Panel
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE, label
from qcode.ui.wrapped_list import Said, WrappedList

_NO_MEMOS = "No memos yet. Write what strikes you while you read; a memo can be about anything, or nothing."
_NONE_LEFT = "No memo is as you asked."
_NONE_MARKED = "Choose a memo in the list first."
_NOTHING = "nothing"


class MemosPanel(Panel):
    """Memos to find, to read, to write and to link."""

    requestPlace = Signal(object)
    requestPassages = Signal(str, object)
    requestTheme = Signal(str)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.current_things: Callable[[], Sequence[Target]] = tuple
        self._about: tuple[str, str, str] | None = None
        self._row: MemoRow | None = None
        self._draft: list[Target] | None = None
        self._chooser: Chooser | None = None
        self._reading = False
        self._heading, self._count = label("Memos", "heading"), label("", tone="quiet")
        self.search, self.kinds_box = QLineEdit(self), QComboBox(self)
        self.new, self.more = QPushButton("New memo", self), QPushButton("More", self)
        self.list = WrappedList(_said, lambda row: row.id, self)
        self.editor = MemoEditor(self)
        self.empty = EmptyState(_NO_MEMOS, "Write a memo")
        self._stack = QStackedWidget(self)
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def row(self) -> MemoRow | None:
        """The memo that is shown."""
        return self._row

    # Methods

    def refresh(self) -> None:
        """Read the memos again; the one that is shown stays, with what is half typed in it."""
        study, chosen = self.bridge.study, self.kinds_box.currentData()
        words = self.search.text().strip()
        if self._about is not None:
            rows = memos_about(study, self._about[1], self._about[2])
        else:
            rows = memos(study, MemoLooking(words, links=[chosen] if chosen else None))
        self._count.setText(counted(len(rows), "memo"))
        self._reading = True
        self.list.set_rows(rows)
        if self._row is not None and self._draft is None:
            self._choose(self._row.id)
        self._reading = False
        narrowed = bool(words or chosen or self._about)
        nothing = not rows and self._draft is None
        self.empty.say(_NONE_LEFT if narrowed else _NO_MEMOS)
        self.empty.button.setText("Show all memos" if narrowed else "Write a memo")
        self._stack.setCurrentIndex(0 if nothing else 1)
        self._top.setVisible(narrowed or not nothing)
        if self._draft is None:
            self._show(self.list.row)

    def entry(self) -> QWidget:
        """What is written, the list, or the button of the empty state."""
        if self._draft is not None:
            return self.editor.title
        return self.list if self._stack.currentIndex() else self.empty.button

    def panel_actions(self) -> list[QAction]:
        """What can be done with memos."""
        return self._actions

    def begin(self, about: Sequence[Target] = ()) -> None:
        """Begin a memo about some things, or about nothing."""
        self.keep()
        self._draft, self._row = list(about), None
        self._stack.setCurrentIndex(1)
        self._top.show()
        self.editor.setEnabled(True)
        self.editor.show_draft(described(about))
        self.editor.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_about(self, title: str, kind: str, target: str = "") -> None:
        """Show the memos about one thing."""
        self.keep()
        self._about = (title, kind, target)
        self._heading.setText(f"Memos on {title}")
        self.mark_stale()

    def show_all(self) -> None:
        """Show all memos again."""
        self._about = None
        self._heading.setText("Memos")
        self.search.clear()
        self.kinds_box.setCurrentIndex(0)
        self.mark_stale()

    def show_memo(self, memo: MemoId) -> None:
        """Show one of the memos."""
        self.keep()
        self._draft = None
        self._choose(memo)

    def keep(self) -> None:
        """Save what was typed, if anything was."""
        typed = self.editor.typed
        if typed is None:
            return
        title, text = typed
        if self._draft is None:
            self._save(title, text)
        elif title.strip() or text.strip():
            self._write(title, text)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.editor.update_theme()
        self.list.viewport().update()

    def remove(self) -> None:
        """Take the memo that is shown out of the study."""
        row = self._shown()
        if row is not None:
            self.bridge.attempt(lambda: operations.remove_memo(self.bridge.study, row.id))

    def make_source(self) -> None:
        """Make the text of the memo a source that can be coded."""
        self.keep()
        row = self._shown()
        made = row and self.bridge.attempt(lambda: operations.memo_as_document(self.bridge.study, row.id))
        if row and made:
            self.bridge.informed.emit(f"“{row.title}” is a source now. It stands among the transcripts.")
            self.requestPlace.emit(Place(made, 0, 0))

    def begin_link(self) -> None:
        """Ask what the memo is to be about, too."""
        near = list(self.current_things())
        self.keep()
        row = self._shown()
        if row is not None:
            listed = choices(self.bridge.study, near)
            self._open_chooser().ask(
                "Link the memo to", listed, lambda choice, _other: self._link(row, target_of(choice, near)), _HINT
            )

    def begin_unlink(self) -> None:
        """Ask what the memo is no longer to be about."""
        row = self._shown()
        if row is not None and row.links:
            listed = [Choice(link.id, link_name(link), link.kind) for link in row.links]
            self._open_chooser().ask(
                "Let the memo no longer be about", listed, lambda choice, _other: self._unlink(row, choice), _HINT
            )
        elif row is not None:
            self.bridge.refused.emit("This memo is not linked to anything.")

    def begin_search(self) -> None:
        """Go to the line in which memos are looked for."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # Private slots

    def _on_current(self) -> None:
        row = self.list.row
        if row is not None and not self._reading and (self._row is None or row.id != self._row.id):
            self.keep()
            self._draft = None
            self._show(row)

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
        if self._about is not None or self.search.text() or self.kinds_box.currentData():
            self.show_all()
        else:
            self.begin()

    # Internal

    def _save(self, title: str, text: str) -> None:
        row = self._row
        if row is None:
            return
        self.editor.take_saved(title, text)
        if not self.bridge.attempt(lambda: _edited(self.bridge.study, row.id, title, text)):
            self.editor.take_saved(row.title, row.text)

    def _write(self, title: str, text: str) -> None:
        about, self._draft = self._draft or [], None
        self.editor.take_saved(title, text)
        made = self.bridge.attempt(
            lambda: operations.write_memo(self.bridge.study, title=title, text=text, about=about)
        )
        if made is None:
            self._draft = about
            self.editor.take_saved("", "")
            return
        self._refresh_if_stale()
        self._choose(made)
        self._show(self.list.row)

    def _choose(self, memo: MemoId) -> None:
        place = next((place for place, row in enumerate(self.list.rows) if row.id == memo), None)
        if place is not None and self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self.list.model().index(place, 0))

    def _show(self, row: MemoRow | None) -> None:
        same = row is not None and self._row is not None and row.id == self._row.id
        half_typed = same and self.editor.typed is not None
        self._row = row
        self.editor.setEnabled(row is not None)
        if row is not None and not half_typed:
            self.editor.show_memo(row)

    def _shown(self) -> MemoRow | None:
        if self._row is None:
            self.bridge.refused.emit(_NONE_MARKED)
        return self._row

    def _link(self, row: MemoRow, target: Target) -> None:
        self.bridge.attempt(lambda: operations.link_memo(self.bridge.study, row.id, about=[target]))

    def _unlink(self, row: MemoRow, choice: Choice) -> None:
        links = [link.id for link in row.links if link.id == choice.id]
        self.bridge.attempt(lambda: operations.unlink_memo(self.bridge.study, row.id, links=links))

    def _open_chooser(self) -> Chooser:
        if self._chooser is None:
            self._chooser = Chooser(self.window())
        return self._chooser

    def _make_actions(self) -> list[QAction]:
        listed = [
            make_action(self, "Link the memo to…", self.begin_link, "Ctrl+Shift+K", key="memos.link"),
            make_action(self, "Unlink the memo from…", self.begin_unlink, key="memos.unlink"),
            make_action(
                self,
                "Read the memo, or write it",
                self.editor.turn_preview,
                "Ctrl+Return",
                "Ctrl+Enter",
                key="memos.read",
            ),
            make_action(self, "Make the memo a source to be coded", self.make_source, key="memos.source"),
            make_action(self, "Remove the memo", self.remove, key="memos.remove"),
            make_action(self, "Find a memo", self.begin_search, "Ctrl+F", key="memos.find"),
            make_action(self, "Show all memos", self.show_all, key="memos.all"),
        ]
        self.list.addActions(listed)
        return listed

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Find in memos")
        self.search.setAccessibleName("Find in memos")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(24 * SPACE)
        self.kinds_box.setAccessibleName("Only memos about")
        self.kinds_box.addItem("About anything", "")
        for kind, name in {**KINDS, _NOTHING: _NOTHING}.items():
            words = name if kind in ("study", _NOTHING) else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
            self.kinds_box.addItem(f"About {'the study' if kind == 'study' else words}", kind)
        self.list.setAccessibleName("Memos")
        self.more.setMenu(QMenu(self.more))
        self.more.menu().addActions(self._actions)
        self.more.setAccessibleName("More to do with the memo")
        self._top = QWidget()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        top.setSpacing(2 * SPACE)
        top.addWidget(self._heading)
        top.addWidget(self._count)
        top.addStretch(1)
        for button in (self.new, self.more):
            top.addWidget(button)
        top.addWidget(self.kinds_box)
        top.addWidget(self.search)
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
        self.search.textChanged.connect(self.mark_stale)
        self.kinds_box.activated.connect(self.mark_stale)
        self.new.clicked.connect(lambda: self.begin(self.current_things()))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.rowActivated.connect(lambda _row: self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.editor.left.connect(self.keep)
        self.editor.linkActivated.connect(self._on_link)
        self.empty.pressed.connect(self._on_empty)
        self.bridge.closing.connect(self.keep)


_HINT = "Enter choose · Esc leave"


def _edited(study: Study, memo: MemoId, title: str, text: str) -> bool:
    operations.edit_memo(study, memo, title=title, text=text)
    return True


def _said(row: MemoRow) -> Said:
    links = ", ".join(link_name(link) for link in row.links[:2])
    more = f" and {len(row.links) - 2} more" if len(row.links) > 2 else ""
    parts = ("" if row.mine else row.author_name, _day(row.changed), links + more)
    return Said(row.title, " · ".join(part for part in parts if part))


def _day(at: str) -> str:
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat) if moment.isValid() else ""
