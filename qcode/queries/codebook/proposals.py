"""Codes that coders made while blind, those that look alike together, for the lead to decide about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.likeness import Described, Likening
from qcode.ids import CodeId
from qcode.models import Code, Coder, CodeVersion, Document
from qcode.models.blindness import makers_of
from qcode.queries.blindness import hidden_codes
from qcode.queries.codebook.tree import tree
from qcode.queries.codings import CodingRow, Looking, PassageRow, codings, passages
from qcode.study import Study
from qcode.text.ranges import Range


@dataclass(frozen=True, slots=True)
class AlikeCode:
    """A code of the codebook that a proposal looks like, with its names from the root down, and in what."""

    id: CodeId
    path: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedCode:
    """A proposal: who made it, what it is said to mean, the passages one may see, and codes that it looks like.

    `reasons` says in what it is like the first of its group.
    """

    id: CodeId
    name: str
    path: tuple[str, ...]
    by: str
    definition: str
    passages: tuple[PassageRow, ...]
    like: tuple[AlikeCode, ...] = ()
    reasons: tuple[str, ...] = ()


type Group = tuple[ProposedCode, ...]


def proposals(study: Study) -> list[Group]:
    """The proposals that nobody decided about yet, by groups that look alike, the largest group first.

    Those of colleagues in rounds that the acting coder still codes blind are not among them: see `sealed_proposals`.
    """
    with study.read() as session:
        codes = tree(session, hidden_codes(session, study.coder))
        proposed = [(code.id, path) for code, path in codes if code.status == "proposed"]
        if not proposed:
            return []
        known = {code.id: path for code, path in codes if code.status == "active" and code.kind == "codable"}
        definitions, language = _definitions(session), _language(session)
        by = _makers(session, [code for code, _path in proposed])
    places = _places(codings(study, Looking(layer=None)))
    paths = known | dict(proposed)
    described = [
        Described(code, path[-1], definitions.get(code, ""), places.get(code, {})) for code, path in paths.items()
    ]
    likening = Likening(described, language)
    read: dict[str, list[PassageRow]] = {}
    for row in passages(study, Looking(codes=[code for code, _path in proposed], layer=None)):
        read.setdefault(row.coding.code, []).append(row)

    def made(code: str, first: str) -> ProposedCode:
        like = tuple(
            AlikeCode(CodeId(other), known[other], found.reasons) for other, found in likening.nearest(code, known)
        )
        reasons = () if code == first else likening.likeness(code, first).reasons
        passages_of = tuple(read.get(code, ()))
        return ProposedCode(
            CodeId(code), paths[code][-1], paths[code], by[code], definitions.get(code, ""), passages_of, like, reasons
        )

    groups = likening.groups([code for code, _path in proposed])
    ordered = sorted(groups, key=lambda group: -len(group))
    return [tuple(made(code, group[0]) for code in group) for group in ordered]


def sealed_proposals(study: Study) -> bool:
    """Whether there are proposals of which the acting coder may not know more yet."""
    with study.read() as session:
        waiting = set(session.scalars(select(Code.id).where(Code.alive, Code.status == "proposed")))
        return bool(waiting & hidden_codes(session, study.coder))


def _definitions(session: Session) -> dict[str, str]:
    wanted = select(Code.id, CodeVersion.brief, CodeVersion.full, CodeVersion.when_to_use)
    rows = session.execute(wanted.join(CodeVersion, CodeVersion.id == Code.version_id).where(Code.alive))
    return {code: "\n".join(part for part in parts if part) for code, *parts in rows}


def _language(session: Session) -> str:
    """The language that most documents are in: codes are named in it."""
    counts = Counter(session.scalars(select(Document.language).where(Document.alive)))
    return min(counts, key=lambda language: (-counts[language], language), default="")


def _makers(session: Session, codes: list[str]) -> dict[str, str]:
    names = {row.id: row.name for row in session.execute(select(Coder.id, Coder.name))}
    makers = makers_of(session, codes)
    return {code: names.get(makers.get(code, ""), "") for code in codes}


def _places(rows: list[CodingRow]) -> dict[str, dict[str, list[Range]]]:
    out: dict[str, dict[str, list[Range]]] = {}
    for row in rows:
        out.setdefault(row.code, {}).setdefault(row.document, []).append((row.start, row.end))
    return out
