"""Proposals: codes that coders made while blind, those that look alike together, adopted, merged or declined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from qcode.ids import CodeId
from qcode.operations.proposals import adopt, decline, merge_into
from qcode.queries.codebook.proposals import Group, ProposedCode, proposals, sealed_proposals
from qcode.queries.codebook.tree import codebook
from qcode.study import Place
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.code_chooser import CodeChooser
from qcode.ui.flow import FlowLayout
from qcode.ui.panel_parts import rich
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.parts import counted, line_edit
from qcode.ui.transcripts.settling.page import SettlingPage, html, in_context, quiet, scrolled
from qcode.ui.wrapped_list import Said

_NOTHING = "No proposals wait. Codes that coders make while they code blind, or in a file of their own, come here."
_SEALED = "There are proposals, but they are sealed until you have handed in your own work of that round."
_MOST_PASSAGES = 40


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as an entry of the list."""

    codes: Group

    @property
    def key(self) -> CodeId:
        """The first of the group stands for it."""
        return self.codes[0].id


class ProposalsPage(SettlingPage):
    """One group after another: whichever is kept gets a name and a place, or all go into another code, or nowhere."""

    title = "Proposals"
    kinds: ClassVar[tuple[str, ...]] = ("code", "code_version", "coding", "assignment", "round", "document", "coder")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _said, parent)
        self._shown: Group = ()
        self.heading = theme.label("", "heading")
        self.heading.setWordWrap(True)
        self.boxes: dict[CodeId, QCheckBox] = {}
        self._boxes = FlowLayout()
        self.keep_box, self.under_box = QComboBox(), QComboBox()
        self.name_line = line_edit("Name in the codebook", "Name")
        self.answer_line = line_edit("Answer to its coders", "Answer, which its coders read")
        self.adopt_button, self.merge_button = QPushButton("Adopt"), QPushButton("Merge into…")
        self.decline_button, self.place_button = QPushButton("Decline"), QPushButton("Show in the text")
        self.body = rich("Definitions and passages")
        self.chooser = CodeChooser("Code to merge into", self)
        self.parts = QStackedWidget()
        adopting = self.list_action("Adopt the proposals", self.adopt, "A", key="adopt")
        merging = self.list_action("Merge the proposals into…", self.begin_merging, "M", key="merge")
        declining = self.list_action("Decline the proposals…", self.decline, "D", key="decline")
        self._lay_parts()
        self._connect()
        self.lay_out(("{} adopt", adopting), ("{} merge into…", merging), ("{} decline", declining))

    # Properties

    @property
    def current(self) -> Group:
        """The group that is decided about."""
        row = self.list.row
        return row.codes if row is not None else ()

    # Methods

    def refresh(self) -> None:
        """Read again what is proposed."""
        study = self.bridge.study
        groups = proposals(study)
        self.take_rows([GroupRow(group) for group in groups], _SEALED if sealed_proposals(study) else _NOTHING)
        number = sum(map(len, groups))
        told = f"{counted(number, 'code')} in {counted(len(groups), 'group')}" if groups else ""
        self.count.setText(told)
        self.show_current()

    def show_current(self) -> None:
        """Show the group with the cursor."""
        group = self.current
        if [one.id for one in group] != [one.id for one in self._shown]:
            self._offer(group)
        self._shown = group
        self._tell()

    def adopt(self) -> None:
        """Make the one that is kept part of the codebook; the others of the group stand for it."""
        codes = self._codes()
        if codes:
            name, into = self.name_line.text(), self.under_box.currentData()
            self._decide(
                lambda: (
                    adopt(self.bridge.study, codes, into=into, name=name, answer=self.answer_line.text()) is not None
                )
            )

    def begin_merging(self) -> None:
        """Ask for a code of the codebook to merge the group into."""
        if not self.current:
            return
        rows = [row for row in codebook(self.bridge.study) if row.status == "active"]
        self.chooser.line.clear()
        self.chooser.offer(rows)
        likely = next((like.id for one in self.current for like in one.like), None)
        if likely is not None:
            self.chooser.set_current(likely)
        self.parts.setCurrentWidget(self.chooser)
        self.chooser.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def merge(self, code: str) -> None:
        """Let a code of the codebook stand for the group."""
        codes, answer = self._codes(), self.answer_line.text()

        def done() -> bool:
            merge_into(self.bridge.study, codes, into=CodeId(code), answer=answer)
            return True

        self._decide(done)

    def decline(self) -> None:
        """Keep the group out of the codebook; without an answer, ask for one first."""
        codes, answer = self._codes(), self.answer_line.text()
        if codes and not answer.strip():
            self.bridge.informed.emit("Say in a line why, then press Enter: its coders read it in the codebook.")
            self.answer_line.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def done() -> bool:
            decline(self.bridge.study, codes, answer=answer)
            return True

        if codes:
            self._decide(done)

    def leave(self) -> None:
        """Back from choosing a code to the group, or from the page to the Team tab."""
        if self.parts.currentWidget() is self.chooser:
            self._end_merging()
        else:
            super().leave()

    def show_place(self) -> None:
        """Show the first passage in its transcript."""
        row = next((row for one in self.current for row in one.passages), None)
        if row is not None:
            self.go_to(Place(row.coding.document, row.coding.start, row.coding.end))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the answer declines."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.answer_line.hasFocus():
            self.decline()
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_kept(self) -> None:
        one = next((one for one in self.current if one.id == self.keep_box.currentData()), None)
        if one is not None:
            self.name_line.setText(one.name)
            self.under_box.setItemText(0, _as_proposed(one))

    def _on_ticked(self) -> None:
        kept, chosen = self.keep_box.currentData(), self._chosen()
        self.keep_box.clear()
        for one in chosen:
            self.keep_box.addItem(f"{one.name} ({one.by})", one.id)
        self.keep_box.setCurrentIndex(max(self.keep_box.findData(kept), 0))
        for part in (self.keep_box, self._keep_label):
            part.setVisible(len(chosen) > 1)
        if kept != self.keep_box.currentData() or not self.name_line.text():
            self._on_kept()
        self._tell_buttons()

    # Internal

    def _codes(self) -> list[CodeId]:
        """Those of the group that are ticked, the one that is kept first."""
        kept = self.keep_box.currentData()
        return sorted((one.id for one in self._chosen()), key=lambda code: code != kept)

    def _chosen(self) -> list[ProposedCode]:
        return [one for one in self.current if len(self.current) == 1 or self.boxes[one.id].isChecked()]

    def _decide(self, deed: Callable[[], bool]) -> None:
        if self.bridge.attempt(deed):
            self.answer_line.clear()
            self._end_merging()

    def _end_merging(self) -> None:
        self.parts.setCurrentIndex(0)
        self.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, group: Group) -> None:
        self._offer_members(group)
        self.under_box.clear()
        self.under_box.addItem("as proposed", None)
        for row in codebook(self.bridge.study, counted=False):
            if row.status == "active":
                self.under_box.addItem(f"{'    ' * row.depth}{row.name}", row.id)
        self._on_ticked()
        self.parts.setCurrentIndex(0)

    def _offer_members(self, group: Group) -> None:
        for box in self.boxes.values():
            self._boxes.removeWidget(box)
            box.hide()
            box.deleteLater()
        several = group if len(group) > 1 else ()
        self.boxes = {one.id: QCheckBox(f"{one.name} ({one.by})".replace("&", "&&")) for one in several}
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self._on_ticked)
            self._boxes.addWidget(box)

    def _tell(self) -> None:
        group = self.current
        names = " · ".join(dict.fromkeys(one.name for one in group))
        self.heading.setText(names)
        self.body.setText("".join(_told(one) for one in group))
        self.place_button.setEnabled(any(one.passages for one in group))
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        others = len(self._chosen()) - 1
        self.adopt_button.setText(f"Adopt, and merge {counted(others, 'other')} into it" if others > 0 else "Adopt")
        for button in (self.adopt_button, self.merge_button, self.decline_button):
            button.setEnabled(others >= 0)

    def _lay_parts(self) -> None:
        self.adopt_button.setProperty("kind", "primary")
        self.place_button.setProperty("kind", "quiet")
        self.keep_box.setAccessibleName("Which one is kept")
        self.under_box.setAccessibleName("Place in the codebook")
        self._keep_label = theme.label("Keep", tone="quiet")
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        lines = ((self._keep_label, self.keep_box), (theme.label("Name", tone="quiet"), self.name_line))
        more = (("Under", self.under_box), ("Answer", self.answer_line))
        pairs: list[tuple[QLabel, QWidget]] = [
            *lines,
            *((theme.label(word, tone="quiet"), part) for word, part in more),
        ]
        for number, (word, part) in enumerate(pairs):
            grid.addWidget(word, number // 2, number % 2 * 2)
            grid.addWidget(part, number // 2, number % 2 * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.adopt_button, self.merge_button, self.decline_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.place_button)
        self.parts.addWidget(scrolled(self.body))
        self.parts.addWidget(self.chooser)
        self.side.addWidget(self.heading)
        self.side.addLayout(self._boxes)
        self.side.addWidget(self.parts, 1)
        self.side.addLayout(grid)
        self.side.addLayout(buttons)

    def _connect(self) -> None:
        self.keep_box.activated.connect(self._on_kept)
        self.adopt_button.clicked.connect(self.adopt)
        self.merge_button.clicked.connect(self.begin_merging)
        self.decline_button.clicked.connect(self.decline)
        self.place_button.clicked.connect(self.show_place)
        self.chooser.codeChosen.connect(self.merge)
        self.list.rowActivated.connect(lambda _row: self.name_line.setFocus(Qt.FocusReason.OtherFocusReason))


def _said(row: GroupRow) -> Said:
    passages = sum(len(one.passages) for one in row.codes)
    who = ", ".join(dict.fromkeys(one.by for one in row.codes))
    like = next((like.path[-1] for one in row.codes for like in one.like), "")
    parts = (who, counted(passages, "passage"), f"like “{like}”" if like else "")
    return Said(" · ".join(dict.fromkeys(one.name for one in row.codes)), " · ".join(part for part in parts if part))


def _as_proposed(one: ProposedCode) -> str:
    return f"as proposed: {' › '.join(one.path[:-1]) or 'at the top'}"


def _told(one: ProposedCode) -> str:
    """A proposal with what it means, what it is like, and its passages."""
    like = "; ".join(f"“{' › '.join(code.path)}” ({', '.join(code.reasons)})" for code in one.like)
    reasons = f" In this group for {', '.join(one.reasons)}." if one.reasons else ""
    said = [f"<p><b>{html(one.name)}</b> {quiet(f'by {one.by}.{reasons}')}</p>"]
    said += [f"<p>{html(one.definition) if one.definition else quiet('No definition.')}</p>"]
    said += [f"<p>{quiet('In the codebook, like it: ')}{html(like)}</p>"] if like else []
    for row in one.passages[:_MOST_PASSAGES]:
        where = " · ".join(part for part in (row.document_name, row.speaker) if part)
        said.append(f"<p>{quiet(where)}<br>{in_context(row.before, row.text, row.after)}</p>")
    more = len(one.passages) - _MOST_PASSAGES
    said += [f"<p>{quiet(f'And {more:,} more.')}</p>"] if more > 0 else []
    said += [] if one.passages else [f"<p>{quiet('No passages that you may see.')}</p>"]
    return "".join(said)
