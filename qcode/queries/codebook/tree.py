"""The codebook: the tree of codes, and what one means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.exchange.code_entries import CodeEntry, Standing, standing_of
from qcode.ids import CodeId, CoderId, DocumentId
from qcode.models import Code, Coder, CodeVersion, Coding
from qcode.models.journal import Change, Step
from qcode.models.merging import merged_codes
from qcode.queries.blindness import hidden_codes, visible_counts
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code in the tree, depth first in sibling order; `path` holds the names from the root down.

    A code that its coder made while blind is "proposed", or "declined" with the lead's `answer`.

    `merged` names the codes that were merged into it: they have no row of their own, and their codings count here.
    """

    id: CodeId
    parent: CodeId | None
    path: tuple[str, ...]
    kind: str
    status: str
    colour: int
    mine: int
    everybodys: int
    brief: str
    near_miss: str
    merged: tuple[tuple[CodeId, str], ...] = ()
    answer: str = ""

    @property
    def name(self) -> str:
        """The code's own name."""
        return self.path[-1]

    @property
    def depth(self) -> int:
        """How many codes stand above it."""
        return len(self.path) - 1

    @property
    def codable(self) -> bool:
        """Whether it can be put on a passage."""
        return self.kind == "codable" and self.offered

    @property
    def offered(self) -> bool:
        """Whether it is offered to work with: it is part of the codebook, or proposed to be."""
        return self.status in ("active", "proposed")


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """One version of a code's definition; `at` is an ISO date and time in UTC."""

    code: CodeId
    number: int
    brief: str
    full: str
    when_to_use: str
    when_not_to_use: str
    typical_example: str
    near_miss: str
    reason: str
    author: str
    at: str = ""


def codebook(study: Study, *, counted: bool = True) -> list[CodeRow]:
    """All codes that one may know of, each followed by those below it; `counted` with codings, which takes longer."""
    with study.read() as session:
        book, unseen = _Book(session), hidden_codes(session, study.coder)
        none = Counter[str](), Counter[str]()
        mine, everybodys = visible_counts(session, study.coder, Coding.code_id) if counted else none
        return [book.row(code, path, mine[code.id], everybodys[code.id]) for code, path in tree(session, unseen)]


def definition(study: Study, code: CodeId) -> DefinitionRow | None:
    """The current definition of a code."""
    return next(iter(definitions(study, code)), None)


def definitions(study: Study, code: CodeId) -> list[DefinitionRow]:
    """Every version of a code's definition, the current one first."""
    with study.read() as session:
        names = {row.id: row.name for row in session.scalars(select(Coder))}
        wanted = select(CodeVersion).join(Code, Code.id == CodeVersion.code_id)
        wanted = wanted.where(CodeVersion.alive, CodeVersion.code_id == code)
        order = CodeVersion.id != Code.version_id, CodeVersion.number.desc(), CodeVersion.id
        rows = session.scalars(wanted.order_by(*order)).all()
        written = _written(session, [row.id for row in rows])
        return [_definition(row, names, written.get(row.id, "")) for row in rows]


def code_counts(
    study: Study, *, coder: CoderId | None = None, document: DocumentId | None = None
) -> tuple[Counter[str], Counter[str]]:
    """How many codings of each code are one's own, and how many are everybody's that one may see.

    Only one coder's are counted if one is chosen, and only those of one document if one is chosen.
    """
    conditions = [Coding.coder_id == coder] if coder is not None else []
    conditions += [Coding.document_id == document] if document is not None else []
    with study.read() as session:
        return visible_counts(session, study.coder, Coding.code_id, *conditions)


def code_entries(study: Study) -> list[CodeEntry]:
    """The codebook as a file holds it."""
    with study.read() as session:
        versions = _current_versions(session)
        codes = tree(session, hidden_codes(session, study.coder))
        return [_entry(code, path, versions.get(code.id)) for code, path in codes]


def tree(session: Session, unseen: Collection[str] = ()) -> list[tuple[Code, tuple[str, ...]]]:
    """Living codes depth first with their paths, without those `unseen`.

    A code in a cycle, or whose parent is not among them, stands at the root.

    Merged codes have left the tree; what still stands below one is shown below the code it stands for.
    """
    merged = merged_codes(session)
    every = session.scalars(select(Code).where(Code.alive).order_by(Code.position, Code.id))
    rows = [row for row in every if row.id not in merged and row.id not in unseen]
    known = {row.id for row in rows}
    below: dict[str | None, list[Code]] = {}
    for row in rows:
        parent = merged.get(row.parent_id or "", row.parent_id)
        below.setdefault(parent if parent in known else None, []).append(row)
    out: list[tuple[Code, tuple[str, ...]]] = []
    _walk(below, None, (), out)
    reached = {row.id for row, _path in out}
    return out + [(row, (row.name,)) for row in rows if row.id not in reached]


def paths(session: Session, unseen: Collection[str] = ()) -> dict[CodeId, tuple[str, ...]]:
    """Each code's names from the root down; a merged code has those of the place it left."""
    merged = merged_codes(session)
    out = {CodeId(code.id): path for code, path in tree(session, unseen)}
    for code in session.scalars(select(Code).where(Code.id.in_(list(merged)))):
        above = CodeId(merged.get(code.parent_id or "", code.parent_id or ""))
        out[CodeId(code.id)] = (*out.get(above, ()), code.name)
    return out


def _walk(
    below: Mapping[str | None, list[Code]],
    parent: str | None,
    path: tuple[str, ...],
    out: list[tuple[Code, tuple[str, ...]]],
) -> None:
    for row in below.get(parent, ()):
        out.append((row, (*path, row.name)))
        _walk(below, row.id, (*path, row.name), out)


def _current_versions(session: Session) -> dict[str, CodeVersion]:
    wanted = select(Code.id, CodeVersion).join(CodeVersion, CodeVersion.id == Code.version_id).where(Code.alive)
    return {row.id: row.CodeVersion for row in session.execute(wanted)}


class _Book:
    """What rows of codes are made of besides the codes themselves."""

    def __init__(self, session: Session) -> None:
        self._merged = merged_codes(session)
        self._versions = _current_versions(session)
        self._names: dict[str, list[tuple[CodeId, str]]] = {}
        for code in session.scalars(select(Code).where(Code.id.in_(list(self._merged))).order_by(Code.name, Code.id)):
            self._names.setdefault(self._merged[code.id], []).append((CodeId(code.id), code.name))

    def row(self, code: Code, path: tuple[str, ...], mine: int, everybodys: int) -> CodeRow:
        version = self._versions.get(code.id)
        parent = self._merged.get(code.parent_id or "", code.parent_id)
        return CodeRow(
            CodeId(code.id),
            CodeId(parent) if parent else None,
            path,
            code.kind,
            standing(code),
            code.palette_slot,
            mine,
            everybodys,
            version.brief if version else "",
            version.near_miss if version else "",
            tuple(self._names.get(code.id, ())),
            code.answer,
        )


def standing(code: Code) -> Standing:
    """Whether a code of the tree is in use: one that copies merged into each other stands for all of them."""
    return standing_of(code.status)


def _written(session: Session, versions: Sequence[str]) -> dict[str, str]:
    """When each version was written: a version is never changed, so its first step tells."""
    wanted = select(Change.row_id, Step.at).join(Step, Step.id == Change.step_id)
    wanted = wanted.where(Change.kind == CodeVersion.__tablename__, Change.row_id.in_(versions))
    rows = session.execute(wanted.order_by(Step.lamport.desc(), Step.id.desc()))
    return {row.row_id: row.at for row in rows}


def _definition(row: CodeVersion, names: Mapping[str, str], at: str) -> DefinitionRow:
    return DefinitionRow(
        CodeId(row.code_id),
        row.number,
        row.brief,
        row.full,
        row.when_to_use,
        row.when_not_to_use,
        row.typical_example,
        row.near_miss,
        row.reason,
        names.get(row.author_id, ""),
        at,
    )


def _entry(code: Code, path: tuple[str, ...], version: CodeVersion | None) -> CodeEntry:
    entry = CodeEntry(
        path,
        kind="category" if code.kind == "category" else "codable",
        colour=code.palette_slot,
        status=standing(code),
    )
    if version is None:
        return entry
    return replace(
        entry,
        brief=version.brief,
        full=version.full,
        when_to_use=version.when_to_use,
        when_not_to_use=version.when_not_to_use,
        typical_example=version.typical_example,
        near_miss=version.near_miss,
        reason=version.reason,
    )
