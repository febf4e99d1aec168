"""What deleting codes would take along, told beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from qcode.ids import CodeId, CoderId, DocumentId
from qcode.models import Code
from qcode.models.merging import merged_codes
from qcode.queries.blindness import hidden_codes, hidden_from
from qcode.queries.codebook.code_sets import code_sets
from qcode.queries.codebook.tree import tree
from qcode.queries.codings import Looking, passages
from qcode.queries.memos import memos_about
from qcode.queries.themes.outline import themes
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class Affected:
    """How many codings of one coder in one document would be hidden."""

    coder: CoderId
    coder_name: str
    document: DocumentId
    document_name: str
    count: int


@dataclass(frozen=True, slots=True)
class DeletionEffect:
    """What goes with codes: those below them by their paths, those merged into them by name, and their codings.

    `may_be_more` says that there are documents of which one may not see yet whether colleagues used these codes; it
    does not say whether they did.
    """

    codes: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...]
    affected: tuple[Affected, ...]
    themes: tuple[str, ...]
    sets: tuple[str, ...]
    memos: int
    may_be_more: bool

    @property
    def codings(self) -> int:
        """How many codings would be hidden, of those one may see."""
        return sum(row.count for row in self.affected)

    @property
    def sentence(self) -> str:
        """The effect in words, for a question or a notice."""
        coders, documents = ({getattr(row, name) for row in self.affected} for name in ("coder", "document"))
        others = f" with {_counted(len(self.codes) - 1, 'code')} below" if len(self.codes) > 1 else ""
        name = self.codes[0][-1] if self.codes else ""
        used = f"{_counted(self.codings, 'coding')} by {_counted(len(coders), 'coder')}"
        where = f"{used} in {_counted(len(documents), 'document')}" if self.codings else "no codings"
        more = " Codings that you may not see yet are not counted." if self.may_be_more else ""
        return f"“{name}”{others} has {where}.{more} Undo brings everything back."


def deletion_effect(study: Study, codes: Collection[CodeId]) -> DeletionEffect:
    """What deleting these codes, and all below them, would take along, as far as the acting coder may know."""
    with study.read() as session:
        gone = _below(tree(session, hidden_codes(session, study.coder)), codes)
        merged = [code for code, into in merged_codes(session).items() if into in gone]
        names = session.scalars(select(Code.name).where(Code.id.in_(merged)).order_by(Code.name)).all()
        may_be_more = bool(hidden_from(session, study.coder))
    return DeletionEffect(
        tuple(gone.values()),
        tuple(names),
        _affected(study, gone),
        tuple(row.name for row in themes(study) if any(code in gone for code, _name in row.codes)),
        tuple(row.name for row in code_sets(study) if any(code in gone for code, _path in row.codes)),
        len({row.id for code in gone for row in memos_about(study, "code", code)}),
        may_be_more,
    )


def _below(rows: list[tuple[Code, tuple[str, ...]]], codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The codes and all below them, in the order of the codebook."""
    chosen: dict[str, tuple[str, ...]] = {}
    inside: int | None = None
    for code, path in rows:
        if inside is None or len(path) <= inside:
            inside = len(path) if code.id in codes else None
        if inside is not None:
            chosen[code.id] = path
    return chosen


def _affected(study: Study, codes: Collection[str]) -> tuple[Affected, ...]:
    rows = passages(study, Looking(codes=codes, layer=None), around=0)
    counts = Counter(
        (row.coding.coder_id, row.coding.coder_name, row.coding.document, row.document_name) for row in rows
    )
    return tuple(Affected(*key, count) for key, count in counts.items())


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
