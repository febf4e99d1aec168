"""Memos: writing down what one thinks, saying what it is about, and making a memo a source of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import DocumentId, MemoId, MemoLinkId, derived_id, new_id
from qcode.models import Coding, Document, Memo, MemoLink, Participant, Row, Theme
from qcode.operations.lookup import GoneError, acting, last_position, living, standing_code, tidy_name
from qcode.operations.outline import position_behind
from qcode.operations.passages import Passage, anchored
from qcode.study import Study
from qcode.text.canonical import normalise
from qcode.text.ordering import between

if TYPE_CHECKING:
    from qcode.operations.documents import Incoming

KINDS = ("analytic", "theoretical", "methodological", "reflexive", "descriptive")
LONGEST_MEMO = 200_000
_LONGEST_FIRST_LINE = 80
_MARKS = re.compile(r"^[\s#>*+_-]+|[*`]+|[\s#]+$")
_COLUMNS: dict[str, type[Row]] = {"document": Document, "coding": Coding, "participant": Participant, "theme": Theme}
_OF_TARGETS = {
    "study": (),
    "document": ("document_id",),
    "passage": ("document_id", "revision_id", "start", "end"),
    "code": ("code_id",),
    "coding": ("coding_id", "document_id"),
    "participant": ("participant_id",),
    "theme": ("theme_id",),
}


class MemoEmptyError(QcodeError):
    """A memo has neither title nor text."""

    def __init__(self) -> None:
        super().__init__("Write a title or some text first.")


class MemoTooLongError(QcodeError):
    """More was pasted into a memo than one writes."""

    def __init__(self) -> None:
        super().__init__(
            f"A memo can have {LONGEST_MEMO:,} characters at most. Import a longer text as a transcript of its own."
        )


class MemoWithoutTextError(QcodeError):
    """A memo that is only a title cannot be coded."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” has no text that could be coded. Write some first.")


class UnknownMemoKindError(QcodeError):
    """A memo of a kind that qcode does not know."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"“{kind}” is no kind of memo. Use one of: {', '.join(KINDS)}.")


class UnknownTargetError(QcodeError):
    """A memo cannot be about that."""

    def __init__(self, kind: str) -> None:
        kinds = ", ".join(("study", "passage", "code", *_COLUMNS))
        super().__init__(f"A memo can't be linked to “{kind}”. Link it to one of: {kinds}.")


class NotYourMemoError(QcodeError):
    """A coder tried to change a colleague's memo."""

    def __init__(self) -> None:
        super().__init__("That memo is a colleague's. You can change only your own; write one beside it.")


@dataclass(frozen=True, slots=True)
class Target:
    """What a memo is about: the study, or the document, code, coding, participant or theme with this id, or a passage.

    A passage is one of the current text and keeps its anchor when the text is corrected.
    """

    kind: str
    id: str = ""
    passage: Passage | None = None

    @classmethod
    def at(cls, passage: Passage) -> Self:
        """A passage as a target."""
        return cls("passage", passage=passage)


def write_memo(
    study: Study, *, title: str = "", text: str = "", kind: str = "analytic", about: Sequence[Target] = ()
) -> MemoId:
    """Add a memo of the acting coder, in Markdown; without a title its first line is one."""
    author, (named, body) = acting(study.coder), tidy(title, text)
    _refuse_unknown_kind(kind)
    memo = MemoId(new_id())
    with study.transact("Write a memo", place=place_of(about)) as session:
        row = Memo(id=memo, title=named, text=body, author_id=author, position="", kind=kind)
        add_memo(session, study, row, about)
    return memo


def edit_memo(
    study: Study, memo: MemoId, *, title: str | None = None, text: str | None = None, kind: str | None = None
) -> None:
    """Write an own memo anew; what is None stays."""
    if kind is not None:
        _refuse_unknown_kind(kind)
    with _own(study, memo, "Edit a memo") as (_session, row):
        row.title, row.text = tidy(row.title if title is None else title, row.text if text is None else text)
        row.kind = kind or row.kind


def move_memo(study: Study, memo: MemoId, *, after: MemoId | None = None) -> None:
    """Put an own memo behind another one, or first of all."""
    with _own(study, memo, "Move a memo") as (session, row):
        row.position = position_behind(session, Memo, after, Memo.id != memo)


def link_memo(study: Study, memo: MemoId, *, about: Sequence[Target]) -> list[MemoLinkId]:
    """Say what an own memo is about, too; a link that is there already is not doubled."""
    with _own(study, memo, "Link a memo") as (session, row):
        return _link(study, session, row, about)


def unlink_memo(study: Study, memo: MemoId, *, links: Sequence[MemoLinkId]) -> None:
    """Let an own memo no longer be about these things."""
    with _own(study, memo, "Unlink a memo") as (session, _row):
        for link in links:
            found = living(session, MemoLink, link)
            if found.memo_id != memo:
                raise GoneError(MemoLink.__tablename__)
            found.alive = False


def remove_memo(study: Study, memo: MemoId) -> None:
    """Take an own memo out of the study."""
    with _own(study, memo, "Remove a memo") as (_session, row):
        row.alive = False


def memo_as_document(
    study: Study, memo: MemoId, *, name: str = "", kind: str = "memo", language: str = "en"
) -> DocumentId:
    """Make the text of an own memo a source that everybody can read and code; the memo is linked to it.

    Each paragraph becomes a turn of nobody; what is written in the memo later does not change the source. The source
    is everybody's and the link one's own, so these are two steps that are undone together.
    """
    from qcode.operations.documents import import_document

    author = acting(study.coder)
    with study.read() as reading:
        found = _own_memo(reading, memo, author)
        incoming = _incoming(found, name.strip() or found.title, kind, language)
    with study.grouped():
        document = import_document(study, incoming)
        link_memo(study, memo, about=[Target("document", document)])
    return document


def add_memo(session: Session, study: Study, memo: Memo, about: Iterable[Target]) -> Memo:
    """Put a memo behind all others, about these things."""
    memo.position = between(last_position(session, Memo), None)
    session.add(memo)
    _link(study, session, memo, about)
    return memo


def link_alike(session: Session, memo: str, other: Memo) -> None:
    """Let another memo be about everything that a memo is about."""
    for link in session.scalars(select(MemoLink).where(MemoLink.alive, MemoLink.memo_id == memo)).all():
        columns = {name: getattr(link, name) for name in _OF_TARGETS[link.kind]}
        _add_link(session, other, link.kind, columns)


@contextmanager
def _own(study: Study, memo: str, label: str) -> Iterator[tuple[Session, Memo]]:
    """Change an own memo in one step; its title stays out of the label, since history is everybody's."""
    coder = acting(study.coder)
    with study.transact(label) as session:
        yield session, _own_memo(session, memo, coder)


def _own_memo(session: Session, memo: str, coder: str) -> Memo:
    row = living(session, Memo, memo)
    if row.author_id != coder:
        raise NotYourMemoError
    return row


def tidy(title: str, text: str) -> tuple[str, str]:
    """A memo's title on one line and its text in canonical form."""
    if len(text) > LONGEST_MEMO:
        raise MemoTooLongError
    body, named = (_storable(normalise(part)[0]) for part in (text.rstrip(), " ".join(title.split())))
    if not named and not body:
        raise MemoEmptyError
    return tidy_name("memo", named or _first_line(body)), body


def _storable(text: str) -> str:
    """Half a character, as a torn paste can hold, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _first_line(text: str) -> str:
    for line in text.splitlines():
        words = " ".join(_MARKS.sub("", line).split())
        if words:
            return words if len(words) <= _LONGEST_FIRST_LINE else words[: _LONGEST_FIRST_LINE - 1].rstrip() + "…"
    return "Untitled"


def _refuse_unknown_kind(kind: str) -> None:
    if kind not in KINDS:
        raise UnknownMemoKindError(kind)


def place_of(about: Iterable[Target]) -> Any:
    """Where undoing a memo about these things returns to."""
    return next((target.passage.place for target in about if target.passage is not None), None)


def _link(study: Study, session: Session, memo: Memo, about: Iterable[Target]) -> list[MemoLinkId]:
    return [_add_link(session, memo, target.kind, _columns(study, session, target)) for target in about]


def _add_link(session: Session, memo: Memo, kind: str, columns: dict[str, Any]) -> MemoLinkId:
    key = derived_id("memo_link", memo.id, kind, *map(str, columns.values()))
    link = session.get(MemoLink, key)
    if link is None:
        session.add(MemoLink(id=key, memo_id=memo.id, author_id=memo.author_id, kind=kind, **columns))
        session.flush()
    else:
        link.alive = True
    return MemoLinkId(key)


def _columns(study: Study, session: Session, target: Target) -> dict[str, Any]:
    """The columns of a link that name its target; a link to a coding names its document too."""
    if target.kind == "study":
        return {}
    if target.kind == "code":
        return {"code_id": standing_code(session, target.id).id}
    if target.passage is not None:
        anchor = anchored(session, study.shelf, target.passage)
        place = {"revision_id": anchor.revision, "start": anchor.start, "end": anchor.end}
        return {"document_id": anchor.document, **place}
    if target.kind not in _COLUMNS:
        raise UnknownTargetError(target.kind)
    row = living(session, _COLUMNS[target.kind], target.id)
    document = {"document_id": row.document_id} if isinstance(row, Coding) else {}
    return {f"{target.kind}_id": row.id, **document}


def _incoming(memo: Memo, name: str, kind: str, language: str) -> Incoming:
    from qcode.operations.documents import Incoming
    from qcode.transcripts.values import Transcript, Turn

    lines = groupby(memo.text.split("\n"), key=lambda line: bool(line.strip()))
    paragraphs = ["\n".join(filled).strip() for is_filled, filled in lines if is_filled]
    if not paragraphs:
        raise MemoWithoutTextError(memo.title)
    starts = accumulate((len(words) + 1 for words in paragraphs), initial=0)
    turns = tuple(
        Turn(number, None, "other", None, None, start, start + len(words), frozenset())
        for number, (start, words) in enumerate(zip(starts, paragraphs, strict=False))
    )
    transcript = Transcript("\n".join(paragraphs), turns, ())
    return Incoming(name, transcript, kind=kind, language=language, provenance={"memo": memo.id}).with_units()
