"""The framework matrix: what each participant or document says to a theme, with the passages that this rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import SummaryId, SummaryPassageId, ThemeId, derived_id
from qcode.models import Document, FrameworkSummary, Participant, SummaryPassage, Theme
from qcode.models.blindness import veil_of
from qcode.operations.lookup import living, tidy_text
from qcode.operations.passages import Anchor, NothingSelectedError, Passage, anchored
from qcode.study import Study


class BlindStillError(QcodeError):
    """A summary would be about what is coded blind still."""

    def __init__(self) -> None:
        super().__init__(
            "This is coded blind still, so what the team writes about it waits. Hand in your own codings first, then "
            "summarise."
        )


class UnknownSubjectError(QcodeError):
    """A row of the matrix is neither a participant nor a document."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A framework has a row for each participant or each document, not for a “{kind}”.")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a row of the matrix is about."""

    kind: Literal["participant", "document"]
    id: str


def summary_id(theme: str, subject: Subject) -> SummaryId:
    """The id of the summary in a cell, whether there is one yet or not."""
    return SummaryId(derived_id(FrameworkSummary.__tablename__, theme, subject.kind, subject.id))


def summarise(study: Study, theme: ThemeId, subject: Subject, *, words: str) -> SummaryId:
    """Write what a participant or a document says to a theme; without words the cell is empty again.

    What stands there already is not written again.
    """
    tidy = tidy_text("summary", words)
    if _words(study, theme, subject) == tidy:
        return summary_id(theme, subject)
    with study.transact("Summarise {theme}", args={"theme": theme}) as session:
        row = _row(study, session, theme, subject)
        row.words = tidy
        row.alive = bool(tidy) or bool(_passages(session, row.id))
    return summary_id(theme, subject)


def link_passages(
    study: Study, theme: ThemeId, subject: Subject, *, passages: Sequence[Passage]
) -> list[SummaryPassageId]:
    """Let the summary of a cell rest on these passages too; those it rests on already are passed over."""
    if not passages:
        raise NothingSelectedError
    args = {"theme": theme, "count": len(passages)}
    with study.transact("Link {count} passages to a summary of {theme}", args=args, place=passages[0].place) as session:
        row = _row(study, session, theme, subject)
        if veil_of(session, study.coder).documents.intersection(passage.document for passage in passages):
            raise BlindStillError
        row.alive = True
        session.flush()
        anchors = dict.fromkeys(anchored(session, study.shelf, passage) for passage in passages)
        return [_linked(session, row.id, anchor) for anchor in anchors]


def unlink_passages(study: Study, links: Sequence[SummaryPassageId]) -> None:
    """Let a summary rest on these passages no longer."""
    if not links:
        raise NothingSelectedError
    with study.transact("Take {count} passages from a summary", args={"count": len(links)}) as session:
        for link in links:
            row = living(session, SummaryPassage, link)
            row.alive = False
            session.flush()
            summary = session.get_one(FrameworkSummary, row.summary_id)
            summary.alive = bool(summary.words) or bool(_passages(session, summary.id))


def _words(study: Study, theme: str, subject: Subject) -> str:
    """What the cell says now."""
    with study.read() as session:
        row = session.get(FrameworkSummary, summary_id(theme, subject))
        return row.words if row is not None and row.alive else ""


def _row(study: Study, session: Session, theme: str, subject: Subject) -> FrameworkSummary:
    """The row of a cell, made if there is none; the theme and the subject must be there, and not veiled."""
    living(session, Theme, theme)
    if subject.kind not in ("participant", "document"):
        raise UnknownSubjectError(subject.kind)
    living(session, Participant if subject.kind == "participant" else Document, subject.id)
    of_person = subject.kind == "participant"
    named, document = (subject.id, None) if of_person else (None, subject.id)
    if veil_of(session, study.coder).covers(document, None, named):
        raise BlindStillError
    key = summary_id(theme, subject)
    row = session.get(FrameworkSummary, key)
    if row is None:
        row = FrameworkSummary(id=key, theme_id=theme, participant_id=named, document_id=document)
        session.add(row)
    return row


def _passages(session: Session, summary: str) -> Sequence[str]:
    return session.scalars(
        select(SummaryPassage.id).where(SummaryPassage.alive, SummaryPassage.summary_id == summary)
    ).all()


def _linked(session: Session, summary: str, anchor: Anchor) -> SummaryPassageId:
    where = anchor.revision, str(anchor.start), str(anchor.end)
    key = derived_id(SummaryPassage.__tablename__, summary, *where)
    row = session.get(SummaryPassage, key)
    if row is not None:
        row.alive = True
    else:
        session.add(
            SummaryPassage(
                id=key,
                summary_id=summary,
                document_id=anchor.document,
                revision_id=anchor.revision,
                start=anchor.start,
                end=anchor.end,
            )
        )
    return SummaryPassageId(key)
