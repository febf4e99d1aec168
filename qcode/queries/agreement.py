"""Agreement of a study's coders: who counts where, and the figures with names on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.agreement import AgreementTable, DocumentCodings, Overall, Unit, agreement, explain
from qcode.errors import QcodeError
from qcode.ids import CodeId, RoundId
from qcode.models import Assignment, Code, Coding, Document, Revision
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.regions import asked_of, documents_with_regions
from qcode.queries.blindness import hidden_from
from qcode.queries.codebook import standing, tree
from qcode.queries.team import RoundRow, assigned, coders, rounds
from qcode.study import Study


class NothingToCompareError(QcodeError):
    """No document was handed in by two coders, or none whose codings one may know of yet."""

    def __init__(self, round_name: str, withheld: Sequence[str] = ()) -> None:
        which = withheld[0] if len(withheld) == 1 else f"the {len(withheld)} documents that colleagues share"
        super().__init__(
            f"No agreement yet in “{round_name}”: the round is blind, and you have not handed in {which} yourself. "
            "Hand in with “Hand in…” in the menu Study."
            if withheld
            else f"No agreement yet in “{round_name}”: two coders must have handed in the same document. "
            "Each does so with “Hand in…” in the menu Study."
        )


class NoSuchRoundError(QcodeError):
    """The round that was named is not in the study."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no round “{name}”. The rounds are: {', '.join(known) or 'none yet'}.")


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


@dataclass(frozen=True, slots=True)
class StudyAgreement:
    """The whole table of one round, with those who took part and what was left out.

    `withheld` names documents of a blind round that the acting coder has not handed in: figures tell of colleagues'
    codings, too.
    """

    unit: Unit
    round: RoundRow
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    unfinished: tuple[tuple[str, str], ...]
    codes: tuple[CodeFigures, ...]
    overall: Overall
    overall_notes: tuple[str, ...]
    withheld: tuple[str, ...] = ()

    def particular_notes(self, row: CodeFigures) -> tuple[str, ...]:
        """What is to be said of one code that is not said of the whole table."""
        return tuple(note for note in row.notes if note not in self.overall_notes)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the figures are computed from, the (document, coder) pairs that are not handed in, and what is blind."""

    documents: list[DocumentCodings]
    names: dict[str, str]
    unfinished: tuple[tuple[str, str], ...]
    withheld: tuple[str, ...]


def study_agreement(study: Study, *, unit: Unit = "sentence", round_name: str | None = None) -> StudyAgreement:
    """The agreement of everyone who handed in, code by code.

    Without a name the latest main round that two coders share a document of is taken, or else the latest other one:
    pilots and re-checks are small on purpose.
    """
    chosen = _choose(study, round_name)
    people: dict[str, str] = {row.id: row.name for row in coders(study)}
    with study.read() as session:
        codes = [(code, path) for code, path in tree(session) if code.kind == "codable" and standing(code) == "active"]
        gathered = _gather(study, session, chosen, people)
    if not any(len(document.coders) > 1 for document in gathered.documents):
        raise NothingToCompareError(chosen.name, gathered.withheld)
    table = agreement(gathered.documents, [code.id for code, _path in codes], unit=unit)
    return _named(table, chosen, gathered, people, codes)


def _choose(study: Study, name: str | None) -> RoundRow:
    known = rounds(study)
    if name is not None:
        found = [row for row in known if row.name.casefold() == name.casefold()]
        if not found:
            raise NoSuchRoundError(name, [row.name for row in known])
        return found[0]
    with study.read() as session:
        shared = [row for row in known if _is_shared(session, row)]
    if not (shared or known):
        raise NothingToCompareError("this study")
    return next((row for row in reversed(shared) if row.purpose == "main"), (shared or known)[-1])


def _is_shared(session: Session, row: RoundRow) -> bool:
    done = [document for (document, _coder), state in assigned(session, row.id).items() if state == "handed in"]
    return len(done) > len(set(done))


def _gather(study: Study, session: Session, chosen: RoundRow, people: dict[str, str]) -> _Gathered:
    states = {key: state for key, state in assigned(session, chosen.id).items() if key[1] in people}
    spans, unseen = _spans(session, chosen.id), _unseen(session, chosen)
    rows = session.execute(
        select(Document, Revision)
        .join(Revision, Revision.id == Document.revision_id)
        .where(Document.alive)
        .order_by(Document.position, Document.id)
    ).all()
    documents, names, withheld = [], {}, []
    regioned = documents_with_regions(session, chosen.id)
    hidden = {where for round_id, where in hidden_from(session, study.coder) if round_id == chosen.id}
    for document, revision in rows:
        done = frozenset(
            coder for (where, coder), state in states.items() if where == document.id and state == "handed in"
        )
        if document.id in hidden and len(done) > 1:
            withheld.append(document.name)
        if not done or document.id in hidden:
            continue
        names[document.id] = document.name
        units = study.shelf.layout(session, revision.layout_sha256).units
        own = {key: value for key, value in spans.get(document.id, {}).items() if key[0] in done}
        missing = frozenset(key for key in unseen.get(document.id, ()) if key[0] in done)
        codings = DocumentCodings(document.id, revision.length, units, done, own, missing)
        if document.id in regioned:
            text = study.shelf.text(session, revision.text_sha256)
            parts, left_out = asked_of(session, document.id, chosen.id, text, done)
            codings = replace(codings, parts=parts, excluded=left_out)
        documents.append(codings)
    titles = {document.id: document.name for document, _revision in rows}
    unfinished = [
        (titles[document], people[coder])
        for (document, coder), state in states.items()
        if state != "handed in" and document in titles
    ]
    return _Gathered(documents, names, tuple(sorted(unfinished)), tuple(withheld))


def _unseen(session: Session, chosen: RoundRow) -> dict[str, list[tuple[str, str]]]:
    """For each document the codes that a coder did not know when handing it in: missing there, not passed over.

    Who knew one of the codes that are one today, knew it.
    """
    codes, merged = set(session.scalars(select(Code.id).where(Code.alive))), merged_codes(session)
    columns = Assignment.document_id, Assignment.coder_id, Assignment.seen_codes
    out: dict[str, list[tuple[str, str]]] = {}
    for document, coder, known in session.execute(select(*columns).where(Assignment.round_id == chosen.id)):
        out.setdefault(document, []).extend((coder, code) for code in codes - {merged.get(one, one) for one in known})
    return out


def _spans(session: Session, round_id: RoundId) -> dict[str, dict[tuple[str, str], list[tuple[int, int]]]]:
    columns = Coding.document_id, Coding.coder_id, Coding.code_id, Coding.revision_id, Coding.start, Coding.end
    counts = Coding.alive, Coding.layer == "coder", Coding.origin != "search"
    wanted = select(*columns).where(Coding.round_id == round_id, *counts)
    positions, merged = Positions(session), merged_codes(session)
    found: dict[str, dict[tuple[str, str], dict[tuple[int, int], None]]] = {}
    for document, coder, code, revision, start, end in session.connection().execute(wanted):
        placed = positions.place(document, revision, start, end)
        if placed.start < placed.end:
            # Codings of one coder that are alike are one.
            found.setdefault(document, {}).setdefault((coder, merged.get(code, code)), {})[placed[:2]] = None
    return {document: {key: list(spans) for key, spans in own.items()} for document, own in found.items()}


def _named(
    table: AgreementTable,
    chosen: RoundRow,
    gathered: _Gathered,
    people: dict[str, str],
    codes: Sequence[tuple[Code, tuple[str, ...]]],
) -> StudyAgreement:
    names = people | gathered.names
    paths = {code.id: path for code, path in codes}
    rows = tuple(
        CodeFigures(
            CodeId(row.code),
            paths[row.code],
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
        )
        for row in table.codes
    )
    who = tuple(sorted(people[coder] for coder in table.coders))
    shared = tuple(gathered.names[row.document] for row in gathered.documents if len(row.coders) > 1)
    notes = tuple(explain(flag, names) for flag in table.overall.flags)
    unfinished, withheld = gathered.unfinished, gathered.withheld
    return StudyAgreement(table.unit, chosen, who, shared, unfinished, rows, table.overall, notes, withheld)
