"""Agreement of a study's coders: who counts where, and the figures with names on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isnan

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.agreement import DocumentCodings, Measurement, Overall, Replicates, Unit, explain, measure
from qcode.agreement.renewal import renew
from qcode.errors import QcodeError
from qcode.ids import CodeId
from qcode.models import Assignment, CodeSet, CodeSetMember
from qcode.models.merging import merged_codes
from qcode.models.statements import ask
from qcode.queries.agreement.kept import Kept
from qcode.queries.agreement.material import Material, gather
from qcode.queries.agreement.refusals import NoRoundError, NothingToCompareError, refusal
from qcode.queries.codebook.tree import standing, tree
from qcode.queries.team import RoundRow, coders, rounds
from qcode.study import Study


class NoSuchRoundError(QcodeError):
    """The round that was named is not in the study."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no round “{name}”. The rounds are: {', '.join(known) or 'none yet'}.")


class NoSuchNameError(QcodeError):
    """A code, a set of codes or a coder was named that is not in the study."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        shown = ", ".join(known[:40]) + (" …" if len(known) > 40 else "")
        super().__init__(f"There is no {what} “{name}”. There are: {shown or 'none yet'}.")


class NotCutError(QcodeError):
    """Segments were asked for in a round that hands out none."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"“{round_name}” hands out no segments that were cut beforehand. Choose another unit, such as sentence."
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The 95 % interval of documents drawn again, with the share of draws below each threshold.

    Draws in which alpha is not defined are counted in `undefined`, and as failures in the shares.
    """

    low: float | None
    high: float | None
    below_667: float | None
    below_800: float | None
    undefined: int


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """One line of the table; what is undefined is None, and `status` says why."""

    id: CodeId
    code: tuple[str, ...]
    alpha: float | None
    low: float | None
    high: float | None
    prevalence: float | None
    positive_agreement: float | None
    percent_agreement: float | None
    below_667: float | None
    below_800: float | None
    n: int
    documents: int
    status: str
    notes: tuple[str, ...]
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True)
class StudyAgreement:
    """The whole table of one round, with those who took part and what was left out.

    `withheld` names documents of a blind round that the acting coder has not handed in: figures tell of colleagues'
    codings, too. `apart` names documents of which two texts wait to be settled, and `seen_others` the (document, coder)
    that count although colleagues' codings could be seen meanwhile. Documents were drawn again `draws` times from
    `seed`, if at all; `measured` answers what else is asked, with `names` of its coders and documents, and `counted`
    says of which codes a line holds the marks. `kept` is what later figures need not read again.
    """

    unit: Unit
    round: RoundRow
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    unfinished: tuple[tuple[str, str], ...]
    codes: tuple[CodeFigures, ...]
    overall: Overall
    overall_notes: tuple[str, ...]
    names: Mapping[str, str] = field(compare=False, repr=False)
    measured: Measurement = field(compare=False, repr=False)
    counted: Mapping[str, frozenset[str]] = field(compare=False, repr=False)
    kept: Kept = field(compare=False, repr=False)
    withheld: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    seen_others: tuple[tuple[str, str], ...] = ()
    overall_drawn: Drawn | None = None
    draws: int = 0
    seed: int = 0
    without_interviewers: bool = False
    with_descendants: bool = False

    def particular_notes(self, row: CodeFigures) -> tuple[str, ...]:
        """What is to be said of one code that is not said of the whole table."""
        return tuple(note for note in row.notes if note not in self.overall_notes)


@dataclass(frozen=True, slots=True)
class _Counted:
    """One line of the table: a code, or a set of codes, and the codes whose marks it counts."""

    id: str
    path: tuple[str, ...]
    members: frozenset[str]


def study_agreement(
    study: Study,
    *,
    unit: Unit | None = None,
    round_name: str | None = None,
    codes: Sequence[str] = (),
    people: Sequence[str] = (),
    by_set: bool = False,
    with_descendants: bool = False,
    without_interviewers: bool = False,
    draws: int = 0,
    seed: int = 0,
    since: StudyAgreement | None = None,
) -> StudyAgreement:
    """The agreement of everyone who handed in, code by code.

    Without a unit that is by sentence, or by segment where the round handed out segments. Without a name the latest
    main round that two coders share a document of is taken, or else the latest other one: pilots and re-checks are
    small on purpose. `codes` and `people` name codes and coders where not all are wanted; lines are sets of codes with
    `by_set`, and hold what stands below a code with `with_descendants`. With `draws`, intervals by drawing documents
    again so many times come along. With earlier figures of the study as `since`, only what was changed after them is
    computed anew, and the figures are the same to the last digit.

    Raises NoSuchRoundError, NoSuchNameError, NothingToCompareError, NotCutError.
    """
    chosen = _choose(study, round_name)
    counted_in = unit or ("segment" if chosen.segmented else "sentence")
    if counted_in == "segment" and not chosen.segmented:
        raise NotCutError(chosen.name)
    names = _named_people(study, people)
    with study.read() as session:
        lines = _lines(session, codes, by_set=by_set, with_descendants=with_descendants)
        material = gather(
            study,
            session,
            chosen,
            names,
            unit=counted_in,
            without_interviewers=without_interviewers,
            since=since.kept if since is not None else None,
        )
    if not any(len(document.coders) > 1 for document in material.documents):
        raise _refusal(study, chosen, names, material)
    measured = _measured(material.documents, lines, counted_in, since)
    drawn = measured.replicates(times=draws, seed=seed) if draws else None
    found = _named(measured, drawn, chosen, material, names, lines)
    return replace(
        found,
        draws=draws,
        seed=seed,
        without_interviewers=without_interviewers,
        with_descendants=with_descendants,
    )


def recounted(study: Study, found: StudyAgreement, unit: Unit) -> Measurement:
    """The same comparison counted in another unit: of the same coders, round and lines."""
    if unit == found.unit:
        return found.measured
    people = {coder: found.names[coder] for coder in found.measured.layout.coders}
    left_out = found.without_interviewers
    with study.read() as session:
        material = gather(study, session, found.round, people, unit=unit, without_interviewers=left_out)
    lines = [_Counted(row.id, row.code, found.counted[row.id]) for row in found.codes]
    return _measured(material.documents, lines, unit, None)


def _refusal(study: Study, chosen: RoundRow, names: Mapping[str, str], material: Material) -> NothingToCompareError:
    return refusal(
        chosen.name,
        names,
        material.handed_in,
        material.unfinished,
        withheld=material.withheld,
        apart=material.apart,
        alone=len(coders(study)) == 1,
    )


def _named_people(study: Study, wanted: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = {row.id: row.name for row in coders(study)}
    if not wanted:
        return known
    found = {name.casefold(): key for key, name in known.items()}
    _refuse_unknown("coder", wanted, list(known.values()))
    return {found[name.casefold()]: known[found[name.casefold()]] for name in wanted}


def _refuse_unknown(what: str, wanted: Sequence[str], known: Sequence[str]) -> None:
    folded = {name.casefold() for name in known}
    for name in wanted:
        if name.casefold() not in folded:
            raise NoSuchNameError(what, name, known)


def _lines(session: Session, wanted: Sequence[str], *, by_set: bool, with_descendants: bool) -> list[_Counted]:
    known = [(code, path) for code, path in tree(session) if standing(code) == "active"]
    codable = {code.id for code, _path in known if code.kind == "codable"}
    below = {
        path: frozenset(one.id for one, other in known if other[: len(path)] == path and one.id in codable)
        for _code, path in known
    }
    if by_set:
        return _set_lines(session, wanted, {code.id: path for code, path in known}, below, with_descendants)
    lines = [
        _Counted(code.id, path, below[path] if with_descendants else frozenset({code.id}))
        for code, path in known
        if code.id in codable or (with_descendants and below[path])
    ]
    if not wanted:
        return lines
    _refuse_unknown("code", wanted, [line.path[-1] for line in lines])
    chosen = {name.casefold() for name in wanted}
    return [line for line in lines if line.path[-1].casefold() in chosen]


def _set_lines(
    session: Session,
    wanted: Sequence[str],
    paths: Mapping[str, tuple[str, ...]],
    below: Mapping[tuple[str, ...], frozenset[str]],
    with_descendants: bool,
) -> list[_Counted]:
    sets = session.scalars(select(CodeSet).where(CodeSet.alive).order_by(CodeSet.position, CodeSet.id)).all()
    _refuse_unknown("set of codes", wanted, [row.name for row in sets])
    chosen = {name.casefold() for name in wanted}
    members: dict[str, set[str]] = {row.id: set() for row in sets}
    merged = merged_codes(session)
    for set_id, code in session.execute(select(CodeSetMember.set_id, CodeSetMember.code_id).where(CodeSetMember.alive)):
        if (path := paths.get(merged.get(code, code))) is not None and set_id in members:
            members[set_id] |= below[path] if with_descendants else {merged.get(code, code)}
    return [
        _Counted(row.id, (row.name,), frozenset(members[row.id]))
        for row in sets
        if not chosen or row.name.casefold() in chosen
    ]


def _measured(
    documents: Sequence[DocumentCodings], lines: Sequence[_Counted], unit: Unit, since: StudyAgreement | None
) -> Measurement:
    """The documents measured line by line, or what earlier figures say of the same lines renewed."""
    codes = [line.id for line in lines]
    if since is None or since.unit != unit or list(since.counted.items()) != [(one.id, one.members) for one in lines]:
        return measure([_by_line(document, lines) for document in documents], codes, unit=unit)
    earlier = {id(since.kept.documents[each.document]): each for each in since.measured.documents}
    return renew(since.measured, [earlier.get(id(each)) or _by_line(each, lines) for each in documents])


def _by_line(document: DocumentCodings, lines: Sequence[_Counted]) -> DocumentCodings:
    """The document with the marks of each line's codes together; unseen where the coder knew none of them."""
    if all(line.members == {line.id} for line in lines):
        return document
    spans = {
        (coder, line.id): [span for code in line.members for span in document.spans.get((coder, code), ())]
        for coder in document.coders
        for line in lines
    }
    unseen = frozenset(
        (coder, line.id)
        for coder in document.coders
        for line in lines
        if all((coder, code) in document.unseen for code in line.members)
    )
    return replace(document, spans=spans, unseen=unseen)


def _choose(study: Study, name: str | None) -> RoundRow:
    known = rounds(study)
    if name is not None:
        found = [row for row in known if row.name.casefold() == name.casefold()]
        if not found:
            raise NoSuchRoundError(name, [row.name for row in known])
        return found[0]
    with study.read() as session:
        sharing = set(ask(session, _SHARED).scalars())
    shared = [row for row in known if row.id in sharing]
    if not (shared or known):
        raise NoRoundError
    return next((row for row in reversed(shared) if row.purpose == "main"), (shared or known)[-1])


_SHARED = (
    select(Assignment.round_id)
    .where(Assignment.alive, Assignment.state == "handed in")
    .group_by(Assignment.round_id, Assignment.document_id)
    .having(func.count() > 1)
)


def _named(
    measured: Measurement,
    drawn: Replicates | None,
    chosen: RoundRow,
    material: Material,
    people: Mapping[str, str],
    lines: Sequence[_Counted],
) -> StudyAgreement:
    names = {**people, **material.names}
    table = measured.table()
    rows = tuple(
        CodeFigures(
            CodeId(row.code),
            lines[number].path,
            row.alpha,
            row.low,
            row.high,
            row.prevalence,
            row.positive_agreement,
            row.percent_agreement,
            row.below_667,
            row.below_800,
            row.n,
            row.documents,
            row.status,
            tuple(explain(flag, names) for flag in row.flags),
            _drawn(drawn, number),
        )
        for number, row in enumerate(table.codes)
    )
    return StudyAgreement(
        unit=table.unit,
        round=chosen,
        coders=tuple(sorted(people[coder] for coder in table.coders)),
        documents=tuple(material.names[row.document] for row in material.documents if len(row.coders) > 1),
        unfinished=material.unfinished,
        codes=rows,
        overall=table.overall,
        overall_notes=tuple(explain(flag, names) for flag in table.overall.flags),
        withheld=material.withheld,
        apart=material.apart,
        seen_others=material.seen_others,
        overall_drawn=_drawn(drawn, -1),
        names=names,
        measured=measured,
        counted={line.id: line.members for line in lines},
        kept=material.kept,
    )


def _drawn(drawn: Replicates | None, row: int) -> Drawn | None:
    if drawn is None:
        return None
    low, high, below_667, below_800 = (
        None if isnan(figures[row]) else float(figures[row])
        for figures in (drawn.low, drawn.high, drawn.below_667, drawn.below_800)
    )
    return Drawn(low, high, below_667, below_800, int(drawn.undefined[row]))
