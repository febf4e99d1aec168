"""What lies open in the Code room: a document, what is known of its codings, and the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qcode.ids import DocumentId
from qcode.operations.passages import Passage
from qcode.queries.codebook import CodeRow
from qcode.queries.codings import CodingRow
from qcode.queries.documents import DocumentRow, DocumentText
from qcode.text.ranges import Range
from qcode.ui.code.filtering import OPEN
from qcode.ui.code.shown import Choice, KnownCodings


@dataclass(slots=True)
class Desk:
    """Shared by the parts of the room, which read it; the room alone changes it."""

    documents: list[DocumentRow] = field(default_factory=list)
    text: DocumentText | None = None
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
        """Whether the acting coder is done with it."""
        return self.row is not None and self.row.state == "handed in"

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
        """The acting coder's codings of exactly this range that the filter hides."""
        if self.choice.only == OPEN:
            return []
        here = (row for row in self.known.rows if row.mine and (row.start, row.end) == span)
        return [row for row in here if not self.choice.takes(row)]

    def own_codes_at(self, span: Range, round_id: str | None) -> set[str]:
        """The codes that the acting coder has on exactly this range in a round, whether or not they are seen."""
        rows = self.known.rows
        return {row.code for row in rows if row.mine and row.round == round_id and (row.start, row.end) == span}

    def words(self, span: Range) -> str:
        """The text of a range."""
        return self.text.text[span[0] : span[1]] if self.text else ""

    def passage(self, span: Range) -> Passage | None:
        """A range as operations want it."""
        return Passage(self.text.id, *span) if self.text else None

    def code(self, code: str) -> CodeRow | None:
        """A code of the codebook."""
        return next((row for row in self.codes if row.id == code), None)
