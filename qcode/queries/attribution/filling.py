"""Templates of attributions filled in, once it is settled what may be printed of everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qcode.analysis.anonymity import Settled
from qcode.queries.attribution.asking import numbers_people
from qcode.queries.attribution.crowd import Crowd
from qcode.queries.attribution.policy import NAMES, Policy
from qcode.reports import attribution
from qcode.reports.attribution import NUMBER, SOMEBODY, Numbers

_PAGE = "page"
_OF_THE_PLACE = ("id", "document", _PAGE)


class Filling:
    """Fills templates in, in the order in which they are printed: numbers follow it, and nothing else does.

    `named` are those whose pseudonyms are asked for anywhere, unless they are kept back. Of somebody nothing is printed
    that is not settled, unless it gives nothing away.
    """

    def __init__(
        self, policy: Policy, crowd: Crowd, settled: Mapping[str, Settled], named: Collection[str] = ()
    ) -> None:
        self._crowd, self._settled, self._named = crowd, settled, named
        self._policy, self._numbered_only = policy, numbers_people(policy)
        self._attributes = policy.attributes
        self._keys = {one.name: one.key for one in policy.fields}
        self._items = {one.field: one for one in crowd.items}
        self._filled: dict[tuple[str, ...], str] = {}
        self._numbers = Numbers(taken=[one.name for one in crowd.people.values()])

    def of_document(self, document: str, template: str, fields: Mapping[str, str]) -> str:
        """What stands under the words of a document in which nobody speaks who took part; no number by itself."""
        names = attribution.template_fields(template, self._attributes)
        values = {name: fields.get(name, "") for name in names}
        if self._nameless(names, values) is not None:
            return attribution.render(template, values)
        return self._numbered(document, template, names, values)

    def of_person(self, who: str, template: str, fields: Mapping[str, str], beside: Sequence[str] = ()) -> str:
        """What stands under somebody's words; `fields` holds the page and the name of the document.

        That name tells something of those who speak `beside` them, too.
        """
        key = who, template, *(fields.get(name, "") for name in _OF_THE_PLACE), *beside
        if key not in self._filled:
            self._filled[key] = self._of_person(who, template, fields, beside)
        return self._filled[key]

    def name(self, who: str) -> str:
        """The pseudonym of somebody, or what stands in its place."""
        return self._crowd.people[who].name if self._step(who, "pseudonym") == 0 else self._numbers.somebody(who)

    def label(self, who: str) -> str:
        """What stands before the words of somebody: a name, or what numbers them where the study names nobody."""
        return self.of_person(who, self._policy.template, {}) if self._numbered_only else self.name(who)

    def document(self, document: str) -> str:
        """What a document is called, which tells something of everybody who speaks in it; nothing may be left of it."""
        who, *others = self._crowd.within[document]
        return self.id(who, "document", self._crowd.titles[document], others) or (
            "" if others else self._numbers.somebody(who)
        )

    def id(self, who: str, key: str, name: str, beside: Sequence[str] = ()) -> str:
        """The name of a document, or the parts of it that may be told of all with a number, or nothing."""
        steps = [self._step(one, key) for one in (who, *beside)]
        number = max((step for step in steps if step is not None), default=0) if None not in steps else None
        if not number:
            return name if number == 0 else ""
        parts = [one.of(self._crowd.people[who].person) for one in self._items[key].steps[number]]
        return "-".join([*filter(None, parts), f"P{self._numbers.nameless(who)}"])

    def _step(self, who: str, key: str) -> int | None:
        """The step of a field that may be printed of somebody, or None."""
        settled, item = self._settled[who], self._items.get(key)
        if item is None or not item.tells(self._crowd.people[who].person):
            return 0
        return settled.steps[key] if key in settled.steps else settled.beside.get(key)

    def _of_person(self, who: str, template: str, fields: Mapping[str, str], beside: Sequence[str]) -> str:
        names = attribution.template_fields(template, self._attributes)
        values = {name: self._value(who, name, fields, beside) for name in names}
        naming = [name for name in names if name in NAMES]
        if naming and not any(values[name] for name in naming):
            values[naming[0]] = self._numbers.somebody(who)
        elif (replaced := self._nameless(names, values)) is not None:
            known = who in self._named and self._step(who, "pseudonym") == 0
            number = "" if known else str(self._numbers.nameless(who))
            values |= {replaced: self.name(who) if known else SOMEBODY, NUMBER: number}
            return attribution.render(template, values)
        return self._numbered(who, template, names, values)

    def _value(self, who: str, name: str, fields: Mapping[str, str], beside: Sequence[str]) -> str:
        """What is printed of one field of a template; nothing where it is left out, or nothing is known."""
        key = self._keys.get(name, "")
        if not key:
            return fields.get(name, "")
        if key == "pseudonym":
            return self.name(who)
        if key in NAMES:
            return self.id(who, key, fields.get(key, ""), beside)
        number = self._step(who, key)
        return "" if number is None else self._items[key].steps[number][0].of(self._crowd.people[who].person)

    def _nameless(self, names: Sequence[str], values: Mapping[str, str]) -> str | None:
        """The field that a number goes with, if nothing is printed of it nor of others there: [{role} #{n}]."""
        place = names.index(NUMBER) if NUMBER in names else 0
        there = [name for name in names[:place] if name != _PAGE]
        if NUMBER in names and not there:
            there = [name for name in names[place + 1 :] if name not in (_PAGE, NUMBER)]
        return there[0] if there and not any(values[name] for name in there) else None

    def _numbered(self, who: str, template: str, names: Sequence[str], values: Mapping[str, str]) -> str:
        """The template filled in, with the number among those of whom the same stands before the number."""
        if NUMBER not in names:
            return attribution.render(template, values)
        before = {name: values[name] for name in names[: names.index(NUMBER)] if name != _PAGE}
        kind = attribution.render(template, {**dict.fromkeys(names, ""), **before, NUMBER: "#"})
        return attribution.render(template, {**values, NUMBER: str(self._numbers.of(who, kind))})
