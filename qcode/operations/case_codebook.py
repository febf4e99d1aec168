"""From a case into the codebook: sharper definitions, examples, codes that become one or several, and a look again.

What comes of a case is one step with its decision, which keeps the link. A case that nobody decided yet is put off by
it, and so stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodeId, RoundId, new_id
from qcode.models import Assignment, Code, Coding, Decision, Document, Region, Revision, Round
from qcode.models.blindness import hidden_from
from qcode.models.merging import merged_codes, with_merged
from qcode.models.positions import Positions
from qcode.models.recording import insert_rows
from qcode.models.regions import PART
from qcode.models.texts import Shelf
from qcode.operations.assignments import given
from qcode.operations.case_refusals import refuse_while_coded_blind
from qcode.operations.codebook import Definition, redefine
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import acting, last_position, standing_code, tidy_name, tidy_text
from qcode.operations.merging import NothingToMergeError, definition_now, let_stand_for, split_off, tidy_names
from qcode.operations.passages import current_text
from qcode.operations.reconciling import Judged, with_decision
from qcode.operations.region_rows import region_row
from qcode.operations.rounds import refuse_known_round
from qcode.study import Study
from qcode.text.ordering import between
from qcode.text.ranges import Range, union

type Example = Literal["typical", "near miss"]

_FIELDS: Final[Mapping[Example, str]] = {"typical": "typical_example", "near miss": "near_miss"}


class SameDefinitionError(QcodeError):
    """A definition would be written that says what the current one says."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The definition of “{name}” reads like that already. Change it first.")


class KnownExampleError(QcodeError):
    """A passage is an example already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"This passage stands in the definition of “{name}” already.")


class NothingToRecheckError(QcodeError):
    """No passage that is handed in was coded under an older definition."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No passage that was handed in was coded under an older definition of “{name}”. What is not handed in "
            "yet, whoever coded it looks at again in the Code room."
        )


def sharpen(study: Study, case: Judged, *, code: CodeId, definition: Definition, reason: str = "") -> str:
    """Define a code anew because of a case, as the lead; returns the id of the version."""
    author = acting(study.coder)
    with with_decision(case, study, "Define code {code}", {"code": code}) as (session, decision):
        row = standing_code(session, code)
        if not redefine(session, row, definition, author, reason.strip()):
            raise SameDefinitionError(row.name)
        return _linked(session, decision, row)


def add_example(study: Study, case: Judged, *, code: CodeId, which: Example = "typical") -> str:
    """Add the passage of a case to a code's definition, as a typical example or a near miss; returns the version.

    Not while somebody codes its document blind, who would read there how colleagues coded it.
    """
    author, field = acting(study.coder), _FIELDS[which]
    label = f"Add {'a typical example' if which == 'typical' else 'a near miss'} to {{code}}"
    with with_decision(case, study, label, {"code": code}) as (session, decision):
        refuse_while_coded_blind(session, case)
        row, text = standing_code(session, code), current_text(session, study.shelf, case.document)
        now, words = definition_now(session, row), text.text[case.start : case.end].strip()
        there = getattr(now, field)
        if words in there:
            raise KnownExampleError(row.name)
        changed = replace(now, **{field: f"{there}\n{words}".strip()})
        why = "An example was added." if which == "typical" else "A near miss was added."
        redefine(session, row, changed, author, why)
        return _linked(session, decision, row)


def merge_from(study: Study, case: Judged, codes: Sequence[CodeId], *, into: CodeId, reason: str = "") -> None:
    """Let codes stand for another one because of a case, as the lead; each keeps the reason as its answer."""
    chosen, why = list(dict.fromkeys(codes)), tidy_text("reason", reason)
    if not chosen:
        raise NothingToMergeError
    label = "Merge {code} into {into}" if len(chosen) == 1 else "Merge {count} codes into {into}"
    args = {"code": chosen[0], "count": len(chosen), "into": into}
    with with_decision(case, study, label, args) as (session, decision):
        target = standing_code(session, into)
        for row in [standing_code(session, code) for code in chosen]:
            let_stand_for(session, row, target)
            row.answer = why or row.answer
            _link(decision, Code.__tablename__, row.id)


def split_from(study: Study, case: Judged, code: CodeId, *, names: Sequence[str], reason: str = "") -> list[CodeId]:
    """Add codes beside one that a case shows to be several, as the lead; its definition begins a new version."""
    author, tidied = acting(study.coder), tidy_names(names)
    with with_decision(case, study, "Split {code}", {"code": code}) as (session, decision):
        row = standing_code(session, code)
        made = split_off(session, row, tidied, author, tidy_text("reason", reason))
        _linked(session, decision, row)
        for one in made:
            _link(decision, Code.__tablename__, one)
        return made


def _linked(session: Session, decision: Decision, code: Code) -> str:
    """Keep with a decision that a code got the definition that it has now; returns the version."""
    session.flush()
    version = str(code.version_id)
    _link(decision, "code_version", version)
    return version


def _link(decision: Decision, kind: str, row: str) -> None:
    decision.led_to = [*decision.led_to, [kind, row]]


# Looking again ----------------------------------------------------------------------------------------------------


def recheck_round(study: Study, code: CodeId, *, name: str | None = None, blind: bool = True) -> RoundId:
    """Begin a round in which coders look again at what was coded under an older definition of a code, as the lead.

    The turns around those passages become the parts of everybody who handed the documents in, whether or not they had
    used the code there: whoever passed it over looks again as well.
    """
    key = RoundId(new_id())
    with study.transact("Begin the round {round} to check {code} again", args={"round": key, "code": code}) as session:
        refuse_unless_lead(session, study.coder)
        row = standing_code(session, code)
        found = _older(session, study.coder, row)
        if not found:
            raise NothingToRecheckError(row.name)
        tidy = tidy_name("round", name) if name else _free_name(session, f"Check {row.name[:150]} again")
        refuse_known_round(session, tidy)
        position = between(last_position(session, Round), None)
        session.add(Round(id=key, name=tidy, position=position, purpose="recheck", blind=blind))
        session.flush()
        for document, (ranges, coders) in found.items():
            _hand_again(session, study.shelf, key, document, ranges, coders)
    return key


def _older(session: Session, viewer: str | None, code: Code) -> dict[str, tuple[list[Range], set[str]]]:
    """By document what was coded under an older definition and handed in, and who handed the document in."""
    done, hidden = _handed_in(session), hidden_from(session, viewer)
    wanted = (
        select(Coding)
        .join(Document, Document.id == Coding.document_id)
        .where(
            Coding.alive,
            Document.alive,
            Coding.layer == "coder",
            Coding.code_id.in_(with_merged([code.id], merged_codes(session))),
            Coding.code_version_id.is_distinct_from(code.version_id),
        )
    )
    positions, found = Positions(session), dict[str, tuple[list[Range], set[str]]]()
    for row in session.scalars(wanted.order_by(Document.position, Coding.start, Coding.id)):
        where = row.round_id, row.document_id
        start, end, _ = positions.place(row.document_id, row.revision_id, row.start, row.end)
        if start < end and where not in hidden and row.coder_id in done.get(where, ()):
            ranges, coders = found.setdefault(row.document_id, ([], set()))
            ranges.append((start, end))
            coders |= done[where]
    return found


def _handed_in(session: Session) -> dict[tuple[str, str], set[str]]:
    """Who handed in what, by round and document."""
    wanted = select(Assignment).where(Assignment.alive, Assignment.state == "handed in")
    done: dict[tuple[str, str], set[str]] = {}
    for row in session.scalars(wanted):
        done.setdefault((row.round_id, row.document_id), set()).add(row.coder_id)
    return done


def _hand_again(
    session: Session, shelf: Shelf, round_id: str, document: str, ranges: Sequence[Range], coders: set[str]
) -> None:
    text = current_text(session, shelf, document)
    wanted = [text.anchor(start, end) for start, end in union(_around(session, shelf, text.revision, ranges))]
    for coder in sorted(coders):
        given(session, round_id, document, coder)
    session.flush()
    same = {"kind": PART, "round_id": round_id}
    insert_rows(
        session, Region, [region_row(one, same | {"coder_id": coder}) for coder in sorted(coders) for one in wanted]
    )


def _around(session: Session, shelf: Shelf, revision: str, ranges: Sequence[Range]) -> Iterator[Range]:
    """The turns that passages touch, or where there are none, the sentences; else the passages themselves."""
    layout = shelf.layout(session, session.get_one(Revision, revision).layout_sha256)
    units = [(turn.start, turn.end) for turn in layout.turns if turn.start < turn.end] or list(layout.units)
    for start, end in ranges:
        touched = [unit for unit in units if unit[0] < end and start < unit[1]]
        yield (min([start, *(one for one, _end in touched)]), max([end, *(one for _start, one in touched)]))


def _free_name(session: Session, name: str) -> str:
    """A name that no round has yet, with a number if need be."""
    taken = {known.casefold() for known in session.scalars(select(Round.name).where(Round.alive))}
    tidy, number = tidy_name("round", name), 2
    while tidy.casefold() in taken:
        tidy, number = tidy_name("round", f"{name} {number}"), number + 1
    return tidy
