"""Codings under older definitions: what is left to look at after a code was split or defined anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from qcode.ids import CodeId
from qcode.models import Assignment
from qcode.queries.blindness import hidden_from
from qcode.queries.codings import CodingRow, Looking, PassageRow, code_paths, codings, passages
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class Walk:
    """The passages of a code that nobody has looked at since its definition changed.

    One's own are recoded or confirmed one after another; those in documents that are handed in must be taken back
    first, and colleagues' are theirs to look at. `may_be_more` says that there are documents of which one may not see
    colleagues' codings yet.
    """

    mine: tuple[PassageRow, ...]
    handed_in: tuple[PassageRow, ...]
    others: tuple[PassageRow, ...]
    may_be_more: bool


@dataclass(frozen=True, slots=True)
class Recheck:
    """How many codings of a code are older than its definition: one's own, and those of each colleague by name."""

    code: CodeId
    path: tuple[str, ...]
    mine: int
    others: tuple[tuple[str, int], ...]


def walk(study: Study, code: CodeId) -> Walk:
    """The passages of a code, or of those merged into it, that were coded under an older definition."""
    rows = passages(study, Looking(codes=[code], older=True))
    with study.read() as session:
        done = select(Assignment.round_id, Assignment.document_id).where(
            Assignment.alive, Assignment.coder_id == study.coder, Assignment.state == "handed in"
        )
        finished = {tuple(row) for row in session.execute(done)}
        may_be_more = bool(hidden_from(session, study.coder))
    mine = [row for row in rows if row.coding.mine]
    return Walk(
        tuple(row for row in mine if (row.coding.round, row.coding.document) not in finished),
        tuple(row for row in mine if (row.coding.round, row.coding.document) in finished),
        tuple(row for row in rows if not row.coding.mine),
        may_be_more,
    )


def rechecks(study: Study) -> list[Recheck]:
    """Every code with codings older than its definition, in the order of the codebook: the list of what is to do."""
    by_code: dict[str, list[CodingRow]] = {}
    for row in codings(study, Looking(older=True)):
        by_code.setdefault(row.code, []).append(row)
    return [_recheck(code, path, by_code[code]) for code, path in code_paths(study).items() if code in by_code]


def _recheck(code: CodeId, path: tuple[str, ...], rows: Iterable[CodingRow]) -> Recheck:
    counts = Counter("" if row.mine else row.coder_name for row in rows)
    mine = counts.pop("", 0)
    return Recheck(code, path, mine, tuple(sorted(counts.items())))
