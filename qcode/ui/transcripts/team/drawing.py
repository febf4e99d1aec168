"""Documents drawn at random for double coding: how many, for whom, and by which groups; shown before it is done."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QGridLayout, QWidget

from qcode.analysis.sampling import Portion
from qcode.errors import QcodeError
from qcode.ids import CoderId, DocumentId
from qcode.operations.drawing import draw
from qcode.queries.rounds.draws import DrawnDocument, DrawPreview, DrawRow, draws, groupings_for_draws, preview_draw
from qcode.queries.rounds.progress import CoderProgress, RoundProgress
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import line_of, sentence
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Field, FieldTable
from qcode.ui.transcripts.parts import choice_box, counted
from qcode.ui.transcripts.team.panel import Cell, TeamPanel, button, offer, spin

USUAL = 20
LARGEST = 999_999
_USUALLY = "10 to 25 % are usual for double coding"
_TOGETHER = ("", "All together")
_SUBJECTS = {"participant": " (speakers)"}
_REPEATS = "Drawn again with this seed, these are the same documents."
_OTHERS = "Drawn again with this seed, these would be other documents: the draw was changed after it was made."


class DrawPanel(TeamPanel):
    """A share, a seed, groups and coders; what would be drawn; and what was drawn before. Enter shows a draw again."""

    title: ClassVar[str] = "Draw at random"

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._chosen: tuple[DocumentId, ...] = ()
        self._for: set[CoderId] = set()
        self._again: DrawRow | None = None
        self.share = spin("Share of the documents", 1, 100, USUAL)
        self.share.setSuffix(" %")
        self.share.setSingleStep(5)
        self.share.setToolTip(_USUALLY)
        self.seed = spin("Seed", 0, LARGEST, 0)
        self.seed_button = button("Another", "quiet", "Another seed")
        self.among = choice_box((("all", "All documents"),), "Drawn from")
        self.by = choice_box((_TOGETHER,), "By group")
        self.coders = FieldTable(self._coder_columns(), self)
        self.preview = RowTable(_preview_columns(), self)
        self.said = sentence(quiet=True)
        self.draw_button = button("Draw and assign", "primary")
        self.earlier_title = theme.label("Drawn before", tone="quiet")
        self.earlier = RowTable(_earlier_columns(), self)
        self._lay_out()
        self._connect()

    # Properties

    @property
    def chosen_coders(self) -> list[CoderId]:
        """Those who get what is drawn, in the order of the grid."""
        return [row.coder.id for row in self.coders.shown_rows() if row.coder.id in self._for]

    # Methods

    def begin(self, cells: Sequence[Cell]) -> None:
        """Begin with another seed, for the coders of the chosen cells, or for all."""
        progress = self.progress
        self.seed.setValue(_another_seed())
        self._again = None
        documents = tuple(dict.fromkeys(document for document, _coder in cells))
        self._chosen = documents if len(documents) > 1 else ()
        offer(self.among, self._grounds())
        everybody = {row.coder.id for row in progress.coders} if progress is not None else set()
        several = {coder for _document, coder in cells}
        self._for = several if len(several) > 1 else everybody
        self.coders.viewport().update()
        self._tell()

    def show_progress(self, progress: RoundProgress) -> None:
        """Tell anew what would be drawn for the round, and what was."""
        super().show_progress(progress)
        known = groupings_for_draws(self.bridge.study)
        offer(self.by, [_TOGETHER, *((one.key, f"{one.title}{_SUBJECTS.get(one.subject, '')}") for one in known)])
        offer(self.among, self._grounds())
        self.coders.set_rows(progress.coders, key=lambda row: row.coder.id)
        made = draws(self.bridge.study, progress.round.id)
        self.earlier.set_rows(made)
        self.earlier.setVisible(bool(made))
        self.earlier_title.setVisible(bool(made))
        if self._again is not None and self._again.id not in {row.id for row in made}:
            self._again = None
        self._tell()

    def entry(self) -> QWidget:
        """The share."""
        return self.share

    def draw(self) -> None:
        """Draw, and assign what was drawn to the coders who are ticked: one step."""
        progress = self.progress
        if progress is None:
            return
        made = self.bridge.attempt(
            lambda: draw(
                self.bridge.study,
                round_id=progress.round.id,
                coders=self.chosen_coders,
                share=self.share.value() / 100,
                seed=self.seed.value(),
                by=self.by.currentData(),
                documents=self._among(),
            )
        )
        if made is not None:
            who = counted(len(self.chosen_coders), "coder")
            drawn = counted(len(made.documents), "document")
            self.bridge.informed.emit(f"{drawn} drawn for {who}. Undo takes the draw back.")
            self.earlier.select_row(made.id)

    def show_again(self, row: DrawRow) -> None:
        """Show what a draw took, drawn again from its seed."""
        for box, value in ((self.share, round(100 * row.share)), (self.seed, row.seed)):
            box.blockSignals(True)  # noqa: FBT003
            box.setValue(value)
            box.blockSignals(False)  # noqa: FBT003
        self.by.setCurrentIndex(max(self.by.findData(row.by), 0))
        self._for = set(row.coders)
        self.coders.viewport().update()
        self._again = row
        self._tell()

    # Private slots

    def _on_changed(self) -> None:
        self._again = None
        self._tell()

    def _tell(self) -> None:
        """Say what would be drawn, or what was."""
        again, progress = self._again, self.progress
        if progress is None:
            return
        if again is not None:
            self._show(again.by_group, again.documents)
            self.said.setText(_REPEATS if again.repeats else _OTHERS)
            self.draw_button.setEnabled(False)
            return
        try:
            found = preview_draw(
                self.bridge.study,
                round_id=progress.round.id,
                share=self.share.value() / 100,
                seed=self.seed.value(),
                by=self.by.currentData() or "",
                documents=self._among(),
            )
        except QcodeError as error:
            self._show((), ())
            self.said.setText(str(error))
            self.draw_button.setEnabled(False)
            return
        self._show(found.by_group, found.documents)
        self.said.setText(self._in_words(found))
        self.draw_button.setEnabled(bool(self._for))

    # Internal

    def _in_words(self, found: DrawPreview) -> str:
        share = f"{len(found.documents):,} of {counted(found.offered, 'document')}"
        return f"{share}, for {counted(len(self._for), 'coder')}." if self._for else f"{share}. Tick who gets them."

    def _among(self) -> tuple[DocumentId, ...] | None:
        return self._chosen if self.among.currentData() == "chosen" else None

    def _grounds(self) -> list[tuple[object, str]]:
        chosen: list[tuple[object, str]] = [("chosen", f"{len(self._chosen)} chosen documents")]
        return [("all", "All documents"), *(chosen if self._chosen else [])]

    def _show(self, groups: Sequence[Portion], documents: Sequence[DrawnDocument]) -> None:
        rows = [(one, [row.name for row in documents if row.group == one.name]) for one in groups]
        self.preview.set_rows(rows, key=lambda row: row[0].name)

    def _coder_columns(self) -> list[Field[CoderProgress]]:
        return [
            Field(
                "",
                lambda row: row.coder.id in self._for,
                lambda _row: "",
                width=4 * SPACE,
                ticked=lambda row: row.coder.id in self._for,
                write=self._write_coder,
                about="Ticked or not",
            ),
            Field("For", lambda row: row.coder.name, stretch=True),
        ]

    def _write_coder(self, row: CoderProgress, wanted: object) -> None:
        (self._for.add if wanted else self._for.discard)(row.coder.id)
        self.coders.replace_row(row)
        self._on_changed()

    def _connect(self) -> None:
        for box in (self.share, self.seed):
            box.valueChanged.connect(self._on_changed)
        for chooser in (self.by, self.among):
            chooser.activated.connect(self._on_changed)
        self.seed_button.clicked.connect(lambda: self.seed.setValue(_another_seed()))
        self.earlier.rowActivated.connect(self.show_again)
        self.draw_button.clicked.connect(self.draw)

    def _lay_out(self) -> None:
        self.coders.setAccessibleName("Coders who get what is drawn")
        self.preview.setAccessibleName("What is drawn, by group")
        self.earlier.setAccessibleName("Drawn before in this round")
        self.earlier.setToolTip("Enter, or two clicks, draws it again")
        for table, least, most in ((self.coders, 16, 16), (self.preview, 17, 40), (self.earlier, 13, 13)):
            table.setMinimumHeight(least * SPACE)
            table.setMaximumHeight(most * SPACE)
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        lines: list[tuple[str, tuple[QWidget, ...]]] = [
            ("Share", (self.share, theme.label("10 to 25 % are usual", "small", "quiet"))),
            ("Seed", (self.seed, self.seed_button)),
            ("From", (self.among,)),
            ("By group", (self.by,)),
        ]
        for place, (words, parts) in enumerate(lines):
            grid.addWidget(theme.label(words, tone="quiet"), place, 0)
            grid.addLayout(line_of(*parts), place, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.coders)
        self.body.addWidget(self.preview, 1)
        self.body.addWidget(self.earlier_title)
        self.body.addWidget(self.earlier)
        self.body.addStretch(0)
        self.foot.addWidget(self.said)
        self.foot.addLayout(line_of(self.draw_button))


def _preview_columns() -> list[Column[tuple[Portion, list[str]]]]:
    return [
        Column("Group", lambda row: row[0].name, lambda row: row[0].name or "All", width=15 * SPACE),
        Column("Drawn", lambda row: row[0].drawn, lambda row: f"{row[0].drawn} of {row[0].offered}", width=9 * SPACE),
        Column("Documents", lambda row: ", ".join(row[1]), stretch=True, tip=lambda row: "\n".join(row[1])),
    ]


def _earlier_columns() -> list[Column[DrawRow]]:
    return [
        Column("Share", lambda row: row.share, lambda row: f"{100 * row.share:.0f} %", width=7 * SPACE),
        Column("Seed", lambda row: row.seed, width=9 * SPACE),
        Column("Drawn", lambda row: len(row.documents), _drawn_in_words, stretch=True, tip=_at_length),
    ]


def _drawn_in_words(row: DrawRow) -> str:
    return f"{counted(len(row.documents), 'document')} for {', '.join(row.coder_names)}"


def _at_length(row: DrawRow) -> str:
    groups = f" by {row.title}" if row.title else ""
    return f"{_drawn_in_words(row)}{groups}:\n" + "\n".join(one.name for one in row.documents)


def _another_seed() -> int:
    return secrets.randbelow(LARGEST) + 1
