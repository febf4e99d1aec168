"""Codings under older definitions: what is left to look at after a code was split or defined anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CodeId
from qcode.models import Assignment, Code
from qcode.models.merging import merged_codes
from qcode.queries.blindness import hidden_from
from qcode.queries.codings import CodingRow, Looking, PassageRow, code_paths, codings, passages
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class Walk:
    """The passages of a code that nobody has looked at since its definition changed.

    One's own are recoded or confirmed one after another; those in documents that are handed in wait
    until the lead opens them again, and colleagues' are theirs to look at. `may_be_more` says that there are documents
    of which one may not see colleagues' codings yet.
    """

    mine: tuple[PassageRow, ...]
    handed_in: tuple[PassageRow, ...]
    others: tuple[PassageRow, ...]
    may_be_more: bool


@dataclass(frozen=True, slots=True)
class Recheck:
    """How many codings of a code are older than its definition: one's own, and those of each colleague by name.

    Of one's own, `handed_in` counts those in documents that are locked; `mine` does not.
    """

    code: CodeId
    path: tuple[str, ...]
    mine: int
    others: tuple[tuple[str, int], ...]
    handed_in: int = 0


def walk(study: Study, code: CodeId) -> Walk:
    """The passages of a code, or of those merged into it, that were coded under an older definition."""
    rows = passages(study, Looking(codes=[code], older=True))
    with study.read() as session:
        finished = _finished(session, study.coder)
        may_be_more = bool(hidden_from(session, study.coder))
    mine = [row for row in rows if row.coding.mine]
    return Walk(
        tuple(row for row in mine if (row.coding.round, row.coding.document) not in finished),
        tuple(row for row in mine if (row.coding.round, row.coding.document) in finished),
        tuple(row for row in rows if not row.coding.mine),
        may_be_more,
    )


def split_off(study: Study, code: CodeId) -> list[CodeId]:
    """The codes that a code was split into, whoever did it; one that was merged since is the code it stands for."""
    with study.read() as session:
        merged = merged_codes(session)
        made = session.scalars(select(Code.id).where(Code.alive, Code.split_from_id == code).order_by(Code.position))
        found = dict.fromkeys(CodeId(merged.get(row, row)) for row in made)
    return [row for row in found if row != code]


def rechecks(study: Study) -> list[Recheck]:
    """Every code with codings older than its definition, in the order of the codebook: the list of what is to do."""
    by_code: dict[str, list[CodingRow]] = {}
    for row in codings(study, Looking(older=True)):
        by_code.setdefault(row.code, []).append(row)
    with study.read() as session:
        finished = _finished(session, study.coder)
    return [
        _recheck(code, path, by_code[code], finished) for code, path in code_paths(study).items() if code in by_code
    ]


def waiting(study: Study) -> int:
    """How many of one's own codings are older than the definitions of their codes, and can be looked at now."""
    rows = codings(study, Looking(coders=[study.coder or ""], older=True))
    with study.read() as session:
        finished = _finished(session, study.coder)
    return sum((row.round, row.document) not in finished for row in rows)


def _finished(session: Session, coder: str | None) -> set[tuple[str, str]]:
    """The (round, document) pairs that a coder handed in."""
    done = select(Assignment.round_id, Assignment.document_id).where(
        Assignment.alive, Assignment.coder_id == coder, Assignment.state == "handed in"
    )
    return {(row.round_id, row.document_id) for row in session.execute(done)}


def _recheck(
    code: CodeId, path: tuple[str, ...], rows: Collection[CodingRow], finished: Collection[tuple[str, str]]
) -> Recheck:
    others = Counter(row.coder_name for row in rows if not row.mine)
    mine = [row for row in rows if row.mine]
    handed_in = sum((row.round, row.document) in finished for row in mine)
    return Recheck(code, path, len(mine) - handed_in, tuple(sorted(others.items())), handed_in)
