"""The versions of a guide, with what each changed."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout, QWidget

from qcode.queries.transcripts.guides import GuideVersionRow
from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import counted
from qcode.ui.utf16 import displayable


class VersionsPage(QFrame):
    """Reads like a list of changes, the newest version first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._rows: list[GuideVersionRow] = []
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName("Versions of the guide")
        self.text.document().setDocumentMargin(2 * SPACE)
        self.text.setTabChangesFocus(True)
        title = theme.label("Versions", "heading")
        title.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.text, 1)

    # Methods

    def show_versions(self, rows: list[GuideVersionRow]) -> None:
        """Show these versions; the same ones stay where they are scrolled to."""
        place = self.text.verticalScrollBar().value() if rows == self._rows else 0
        self._rows = rows
        self.text.setHtml("".join(map(_version, rows)))
        self.text.verticalScrollBar().setValue(place)

    def update_theme(self) -> None:
        """Show the same in the colours of the theme."""
        self.show_versions(self._rows)


def _version(row: GuideVersionRow) -> str:
    colours = theme.current()
    made = " · ".join(part for part in (row.coder, row.at[:10], counted(len(row.questions), "question")) if part)
    note = f'<p style="color:{colours.text}; margin:0 0 {SPACE // 2}px 0">“{_shown(row.note)}”</p>' if row.note else ""
    lines = [change.sentence for change in row.changes]
    if not lines and row.number == 1:
        lines = [f"{one.number}. {one.text}" for one in row.questions]
    items = "".join(f'<p style="line-height:140%; margin:0 0 {SPACE // 2}px 0">{_shown(line)}</p>' for line in lines)
    return (
        f'<p style="margin:0 0 {SPACE // 2}px 0"><b>Version {row.number}</b>'
        f'<span style="color:{colours.quiet}"> · {_shown(made)}</span></p>{note}{items}'
        f'<p style="margin:0">&nbsp;</p>'
    )


def _shown(words: str) -> str:
    return escape(displayable(words))
