"""What the panel shows, read in a worker: the policy, who would be printed how, and who may decide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qcode.errors import QcodeError
from qcode.queries.attribution.anonymity import Attributed, attributions
from qcode.queries.attribution.policy import Policy, anonymity_policy
from qcode.queries.attribution.risk import AtRisk
from qcode.queries.team import coders
from qcode.queries.themes.outline import themes
from qcode.study import Study

EXAMPLES: Final = 3
TEMPLATES: Final = ("{pseudonym}, {role}", "{pseudonym}, {group}", "[{role} #{n}]", "{id}", "")
"""Templates to begin with, and none."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: `found` is how quotes are printed by the template and k that are tried, or `refusal` says why not.

    `may` says whether the acting coder may loosen what protects people.
    """

    policy: Policy
    found: Attributed | None
    refusal: str
    may: bool

    @property
    def people(self) -> tuple[AtRisk, ...]:
        """Everybody, those who are quoted first."""
        return () if self.found is None else (*self.found.people, *self.found.others)

    @property
    def examples(self) -> list[tuple[str, str]]:
        """Some people with what stands under their first quote, those first whom k has changed."""
        rows = [row for row in self.people if row.quotes and row.printed]
        rows.sort(key=lambda row: not row.why)
        return [(row.name, row.printed) for row in rows[:EXAMPLES]]


def read_shown(study: Study, template: str | None, k: int | None) -> Shown:
    """Read it, with another template and k than the study's if they are tried."""
    quotes = [quote for row in themes(study) for quote in row.quotes]
    leads = [row.id for row in coders(study) if row.role == "lead"]
    policy, found, refusal = anonymity_policy(study), None, ""
    try:
        found = attributions(study, quotes, template=template, k=k)
    except QcodeError as error:
        refusal = str(error)
    return Shown(policy, found, refusal, not leads or study.coder in leads)
