"""What a comparison is to be: which round, in which units, of what, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from qcode.agreement import Unit
from qcode.queries.agreement.figures import NotCutError, StudyAgreement, study_agreement
from qcode.study import Study

type Lines = Literal["codes", "branches", "sets", "wide sets"]

DRAWS: Final = 1000
UNIT_NAMES: Final[dict[Unit, str]] = {
    "sentence": "Sentences",
    "turn": "Turns",
    "paragraph": "Paragraphs",
    "token": "Tokens",
    "character": "Characters",
    "segment": "Cut segments",
    "merged": "Merged segments",
    "document": "Documents",
}
LINE_NAMES: Final[dict[Lines, str]] = {
    "codes": "Codes",
    "branches": "Codes and below",
    "sets": "Sets",
    "wide sets": "Sets and below",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What was chosen in the strip; without a unit or a round, whichever the study suggests."""

    unit: Unit | None = None
    round_name: str | None = None
    lines: Lines = "codes"
    without_interviewers: bool = False
    draws: int = 0
    seed: int = 1

    def carried_out(self, study: Study, since: StudyAgreement | None = None) -> StudyAgreement:
        """The figures, with earlier ones for what did not change since.

        Raises what `study_agreement` does, but takes another unit where none was cut.
        """
        try:
            return self._of(study, self.unit, since)
        except NotCutError:
            return self._of(study, None, since)

    def _of(self, study: Study, unit: Unit | None, since: StudyAgreement | None) -> StudyAgreement:
        return study_agreement(
            study,
            unit=unit,
            round_name=self.round_name,
            by_set=self.lines in ("sets", "wide sets"),
            with_descendants=self.lines in ("branches", "wide sets"),
            without_interviewers=self.without_interviewers,
            draws=self.draws,
            seed=self.seed if self.draws else 0,
            since=since,
        )
