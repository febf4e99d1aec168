"""What coders agree on in the end: derived from what was unanimous and from what decisions keep, never stored.

Nobody's codings are changed by it, and the agreement among coders stays what it was before anybody talked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from qcode.agreement import DocumentCodings, Unit, measure
from qcode.ids import CodeId, CoderId, DecisionId, DocumentId, RoundId
from qcode.queries.agreement.figures import StudyAgreement, study_agreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.disagreements.cases import Cases
from qcode.queries.disagreements.rows import CaseRow, DecisionRow, Lane
from qcode.queries.team import rounds
from qcode.reconciliation import Kept, Outcome, Reason, same_words
from qcode.study import Study
from qcode.text.ranges import Range, overlap, trim

type Fate = Literal["kept", "other extent", "another code", "not kept", "added", "open", "alone"]

_CONSENSUS: Final = "consensus"
"""Who the consensus is where it is measured like a coder; no coder has such an id."""


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """A passage of the consensus, by a decision, or unanimous where there is none."""

    document: DocumentId
    document_name: str
    start: int
    end: int
    code: CodeId
    code_name: str
    decision: DecisionId | None


@dataclass(frozen=True, slots=True)
class Against:
    """A coder against the consensus: alpha over all codes with its 95 % interval, and in how many units."""

    coder: CoderId
    name: str
    alpha: float | None
    low: float | None
    high: float | None
    units: int


@dataclass(frozen=True, slots=True)
class Deference:
    """How often what was decided is just what a coder had done, of how many decisions that they had a side in."""

    coder: CoderId
    name: str
    won: int
    of: int

    @property
    def share(self) -> float:
        """That as a share."""
        return self.won / self.of


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What coders agreed on before, and what settling came to.

    `agreement` is the figure of before, None where nothing can be compared. Decisions count that settle something on
    which coders differed: of the `decided`, those `without_dissent`, and of these the `silent` ones, of which somebody
    with a side has not said how they take it.
    """

    agreement: StudyAgreement | None
    against: tuple[Against, ...]
    deference: tuple[Deference, ...]
    decided: int
    without_dissent: int
    silent: int
    open: int
    stale: int
    unanimous: int


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a coder's work at one place under one code: their passages, and those of the consensus.

    `became` is "kept", "other extent", "another code", "not kept", "added" (the consensus has what they have not),
    "open", or "alone" where nobody else was asked. Without a decision it was unanimous, or is open.
    """

    document: DocumentId
    document_name: str
    start: int
    end: int
    code: CodeId
    code_name: str
    mine: tuple[Range, ...]
    consensus: tuple[Range, ...]
    became: Fate
    decision: DecisionId | None = None
    outcome: Outcome | None = None
    reason: Reason | Literal[""] = ""
    note: str = ""
    case: str = ""


def consensus(study: Study, round_id: RoundId) -> tuple[ConsensusRow, ...]:
    """The consensus of a round, document by document, as far as the acting coder may see its codings."""
    return consensus_of(Cases.of(study, round_id))


def consensus_of(cases: Cases) -> tuple[ConsensusRow, ...]:
    """The consensus of cases that were read."""
    frame = cases.frame
    if frame is None:
        return ()
    found: dict[tuple[str, str, int, int], ConsensusRow] = {}
    for row in cases.rows:
        for (code, start, end), decision in standing(cases, row):
            told = ConsensusRow(row.document, row.document_name, start, end, CodeId(code), frame.name(code), decision)
            key = row.document, code, start, end
            if key not in found or found[key].decision is None:
                found[key] = told
    ordered = sorted(found.values(), key=lambda one: (one.start, one.end, frame.rank(one.code)))
    return tuple(sorted(ordered, key=lambda one: frame.documents[one.document].position))


def standing(cases: Cases, row: CaseRow) -> Iterator[tuple[Kept, DecisionId | None]]:
    """What of a case is in the consensus: what its decisions keep, and what all agree on beside that."""
    kept = [(one, decision.id) for decision in _settling(row) for one in _trimmed(cases, row, decision.kept)]
    yield from kept
    for code, start, end in row.agreed:
        if not any(other == code and first <= start and end <= last for (other, first, last), _key in kept):
            yield (code, start, end), None


def _settling(row: CaseRow) -> list[DecisionRow]:
    return [one for one in (row.decision, *row.others) if one is not None and one.settles]


def _trimmed(cases: Cases, row: CaseRow, kept: Iterable[Kept]) -> Iterator[Kept]:
    """Without what a correction left at the edges; codes that were deleted since are none."""
    text = cases.materials[row.document].text
    for code, start, end in kept:
        place = trim(text, start, end)
        if place is not None and cases.frame is not None and code in cases.frame.codes:
            yield code, *place


# Before and after --------------------------------------------------------------------------------------------------


def before_and_after(study: Study, round_id: RoundId, known: Cases | None = None) -> BeforeAfter:
    """What a round's coders agreed on, and what settling came to: sentences, or the segments that were handed out.

    Of cases that are `known` only what was touched since is read again.
    """
    cases = Cases.of(study, round_id, before=known)
    agreement = _agreement(study, round_id)
    queue = cases.queue(state="all")
    decided = [one for one in cases.decisions if one.settles and one.outcome != "unanimous"]
    accepted = [one for one in decided if not one.dissent]
    return BeforeAfter(
        agreement,
        () if agreement is None else tuple(_against(cases, agreement)),
        tuple(_deference(cases, decided)),
        len(decided),
        len(accepted),
        sum(not _asked(cases, one) <= {each.coder for each in one.stances} for one in accepted),
        queue.open,
        queue.stale,
        queue.unanimous,
    )


def _agreement(study: Study, round_id: RoundId) -> StudyAgreement | None:
    name = next((row.name for row in rounds(study) if row.id == round_id), None)
    try:
        return study_agreement(study, round_name=name)
    except NothingToCompareError:
        return None


def _asked(cases: Cases, decision: DecisionRow) -> set[str]:
    """Who had a side in what was decided: all who were asked, also those who marked nothing.

    Not who marked something there since, such as with a late hand-in: that was not before those who decided.
    """
    row = cases.of_decision(decision.id)
    own = {mark.coder for mark in decision.evidence}
    if row is None or row.gone:
        return own
    place, codes = (decision.start, decision.end), set(decision.codes)
    there = {mark.coder for mark in row.marks if mark.code in codes and overlap(mark.place, place) > 0}
    return own | set(row.asked) - there


def _against(cases: Cases, agreement: StudyAgreement) -> Iterator[Against]:
    """Each coder and the consensus as two coders, on the text that two were asked of and that is not open still."""
    kept: dict[str, dict[str, list[Range]]] = {}
    for one in consensus_of(cases):
        kept.setdefault(one.document, {}).setdefault(one.code, []).append((one.start, one.end))
    left_out: dict[str, list[Range]] = {}
    for row in cases.queue(state="open").rows:
        if not row.decided:
            left_out.setdefault(row.document, []).append((row.start, row.end))
    shared = [each for each in agreement.measured.documents if len(each.coders) > 1]
    codes = [row.id for row in agreement.codes]
    for coder in sorted(agreement.measured.layout.coders, key=lambda one: (agreement.names[one], one)):
        own = [
            _beside(each, coder, kept.get(each.document, {}), left_out.get(each.document, ()))
            for each in shared
            if coder in each.coders
        ]
        if own:
            yield _measured(CoderId(coder), agreement.names[coder], own, codes, agreement.unit)


def _measured(coder: CoderId, name: str, own: Sequence[DocumentCodings], codes: Sequence[str], unit: Unit) -> Against:
    overall = measure(own, codes, unit=unit).table().overall
    return Against(coder, name, overall.alpha, overall.low, overall.high, overall.n)


def _beside(
    each: DocumentCodings, coder: str, kept: Mapping[str, Sequence[Range]], left_out: Sequence[Range]
) -> DocumentCodings:
    """A document as one coder and the consensus coded it."""
    spans = {key: places for key, places in each.spans.items() if key[0] == coder}
    parts = {who: places for who, places in each.parts.items() if who == coder}
    if (double := _by_two(each)) is not None:
        parts[_CONSENSUS] = double
    return replace(
        each,
        coders=frozenset({coder, _CONSENSUS}),
        spans=spans | {(_CONSENSUS, code): places for code, places in kept.items()},
        unseen=frozenset(key for key in each.unseen if key[0] == coder),
        parts=parts,
        excluded=[*each.excluded, *left_out],
    )


def _by_two(each: DocumentCodings) -> list[Range] | None:
    """The text that at least two coders were given; None where that is all of it."""
    if sum(coder not in each.parts for coder in each.coders) > 1:
        return None
    given = [each.parts.get(coder, ((0, each.length),)) for coder in each.coders]
    edges = sorted({edge for own in given for place in own for edge in place})
    pieces = pairwise(edges)
    return [
        (start, end)
        for start, end in pieces
        if sum(any(first <= start and end <= last for first, last in own) for own in given) > 1
    ]


def _deference(cases: Cases, decisions: Iterable[DecisionRow]) -> Iterator[Deference]:
    """Whose side was taken: what is kept is, word by word, what the coder had, be it nothing."""
    won: dict[str, int] = {}
    of: dict[str, int] = {}
    for one in decisions:
        for coder in _asked(cases, one):
            of[coder] = of.get(coder, 0) + 1
            won[coder] = won.get(coder, 0) + _is_taken(cases, one, coder)
    names = {} if cases.frame is None else cases.frame.coders
    found = [Deference(CoderId(key), names.get(key, ("…", ""))[0], won[key], of[key]) for key in of]
    yield from sorted(found, key=lambda row: (row.name, row.coder))


def _is_taken(cases: Cases, decision: DecisionRow, coder: str) -> bool:
    ruler = cases.materials[decision.document].compared.ruler
    kept, side = dict[str, list[Range]](), dict[str, list[Range]]()
    for code, start, end in decision.kept:
        kept.setdefault(code, []).append((start, end))
    for mark in decision.evidence:
        if mark.coder == coder:
            side.setdefault(mark.code, []).append(mark.place)
    return all(same_words(ruler, side.get(code, ()), kept.get(code, ())) for code in side.keys() | kept.keys())


# What became of one's own ------------------------------------------------------------------------------------------


def became_of_mine(study: Study, round_id: RoundId, coder: CoderId, known: Cases | None = None) -> tuple[Became, ...]:
    """What became of a coder's codings, code by code in the order of the codebook.

    That are those of documents that two handed in and that the acting coder may see. Of cases that are `known` only
    what was touched since is read again.
    """
    cases = Cases.of(study, round_id, before=known)
    frame = cases.frame
    if frame is None:
        return ()
    found = [one for row in cases.rows for lane in row.lanes if lane.coder == coder for one in _fates(cases, row, lane)]
    for document, sheet in cases.sheets.items():
        for mark in sheet.alone:
            if mark.coder == coder:
                told = DocumentId(document), frame.title(document), *mark.place, CodeId(mark.code)
                found.append(Became(*told, frame.name(mark.code), (mark.place,), (), "alone"))
    position = {key: facts.position for key, facts in frame.documents.items()}
    return tuple(sorted(found, key=lambda one: (frame.rank(one.code), position[one.document], one.start, one.end)))


def _fates(cases: Cases, row: CaseRow, lane: Lane) -> Iterator[Became]:
    """What became of one coder's side of a case, for each code that they or the consensus have there."""
    kept = [one for one, _decision in standing(cases, row)]
    decision = next(iter(_settling(row)), None)
    is_open = row.kind != "unanimous" and decision is None
    for code in dict.fromkeys([*(span.code for span in lane.spans), *(code for code, _start, _end in kept)]):
        mine = tuple(span.place for span in lane.spans if span.code == code)
        theirs = tuple((start, end) for one, start, end in kept if one == code)
        if is_open and not mine:
            continue
        fate: Fate = "open" if is_open else _fate(cases, row, mine, theirs, other=bool(kept))
        yield _became(cases, row, CodeId(code), mine, () if is_open else theirs, fate, decision)


def _fate(cases: Cases, row: CaseRow, mine: Sequence[Range], theirs: Sequence[Range], *, other: bool) -> Fate:
    if not mine:
        return "added"
    if not theirs:
        return "another code" if other else "not kept"
    return "kept" if same_words(cases.materials[row.document].compared.ruler, mine, theirs) else "other extent"


def _became(
    cases: Cases,
    row: CaseRow,
    code: CodeId,
    mine: tuple[Range, ...],
    theirs: tuple[Range, ...],
    fate: Fate,
    decision: DecisionRow | None,
) -> Became:
    places = (*mine, *theirs)
    where = row.document, row.document_name, min(place[0] for place in places), max(place[1] for place in places)
    name = code if cases.frame is None else cases.frame.name(code)
    told = Became(*where, code, name, mine, theirs, fate, case=row.id)
    if decision is None:
        return told
    return replace(told, decision=decision.id, outcome=decision.outcome, reason=decision.reason, note=decision.note)
