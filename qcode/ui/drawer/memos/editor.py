"""One memo: its title, what it is about, who can read it, and its text to write or to read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QHideEvent, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qcode.operations.memos import LONGEST_MEMO
from qcode.queries.memos import MemoLinkRow, MemoRow
from qcode.ui.drawer.memos.targets import link_name
from qcode.ui.limited import LimitedField
from qcode.ui.theme import SPACE, current, label

_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class MarkdownView(QTextBrowser):
    """Markdown as it reads; it fetches nothing and opens nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName("The memo as it reads")
        self.document().setDocumentMargin(SPACE)

    # Methods

    def show_markdown(self, text: str) -> None:
        """Show a text; HTML in it is shown as words."""
        self.document().setMarkdown(text, _MARKDOWN)

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002, ARG002  Qt’s own names
        """Nothing: a memo's pictures and links stay where they are."""
        return None


class MemoEditor(QFrame):
    """Tells when something is typed, and when one leaves the memo with the keyboard."""

    edited = Signal()
    left = Signal()
    linkActivated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._links: Sequence[MemoLinkRow] = ()
        self._saved = ("", "")
        self._filling = self._inside = False
        self.title, self.text, self.view = QLineEdit(self), LimitedField(LONGEST_MEMO, self), MarkdownView(self)
        self.preview = QPushButton("Read", self)
        self.about = QLabel(self)
        self._note = label("", "small", "quiet")
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.title.textChanged.connect(self._on_edited)
        self.text.textChanged.connect(self._on_edited)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self.title.returnPressed.connect(lambda: self.text.setFocus(Qt.FocusReason.TabFocusReason))
        self.preview.clicked.connect(self.turn_preview)
        self.about.linkActivated.connect(lambda place: self.linkActivated.emit(self._links[int(place)]))

    # Properties

    @property
    def typed(self) -> tuple[str, str] | None:
        """Title and text, if they differ from what is saved."""
        now = self._now()
        return now if now != self._saved and not self.text.isReadOnly() else None

    @property
    def previewing(self) -> bool:
        """Whether the memo is shown as it reads."""
        return self._stack.currentWidget() is self.view

    # Methods

    def show_memo(self, row: MemoRow, readers: str) -> None:
        """Show a memo as it is saved; `readers` says who can read it."""
        self._fill(row.title, row.text, mine=row.mine)
        theirs = f"{row.author_name} wrote this: you can read it, and write your own."
        self.show_about(row.links, readers if row.mine else theirs)
        self.show_preview(shown=not row.mine or (self.previewing and not self.text.hasFocus()))

    def show_new(self, links: Sequence[MemoLinkRow], readers: str) -> None:
        """Begin a memo that will be about these things."""
        self._fill("", "", mine=True)
        self.show_about(links, readers)
        self.show_preview(shown=False)

    def show_about(self, links: Sequence[MemoLinkRow], note: str) -> None:
        """Show what the memo is about, and say something below."""
        self._links = links
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._show_links()

    def put_typed(self, title: str, text: str) -> None:
        """Put back what was half typed, beside what is saved."""
        saved = self._saved
        self._fill(title, text, mine=True)
        self._saved = saved

    def take_saved(self) -> tuple[str, str]:
        """Take what is typed as saved, and give what was before."""
        before, self._saved = self._saved, self._now()
        return before

    def take_unsaved(self, before: tuple[str, str]) -> None:
        """What was typed could not be saved after all."""
        self._saved = before

    def show_preview(self, *, shown: bool) -> None:
        """Show the memo as it reads, or its Markdown to be written."""
        if shown:
            self.view.show_markdown(self._now()[1])
        self._stack.setCurrentWidget(self.view if shown else self.text)
        self.preview.setChecked(shown)

    def turn_preview(self) -> None:
        """Read what one has written, or go on writing."""
        self.show_preview(shown=not self.previewing)
        (self.view if self.previewing else self.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self._show_links()
        if self.previewing:
            self.view.show_markdown(self._now()[1])

    # Events

    def hideEvent(self, event: QHideEvent) -> None:
        """Who folds the drawer leaves the memo."""
        super().hideEvent(event)
        self._inside = False
        self.left.emit()

    # Private slots

    def _on_edited(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Leaving for another window is no leaving; what was typed is safe meanwhile."""
        if new is None:
            return
        before, self._inside = self._inside, self.isAncestorOf(new)
        if before and not self._inside:
            self.left.emit()

    # Internal

    def _now(self) -> tuple[str, str]:
        """What the fields hold, with all spaces as they were typed or pasted."""
        return self.title.text(), self.text.raw()

    def _fill(self, title: str, text: str, *, mine: bool) -> None:
        self._filling = True
        if self.title.text() != title:
            self.title.setText(title)
        if self._now()[1] != text:
            self.text.setPlainText(text)
        self._filling = False
        self._saved = self._now()
        for field in (self.title, self.text):
            field.setReadOnly(not mine)

    def _show_links(self) -> None:
        colour = current().accent
        named = " · ".join(
            f'<a href="{number}" style="color:{colour}">{escape(link_name(link))}</a>'
            for number, link in enumerate(self._links)
        )
        self.about.setText(f"About {named}" if named else "About nothing in particular")
        self.about.setAccessibleName("What the memo is about")

    def _lay_out(self) -> None:
        self.title.setPlaceholderText("Title")
        self.title.setAccessibleName("Title of the memo")
        self.text.setPlaceholderText("Write what you think. Markdown works: # heading, *emphasis*, - list.")
        self.text.setAccessibleName("Text of the memo, in Markdown")
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(SPACE)
        self.preview.setCheckable(True)
        self.preview.setAccessibleName("Read the memo, or write it")
        self.about.setTextFormat(Qt.TextFormat.RichText)
        self.about.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.about.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.about.setWordWrap(True)
        self.about.setProperty("scale", "small")
        self.about.setProperty("tone", "quiet")
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.title, 1)
        top.addWidget(self.preview)
        self._stack.setMinimumHeight(3 * SPACE)
        for page in (self.text, self.view):
            page.setMinimumHeight(2 * SPACE)
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addWidget(self._note)
        column.addWidget(self._stack, 1)
