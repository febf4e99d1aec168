"""What is asked of everybody: by the quotes that a study has chosen, by others beside them, and by the template."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from qcode.analysis.anonymity import Asked
from qcode.errors import QcodeError
from qcode.queries.attribution.crowd import Crowd
from qcode.queries.attribution.policy import NAMES, ExceptionRow, Policy, is_about
from qcode.queries.attribution.said_values import says
from qcode.queries.quotes.speaking import Spoken
from qcode.reports import attribution
from qcode.reports.attribution import NUMBER

BESIDE: Final = frozenset({"document"})
"""What reports print beside attributions, in columns and headings of their own."""
_OF_THE_PLACE: Final = frozenset({*NAMES, "page"})


def numbers_people(policy: Policy) -> bool:
    """Whether the study's template numbers people and names nobody: then it stands before lines of talk, too."""
    names = attribution.template_fields(policy.template, policy.attributes)
    return NUMBER in names and _OF_THE_PLACE.isdisjoint(names)


class Asking:
    """What quotes ask of those who speak in them; of whoever speaks in none, what the template asks.

    What some passages print besides, which is `also` printed, may ask nothing; only what is written in words counts.
    """

    def __init__(self, policy: Policy, crowd: Crowd, quotes: Iterable[Spoken], also: Iterable[Spoken]) -> None:
        self._policy, self._crowd = policy, crowd
        self._fields = frozenset(one.key for one in policy.fields)
        self._own: dict[str, str] = {}
        asked = policy.asked(policy.template)  # refuses a template that cannot be read
        self._before_lines = asked if numbers_people(policy) else ("pseudonym",)
        self._templates: dict[str, set[str]] = {}
        self._besides: dict[str, set[str]] = {}
        self._words: dict[str, set[str]] = {}
        for said in {(one.who, one.names, one.is_cited, one.quote.attribution) for one in quotes}:
            self._count(*said)
        for one in also:
            if one.who is not None and one.quote.attribution is not None:
                self._words.setdefault(one.who, set()).add(self.template(one.quote.attribution))

    def template(self, own: str | None) -> str:
        """The template of a quote; words of its own that are no template stand for themselves."""
        if own is None:
            return self._policy.template
        if own not in self._own:
            try:
                self._policy.asked(own)
                self._own[own] = own
            except QcodeError:
                self._own[own] = own.replace("{", "{{").replace("}", "}}")
        return self._own[own]

    def asked(self) -> dict[str, Asked]:
        """What is asked of everybody who took part."""
        return {who: self._of(who) for who in self._crowd.people}

    def exception(self, who: str) -> ExceptionRow | None:
        """What excepts somebody, if every template that prints something of them is excepted for them."""
        recorded = self._crowd.people[who].recorded
        found = [
            next((one for one in self._policy.in_force(template) if is_about(one, recorded)), None)
            for template in sorted(self._asking(who) or (self._policy.template,))
        ]
        return found[0] if found and None not in found else None

    def _count(self, speaks: str | None, names: Sequence[str], is_cited: bool, own: str | None) -> None:
        template = None if is_cited else self.template(own)
        ids = {key for key in self._policy.asked(template) if key in NAMES} if template is not None else set[str]()
        if speaks is not None and template is not None:
            self._templates.setdefault(speaks, set()).add(template)
        for who in names:
            self._besides.setdefault(who, set()).update(self._before_lines, ids)

    def _asking(self, who: str) -> Collection[str]:
        """The templates that ask something of somebody: whoever is named before lines alone is asked for no more."""
        return self._templates.get(who) or (() if who in self._besides else (self._policy.template,))

    def _of(self, who: str) -> Asked:
        templates = self._asking(who)
        fields = {key for template in templates for key in self._policy.asked(template)}
        said = {key for template in (*templates, *self._words.get(who, ())) for key in self._written(who, template)}
        fields |= self._besides.get(who, set())
        return Asked(frozenset(fields), frozenset(said), self.exception(who) is not None, BESIDE)

    def _written(self, who: str, template: str) -> Iterator[str]:
        """What the words of a template themselves say of somebody, by key."""
        words = attribution.template_words(template)
        if any(letter.isalpha() for letter in words):
            somebody = self._crowd.people[who]
            yield from (key for key, value in somebody.recorded.items() if key in self._fields and says(words, value))
            if says(words, somebody.name):
                yield from self._policy.pseudonym_tells
