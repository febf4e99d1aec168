"""What the sample's team settled after its main round: two documents to the end, and some cases, all with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from qcode.errors import QcodeError
from qcode.ids import CodeId, CoderId, DocumentId, RoundId
from qcode.models import Coding
from qcode.operations.reconciling import decide, say
from qcode.reconciliation import CaseKind, DocumentMarks, Kept, Mark, cases_of
from qcode.study import Study


class UnknownCaseError(QcodeError):
    """A decision of the sample is about a passage in which its coders do not differ."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"The sample study's files do not fit together: a decision about {document} fits no disagreement there. "
            "Install qcode again."
        )


@dataclass(frozen=True, slots=True)
class _Disagreement:
    """A case as it is decided."""

    round: RoundId
    document: DocumentId
    kind: CaseKind
    start: int
    end: int
    codes: tuple[str, ...]
    asked: tuple[str, ...]
    marks: tuple[Mark, ...]
    words: int
    agreed: tuple[Kept, ...]
    decision: None = None
    others: tuple[()] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the team sat together about: a round of a study, and what is known of it by name."""

    study: Study
    round: RoundId
    coders: Mapping[str, CoderId]
    documents: Mapping[str, DocumentId]
    texts: Mapping[str, str]
    codes: Mapping[str, CodeId]

    def settle(self, plans: Sequence[Mapping[str, Any]], assigned: Mapping[str, Sequence[str]]) -> None:
        """Decide the cases that are planned; `assigned` says who was given which document."""
        cases = {name: list(self._cases(name, assigned[name])) for name in {plan["document"] for plan in plans}}
        for plan in plans:
            self._decide(plan, cases[plan["document"]])

    # Internal

    def _cases(self, document: str, coders: Sequence[str]) -> Iterator[_Disagreement]:
        key = self.documents[document]
        marks = [mark for mark in self._marks(key) if mark.code in self.codes.values()]
        asked = frozenset(self.coders[coder] for coder in coders)
        for case in cases_of([DocumentMarks(key, self.texts[document], asked, marks)]):
            judged = (case.kind, case.start, case.end, case.codes, case.asked, case.marks, case.words, case.agreed)
            yield _Disagreement(self.round, key, *judged)

    def _marks(self, document: DocumentId) -> Iterator[Mark]:
        wanted = select(Coding).where(Coding.alive, Coding.round_id == self.round, Coding.document_id == document)
        with self.study.read() as session:
            for row in session.scalars(wanted).all():
                yield Mark(row.id, row.coder_id, row.code_id, row.start, row.end)

    def _decide(self, plan: Mapping[str, Any], cases: Sequence[_Disagreement]) -> None:
        codes, place = {self.codes[code] for code in plan["codes"]}, tuple(plan["passage"])
        found = [case for case in cases if set(case.codes) == codes and (case.start, case.end) == place]
        if len(found) != 1:
            raise UnknownCaseError(plan["document"])
        decision = decide(
            self.study,
            found[0],
            outcome=plan["outcome"],
            coder=self.coders.get(plan.get("coder", "")),
            code=self.codes.get(plan.get("code", "")),
            kept=self._by_hand(plan),
            reason=plan["reason"],
            note=plan["note"],
            present=self.coders.values(),
        )
        for coder, stance in plan["stances"].items():
            say(self.study, decision, coder=self.coders[coder], stance=stance)

    def _by_hand(self, plan: Mapping[str, Any]) -> tuple[Kept, ...]:
        """A range that was set by hand, under each code in question."""
        if "range" not in plan:
            return ()
        start, end = plan["range"]
        return tuple((self.codes[code], start, end) for code in plan["codes"])
