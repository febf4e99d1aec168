"""What a study's approach to analysis asks of the rooms."""

from __future__ import annotations

WITHOUT_COEFFICIENTS = frozenset({"reflexive", "grounded theory"})


def measures_agreement(approach: str) -> bool:
    """Whether a study of this approach counts agreement; where reading is the instrument, coefficients say nothing."""
    return approach.strip().casefold() not in WITHOUT_COEFFICIENTS
