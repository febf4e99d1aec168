"""What a study's approach to analysis asks of the rooms."""

from __future__ import annotations

WITHOUT_COEFFICIENTS = frozenset({"reflexive", "grounded theory"})


def measures_agreement(approach: str) -> bool:
    """Whether a study of this approach counts agreement; where reading is the instrument, coefficients say nothing."""
    return approach.strip().casefold() not in WITHOUT_COEFFICIENTS


def tests_what_was_coded(approach: str) -> bool:
    """Whether groups are tested against each other in tables of codes and themes; counting them is for all studies.

    The counts of a survey are tested in every approach: nothing that was coded goes into them.
    """
    return measures_agreement(approach)
