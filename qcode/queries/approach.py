"""What a study's approach to analysis asks of the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WITHOUT_COEFFICIENTS = frozenset({"reflexive", "grounded theory"})
TOLD: Final[Mapping[str, str]] = {
    "codebook": "Codes come from a codebook that is shared. Agreement can be measured.",
    "framework": "Cases are summarised by theme, beside a codebook. Agreement can be measured.",
    "coding reliability": "Coders code apart, and how far they agree is measured and reported.",
    "reflexive": "Themes are made in reading. No coefficients, no consensus, no saturation.",
    "grounded theory": "Codes are sorted and sorted again. No coefficients, no consensus, no saturation.",
}
"""What each approach asks, in a sentence or two."""
_HIDDEN: Final = (
    "Figures of agreement, the settling of disagreements, saturation and tests of codes are no longer shown: in the "
    "rooms, in commands and in reports. Where a document was reconciled, its coders’ own codings count again. Nothing "
    "is lost: what was planned and decided is there again with another approach."
)
_SHOWN: Final = (
    "Figures of agreement, the settling of disagreements, saturation and tests of codes are shown: in the rooms, in "
    "commands and in reports. Where a document was reconciled, its consensus counts."
)
_SAME: Final = "The methods draft names the new approach. What is shown and counted stays as it is."


def measures_agreement(approach: str) -> bool:
    """Whether a study of this approach counts agreement; where reading is the instrument, coefficients say nothing."""
    return approach.strip().casefold() not in WITHOUT_COEFFICIENTS


def tests_what_was_coded(approach: str) -> bool:
    """Whether groups are tested against each other in tables of codes and themes; counting them is for all studies.

    The counts of a survey are tested in every approach: nothing that was coded goes into them.
    """
    return measures_agreement(approach)


def what_changes(before: str, after: str) -> str:
    """What another approach changes, in sentences; nothing where it is the same."""
    if before.strip().casefold() == after.strip().casefold():
        return ""
    if measures_agreement(before) == measures_agreement(after):
        return _SAME
    return _SHOWN if measures_agreement(after) else _HIDDEN
