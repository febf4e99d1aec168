"""What may be printed about whom, so that what is printed of one person is shared by at least k of all.

Somebody's quotes are known to belong together, so what is asked of them in any quote counts in every quote. Items are
gone through in their order of worth: each is printed at the finest step of its ladder at which at least k people share
it together with what is printed already, and left out where there is none. So what is worth least gives way first, and
no item that was left out could be added. What stands beside, such as the name of a document, gives way before all
that. The set is counted over all people, not over those who are quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

type Coarsening = Mapping[str, str]
"""What values become at a step of a ladder; a value that is missing becomes nothing."""

LEAST, MOST, USUAL = 3, 20, 5
"""The bounds of k, and what it is if nobody says."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part: `values` holds what is known of them, by attribute.

    They are counted among those of their own `pool` only: speakers nobody is linked to may be participants once more.
    """

    id: str
    values: Mapping[str, str]
    pool: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """An attribute that is given away when something is printed, as it is or coarsened."""

    attribute: str
    coarsening: Coarsening | None = None

    def of(self, person: Person) -> str:
        """What is given away about somebody; empty where nothing is known."""
        value = person.values.get(self.attribute, "")
        return value if self.coarsening is None else self.coarsening.get(value, "")


type Step = tuple[Disclosure, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be printed of people: a field, and what each step of its ladder gives away, the finest first.

    One that `stands`, such as a pseudonym, is printed also of those of whom nothing that it gives away is known. What
    gives nothing away of anybody has no place among the items.
    """

    field: str
    steps: tuple[Step, ...]
    stands: bool = False

    def tells(self, person: Person, step: int = 0) -> bool:
        """Whether a step gives anything away about somebody."""
        return any(one.of(person) for one in self.steps[step])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be printed of one person: fields that can be left out, and attributes that are said in any case.

    Of whoever is `exempt`, an exception prints all these. Fields that stand `beside` are worth less than any of them,
    and no exception is for those.
    """

    fields: frozenset[str]
    said: frozenset[str] = frozenset()
    exempt: bool = False
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """What is printed of one person: for each item that was asked its step, or None where it is left out.

    Items that give nothing away about this person are not among them. `alike` counts the people who share all that is
    printed, `wanted` those who share all that was asked; `counts` says for each item how many share its finest step
    together with what of the items before it is printed. `beside` are the steps of what stands beside all that, which
    is no part of these counts: with it, too, enough people share what is printed.
    """

    person: str
    steps: Mapping[str, int | None]
    alike: int
    wanted: int
    counts: Mapping[str, int] = field(default_factory=dict)
    beside: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The fields that are not printed, in order of worth."""
        return tuple(name for name, step in self.steps.items() if step is None)

    @property
    def coarsened(self) -> tuple[str, ...]:
        """The fields that are printed more coarsely than they were asked, in order of worth."""
        return tuple(name for name, step in self.steps.items() if step)


def is_enough(alike: int, k: int, total: int) -> bool:
    """Whether so many people are enough: k of them, or all there are, since then nothing is told."""
    return alike >= k or alike == total


def settle(
    people: Sequence[Person], items: Sequence[Item], asked: Mapping[str, Asked], k: int, *, covering: bool = False
) -> dict[str, Settled]:
    """What is printed of everybody of whom something is asked; `items` stand in the order of their worth.

    With `covering`, what is left out tells nothing either: those of whom an item is left out are at least k too, or
    none of them is printed; if need be, it is left out also of people of whom it could be printed.
    """
    counting = _Counting(people, tuple(items), asked, k)
    known = {person.id: person for person in people}
    return {who: counting.settled(known[who], covering=covering) for who in sorted(asked) if who in known}


type _Steps = Mapping[str, int | None]


class _Counting:
    """All people, by pool, with what is asked of some. Sets of people are bits of whole numbers."""

    def __init__(self, people: Sequence[Person], items: tuple[Item, ...], asked: Mapping[str, Asked], k: int) -> None:
        self._people = people
        self._items, self._asked, self._k, self._total = items, asked, k, len(people)
        self._pools: dict[str, int] = {}
        for place, person in enumerate(people):
            self._pools[person.pool] = self._pools.get(person.pool, 0) | 1 << place
        self._sharing: dict[tuple[str, int], dict[str, int]] = {}
        self._covered: dict[tuple[frozenset[str], frozenset[str]], Mapping[str, _Steps]] = {}

    def settled(self, person: Person, *, covering: bool) -> Settled:
        asked = self._asked[person.id]
        items, besides = ([one for one in found if one.tells(person)] for found in self._all_asked(asked))
        spoken = [Disclosure(name) for name in sorted(asked.said)]
        said = self._matching(person, spoken, self._pools[person.pool])
        finest: _Steps = {item.field: 0 for item in items}
        steps: _Steps
        beside: _Steps
        if covering and not asked.said and not asked.exempt:
            parted = self._parted(asked)[person.id]
            steps, beside = ({one.field: parted[one.field] for one in those} for those in (items, besides))
        else:
            steps = finest if asked.exempt else self._greedy(person, items, said)
            beside = self._greedy(person, besides, self._matching(person, _together(items, steps), said))
        alike, wanted = (self._matching(person, _together(items, of), said).bit_count() for of in (steps, finest))
        return Settled(person.id, steps, alike, wanted, self._counts(person, items, steps, said), beside)

    def _all_asked(self, asked: Asked) -> tuple[list[Item], list[Item]]:
        """The items that are asked, and those that stand beside them."""
        besides = asked.beside - asked.fields
        return [one for one in self._items if one.field in asked.fields], [
            one for one in self._items if one.field in besides
        ]

    def _matching(self, person: Person, step: Iterable[Disclosure], among: int) -> int:
        """Those of some people who share all that is given away about somebody, as far as anything is known."""
        for one in step:
            if value := one.of(person):
                among &= self._having(one)[value]
        return among

    def _having(self, one: Disclosure) -> Mapping[str, int]:
        """Who shares which value that is given away."""
        key = one.attribute, id(one.coarsening)
        if key not in self._sharing:
            found = self._sharing[key] = {}
            for place, person in enumerate(self._people):
                value = one.of(person)
                found[value] = found.get(value, 0) | 1 << place
        return self._sharing[key]

    def _enough(self, number: int) -> bool:
        return is_enough(number, self._k, self._total)

    def _greedy(self, person: Person, items: Iterable[Item], among: int) -> _Steps:
        """Each item in turn at the finest step at which enough people share all that is printed by then."""
        steps: dict[str, int | None] = {}
        for item in items:
            steps[item.field] = None
            for number, step in enumerate(item.steps):
                group = self._matching(person, step, among)
                if item.tells(person, number) and self._enough(group.bit_count()):
                    steps[item.field], among = number, group
                    break
        return steps

    def _counts(self, person: Person, items: Iterable[Item], steps: _Steps, among: int) -> dict[str, int]:
        """How many share the finest step of each item with what is printed before it."""
        out: dict[str, int] = {}
        for item in items:
            out[item.field] = self._matching(person, item.steps[0], among).bit_count()
            number = steps[item.field]
            among = among if number is None else self._matching(person, item.steps[number], among)
        return out

    def _parted(self, asked: Asked) -> Mapping[str, _Steps]:
        """What is printed of everybody where the same fields are asked, so that who prints alike are enough."""
        key = asked.fields, asked.beside
        if key not in self._covered:
            classes: list[tuple[list[Person], _Steps]] = []
            for pool in self._pools:
                members = [person for person in self._people if person.pool == pool]
                classes.append(([one for one in members if not self._is_exempt(one)], {}))
                classes.append(([one for one in members if self._is_exempt(one)], {}))
            for item in chain(*self._all_asked(asked)):
                classes = [new for members, steps in classes for new in self._split(members, steps, item)]
            self._covered[key] = {person.id: steps for members, steps in classes for person in members}
        return self._covered[key]

    def _is_exempt(self, person: Person) -> bool:
        return person.id in self._asked and self._asked[person.id].exempt

    def _split(self, members: list[Person], steps: _Steps, item: Item) -> Iterator[tuple[list[Person], _Steps]]:
        """People of whom the same is printed, divided by what is printed of one item more."""
        if item.stands:
            yield [one for one in members if not item.tells(one)], {**steps, item.field: 0}
            members = [one for one in members if item.tells(one)]
        for number in range(len(item.steps)):
            groups, members = self._divided(members, item, number)
            yield from ((group, {**steps, item.field: number}) for group in groups)
        yield members, {**steps, item.field: None}

    def _divided(self, members: list[Person], item: Item, number: int) -> tuple[list[list[Person]], list[Person]]:
        """The groups that a step makes of some people, and the rest, who are enough if anybody of them is printed."""
        by_value: dict[tuple[str, ...], list[Person]] = {}
        for person in members:
            by_value.setdefault(tuple(one.of(person) for one in item.steps[number]), []).append(person)
        ranked = sorted(by_value.items(), key=lambda one: (-len(one[1]), one[0]))
        groups = [group for value, group in ranked if any(value) and self._enough(len(group))]
        rest = [person for value, group in ranked if not (any(value) and self._enough(len(group))) for person in group]
        while groups and any(one.id in self._asked for one in rest) and not self._enough(len(rest)):
            rest += groups.pop()
        return groups, rest


def matching(person: Person, step: Iterable[Disclosure], among: Sequence[Person]) -> Sequence[Person]:
    """Those who share all that is given away about somebody, as far as anything is known."""
    told = [(one, value) for one in step if (value := one.of(person))]
    return [other for other in among if all(one.of(other) == value for one, value in told)] if told else among


def _together(items: Iterable[Item], steps: _Steps) -> list[Disclosure]:
    """All that is given away when items are printed at these steps."""
    printed = ((item, steps[item.field]) for item in items)
    return [one for item, number in printed if number is not None for one in item.steps[number]]
