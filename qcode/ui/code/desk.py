"""What lies open in the Code room: a document, what is known of its codings, and the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qcode.ids import DocumentId
from qcode.operations.passages import Passage
from qcode.queries.codebook.tree import CodeRow
from qcode.queries.codings import CodingRow
from qcode.queries.transcripts.documents import DocumentRow, DocumentText
from qcode.text.codable import Codable
from qcode.text.ranges import Range
from qcode.ui.code.filtering import OPEN
from qcode.ui.code.shown import Choice, KnownCodings


@dataclass(slots=True)
class Desk:
    """Shared by the parts of the room, which read it; the room alone changes it."""

    documents: list[DocumentRow] = field(default_factory=list)
    text: DocumentText | None = None
    codable: Codable = field(default_factory=lambda: Codable(""))
    known: KnownCodings = field(default_factory=KnownCodings)
    choice: Choice = field(default_factory=Choice)
    codes: Sequence[CodeRow] = ()
    weights: bool = False

    @property
    def document(self) -> DocumentId | None:
        """The document that is read."""
        return self.text.id if self.text else None

    @property
    def row(self) -> DocumentRow | None:
        """That document in the list of all."""
        return next((row for row in self.documents if row.id == self.document), None)

    @property
    def done(self) -> bool:
        """Whether the acting coder said to be done with it, which can still be changed."""
        return self.row is not None and self.row.state == "done"

    @property
    def locked(self) -> bool:
        """Whether the acting coder handed it in."""
        return self.row is not None and self.row.state == "handed in"

    @property
    def units(self) -> Sequence[Range]:
        """By what edges move and codes are dropped: segments where the text was cut, else sentences."""
        return self.codable.own_segments or (self.text.units if self.text else ())

    @property
    def assigned(self) -> bool:
        """Whether the acting coder codes it in this round."""
        return self.row is not None and self.row.state != "not assigned"

    @property
    def drawn(self) -> list[CodingRow]:
        """The codings that are drawn."""
        return self.known.drawn(self.choice)

    def signed(self, rows: Iterable[CodingRow]) -> list[CodingRow]:
        """The codings with their coders' initials, which are left out while only one's own are drawn."""
        return [row._replace(coder="") for row in rows] if self.choice.whose == "mine" else list(rows)

    def hidden_at(self, span: Range) -> list[CodingRow]:
        """The acting coder's codings of exactly what a range stands for that the filter hides."""
        if self.choice.only == OPEN:
            return []
        places = set(self.codable.snapped(*span))
        here = (row for row in self.known.rows if row.mine and (row.start, row.end) in places)
        return [row for row in here if not self.choice.takes(row)]

    def own_codes_at(self, span: Range, round_id: str | None) -> set[str]:
        """The codes that the acting coder has on all a range stands for in a round, seen or not."""
        own = [row for row in self.known.rows if row.mine and row.round == round_id]
        places = self.codable.snapped(*span)
        found = [{str(row.code) for row in own if (row.start, row.end) == place} for place in places]
        return set.intersection(*found) if found else set()

    def widened(self, span: Range) -> Range:
        """A range as far as the segments reach that it touches; itself where it touches none."""
        places = self.codable.snapped(*span)
        return (places[0][0], places[-1][1]) if places else span

    def words(self, span: Range) -> str:
        """The text of a range."""
        return self.text.text[span[0] : span[1]] if self.text else ""

    def passage(self, span: Range) -> Passage | None:
        """A range as operations want it."""
        return Passage(self.text.id, *span) if self.text else None

    def code(self, code: str) -> CodeRow | None:
        """A code of the codebook."""
        return next((row for row in self.codes if row.id == code), None)
