"""What the numbers beside codes count: whose codings, and in which documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qcode.ids import CoderId, DocumentId
from qcode.queries.codebook.tree import CodeRow, code_counts
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class Counting:
    """The second number counts everyone's codings or one coder's; both count all documents or the open one."""

    coder: CoderId | None = None
    coder_name: str = ""
    initials: str = ""
    here: bool = False

    @property
    def usual(self) -> bool:
        """Whether the codebook's own numbers are the ones wanted."""
        return self.coder is None and not self.here

    @property
    def words(self) -> str:
        """The choice in a few words."""
        where = "This document" if self.here else "All documents"
        return f"{where} · {self.coder_name}" if self.coder else where

    @property
    def titles(self) -> tuple[str, str]:
        """The names of the two columns."""
        return "Mine", self.initials if self.coder else "All"

    @property
    def tips(self) -> tuple[str, str]:
        """The two columns explained."""
        where = "in the document that is open" if self.here else "in all documents"
        whose = f"Codings of {self.coder_name}" if self.coder else "Everyone’s codings"
        return f"Your codings, {where}", f"{whose}, {where}, as far as you may see them"

    def counted(self, study: Study, rows: Iterable[CodeRow], document: DocumentId | None) -> list[CodeRow]:
        """The codes with the numbers wanted."""
        if self.usual:
            return list(rows)
        place = document or DocumentId("") if self.here else None
        mine, everybodys = code_counts(study, document=place)
        if self.coder is not None:
            everybodys = code_counts(study, coder=self.coder, document=place)[1]
        return [replace(row, mine=mine[row.id], everybodys=everybodys[row.id]) for row in rows]
