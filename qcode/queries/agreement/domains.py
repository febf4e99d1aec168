"""Sets of codes that exclude each other, each measured as one domain; or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.agreement import DocumentCodings
from qcode.agreement.domains import DomainAlpha, Overlap, domain_alpha
from qcode.errors import QcodeError
from qcode.ids import CodeSetId
from qcode.models import CodeSet, CodeSetMember
from qcode.models.merging import merged_codes
from qcode.queries.agreement.boundaries import behind_places, or_none, turn_of
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.codebook.tree import standing, tree
from qcode.queries.codings import Looking
from qcode.queries.transcripts.sources import Source, sources
from qcode.study import Study
from qcode.text.ranges import Range


class OverlappingCodesError(QcodeError):
    """A coder put two codes of an exclusive set on text that overlaps, so the set cannot be measured as a domain."""

    def __init__(self, domain: str, first: OverlapRow, count: int) -> None:
        often = "" if count == 1 else f" This happens in {count} places in all."
        one, other = (
            f"“{code}” ({_said(turn, place)})"
            for code, turn, place in zip(first.codes, first.turns, first.places, strict=True)
        )
        super().__init__(
            f"The codes of “{domain}” exclude each other, but {first.coder} marked overlapping text in "
            f"{first.document} with {one} and with {other}.{often} Take one of the two codes off, or untick "
            "“Exclusive” of the set."
        )


class SmallDomainError(QcodeError):
    """An exclusive set has fewer than two codes, so nothing in it can exclude anything."""

    def __init__(self, domain: str) -> None:
        super().__init__(f"“{domain}” has fewer than two codes. Put codes that exclude each other into the set.")


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """One coder's two passages with two codes of a domain that overlap; turns count from 1, 0 where there are none."""

    coder_id: str
    coder: str
    document_id: str
    document: str
    codes: tuple[str, str]
    places: tuple[Range, Range]
    turns: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A line on a domain: of all its codes (`code` is empty), or of one of them; what is not defined is None.

    Of the whole, `alpha` is uα, `binary` |uα, `coding` cuα with its 95 % interval, and `coverage` the share of text
    where units of two coders meet. Of a code, `coding` is (k)uα and `coverage` the share of its own text. With three
    coders or more, `coding` is the mean of every two, and `pooled` that of all at once.
    """

    domain: CodeSetId
    code: str
    name: str
    alpha: float | None = None
    binary: float | None = None
    coding: float | None = None
    low: float | None = None
    high: float | None = None
    coverage: float | None = None
    pooled: float | None = None

    @property
    def id(self) -> tuple[str, str]:
        """The domain, and the code if it is of one."""
        return self.domain, self.code


@dataclass(frozen=True, slots=True)
class PairInDomain:
    """Two coders by name, with cuα and its coverage."""

    names: tuple[str, str]
    coding: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class DomainFigures:
    """A set of codes that exclude each other: its figures, or the sentence that says why there are none.

    `missing` names (document, coder) left out since the coder did not know a code of the set when handing in.
    """

    id: CodeSetId
    name: str
    codes: tuple[str, ...]
    rows: tuple[DomainRow, ...]
    pairs: tuple[PairInDomain, ...] = ()
    documents: int = 0
    missing: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    overlaps: tuple[OverlapRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Domain:
    """A set, and for every code that counts in it the code it counts as."""

    id: CodeSetId
    name: str
    values: Mapping[str, str]
    names: Mapping[str, str]


def domain_figures(study: Study, found: StudyAgreement) -> list[DomainFigures]:
    """Every set of codes that is marked as exclusive, on what `found` compares.

    Where that counts what stands below a code with it, so do the sets: as the nearest code of the set above.
    """
    with study.read() as session:
        domains = _domains(session, with_descendants=found.with_descendants)
    return [_figures(study, found, _by_code(found), domain) for domain in domains]


def behind_domain(study: Study, found: StudyAgreement, figures: DomainFigures) -> Looking:
    """The passages that overlap although their codes exclude each other."""
    places = [(each.coder_id, each.document_id, place) for each in figures.overlaps for place in each.places]
    with study.read() as session:
        codes = next(
            domain.values
            for domain in _domains(session, with_descendants=found.with_descendants)
            if domain.id == figures.id
        )
    return behind_places(study, found, codes, places)


def _domains(session: Session, *, with_descendants: bool) -> list[_Domain]:
    sets = session.scalars(
        select(CodeSet).where(CodeSet.alive, CodeSet.exclusive).order_by(CodeSet.position, CodeSet.id)
    )
    known = [(code, path) for code, path in tree(session) if standing(code) == "active"]
    names = {code.id: path[-1] for code, path in known}
    paths = {path: code.id for code, path in known}
    members, merged = _members(session), merged_codes(session)
    found = []
    for row in sets:
        held = {merged.get(code, code) for code in members.get(row.id, ())}
        values = {}
        for code, path in known:
            above = [paths.get(path[:depth], "") for depth in range(len(path), 0, -1)]
            nearest = next((one for one in (above if with_descendants else above[:1]) if one in held), None)
            if nearest is not None:
                values[code.id] = nearest
        found.append(_Domain(CodeSetId(row.id), row.name, values, names))
    return found


def _members(session: Session) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for set_id, code in session.execute(select(CodeSetMember.set_id, CodeSetMember.code_id).where(CodeSetMember.alive)):
        held.setdefault(set_id, []).append(code)
    return held


def _by_code(found: StudyAgreement) -> Sequence[DocumentCodings]:
    """What is compared, code by code: lines may hold several."""
    return [found.kept.documents[each.document] for each in found.measured.documents]


def _figures(
    study: Study, found: StudyAgreement, documents: Sequence[DocumentCodings], domain: _Domain
) -> DomainFigures:
    codes = tuple(domain.names[code] for code in dict.fromkeys(domain.values.values()))
    if len(codes) < 2:
        sentence = str(SmallDomainError(domain.name))
        return DomainFigures(domain.id, domain.name, codes, (DomainRow(domain.id, "", domain.name),), refusal=sentence)
    measured = domain_alpha(documents, domain.values)
    if measured.overlaps:
        overlaps = tuple(_overlaps(study, found, domain, measured.overlaps))
        sentence = str(OverlappingCodesError(domain.name, overlaps[0], len(overlaps)))
        row = DomainRow(domain.id, "", domain.name)
        return DomainFigures(domain.id, domain.name, codes, (row,), refusal=sentence, overlaps=overlaps)
    return DomainFigures(
        domain.id,
        domain.name,
        codes,
        tuple(_rows(domain, measured)),
        tuple(_in_pairs(found, measured)),
        measured.documents,
        tuple(_missing(found, documents, domain)),
    )


def _in_pairs(found: StudyAgreement, measured: DomainAlpha) -> list[PairInDomain]:
    rows = []
    for pair in measured.pairs:
        first, second = sorted((found.names[pair.first], found.names[pair.second]))
        rows.append(PairInDomain((first, second), or_none(pair.family.coding), or_none(pair.family.coverage)))
    return sorted(rows, key=lambda row: row.names)


def _rows(domain: _Domain, measured: DomainAlpha) -> Iterable[DomainRow]:
    pooled = measured.pooled
    if pooled is None:
        return
    several = len(measured.pairs) > 1
    yield DomainRow(
        domain.id,
        "",
        domain.name,
        or_none(pooled.alpha),
        or_none(pooled.binary),
        or_none(measured.coding),
        or_none(measured.low),
        or_none(measured.high),
        or_none(pooled.coverage),
        or_none(pooled.coding) if several else None,
    )
    for code in dict.fromkeys(domain.values.values()):
        yield DomainRow(
            domain.id,
            code,
            domain.names[code],
            coding=or_none(measured.values[code]),
            coverage=or_none(pooled.value_coverage.get(code, float("nan"))),
            pooled=or_none(pooled.values.get(code, float("nan"))) if several else None,
        )


def _missing(found: StudyAgreement, documents: Sequence[DocumentCodings], domain: _Domain) -> Iterable[tuple[str, str]]:
    for each in documents:
        for coder in sorted({coder for coder, code in each.unseen if code in domain.values and coder in each.coders}):
            yield found.names[each.document], found.names[coder]


def _overlaps(
    study: Study, found: StudyAgreement, domain: _Domain, overlaps: Sequence[Overlap]
) -> Iterable[OverlapRow]:
    with study.read() as session:
        texts = sources(study, session, {each.document for each in overlaps})
    for each in overlaps:
        pieces = (each.one, each.other)
        yield OverlapRow(
            each.coder,
            found.names[each.coder],
            each.document,
            found.names[each.document],
            (domain.names[each.one[2]], domain.names[each.other[2]]),
            (pieces[0][:2], pieces[1][:2]),
            _turns(texts[each.document], each),
        )


def _turns(source: Source, each: Overlap) -> tuple[int, int]:
    return turn_of(source, each.one[0]), turn_of(source, each.other[0])


def _said(turn: int, place: Range) -> str:
    characters = f"characters {place[0]}–{place[1]}"
    return f"turn {turn}, {characters}" if turn else characters
