"""Memos while they are typed: securing what is half typed, and making it a step when typing rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from qcode.errors import QcodeError
from qcode.ids import DocumentId, MemoId, new_id
from qcode.models import Memo, drafts
from qcode.models.drafts import DraftRow
from qcode.operations.lookup import acting
from qcode.operations.memos import Target, add_memo, link_alike, place_of, tidy
from qcode.operations.passages import Passage
from qcode.study import Study

ALIVE_SECONDS = 15
_PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class Draft:
    """A memo as it is typed in a window, by an id that a new one will have; `about` is what a new one will be about.

    `before` is the print of what the memo was when typing began, and empty for a new one.
    """

    memo: MemoId
    window: str
    title: str
    text: str
    before: str = ""
    about: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The memo that has what was typed; `beside` says that the memo it was typed in was changed elsewhere meanwhile."""

    memo: MemoId
    beside: bool


@dataclass(frozen=True, slots=True)
class LeftDrafts:
    """Drafts that no window looks after any more, and whether there are others that may become such."""

    drafts: tuple[Draft, ...]
    more: bool


class _ChangedElsewhereError(QcodeError):
    """The memo is not what it was when typing began."""

    def __init__(self) -> None:
        super().__init__("The memo was changed in another window.")


def print_of(title: str, text: str) -> str:
    """What tells one state of a memo from another."""
    return sha256(f"{title}\n{text}".encode("utf-8", "replace")).hexdigest()


def put_draft(study: Study, draft: Draft) -> None:
    """Secure what is half typed. No step is made and nobody is told; refuses after a moment if another writes."""
    coder = acting(study.coder)
    title, text = (part.encode("utf-8", "replace").decode("utf-8") for part in (draft.title, draft.text))
    about = [_packed(target) for target in draft.about]
    row = DraftRow(draft.memo, draft.window, coder, title, text, draft.before, about, drafts.now())
    with study.local(patience=_PATIENCE) as session:
        drafts.put(session, row)


def erase_draft(study: Study, draft: Draft) -> None:
    """Forget what was half typed."""
    with study.local() as session:
        drafts.erase(session, draft.memo, draft.window)


def keep_draft(study: Study, draft: Draft) -> Kept:
    """Make what was typed one step, and forget the draft with it.

    Where the memo was changed or removed elsewhere meanwhile, it stays so, and what was typed becomes a memo beside it
    that is about the same.
    """
    author, (title, text) = acting(study.coder), tidy(draft.title, draft.text)
    if draft.before:
        try:
            _edit(study, draft, author, title, text)
        except _ChangedElsewhereError:
            return Kept(_write(study, draft, author, f"{title} (typed beside)", text), beside=True)
        return Kept(draft.memo, beside=False)
    return Kept(_write(study, draft, author, title, text), beside=False)


def left_drafts(study: Study, *, window: str, now: datetime | None = None) -> LeftDrafts:
    """What the acting coder typed in windows that ended before it was kept.

    A window at work secures its draft again at least every third of `ALIVE_SECONDS`.
    """
    since = (now or datetime.now(UTC)) - timedelta(seconds=ALIVE_SECONDS)
    with study.read() as session:
        found = [row for row in drafts.drafts_of(session, acting(study.coder)) if row.window != window]
    left = [row for row in found if datetime.fromisoformat(row.at) <= since]
    return LeftDrafts(tuple(map(_draft, left)), more=len(left) < len(found))


def _edit(study: Study, draft: Draft, author: str, title: str, text: str) -> None:
    with study.transact("Edit a memo") as session:
        row = session.get(Memo, draft.memo)
        if row is None or not row.alive or row.author_id != author:
            raise _ChangedElsewhereError
        if (row.title, row.text) != (title, text) and print_of(row.title, row.text) != draft.before:
            raise _ChangedElsewhereError
        row.title, row.text = title, text
        drafts.erase(session, draft.memo, draft.window)


def _write(study: Study, draft: Draft, author: str, title: str, text: str) -> MemoId:
    memo = MemoId(new_id()) if draft.before else draft.memo
    with study.transact("Write a memo", place=place_of(draft.about)) as session:
        if (known := session.get(Memo, memo)) is not None:  # another window has kept what was left behind
            drafts.erase(session, draft.memo, draft.window)
            return MemoId(known.id)
        row = Memo(id=memo, title=title, text=text, author_id=author, position="")
        add_memo(session, study, row, draft.about)
        if draft.before:
            link_alike(session, draft.memo, row)
        drafts.erase(session, draft.memo, draft.window)
    return memo


def _packed(target: Target) -> list[Any]:
    place = target.passage
    return [target.kind, target.id, *([place.document, place.start, place.end] if place else [])]


def _draft(row: DraftRow) -> Draft:
    return Draft(MemoId(row.memo), row.window, row.title, row.body, row.before, tuple(map(_target, row.about)))


def _target(packed: Sequence[Any]) -> Target:
    kind, key, *place = packed
    return Target(kind, key, Passage(DocumentId(place[0]), place[1], place[2]) if place else None)
