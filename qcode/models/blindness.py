"""What a coder may not see yet: colleagues' work in a blind round, until one's own is handed in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from qcode.models import (
    Assent,
    Assignment,
    Code,
    CodeVersion,
    Coding,
    Decision,
    Document,
    FrameworkSummary,
    MemoLink,
    Quote,
    QuoteUse,
    Round,
    Speaker,
    SummaryPassage,
)
from qcode.models.journal import Change, Step
from qcode.models.statements import ask

SUGGESTED: Final = "proposed", "declined"
"""What the status of a code is that somebody made while blind, as long as it is not part of the codebook."""

_BLIND = select(Round.id, Round.everyone).where(Round.alive, Round.blind)
_SUGGESTED = select(Code.id).where(Code.status.in_(SUGGESTED))


def hidden_from(session: Session, viewer: str | None) -> set[tuple[str, str]]:
    """The (round, document) pairs of which the viewer may see only their own codings."""
    blind = {row.id: row.everyone for row in ask(session, _BLIND)}
    if not blind:
        return set()
    listed = select(Assignment).where(Assignment.alive, Assignment.round_id.in_(list(blind)))
    own = session.scalars(listed.where(Assignment.coder_id == viewer))
    states = {(row.round_id, row.document_id): row.state for row in own}
    documents = session.scalars(select(Document.id)).all()
    everyone = {(key, document) for key, everybodys in blind.items() if everybodys for document in documents}
    return {key for key, state in states.items() if state != "handed in"} | (everyone - states.keys())


@dataclass(frozen=True, slots=True)
class Veil:
    """What a coder may not read memos about yet, as long as blind rounds are open."""

    pairs: frozenset[tuple[str, str]]
    documents: frozenset[str]
    participants: frozenset[str]

    def covers(self, document: str | None, coded_in: str | None, participant: str | None) -> bool:
        """Whether a memo about this is hidden: about a coding, given with its round, by that round alone."""
        if coded_in is not None:
            return (coded_in, document) in self.pairs
        return document in self.documents or participant in self.participants


def veil_of(session: Session, viewer: str | None) -> Veil:
    """What is veiled from a coder.

    What is shared for good can be read at once: memos about the study, codes, themes, or nothing. What tells how one
    reads the talk waits: memos about a document, its passages and codings, or the people who speak in it. A memo has
    no round, so save about a coding it waits while any blind round of the document is open.
    """
    pairs = frozenset(hidden_from(session, viewer))
    documents = frozenset(document for _round, document in pairs)
    if not pairs:
        return Veil(pairs, documents, frozenset())
    speak = select(Speaker.participant_id, Speaker.document_id).where(
        Speaker.alive, Speaker.participant_id.is_not(None)
    )
    return Veil(pairs, documents, frozenset(who for who, where in session.execute(speak) if who and where in documents))


def hidden_codes(session: Session, viewer: str | None) -> frozenset[str]:
    """Colleagues' proposals of which the viewer may not know yet: their names tell what somebody saw in the texts.

    A proposal waits while something is veiled, unless a coding may be seen that was made with it. Declined ones wait
    as well; one that was adopted is a code as any other.
    """
    suggested = ask(session, _SUGGESTED).scalars().all()
    pairs = hidden_from(session, viewer) if suggested else set()
    if not pairs:
        return frozenset()
    used = select(Coding.code_id).distinct().where(Coding.alive, Coding.code_id.in_(suggested))
    unveiled = tuple_(Coding.round_id, Coding.document_id).not_in(list(pairs))
    seen = session.scalars(used.where((Coding.coder_id == (viewer or "")) | unveiled)).all()
    makers = makers_of(session, suggested)
    return frozenset(code for code in suggested if makers.get(code) != viewer and code not in seen)


def makers_of(session: Session, rows: Sequence[str]) -> dict[str, str]:
    """The coders who made rows, by the ids of these: whose step is the first."""
    first = ask(session, _FIRST, rows=list(rows))
    made: dict[str, str] = {}
    for row, coder in first:
        made.setdefault(row, coder)
    return made


_FIRST = (
    select(Change.row_id, Step.coder_id)
    .join(Step, Step.id == Change.step_id)
    .where(Change.row_id.in_(bindparam("rows", expanding=True)), func.json_extract(Change.fields, "$.alive") == 1)
    .order_by(Step.lamport, Step.id)
)


def hidden_memos(session: Session, viewer: str | None) -> set[str]:
    """Colleagues' memos about something that is veiled from the viewer."""
    veil = veil_of(session, viewer)
    if not veil.pairs:
        return set()
    unseen = hidden_codes(session, viewer)
    links = select(MemoLink.code_id, MemoLink.memo_id, MemoLink.document_id, Coding.round_id, MemoLink.participant_id)
    links = links.outerjoin(Coding, Coding.id == MemoLink.coding_id)
    links = links.where(MemoLink.alive, MemoLink.author_id != (viewer or ""))
    return {memo for code, memo, *thing in session.execute(links) if code in unseen or veil.covers(*thing)}


def veiled_quotes(session: Session, viewer: str | None) -> ColumnElement[bool] | None:
    """What is true of the quotes that a coder may not see yet; None while nothing is veiled.

    A quote has no round: one from a document that is veiled waits, unless the coder picked it or worked on it.
    """
    veil = veil_of(session, viewer)
    if not veil.pairs:
        return None
    worked = select(Change.row_id).join(Step, Step.id == Change.step_id)
    worked = worked.where(Change.row_id == Quote.id, Step.coder_id == (viewer or ""))
    return and_(Quote.document_id.in_(veil.documents), ~exists(worked))


def seen_steps(session: Session, viewer: str | None) -> Sequence[ColumnElement[bool]]:
    """What is true of the steps that a coder may be told of; without a blind round that is nothing.

    Colleagues' steps are kept back that changed codings, memos, quotes or decisions of which the coder may not know
    yet: also memos that were about something veiled when the step was done, and what was taken back since.
    """
    veil = veil_of(session, viewer)
    if not veil.pairs:
        return ()
    changed = select(Change.step_id).where(Change.step_id == Step.id)
    coded = changed.join(Coding, Coding.id == Change.row_id)
    coded = coded.where(Coding.coder_id != (viewer or ""), tuple_(Coding.round_id, Coding.document_id).in_(veil.pairs))
    noted = changed.where(Change.row_id.in_(_noted(veil, viewer)))
    quoted = changed.where(Change.row_id.in_(_quoted(veil)))
    decided = changed.where(Change.row_id.in_(_decided(veil)))
    summed = changed.where(Change.row_id.in_(_summaries(veil)))
    own = Step.coder_id == (viewer or "")
    kept_back = noted, quoted, decided, summed
    seen = ~exists(coded), *(own | ~exists(one) for one in kept_back)
    if not (unseen := hidden_codes(session, viewer)):
        return seen
    return (*seen, own | ~exists(changed.where(Change.row_id.in_(_of_codes(unseen)))))


def _decided(veil: Veil) -> Select[str]:
    """Decisions about what coders of a veiled document differ in, and how each takes them."""
    decisions = select(Decision.id).where(tuple_(Decision.round_id, Decision.document_id).in_(veil.pairs))
    said = select(Assent.id).join(Decision, Decision.id == Assent.decision_id)
    said = said.where(tuple_(Decision.round_id, Decision.document_id).in_(veil.pairs))
    return select(union_all(decisions, said).subquery().c[0])


def _summed(veil: Veil) -> ColumnElement[bool]:
    """Summaries of what is veiled."""
    about = FrameworkSummary.document_id.in_(veil.documents)
    return or_(about, FrameworkSummary.participant_id.in_(veil.participants))


def _summaries(veil: Veil) -> Select[str]:
    """Summaries of what is veiled with the passages they rest on, and passages of what is veiled."""
    told = select(FrameworkSummary.id).where(_summed(veil))
    rests = select(SummaryPassage.id).join(FrameworkSummary, FrameworkSummary.id == SummaryPassage.summary_id)
    rests = rests.where(or_(_summed(veil), SummaryPassage.document_id.in_(veil.documents)))
    return select(union_all(told, rests).subquery().c[0])


def _quoted(veil: Veil) -> Select[str]:
    """Quotes from documents that are veiled, and where they are used."""
    quotes = select(Quote.id).where(Quote.document_id.in_(veil.documents))
    used = select(QuoteUse.id).join(Quote, Quote.id == QuoteUse.quote_id).where(Quote.document_id.in_(veil.documents))
    return select(union_all(quotes, used).subquery().c[0])


def _of_codes(codes: Collection[str]) -> Select[str]:
    """Codes, their definitions, and the memos about them."""
    kinds = select(Code.id, Code.id.label("code")), select(CodeVersion.id, CodeVersion.code_id)
    about = select(MemoLink.id, MemoLink.code_id), select(MemoLink.memo_id, MemoLink.code_id)
    every = union_all(*kinds, *about).subquery()
    return select(every.c[0]).where(every.c[1].in_(list(codes)))


def may_be_told(session: Session, viewer: str | None, step: str) -> bool:
    """Whether a coder may be told of a step: what it did, and who took it."""
    return session.scalar(select(Step.id).where(Step.id == step, *seen_steps(session, viewer))) is not None


def _noted(veil: Veil, viewer: str | None) -> Select[str]:
    """Colleagues' memos that are hidden, and the links that say what is veiled, also those taken away."""
    coded = and_(Coding.id.is_not(None), tuple_(Coding.round_id, MemoLink.document_id).in_(veil.pairs))
    placed = or_(MemoLink.document_id.in_(veil.documents), MemoLink.participant_id.in_(veil.participants))
    links = select(MemoLink.id, MemoLink.memo_id).outerjoin(Coding, Coding.id == MemoLink.coding_id)
    links = links.where(MemoLink.author_id != (viewer or ""), or_(coded, and_(Coding.id.is_(None), placed)))
    standing = links.where(MemoLink.alive).subquery()
    both = union_all(select(links.subquery().c.id), select(standing.c.memo_id)).subquery()
    return select(both.c[0])
