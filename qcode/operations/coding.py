"""Coding: putting codes on passages, and thinking better of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodeId, CoderId, CodingId, DocumentId, RoundId, new_id
from qcode.models import Code, Coding, Round
from qcode.models.merging import merged_codes, with_merged
from qcode.models.positions import Positions
from qcode.models.recording import insert_rows
from qcode.operations.assignments import HandedInError
from qcode.operations.codes_on_passages import NotCodableError, codable_version, coded_places, known_codings
from qcode.operations.coding_places import CodingPlaces
from qcode.operations.extents import (
    JoinDifferentError,
    NothingLeftError,
    NothingToJoinError,
    absorb,
    cut,
    joined,
    placed,
    put,
    unite,
)
from qcode.operations.lookup import GoneError, acting, living, tidy_text
from qcode.operations.own_codings import (
    NoRoundError,
    NotYoursError,
    SomeHandedInError,
    changing,
    refuse_handed_in,
    refuse_locked,
    round_by_round,
)
from qcode.operations.passages import Anchor, CurrentText, NothingSelectedError, Passage, current_text
from qcode.study import Study
from qcode.text.ranges import Range

__all__ = [
    "HEAVIEST",
    "HandedInError",
    "Mark",
    "NoRoundError",
    "NotCodableError",
    "NotYoursError",
    "SomeHandedInError",
    "WeightError",
    "add_codings",
    "apply_codes",
    "code_hits",
    "comment_coding",
    "comment_codings",
    "confirm_codings",
    "confirm_definition",
    "confirm_words",
    "doubt_codings",
    "flag_codings",
    "join_codings",
    "move_coding",
    "recode",
    "remove_codings",
    "split_coding",
    "weigh_codings",
]


class WeightError(QcodeError):
    """A weight lies outside the scale."""

    def __init__(self) -> None:
        super().__init__(f"A weight is a whole number from 0 to {HEAVIEST}.")


HEAVIEST = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """One coding as it arrives from elsewhere, by a named coder."""

    passage: Passage
    code: CodeId
    coder: CoderId
    certainty: str = "sure"
    comment: str = ""


def apply_codes(
    study: Study,
    *,
    passage: Passage,
    codes: Sequence[CodeId],
    round_id: RoundId,
    certainty: str = "sure",
    comment: str = "",
) -> list[CodingId]:
    """Put codes on a passage for the acting coder; a code that is on exactly this passage already is not doubled.

    One that a search had put there is confirmed by it. In a round that hands out segments a passage, or a caret, stands
    for the segments that it touches.
    """
    coder = acting(study.coder)
    label = "Apply {code}" if len(codes) == 1 else "Apply {count} codes"
    args = {"code": codes[0] if codes else None, "count": len(codes)}
    with study.transact(label, args=args, place=passage.place) as session:
        text = current_text(session, study.shelf, passage.document)
        refuse_handed_in(session, passage.document, round_id, coder)
        anchors = CodingPlaces(session, round_id, coder).snapped(text, [(passage.start, passage.end)])
        merged, wanted = merged_codes(session), list(product(anchors, codes))
        known = {one: known_codings(session, one[0], with_merged(one[1:], merged), coder, round_id) for one in wanted}
        for row in chain(*known.values()):
            row.origin = "hand"
        same = {
            "coder_id": coder,
            "round_id": round_id,
            "certainty": certainty,
            "comment": tidy_text("comment", comment),
        }
        new = [(anchor, code) for anchor, code in wanted if not known[anchor, code]]
        rows = [_coding_row(anchor, code, codable_version(session, code, coder)) | same for anchor, code in new]
        insert_rows(session, Coding, rows)
        return [CodingId(row["id"]) for row in rows]


def code_hits(
    study: Study,
    *,
    passages: Sequence[Passage],
    code: CodeId,
    round_id: RoundId,
    what: Literal["hit", "sentence", "turn"] = "hit",
) -> list[CodingId]:
    """Put a code on everything that a search found, in one step, for the acting coder.

    `what` says whether the passages are hits, or the sentences or turns around them. The codings are marked as made by
    search and stay out of agreement until somebody confirms them. Passages without a visible character, and those that
    the coder has coded so already, are passed over.
    """
    coder = acting(study.coder)
    if not passages:
        raise NothingSelectedError
    args = {"code": code, "count": len(passages)}
    with study.transact(f"Code {{count}} {what}s with {{code}}", args=args, place=passages[0].place) as session:
        version = codable_version(session, code, coder)
        documents = dict.fromkeys(passage.document for passage in passages)
        texts = {document: current_text(session, study.shelf, document) for document in documents}
        for document in texts:
            refuse_handed_in(session, document, round_id, coder)
        places = CodingPlaces(session, round_id, coder)
        same = {"coder_id": coder, "round_id": round_id, "origin": "search"}
        taken = coded_places(session, texts, code, coder, round_id)
        rows = [
            _coding_row(anchor, code, version) | same
            for text in texts.values()
            for anchor in places.snapped(text, _visible(passages, text))
            if (anchor.document, anchor.start, anchor.end) not in taken
        ]
        insert_rows(session, Coding, rows)
        return [CodingId(row["id"]) for row in rows]


@round_by_round
def confirm_codings(study: Study, codings: Sequence[CodingId]) -> None:
    """Say that own codings which a search made are right: they count from now on like those made by hand."""
    one, many = "Confirm {code} where a search put it", "Confirm {count} codings that a search made"
    with changing(codings, study, one, many) as (_session, rows):
        for row in rows:
            row.origin = "hand"


def add_codings(study: Study, *, round_id: RoundId, marks: Iterable[Mark]) -> list[CodingId]:
    """Add many codings: one step for each coder, since a step belongs to one, and all of them undone together."""
    by_coder: dict[CoderId, list[Mark]] = {}
    for mark in marks:
        by_coder.setdefault(mark.coder, []).append(mark)
    if len(by_coder) == 1:
        return _add_of_one(study, round_id, next(iter(by_coder.values())))
    with study.grouped():
        return [coding for own in by_coder.values() for coding in _add_of_one(study, round_id, own)]


def _add_of_one(study: Study, round_id: RoundId, marks: Sequence[Mark]) -> list[CodingId]:
    with study.transact("Add {count} codings", args={"count": len(marks), "round": round_id}) as session:
        living(session, Round, round_id)
        versions = {row.id: row.version_id for row in session.scalars(select(Code).where(Code.alive))}
        texts = {key: current_text(session, study.shelf, key) for key in {mark.passage.document for mark in marks}}
        rows = [_mark_row(mark, texts[mark.passage.document], versions, round_id) for mark in marks]
        refuse_locked(session, texts, round_id, marks[0].coder)
        _refuse_places(session, texts, marks, round_id)
        insert_rows(session, Coding, rows)
        return [CodingId(row["id"]) for row in rows]


@round_by_round
def remove_codings(study: Study, codings: Sequence[CodingId]) -> None:
    """Take own codings away."""
    with changing(codings, study, "Remove {code}", "Remove {count} codings") as (_session, rows):
        for row in rows:
            row.alive = False


def comment_coding(study: Study, coding: CodingId, *, comment: str) -> None:
    """Write, change or clear the comment on an own coding."""
    comment_codings(study, [coding], comment=comment)


@round_by_round
def comment_codings(study: Study, codings: Sequence[CodingId], *, comment: str) -> None:
    """Write the same comment on own codings, or clear theirs."""
    with changing(codings, study, "Comment on {code}", "Comment on {count} codings") as (_session, rows):
        for row in rows:
            row.comment = tidy_text("comment", comment)


@round_by_round
def doubt_codings(study: Study, codings: Sequence[CodingId], *, unsure: bool) -> None:
    """Mark own codings as unsure, or as sure again."""
    word = "unsure" if unsure else "sure"
    with changing(codings, study, f"Mark {{code}} {word}", f"Mark {{count}} codings {word}") as (_session, rows):
        for row in rows:
            row.certainty = word


@round_by_round
def weigh_codings(study: Study, codings: Sequence[CodingId], *, weight: int | None) -> None:
    """Say from 0 to 100 how strongly the codes of own codings hold; None takes their weights away."""
    if weight is not None and not 0 <= weight <= HEAVIEST:
        raise WeightError
    with changing(codings, study, "Weigh {code}", "Weigh {count} codings") as (_session, rows):
        for row in rows:
            row.weight = weight


@round_by_round
def flag_codings(
    study: Study, codings: Sequence[CodingId], *, illustrative: bool | None = None, negative_case: bool | None = None
) -> None:
    """Mark own codings as illustrative or as negative cases, or not; None leaves a flag as it is."""
    with changing(codings, study, *_flag_labels(illustrative, negative_case)) as (_session, rows):
        for row in rows:
            row.illustrative = row.illustrative if illustrative is None else illustrative
            row.negative_case = row.negative_case if negative_case is None else negative_case


@round_by_round
def recode(study: Study, codings: Sequence[CodingId], *, code: CodeId) -> None:
    """Put another code on the passages of own codings."""
    with changing(codings, study, "Change to {code}", "Recode {count} codings", code=code) as (session, rows):
        version = codable_version(session, code, acting(study.coder))
        for row in rows:
            row.code_id, row.code_version_id = code, version
        unite(session, rows)


def move_coding(study: Study, coding: CodingId, *, start: int, end: int) -> None:
    """Give an own coding other edges, in code points of the current text."""
    with changing([coding], study, "Move the edges of {code}") as (session, rows):
        text = current_text(session, study.shelf, rows[0].document_id)
        anchor = text.anchor(start, end)
        CodingPlaces(session, rows[0].round_id, rows[0].coder_id).refuse(text, [anchor])
        for row in rows:
            put(row, anchor)
        unite(session, rows)


def split_coding(study: Study, coding: CodingId, *, at: int) -> CodingId:
    """Cut an own coding in two at a place in the current text; the new, second part says all that the first says."""
    with changing([coding], study, "Split {code} in two") as (session, rows):
        text, positions = current_text(session, study.shelf, rows[0].document_id), Positions(session)
        made = [cut(row, text, placed(positions, row), at) for row in rows]
        halves = [text.anchor(row.start, row.end) for row in (rows[0], made[0])]
        CodingPlaces(session, rows[0].round_id, rows[0].coder_id).refuse(text, halves)
        session.add_all(made)
        return CodingId(made[0].id)


def join_codings(study: Study, codings: Sequence[CodingId]) -> CodingId:
    """Let the first of own codings of one code reach over all of them, if nothing but space lies between.

    It says what any of them said, and the others go.
    """
    if len(set(codings)) < 2:
        raise NothingToJoinError
    with changing(codings, study, "", "Join {count} codings of {code}") as (session, rows):
        merged, positions = merged_codes(session), Positions(session)
        if len({(row.document_id, row.round_id, row.layer, merged.get(row.code_id, row.code_id)) for row in rows}) > 1:
            raise JoinDifferentError
        text = current_text(session, study.shelf, rows[0].document_id)
        anchor = text.anchor(*joined([placed(positions, row) for row in rows], text.text))
        CodingPlaces(session, rows[0].round_id, rows[0].coder_id).refuse(text, [anchor])
        put(rows[0], anchor)
        absorb(session, rows[0], rows[1:])
    return codings[0]


@round_by_round
def confirm_definition(study: Study, codings: Sequence[CodingId]) -> None:
    """Say that own codings, made under older definitions of their codes, are right under those of today."""
    one, many = "Confirm {code} as it is defined now", "Confirm {count} codings as their codes are defined now"
    with changing(codings, study, one, many) as (session, rows):
        merged = merged_codes(session)
        for row in rows:
            row.code_version_id = session.get_one(Code, merged.get(row.code_id, row.code_id)).version_id


@round_by_round
def confirm_words(study: Study, codings: Sequence[CodingId]) -> None:
    """Say that own codings are right on the words as they were corrected: from now on they are anchored in those."""
    one, many = "Confirm {code} on its corrected words", "Confirm {count} codings on their corrected words"
    with changing(codings, study, one, many) as (session, rows):
        positions = Positions(session)
        texts = {row.document_id: current_text(session, study.shelf, row.document_id) for row in rows}
        for row in rows:
            start, end = placed(positions, row)
            if not texts[row.document_id].text[start:end].strip():
                raise NothingLeftError
            put(row, texts[row.document_id].anchor(start, end))
        unite(session, rows)


def _visible(passages: Iterable[Passage], text: CurrentText) -> Iterator[Range]:
    """The passages of one text, without those that lie in it and have no visible character."""
    for passage in passages:
        start, end = passage.start, passage.end
        if passage.document == text.document and (
            text.text[start:end].strip() or not 0 <= start <= end <= len(text.text)
        ):
            yield start, end


def _refuse_places(
    session: Session, texts: Mapping[DocumentId, CurrentText], marks: Sequence[Mark], round_id: str
) -> None:
    """Refuse marks of one coder where that coder may put no codes."""
    anchors: dict[DocumentId, list[Anchor]] = {}
    for mark in marks:
        anchor = texts[mark.passage.document].anchor(mark.passage.start, mark.passage.end)
        anchors.setdefault(mark.passage.document, []).append(anchor)
    for document, own in anchors.items():
        CodingPlaces(session, round_id, marks[0].coder).refuse(texts[document], own)


def _mark_row(mark: Mark, text: CurrentText, versions: Mapping[str, str | None], round_id: str) -> dict[str, Any]:
    anchor = text.anchor(mark.passage.start, mark.passage.end)
    if mark.code not in versions:
        raise GoneError("code")
    return _coding_row(anchor, mark.code, versions[mark.code]) | {
        "coder_id": mark.coder,
        "round_id": round_id,
        "certainty": mark.certainty,
        "comment": mark.comment.strip(),
    }


def _coding_row(anchor: Anchor, code: str, version: str | None) -> dict[str, Any]:
    return {
        "id": new_id(),
        "document_id": anchor.document,
        "revision_id": anchor.revision,
        "start": anchor.start,
        "end": anchor.end,
        "code_id": code,
        "code_version_id": version,
    }


def _flag_labels(illustrative: bool | None, negative_case: bool | None) -> tuple[str, str]:
    """What flagging is called, for one coding and for several: which flag, and whether it was set or taken away."""
    if (illustrative is None) == (negative_case is None):
        return "Flag {code}", "Flag {count} codings"
    said = "as illustrative" if negative_case is None else "as a negative case"
    verb = "Mark" if illustrative or negative_case else "No longer mark"
    return f"{verb} {{code}} {said}", f"{verb} {{count}} codings {said}"
