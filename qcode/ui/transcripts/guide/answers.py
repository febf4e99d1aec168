"""All answers to one question, to be read one after another, with the documents that have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from qcode.queries.transcripts.answers import Answer, Answers, Said, Silent
from qcode.study import Place
from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import choice_box, counted
from qcode.ui.utf16 import displayable

_AT_ONCE = 200
_EVERYONE = "All groups"
_NOWHERE = "This question is attached to no turn yet. Find it in the transcripts, or attach it in the Code room."


class AnswersPage(QFrame):
    """A reading list; each document's name leads to its place in the transcript."""

    requestPlace = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._answers: Answers | None = None
        self._most = _AT_ONCE
        self._title = theme.label("", "heading")
        self._facts = theme.label("", "small", "quiet")
        self.group = choice_box([], "Whose answers are shown")
        self.text = QTextBrowser(self)
        self._lay_out()
        self.group.currentIndexChanged.connect(self._on_group)
        self.text.anchorClicked.connect(self._on_link)

    # Properties

    @property
    def facts(self) -> str:
        """How much there is to read."""
        return self._facts.text()

    @property
    def answers(self) -> Answers | None:
        """What is shown."""
        return self._answers

    @property
    def shown(self) -> list[Answer]:
        """The answers of the group that is chosen."""
        given = self._answers.given if self._answers else ()
        chosen = self.group.currentData()
        return [one for one in given if not chosen or chosen in _groups(one)]

    # Methods

    def show_answers(self, answers: Answers | None) -> None:
        """Show these; the same question read again stays where it was scrolled to."""
        before = self._answers
        same = before is not None and answers is not None and before.question.id == answers.question.id
        self._answers = answers
        if not same:
            self._most = _AT_ONCE
        self._offer_groups()
        self._draw(place=self.text.verticalScrollBar().value() if same else 0)

    def update_theme(self) -> None:
        """Show the same in the colours of the theme."""
        self._draw(place=self.text.verticalScrollBar().value())

    # Private slots

    def _on_group(self) -> None:
        self._most = _AT_ONCE
        self._draw(place=0)

    def _on_link(self, link: QUrl) -> None:
        what, _, number = link.toString().partition(":")
        if what == "more":
            self._most += _AT_ONCE
            self._draw(place=self.text.verticalScrollBar().value())
        elif what == "answer":
            one = self.shown[int(number)]
            self.requestPlace.emit(Place(one.document, one.start, one.start))
        elif what == "silent" and self._answers is not None:
            self.requestPlace.emit(Place(self._answers.silent[int(number)].document, 0, 0))

    # Internal

    def _offer_groups(self) -> None:
        groups = sorted({group for one in (self._answers.given if self._answers else ()) for group in _groups(one)})
        chosen = self.group.currentData()
        self.group.blockSignals(True)  # noqa: FBT003
        self.group.clear()
        for value, words in [("", _EVERYONE), *((group, group) for group in groups)]:
            self.group.addItem(words, value)
        self.group.setCurrentIndex(max(self.group.findData(chosen), 0))
        self.group.blockSignals(False)  # noqa: FBT003
        self.group.setVisible(len(groups) > 1)

    def _draw(self, *, place: int) -> None:
        found = self._answers
        self._title.setText("" if found is None else f"{found.question.number}. {found.question.text}")
        self._facts.setText("" if found is None else _facts(found, self.shown))
        self.text.setHtml("" if found is None else "".join(self._pieces(found)))
        self.text.setAccessibleDescription(self._title.text())
        self.text.verticalScrollBar().setValue(place)

    def _pieces(self, found: Answers) -> Iterator[str]:
        shown = self.shown
        if not found.question.turns:
            yield _quiet(_NOWHERE)
        for number, one in enumerate(shown[: self._most]):
            yield from _answer(one, number, found.question.since)
        if len(shown) > self._most:
            left = len(shown) - self._most
            yield f'<p style="margin:{2 * SPACE}px 0 0 0">{_link("more:", f"Show {min(left, _AT_ONCE):,} more")}</p>'
        if found.silent and found.question.turns:
            yield _silent(found.silent)

    def _lay_out(self) -> None:
        self._title.setWordWrap(True)
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName("Answers")
        self.text.document().setDocumentMargin(2 * SPACE)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.group.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self.group, 0, Qt.AlignmentFlag.AlignTop)
        self._facts.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addWidget(self.text, 1)


def _groups(answer: Answer) -> set[str]:
    return {one.group for one in answer.answered if one.group}


def _facts(found: Answers, shown: list[Answer]) -> str:
    row = found.question
    parts = [
        counted(len({one.document for one in shown}), "document"),
        counted(sum(one.words for one in shown), "word"),
        f"asked since version {row.since}" if row.since > 1 else "",
        f"asked until version {row.until}" if row.until is not None else "",
        f"no answer in {len(found.silent):,}" if found.silent and row.turns else "",
    ]
    return " · ".join(part for part in parts if part)


def _answer(one: Answer, number: int, since: int) -> Iterator[str]:
    colours = theme.current()
    version = f"asked under version {one.version}" if one.version is not None and one.version != since else ""
    about = " · ".join(part for part in (one.group, version) if part)
    yield (
        f'<p style="margin:{3 * SPACE if number else 0}px 0 {SPACE // 2}px 0">'
        f"<b>{_link(f'answer:{number}', one.document_name)}</b>"
        f'<span style="color:{colours.quiet}">{f" · {escape(about)}" if about else ""}</span></p>'
    )
    if one.asked:
        yield _quiet(one.asked)
    yield from (_said(said) for said in one.said)


def _said(said: Said) -> str:
    colours = theme.current()
    colour = colours.quiet if said.role in ("interviewer", "event") else colours.text
    who = f'<span style="color:{colours.quiet}">{_shown(said.speaker)}</span>&nbsp; ' if said.speaker else ""
    return (
        f'<p style="color:{colour}; line-height:150%; margin:0 0 {SPACE // 2}px 0; white-space:pre-wrap">'
        f"{who}{_shown(said.text)}</p>"
    )


def _silent(silent: Iterable[Silent]) -> str:
    links = [
        _link(f"silent:{number}", one.name) + (" (asked, not answered)" if one.asked else "")
        for number, one in enumerate(silent)
    ]
    colours = theme.current()
    return f'<p style="color:{colours.quiet}; margin:{3 * SPACE}px 0 0 0">No answer in: {", ".join(links)}</p>'


def _quiet(words: str) -> str:
    colours = theme.current()
    return f'<p style="color:{colours.quiet}; line-height:150%; margin:0 0 {SPACE // 2}px 0">{_shown(words)}</p>'


def _link(target: str, words: str) -> str:
    return f'<a href="{target}" style="color:{theme.current().accent}; text-decoration:none">{_shown(words)}</a>'


def _shown(words: str) -> str:
    return escape(displayable(words))
