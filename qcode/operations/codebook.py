"""The codebook: codes in a tree, and what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.exchange.code_entries import CodeEntry
from qcode.ids import CodeId, new_id
from qcode.models import Code, CodeVersion
from qcode.models.blindness import SUGGESTED, hidden_codes
from qcode.models.merging import merged_codes
from qcode.models.proposing import status_of_new
from qcode.operations.lookup import acting, last_position, living, standing_code, tidy_name, tidy_text
from qcode.operations.outline import move_branch, refuse_known_sibling, with_descendants
from qcode.study import Study
from qcode.text.ordering import between

SLOTS = 12


@dataclass(frozen=True, slots=True)
class Definition:
    """The six fields that say what a code means."""

    brief: str = ""
    full: str = ""
    when_to_use: str = ""
    when_not_to_use: str = ""
    typical_example: str = ""
    near_miss: str = ""


class OnlyProposedError(QcodeError):
    """A proposal was to be retired or used again."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is a proposal, which the lead adopts, merges or declines. Delete it if it is yours."
        )


def add_code(
    study: Study,
    *,
    name: str,
    parent: CodeId | None = None,
    kind: str = "codable",
    definition: Definition | None = None,
    palette_slot: int | None = None,
) -> CodeId:
    """Add a code behind its siblings; a sibling of that name is refused. Whoever codes blind proposes it."""
    tidy = tidy_name("code", name)
    author = acting(study.coder)
    new = CodeId(new_id())
    with study.transact("Add code {code}", args={"code": new}) as session:
        if parent is not None:
            standing_code(session, parent)
        refuse_known_sibling(session, Code, tidy, parent, unseen=hidden_codes(session, author))
        slot = next_slot(session) if palette_slot is None else palette_slot % SLOTS
        position = between(last_position(session, Code, Code.parent_id.is_(parent)), None)
        code = Code(id=new, name=tidy, parent_id=parent, kind=kind, position=position, palette_slot=slot)
        code.status = status_of_new(session, author)
        session.add(code)
        add_version(session, code, definition or Definition(), author, reason="")
    return new


def check_new_code(study: Study, *, name: str, parent: CodeId | None = None) -> str:
    """The name as a new code would bear it; refused as `add_code` would refuse it, and nothing is written."""
    tidy = tidy_name("code", name)
    with study.read() as session:
        if parent is not None:
            standing_code(session, parent)
        refuse_known_sibling(session, Code, tidy, parent, unseen=hidden_codes(session, study.coder))
    return tidy


def rename_code(study: Study, code: CodeId, *, name: str) -> None:
    """Give a code another name."""
    tidy = tidy_name("code", name)
    with study.transact("Rename code {code}", args={"code": code}) as session:
        row = living(session, Code, code)
        if row.name != tidy:
            unseen = hidden_codes(session, study.coder)
            refuse_known_sibling(session, Code, tidy, row.parent_id, apart_from=code, unseen=unseen)
            row.name = tidy


def colour_code(study: Study, code: CodeId, *, palette_slot: int) -> None:
    """Give a code another colour of the palette."""
    with study.transact("Colour code {code}", args={"code": code}) as session:
        living(session, Code, code).palette_slot = palette_slot % SLOTS


def define_code(study: Study, code: CodeId, *, definition: Definition, reason: str = "") -> None:
    """Write a new version of a code's definition; the versions before it stay, and codings say which they used."""
    author = acting(study.coder)
    with study.transact("Define code {code}", args={"code": code}) as session:
        redefine(session, living(session, Code, code), definition, author, reason.strip())


def move_code(study: Study, code: CodeId, *, parent: CodeId | None, after: CodeId | None = None) -> None:
    """Put a code below another parent, behind a given sibling or first of all."""
    with study.transact("Move code {code}", args={"code": code}) as session:
        row = living(session, Code, code)
        if parent is not None:
            standing_code(session, parent)
        move_branch(session, Code, row, parent=parent, after=after, unseen=hidden_codes(session, study.coder))


def set_kind(study: Study, code: CodeId, *, kind: str) -> None:
    """Make a code codable, or a category that only gathers others."""
    with study.transact("Change kind of {code}", args={"code": code}) as session:
        living(session, Code, code).kind = kind


def retire_code(study: Study, code: CodeId, *, retired: bool = True) -> None:
    """Offer a code no longer, or again; its codings stay. A proposal is for the lead to adopt or to decline."""
    label = "Retire code {code}" if retired else "Use code {code} again"
    with study.transact(label, args={"code": code}) as session:
        row = standing_code(session, code)
        if row.status in SUGGESTED:
            raise OnlyProposedError(row.name)
        row.status = "retired" if retired else "active"


def delete_code(study: Study, code: CodeId) -> None:
    """Take a code and those below it out of the codebook; their codings are hidden until undo brings the code back."""
    with study.transact("Delete code {code}", args={"code": code}) as session:
        for row in with_descendants(session, Code, living(session, Code, code)):
            row.alive = False


@dataclass(frozen=True, slots=True)
class ImportedCodebook(Mapping[tuple[str, ...], CodeId]):
    """The codes of the study by their paths after an import, and how many of the file's were new, redefined or known.

    `unchanged` counts the codes whose definition was the same already, and those that a merged code's path leads to.
    """

    ids: Mapping[tuple[str, ...], CodeId]
    new: int
    redefined: int
    unchanged: int

    def __getitem__(self, path: tuple[str, ...]) -> CodeId:
        return self.ids[path]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


def import_codebook(study: Study, entries: Iterable[CodeEntry], *, reason: str = "") -> ImportedCodebook:
    """Add the codes that are new and give those known by their path the definitions of these entries, in one step.

    A path that a merged code left leads to the code it stands for, which keeps its own definition.
    """
    author = acting(study.coder)
    new = redefined = unchanged = 0
    with study.transact("Import codebook") as session:
        known, left = _paths(session, hidden_codes(session, author))
        status = status_of_new(session, author)
        for entry in entries:
            if entry.path not in known and entry.path in left:
                known[entry.path] = left[entry.path]
                unchanged += 1
                continue
            is_new = entry.path not in known
            row = known[entry.path] = _add_entry(session, entry, known, status) if is_new else known[entry.path]
            is_redefined = redefine(session, row, definition_of(entry), author, entry.reason or reason)
            new += is_new
            redefined += is_redefined and not is_new
            unchanged += not is_redefined
        ids = {path: CodeId(row.id) for path, row in known.items()}
    return ImportedCodebook(ids, new, redefined, unchanged)


def add_version(session: Session, code: Code, definition: Definition, author: str, reason: str) -> None:
    """Write the next version of a code's definition and let the code point to it."""
    for text in asdict(definition).values():
        tidy_text("field of a definition", text)
    tidy_text("reason", reason)
    latest = session.scalar(select(func.max(CodeVersion.number)).where(CodeVersion.code_id == code.id)) or 0
    version = CodeVersion(code_id=code.id, number=latest + 1, author_id=author, reason=reason, **asdict(definition))
    session.add(version)
    code.version_id = version.id


def redefine(session: Session, code: Code, definition: Definition, author: str, reason: str) -> bool:
    """Write the next version of a code's definition if it reads otherwise than the current one; whether it did."""
    current = session.get(CodeVersion, code.version_id) if code.version_id else None
    if current is not None and all(getattr(current, name) == text for name, text in asdict(definition).items()):
        return False
    add_version(session, code, definition, author, reason)
    return True


def definition_of(entry: CodeEntry) -> Definition:
    """The definition that a code of a file comes with."""
    return Definition(
        entry.brief, entry.full, entry.when_to_use, entry.when_not_to_use, entry.typical_example, entry.near_miss
    )


def _add_entry(session: Session, entry: CodeEntry, known: Mapping[tuple[str, ...], Code], status: str) -> Code:
    parent = known[entry.path[:-1]].id if len(entry.path) > 1 else None
    position = between(last_position(session, Code, Code.parent_id.is_(parent)), None)
    slot = next_slot(session) if entry.colour is None else entry.colour % SLOTS
    name = tidy_name("code", entry.path[-1])
    code = Code(name=name, parent_id=parent, kind=entry.kind, position=position, palette_slot=slot, status=status)
    session.add(code)
    session.flush()
    return code


type _ByPath = dict[tuple[str, ...], Code]


def _paths(session: Session, unseen: Collection[str]) -> tuple[_ByPath, _ByPath]:
    """The codes by their paths, and by the paths that merged codes left the ones that these stand for."""
    merged = merged_codes(session)
    rows = {row.id: row for row in session.scalars(select(Code).where(Code.alive)) if row.id not in unseen}
    known = {_path(row, rows, merged): row for row in rows.values() if row.id not in merged}
    standing = {code: into for code, into in merged.items() if into in rows}
    return known, {_path(rows[code], rows, merged): rows[into] for code, into in standing.items()}


def _path(code: Code, rows: Mapping[str, Code], merged: Mapping[str, str]) -> tuple[str, ...]:
    path: list[str] = []
    walked: set[str] = set()
    current: Code | None = code
    while current is not None and current.id not in walked:
        walked.add(current.id)
        path.insert(0, current.name)
        parent = current.parent_id or ""
        current = rows.get(merged.get(parent, parent))
    return tuple(path)


def next_slot(session: Session) -> int:
    """The colour for the next code: the slots of the palette take turns."""
    used = session.scalar(select(func.count()).select_from(Code).where(Code.alive, Code.kind == "codable")) or 0
    return used % SLOTS
