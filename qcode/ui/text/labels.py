"""Names beside the stripes, placed so that none covers another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qcode.ui.text.stripes import Stripe


@dataclass(frozen=True, slots=True)
class Label:
    """A code's name at a height, with the initials of the coders whose stripes begin there; "?" after the unsure.

    `apart` says that the initials stand on a row of their own below the name.
    """

    name: str
    colour: int
    coders: tuple[str, ...]
    top: float
    apart: bool = False


type Fits = Callable[[str, tuple[str, ...]], bool]


def place_labels(
    stripes: Iterable[Stripe], height: float, room: float, fits: Fits = lambda _name, _coders: True
) -> list[Label]:
    """One label for the stripes of a code that begin on one row, each as near to its beginning as the others allow.

    A label never stands below the end of its stripes by more than one more row of labels, or out of the room; what
    does not fit is left out, and stays in the tool tip. Initials that do not fit beside the name stand below it where
    the stripes go on for another row and no other label wants that place.
    """
    labels: list[Label] = []
    free = 0.0
    groups = sorted(_grouped(stripes).items(), key=lambda item: item[0][0])
    for place, ((top, _), group) in enumerate(groups, 1):
        following = groups[place][0][0] if place < len(groups) else room
        at = max(top, free)
        bottom = max(stripe.bottom for stripe in group)
        if at + height > min(bottom + height, room):
            continue
        name, colour = group[0].coding.name, group[0].coding.colour
        coders = tuple(dict.fromkeys(_signed(stripe) for stripe in group))
        apart = any(coders) and not fits(name, coders) and at + 2 * height <= min(bottom, following)
        labels.append(Label(name, colour, coders, at, apart))
        free = at + (2 if apart else 1) * height
    return labels


def _signed(stripe: Stripe) -> str:
    return stripe.coding.coder + "?" * stripe.coding.unsure


def _grouped(stripes: Iterable[Stripe]) -> dict[tuple[float, str], list[Stripe]]:
    """Stripes by where they begin (or come into sight) and by code."""
    groups: dict[tuple[float, str], list[Stripe]] = {}
    for stripe in stripes:
        groups.setdefault((max(stripe.top, 2.0), stripe.coding.code), []).append(stripe)
    return groups
