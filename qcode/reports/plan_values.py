"""What a report says of the plan of an agreement check, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedThing:
    """One thing that was planned, beside what was found; `holds` is None where it cannot be said."""

    name: str
    planned: str
    found: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """The alpha of a code against the threshold: `below` is the probability that it is less, the note says why not."""

    code: tuple[str, ...]
    alpha: float | None
    low: float | None
    high: float | None
    below: float | None
    holds: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A plan and what came of it, thing by thing, and code by code against the threshold.

    `planned` says in sentences what was planned and when, `outcome` what came of it.
    """

    threshold: float
    planned: tuple[str, ...]
    outcome: tuple[str, ...]
    things: tuple[PlannedThing, ...]
    figures: tuple[PlannedFigure, ...]
