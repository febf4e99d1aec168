"""Names beside the stripes, placed so that none covers another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.ui.text.stripes import Stripe


@dataclass(frozen=True, slots=True)
class Label:
    """A code's name at a height, with the initials of the coders whose stripes begin there; "?" after the unsure."""

    name: str
    colour: int
    coders: tuple[str, ...]
    top: float


def place_labels(stripes: Iterable[Stripe], height: float, room: float) -> list[Label]:
    """One label for the stripes of a code that begin on one row, each as near to its beginning as the others allow.

    A label never stands below the end of its stripes by more than one more row of labels, or out of the room; what
    does not fit is left out, and stays in the tool tip.
    """
    labels: list[Label] = []
    free = 0.0
    for (top, _), group in sorted(_grouped(stripes).items(), key=lambda item: item[0][0]):
        at = max(top, free)
        bottom = max(stripe.bottom for stripe in group)
        if at + height > min(bottom + height, room):
            continue
        first = group[0].coding
        labels.append(Label(first.name, first.colour, tuple(dict.fromkeys(_signed(stripe) for stripe in group)), at))
        free = at + height
    return labels


def _signed(stripe: Stripe) -> str:
    return stripe.coding.coder + "?" * stripe.coding.unsure


def _grouped(stripes: Iterable[Stripe]) -> dict[tuple[float, str], list[Stripe]]:
    """Stripes by where they begin (or come into sight) and by code."""
    groups: dict[tuple[float, str], list[Stripe]] = {}
    for stripe in stripes:
        groups.setdefault((max(stripe.top, 2.0), stripe.coding.code), []).append(stripe)
    return groups
