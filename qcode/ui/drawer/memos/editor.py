"""One memo: its title, what it is about, and its text to write or to read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from qcode.queries.memos import MemoLinkRow, MemoRow
from qcode.ui.drawer.memos.targets import link_name
from qcode.ui.theme import SPACE, current, label

_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


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
    """Tells when what was typed is to be kept; that happens when a field is left."""

    left = Signal()
    linkActivated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._links: Sequence[MemoLinkRow] = ()
        self._said = ""
        self._saved = ("", "")
        self.title, self.text, self.view = QLineEdit(self), QPlainTextEdit(self), MarkdownView(self)
        self.preview = QPushButton("Read", self)
        self.about = QLabel(self)
        self._note = label("", "small", "quiet")
        self._stack = QStackedWidget(self)
        self._lay_out()
        for field in (self.title, self.text):
            field.installEventFilter(self)
        self.title.returnPressed.connect(lambda: self.text.setFocus(Qt.FocusReason.TabFocusReason))
        self.preview.clicked.connect(self.turn_preview)
        self.about.linkActivated.connect(lambda place: self.linkActivated.emit(self._links[int(place)]))

    # Properties

    @property
    def typed(self) -> tuple[str, str] | None:
        """Title and text, if they differ from what is saved."""
        now = self.title.text(), self.text.toPlainText()
        return now if now != self._saved and not self.text.isReadOnly() else None

    @property
    def previewing(self) -> bool:
        """Whether the memo is shown as it reads."""
        return self._stack.currentWidget() is self.view

    # Methods

    def show_memo(self, row: MemoRow) -> None:
        """Show a memo; what is half typed in the same one stays."""
        self._fill(row.title, row.text, mine=row.mine)
        self._links = row.links
        self._said = ""
        self._note.setText("" if row.mine else f"{row.author_name} wrote this: you can read it, and write your own.")
        self._note.setVisible(not row.mine)
        self._show_links()
        self.show_preview(shown=not row.mine or (self.previewing and not self.text.hasFocus()))

    def show_draft(self, said: str) -> None:
        """Begin a memo; `said` is what it will be about."""
        self._links, self._said = (), said
        self._fill("", "", mine=True)
        self._note.hide()
        self._show_links()
        self.show_preview(shown=False)

    def take_saved(self, title: str, text: str) -> None:
        """Note what is saved now."""
        self._saved = (title, text)

    def show_preview(self, *, shown: bool) -> None:
        """Show the memo as it reads, or its Markdown to be written."""
        if shown:
            self.view.show_markdown(self.text.toPlainText())
        self._stack.setCurrentWidget(self.view if shown else self.text)
        self.preview.setChecked(shown)

    def turn_preview(self) -> None:
        """Read what one has written, or go on writing."""
        self.left.emit()
        self.show_preview(shown=not self.previewing)
        (self.view if self.previewing else self.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self._show_links()
        if self.previewing:
            self.view.show_markdown(self.text.toPlainText())

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What was typed is kept when a field is left."""
        if event.type() == QEvent.Type.FocusOut and getattr(event, "reason", lambda: None)() not in _STAYS:
            self.left.emit()
        return super().eventFilter(watched, event)

    # Internal

    def _fill(self, title: str, text: str, *, mine: bool) -> None:
        self._saved = (title, text)
        if self.title.text() != title:
            self.title.setText(title)
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        for field in (self.title, self.text):
            field.setReadOnly(not mine)

    def _show_links(self) -> None:
        colour = current().accent
        named = " · ".join(
            f'<a href="{number}" style="color:{colour}">{escape(link_name(link))}</a>'
            for number, link in enumerate(self._links)
        )
        self.about.setText(f"About {named}" if named else escape(self._said or "About nothing in particular"))
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
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addWidget(self._note)
        column.addWidget(self._stack, 1)
