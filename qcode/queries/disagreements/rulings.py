"""Decisions as they read today: where they are in the current text, under which codes, who took them and how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CoderId, DecisionId, DocumentId
from qcode.models import Assent, Decision
from qcode.models.journal import Change, Step
from qcode.models.positions import Positions
from qcode.models.reconciling import verdict_print
from qcode.queries.disagreements.decision_words import consequences
from qcode.queries.disagreements.frame import Frame
from qcode.queries.disagreements.rows import AssentRow, DecisionRow
from qcode.reconciliation import Judged, Kept, Mark, Stance


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision, as it is shown and as it is matched with a case."""

    row: DecisionRow
    judged: Judged


def rulings(session: Session, frame: Frame, wanted: Collection[str]) -> dict[str, list[Ruling]]:
    """The decisions of the round about each of these documents, the earliest first."""
    if not wanted:
        return {}
    reading = _Reading(session, frame, wanted)
    found: dict[str, list[Ruling]] = {}
    for row in session.execute(_DECISIONS.where(Decision.round_id == frame.round, _among(wanted))):
        found.setdefault(row.document_id, []).append(reading.ruling(row))
    for own in found.values():
        own.sort(key=lambda one: (one.row.at, one.row.id))
    return found


class _Reading:
    """Reads decisions, with what others said of them read at once."""

    def __init__(self, session: Session, frame: Frame, wanted: Collection[str]) -> None:
        self._session, self._frame, self._positions = session, frame, Positions(session)
        about = Decision.round_id == frame.round, _among(wanted)
        judged = _JUDGED.where(*about).order_by(Step.lamport, Step.id)
        self._judged = {row: (coder, at) for row, coder, at in session.execute(judged)}
        self._stances: dict[str, list[AssentRow]] = {}
        for decision, verdict, coder, stance, note, taken in session.execute(_ASSENTS.where(*about)):
            if taken == verdict_print(verdict):
                assent = AssentRow(CoderId(coder), self._name(coder), cast("Stance", stance), note)
                self._stances.setdefault(decision, []).append(assent)

    def ruling(self, row: Any) -> Ruling:
        """One decision."""
        frame, place = self._frame, (row.document_id, row.revision_id)
        start, end, _ = self._positions.place(*place, row.start, row.end)
        evidence = tuple(self._marks(place, row.evidence))
        codes = tuple(CodeId(code) for code in _shown(frame, row.codes))
        coder, at = self._judged.get(row.id, ("", ""))
        told = DecisionRow(
            DecisionId(row.id),
            frame.round,
            DocumentId(row.document_id),
            frame.title(row.document_id),
            start,
            end,
            row.verdict["outcome"],
            row.verdict["coder"],
            tuple(self._kept(place, row.verdict["kept"])),
            row.reason,
            row.note,
            tuple(CoderId(one) for one in row.present),
            tuple(self._name(one) for one in row.present),
            self._name(coder),
            at,
            codes,
            tuple(frame.name(code) for code in codes),
            evidence,
            tuple(sorted(self._stances.get(row.id, ()), key=lambda one: (one.name, one.coder))),
            led_to=consequences(self._session, row.led_to) if row.led_to else (),
        )
        return Ruling(told, Judged(row.id, at, start, end, codes, evidence))

    def _marks(self, place: tuple[str, str], evidence: Iterable[list[Any]]) -> Iterator[Mark]:
        for coding, coder, code, *span in evidence:
            start, end, _ = self._positions.place(*place, *span)
            yield Mark(coding, coder, self._frame.shown(code), start, end)

    def _kept(self, place: tuple[str, str], kept: Iterable[list[Any]]) -> Iterator[Kept]:
        for code, *span in kept:
            start, end, _ = self._positions.place(*place, *span)
            if start < end:
                yield self._frame.shown(code), start, end

    def _name(self, coder: str) -> str:
        return self._frame.coders.get(coder, ("…", ""))[0]


def _shown(frame: Frame, codes: Iterable[str]) -> list[str]:
    """Codes as they are merged today, in the order of the codebook."""
    return sorted({frame.shown(code) for code in codes}, key=lambda code: (frame.rank(code), code))


def decided_in(session: Session, decisions: Collection[str], assents: Collection[str]) -> set[str]:
    """The documents that these decisions are about, and those that these stances are about."""
    said = select(Assent.decision_id).where(Assent.id.in_(assents))
    about = select(Decision.document_id).where(Decision.id.in_(decisions) | Decision.id.in_(said))
    return set(session.scalars(about))


def documents_decided(session: Session, round_id: str) -> set[str]:
    """The documents of a round that anything was decided about."""
    return set(session.scalars(select(Decision.document_id).where(Decision.alive, Decision.round_id == round_id)))


def rounds_decided(session: Session) -> Mapping[str, int]:
    """How many decisions each round has that has any."""
    counted = select(Decision.round_id, func.count()).where(Decision.alive).group_by(Decision.round_id)
    return {round_id: number for round_id, number in session.execute(counted)}  # noqa: C416


def _among(wanted: Collection[str]) -> Any:
    return Decision.document_id.in_(wanted)


_COLUMNS = Decision.id, Decision.document_id, Decision.revision_id, Decision.start, Decision.end
_VERDICT = Decision.codes, Decision.evidence, Decision.verdict, Decision.reason, Decision.note, Decision.present
_DECISIONS: Final = select(*_COLUMNS, *_VERDICT, Decision.led_to).where(Decision.alive)
_JUDGED: Final = (
    select(Change.row_id, Step.coder_id, Step.at)
    .join(Decision, Decision.id == Change.row_id)
    .join(Step, Step.id == Change.step_id)
    .where(Decision.alive, func.instr(Change.fields, '"judged":') > 0)
)
_ASSENTS: Final = (
    select(Assent.decision_id, Decision.verdict, Assent.coder_id, Assent.stance, Assent.note, Assent.verdict)
    .join(Decision, Decision.id == Assent.decision_id)
    .where(Assent.alive, Decision.alive)
)
