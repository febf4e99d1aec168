"""Sets of codes, with what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from qcode.ids import CodeId, CodeSetId
from qcode.models import CodeSet, CodeSetMember
from qcode.models.merging import merged_codes
from qcode.queries.blindness import hidden_codes
from qcode.queries.codebook.tree import tree
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class CodeSetRow:
    """A set and its codes in the order of the codebook, each with its names from the root down.

    The codes of an `exclusive` set exclude each other.
    """

    id: CodeSetId
    name: str
    codes: tuple[tuple[CodeId, tuple[str, ...]], ...]
    exclusive: bool = False


def code_sets(study: Study) -> list[CodeSetRow]:
    """All sets in their order; a merged code is held as the code it stands for."""
    with study.read() as session:
        known, merged = tree(session, hidden_codes(session, study.coder)), merged_codes(session)
        codes = [(CodeId(code.id), path) for code, path in known]
        held: dict[str, set[str]] = {}
        members = select(CodeSetMember.set_id, CodeSetMember.code_id).where(CodeSetMember.alive)
        for code_set, code in session.execute(members):
            held.setdefault(code_set, set()).add(merged.get(code, code))
        rows = session.scalars(select(CodeSet).where(CodeSet.alive).order_by(CodeSet.position, CodeSet.id))
        return [
            CodeSetRow(
                CodeSetId(row.id),
                row.name,
                tuple(code for code in codes if code[0] in held.get(row.id, ())),
                row.exclusive,
            )
            for row in rows
        ]
