"""What a survey counted: how many of how many, by item and group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from qcode.text.typed import fold

MOST_ITEMS, MOST_GROUPS, MOST_COUNTED = 500, 20, 10**9
_TOLD: Final = 20
_TOTALS: Final = frozenset({"all", "total", "overall", "everybody", "everyone", "all groups"})


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many in a group; None where the item does not apply to it. `note` belongs to this cell alone."""

    group: str
    count: int | None = None
    of: int | None = None
    note: str = ""

    @property
    def applies(self) -> bool:
        """Whether anybody in the group was asked."""
        return self.count is not None and bool(self.of)

    @property
    def percent(self) -> float | None:
        """The share in percent."""
        return 100 * self.count / self.of if self.count is not None and self.of else None

    @property
    def printed(self) -> str:
        """The cell as it is printed: 9/16 (56 %), or n/a."""
        if self.percent is None:
            return "n/a"
        return f"{self.count:,}/{self.of:,} ({rounded(self.percent)} %)"


@dataclass(frozen=True, slots=True)
class Item:
    """What was asked, a note on it, and the counts by group. `themes` are those that a file names beside it."""

    name: str
    counts: tuple[Count, ...]
    note: str = ""
    themes: tuple[str, ...] = ()

    def in_group(self, group: str) -> Count | None:
        """The count of a group; None if there is none."""
        return next((one for one in self.counts if fold(one.group) == fold(group)), None)

    @property
    def compared(self) -> tuple[Count, ...]:
        """The counts of groups that can be compared: those to which it applies, without a total of all."""
        return tuple(one for one in self.counts if one.applies and not is_total(one.group))


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """All items of a survey in order."""

    items: tuple[Item, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the order in which they come up."""
        found = {fold(one.group): one.group for item in reversed(self.items) for one in reversed(item.counts)}
        return tuple({fold(one.group): found[fold(one.group)] for item in self.items for one in item.counts}.values())

    @property
    def cells(self) -> int:
        """How many counts there are."""
        return sum(len(item.counts) for item in self.items)


def is_total(group: str) -> bool:
    """Whether a group is all others together."""
    return fold(group) in _TOTALS


def rounded(percent: float) -> int:
    """A percentage without decimals, halves up."""
    return int(percent + 0.5)


# As a study keeps them --------------------------------------------------------------------------------------------


def stored(counts: SurveyCounts) -> list[Any]:
    """The counts as a study keeps them; which themes stand beside them is kept apart."""
    return [
        {
            "item": item.name,
            "note": item.note,
            "counts": [{"group": one.group, "count": one.count, "of": one.of, "note": one.note} for one in item.counts],
        }
        for item in counts.items
    ]


def loaded(items: Iterable[Any]) -> SurveyCounts:
    """The counts that a study keeps."""
    return SurveyCounts(
        tuple(
            Item(
                item["item"],
                tuple(Count(one["group"], one["count"], one["of"], one["note"]) for one in item["counts"]),
                item["note"],
            )
            for item in items
        )
    )


def are_stored(items: Any) -> bool:
    """Whether a value from another copy is what `stored` makes."""
    return isinstance(items, list) and len(items) <= MOST_ITEMS and all(map(_is_item, items))


def _is_item(item: Any) -> bool:
    if not isinstance(item, dict) or item.keys() != {"item", "note", "counts"}:
        return False
    counts = item["counts"]
    texts = isinstance(item["item"], str) and isinstance(item["note"], str)
    return texts and isinstance(counts, list) and len(counts) <= MOST_GROUPS and all(map(_is_count, counts))


def _is_count(one: Any) -> bool:
    if not isinstance(one, dict) or one.keys() != {"group", "count", "of", "note"}:
        return False
    texts = isinstance(one["group"], str) and isinstance(one["note"], str)
    return texts and _are_numbers(one["count"], one["of"])


def _are_numbers(count: Any, of: Any) -> bool:
    if count is None or of is None:
        return count is None and of is None
    return type(count) is int and type(of) is int and 0 <= count <= of <= MOST_COUNTED


def in_words(items: Sequence[Any]) -> str:
    """What the field of the journal says that holds counts."""
    if not items:
        return "nothing"
    told = [f"“{item.name}” ({_listed(item)})" for item in loaded(items[:_TOLD]).items]
    more = f"; and {len(items) - _TOLD} more" if len(items) > _TOLD else ""
    return f"{len(items)} {'item' if len(items) == 1 else 'items'}: {'; '.join(told)}{more}"


def _listed(item: Item) -> str:
    return ", ".join(f"{one.group} {one.printed}" for one in item.counts)
