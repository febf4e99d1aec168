"""The turns of a document to tick, by their first words: how parts and excluded ranges are chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qcode.queries.transcripts.documents import DocumentText
from qcode.text.ranges import Range, overlap
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Field, FieldTable
from qcode.ui.transcripts.parts import counted

_FIRST_WORDS = 120


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn as it stands in the list; `id` is its place among the turns, and its place in the text is half-open."""

    id: int
    start: int
    end: int
    speaker: str
    role: str
    words: str

    @property
    def place(self) -> Range:
        """Its range."""
        return self.start, self.end


class TurnTable(FieldTable):
    """Turns with a box before each. Space ticks all that are chosen, so several ranges can be put together."""

    ticksChanged = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._ticked: set[int] = set()
        self._at_once = False
        super().__init__(self._columns(), parent)
        self.setAccessibleName(name)

    # Properties

    @property
    def lines(self) -> list[TurnLine]:
        """The turns in order."""
        return sorted(self.shown_rows(), key=lambda line: line.id)

    @property
    def ticked(self) -> frozenset[int]:
        """The places of the turns that are ticked."""
        return frozenset(self._ticked)

    @property
    def ranges(self) -> list[Range]:
        """What is ticked: from the first to the last of turns that follow each other."""
        return ranges_of(self.lines, self._ticked)

    # Methods

    def show_text(self, text: DocumentText | None) -> None:
        """Show the turns of a text; what is ticked stays while it is the same text."""
        lines = [] if text is None else turn_lines(text)
        self._ticked &= {line.id for line in lines}
        self.set_rows(lines)

    def tick(self, wanted: Collection[int]) -> None:
        """Tick these turns and no others."""
        self._ticked = set(wanted)
        self.viewport().update()
        self.ticksChanged.emit()

    def tick_ranges(self, ranges: Sequence[Range]) -> None:
        """Tick the turns that ranges reach into, and no others."""
        self.tick(self.within(ranges))

    def within(self, ranges: Sequence[Range]) -> set[int]:
        """The turns that ranges reach into."""
        return {line.id for line in self.shown_rows() if any(overlap(line.place, place) for place in ranges)}

    # Internal

    def _columns(self) -> list[Field[TurnLine]]:
        return [
            Field(
                "",
                lambda line: line.id,
                lambda _line: "",
                width=4 * SPACE,
                ticked=lambda line: line.id in self._ticked,
                write=self._write,
                about="Ticked or not",
            ),
            Field("Turn", lambda line: line.id, lambda line: str(line.id + 1), "right", width=6 * SPACE - 4),
            Field("Speaker", lambda line: line.speaker, width=9 * SPACE, quiet=lambda line: line.role == "interviewer"),
            Field(
                "Begins",
                lambda line: line.words,
                stretch=True,
                quiet=lambda line: line.role == "interviewer",
                tip=lambda line: line.words,
            ),
        ]

    def _write(self, line: TurnLine, wanted: object) -> None:
        (self._ticked.add if wanted else self._ticked.discard)(line.id)
        self.replace_row(line)
        if not self._at_once:
            self.ticksChanged.emit()

    def _tick(self) -> bool:
        self._at_once = True
        done = super()._tick()
        self._at_once = False
        if done:
            self.ticksChanged.emit()
        return done


def turn_lines(text: DocumentText) -> list[TurnLine]:
    """The turns of a text with their first words, on one line each."""
    return [
        TurnLine(
            number,
            turn.start,
            turn.end,
            turn.speaker or "",
            turn.role,
            " ".join(text.text[turn.start : min(turn.end, turn.start + _FIRST_WORDS)].split()),
        )
        for number, turn in enumerate(text.turns)
    ]


def ranges_of(lines: Sequence[TurnLine], ticked: Collection[int]) -> list[Range]:
    """The ranges of turns, one for those that follow each other; turns without words belong to none."""
    found: list[list[int]] = []
    last = -2
    for line in lines:
        if line.id not in ticked or line.start >= line.end:
            continue
        if found and line.id == last + 1:
            found[-1][1] = line.end
        else:
            found.append([line.start, line.end])
        last = line.id
    return [(start, end) for start, end in found]


def in_words(table: TurnTable, length: int) -> str:
    """What is ticked, in words: how many turns in how many ranges, and how much of a text of this length."""
    ranges = table.ranges
    if not ranges:
        return "No turn is ticked."
    share = round(100 * sum(end - start for start, end in ranges) / max(length, 1))
    several = f" in {counted(len(ranges), 'range')}" if len(ranges) > 1 else ""
    return f"{counted(len(table.ticked), 'turn')}{several}: {max(share, 1)} % of the text."
