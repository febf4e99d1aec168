"""A joint display: what a survey counted beside the themes that speak of the same.

The counts are those of the survey, in which each person answered once: groups are tested on them alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.analysis.association import Association, association, with_holm
from qcode.text.survey_counts import Item, SurveyCounts
from qcode.text.typed import fold

if TYPE_CHECKING:
    from qcode.analysis.corpus import CountedTheme


@dataclass(frozen=True, slots=True)
class TestedItem:
    """An item with the test of its groups; None where fewer than two groups can be compared."""

    item: Item
    test: Association | None = None


@dataclass(frozen=True, slots=True)
class JointTheme:
    """A theme with the items that stand beside it; `path` holds its name behind those above it."""

    id: str
    path: tuple[str, ...]
    items: tuple[TestedItem, ...]

    @property
    def name(self) -> str:
        """The theme's own name."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Joint:
    """Themes with items in the order of themes, then what stands beside nothing: items, and names of themes.

    `gone` are items that stood beside a theme that is no longer there.
    """

    groups: tuple[str, ...]
    themes: tuple[JointTheme, ...]
    alone: tuple[TestedItem, ...]
    bare: tuple[str, ...]
    gone: tuple[str, ...] = ()

    @property
    def tests(self) -> tuple[Association, ...]:
        """The tests that were made, each item once."""
        shown = [one for theme in self.themes for one in theme.items] + list(self.alone)
        found = {one.item.name: one.test for one in shown if one.test is not None and one.test.p is not None}
        return tuple(test for test in found.values() if test is not None)


def tested(counts: SurveyCounts) -> tuple[TestedItem, ...]:
    """The items in order, with the test of each whose groups can be compared, adjusted for how many there are."""
    made = {
        item.name: association(item.name, [(one.count or 0, one.of or 0) for one in item.compared])
        for item in counts.items
        if len(item.compared) > 1
    }
    adjusted = {one.key: one for one in with_holm(list(made.values()))}
    return tuple(TestedItem(item, adjusted.get(item.name)) for item in counts.items)


def joint(themes: Sequence[CountedTheme], counts: SurveyCounts, beside: Mapping[str, Sequence[str]]) -> Joint:
    """The display of items, by their names folded, beside the ids of themes; an item may stand beside several."""
    known = {theme.id for theme in themes}
    items = tested(counts)
    placed = {one.item.name: [key for key in beside.get(fold(one.item.name), ()) if key in known] for one in items}
    rows = tuple(
        JointTheme(theme.id, theme.path, own)
        for theme in themes
        if (own := tuple(one for one in items if theme.id in placed[one.item.name]))
    )
    shown = {row.id for row in rows}
    return Joint(
        counts.groups,
        rows,
        tuple(one for one in items if not placed[one.item.name]),
        tuple(theme.name for theme in themes if theme.id not in shown),
        tuple(one.item.name for one in items if set(beside.get(fold(one.item.name), ())) - known),
    )
