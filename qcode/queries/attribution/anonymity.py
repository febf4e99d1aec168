"""What stands under quotes: the study's template, filled in so that nobody is told from fewer than k people by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from qcode.analysis.anonymity import Asked, Disclosure, Item, Settled, is_enough, matching, settle
from qcode.errors import QcodeError
from qcode.queries.attribution.crowd import Crowd, Somebody, read_crowd
from qcode.queries.attribution.filling import Filling
from qcode.queries.attribution.policy import NAMES, ExceptionRow, FieldRow, Policy, is_about, read_policy
from qcode.queries.attribution.said_values import says
from qcode.queries.people.attributes import read_sheet
from qcode.queries.quotes.speaking import Spoken, spoken
from qcode.queries.transcripts.sources import sources
from qcode.reports import attribution
from qcode.reports.attribution import NUMBER
from qcode.study import Study

BY_HAND: Final = "by hand"


class Quotable(Protocol):
    """A passage of today's text that is to be printed; `attribution` is a template or words of its own."""

    @property
    def id(self) -> str:
        """What it is known by."""

    @property
    def document(self) -> str:
        """Where it stands."""

    @property
    def start(self) -> int:
        """Its first code point."""

    @property
    def end(self) -> int:
        """The code point behind it."""

    @property
    def attribution(self) -> str | None:
        """The template or the words of this passage alone; None for the study's template."""

    @property
    def fields(self) -> Mapping[str, str]:
        """The page and the names of where it stands."""

    @property
    def speech(self) -> bool:
        """Whether somebody said it; notes and documents are cited by their name, and never as anybody's words."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody, with how many share what was asked of them (`wanted`) and what is printed of them (`alike`).

    `printed` is what stands under their first quote, or would; `why` says what was left out or made coarser.
    `by_hand` are the titles of what is said by words that somebody wrote, which are printed in any case; `exception`
    is what excepts this person, if anything does.
    """

    id: str
    name: str
    quotes: int
    wanted: int
    alike: int
    printed: str
    why: tuple[str, ...]
    by_hand: tuple[str, ...] = ()
    exception: ExceptionRow | None = None
    steps: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attributed:
    """What stands under every quote of a report, and what may stand in place of names.

    `people` are those of whom anything is printed, in the order of first print; `others` all the rest, with what would
    be printed of them. `total` counts everybody who took part.
    """

    policy: Policy
    k: int
    total: int
    template: str
    people: tuple[AtRisk, ...]
    others: tuple[AtRisk, ...]
    exceptions: tuple[ExceptionRow, ...]
    words: Mapping[str, str]
    whose: Mapping[str, str | None]
    names: Mapping[tuple[str, str], str]
    documents: Mapping[str, str]
    crowd: Crowd

    def of(self, quote: str) -> str:
        """What stands under a quote; nothing where nothing does."""
        return self.words.get(quote, "")

    def speaker(self, document: str, name: str) -> str:
        """What stands before a line of talk in place of the name of who says it."""
        return self.names.get((document, name), name)

    def document(self, document: str, name: str) -> str:
        """What a document is called where it is cited, or where its name is printed beside its quotes."""
        return self.documents.get(document, name)

    def why(self, quote: str) -> tuple[str, ...]:
        """What was left out of an attribution or made coarser, and why."""
        who = self.whose.get(quote)
        return next((one.why for one in self.people if one.id == who), ())

    def alike(self, who: str, more: Iterable[str]) -> int:
        """How many share what is printed of somebody and what is recorded of them in these fields besides."""
        found = next(one for one in self.people if one.id == who)
        items = {item.field: item for item in self.crowd.items}
        printed = [one for key, number in found.steps.items() if number is not None for one in items[key].steps[number]]
        return len(matching(self.crowd.people[who].person, [*printed, *map(Disclosure, more)], self.crowd.persons))

    @property
    def at_risk(self) -> tuple[AtRisk, ...]:
        """Those of whom something is printed that fewer than k people share, whether or not it is excepted."""
        return tuple(one for one in self.people if not is_enough(one.alike, self.k, self.total))

    @property
    def said(self) -> str:
        """What is said of all attributions beneath tables and in the methods of a paper."""
        return " ".join(_sentences(self))


def told_in_methods(found: Attributed) -> str:
    """How people are told in quotes, as the methods of a paper say it."""
    names = attribution.template_fields(found.template, found.policy.attributes)
    words = ["number" if name == NUMBER else _PLAIN.get(name, name) for name in dict.fromkeys(names)]
    by = " and ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])
    if not names:
        return "Quotes are printed without saying who is quoted." if not found.template else ""
    return f"Quotes are attributed by {by}. {found.said}".strip()


_PLAIN: Final[Mapping[str, str]] = {"id": "document", "page": "page of the document"}


def attributions(
    study: Study,
    quotes: Iterable[Quotable],
    *,
    k: int | None = None,
    template: str | None = None,
    beside: Collection[str] = (),
) -> Attributed:
    """What stands under quotes that are printed together, in this order; k counts all of them at once.

    `beside` are the fields that a report prints in columns of their own, such as document and pseudonym; these must
    then be printed as `document` and `speaker` of the answer say. Another template or k than the study's are tried.

    Raises:
        QcodeError: if the template cannot be read.
    """
    rows = list(quotes)
    with study.read() as session:
        table = read_sheet(session, "participant")
        policy = read_policy(session, table)
        crowd = read_crowd(session, table, policy)
        found = sources(study, session, {row.document for row in rows})
    policy = replace(policy, template=policy.template if template is None else template, k=policy.k if k is None else k)
    return _Printing(policy, crowd, [spoken(row, found, crowd) for row in rows], beside).attributed()


class _Printing:
    """Fills templates in, once it is settled what may be printed of everybody."""

    def __init__(self, policy: Policy, crowd: Crowd, quotes: Sequence[Spoken], beside: Collection[str]) -> None:
        self._policy, self._crowd, self._quotes, self._beside = policy, crowd, quotes, tuple(beside)
        self._fields = {one.key: one for one in policy.fields}
        self._own: dict[str, str] = {}
        policy.asked(policy.template)  # refuses a template that cannot be read
        self._asked = self._all_asked()
        self._settled = settle(crowd.persons, crowd.items, self._asked, policy.k, covering=policy.covering)
        named = {who for who, asked in self._asked.items() if "pseudonym" in asked.fields}
        self._filling = Filling(policy, crowd, self._settled, named)

    def attributed(self) -> Attributed:
        policy = self._policy
        words = {one.quote.id: self._printed(one) for one in self._quotes}
        return Attributed(
            policy,
            policy.k,
            len(self._crowd.people),
            policy.template,
            tuple(self._all_at_risk()),
            tuple(self._others()),
            policy.in_force(policy.template),
            words,
            {one.quote.id: one.who for one in self._quotes},
            {place: self._filling.name(who) for place, who in self._crowd.by_name.items() if who in self._settled},
            dict(self._documents()),
            self._crowd,
        )

    def _printed(self, one: Spoken) -> str:
        """What stands under a quote; whoever speaks in it is printed before."""
        for who in one.names:
            self._filling.name(who)
        if one.is_cited:
            return ""
        template, fields = self._template(one.quote), one.quote.fields
        if one.who is None:
            return self._filling.of_document(one.quote.document, template, fields)
        return self._filling.of_person(one.who, template, fields, one.names)

    def _documents(self) -> Iterator[tuple[str, str]]:
        """What documents are called, which tells something of everybody who is printed from them."""
        names: dict[str, str] = {}
        people: dict[str, dict[str, None]] = {}
        for one in self._quotes:
            if "document" in self._beside or one.is_cited:
                names |= one.documents
                for document in one.documents:
                    people.setdefault(document, {}).update(dict.fromkeys(one.people))
        for document, (who, *others) in ((document, list(whom)) for document, whom in people.items() if whom):
            name = self._filling.id(who, "document", names[document], others)
            yield document, name or ("" if others else self._filling.name(who, whatever=True))

    # What is asked of whom

    def _template(self, quote: Quotable) -> str:
        """The template of a quote; words of its own that are no template stand for themselves."""
        own = quote.attribution
        if own is None:
            return self._policy.template
        if own not in self._own:
            try:
                self._policy.asked(own)
                self._own[own] = own
            except QcodeError:
                self._own[own] = own.replace("{", "{{").replace("}", "}}")
        return self._own[own]

    def _all_asked(self) -> dict[str, Asked]:
        templates: dict[str, set[str]] = {}
        besides: dict[str, set[str]] = {}
        for one in self._quotes:
            asked = [] if one.is_cited else [self._template(one.quote)]
            cited = ["document"] if one.is_cited else []
            if one.who is not None:
                besides.setdefault(one.who, set()).update(cited, self._beside)
                templates.setdefault(one.who, set()).update(asked)
            ids = [key for template in asked for key in self._policy.asked(template) if key in NAMES]
            for who in one.names:
                besides.setdefault(who, set()).update(["pseudonym"], cited, ids, self._beside)
        return {who: self._asked_of(who, templates.get(who, set()), besides[who]) for who in besides}

    def _asked_of(self, who: str, templates: Collection[str], besides: Collection[str]) -> Asked:
        """What is asked of somebody by templates, and besides; an exception is for all templates that ask, or none."""
        fields = {key for template in templates for key in self._policy.asked(template)}
        said = {key for template in templates for key in self._written(who, template)}
        excepted = self._exception(who, templates or [self._policy.template])
        return Asked(frozenset({*fields, *besides}), frozenset(said), excepted is not None)

    def _written(self, who: str, template: str) -> Iterator[str]:
        """What the words of a template themselves say of somebody, by key."""
        words = attribution.template_words(template)
        if any(letter.isalpha() for letter in words):
            somebody = self._crowd.people[who]
            yield from (key for key, value in somebody.recorded.items() if key in self._fields and says(words, value))
            if says(words, somebody.name):
                yield from self._policy.pseudonym_tells

    def _exception(self, who: str, templates: Collection[str]) -> ExceptionRow | None:
        """What excepts somebody, if every template that prints something of them is excepted for them."""
        recorded = self._crowd.people[who].recorded
        found = [
            next((one for one in self._policy.in_force(template) if is_about(one, recorded)), None)
            for template in sorted(templates)
        ]
        return found[0] if found and None not in found else None

    # Who is at risk

    def _in_order(self) -> list[str]:
        found = [who for one in self._quotes for who in (*one.names, one.who) if who is not None]
        return list(dict.fromkeys(found))

    def _all_at_risk(self) -> Iterator[AtRisk]:
        own: dict[str, list[Spoken]] = {}
        for one in self._quotes:
            if one.who is not None:
                own.setdefault(one.who, []).append(one)
        for who in self._in_order():
            yield self._at_risk(who, own.get(who, []))

    def _at_risk(self, who: str, own: Sequence[Spoken]) -> AtRisk:
        somebody, settled, asked = self._crowd.people[who], self._settled[who], self._asked[who]
        printed = self._printed(own[0]) if own else self._filling.name(who)
        templates = {self._template(one.quote) for one in own if not one.is_cited} or {self._policy.template}
        exempt = self._exception(who, templates) if asked.exempt else None
        return self._row(somebody, settled, asked, len(own), printed, exempt)

    def _others(self) -> Iterator[AtRisk]:
        """Everybody of whom nothing is printed, as they would be printed by the template."""
        template = self._policy.template
        asked = {
            who: Asked(
                frozenset(self._policy.asked(template)),
                frozenset(self._written(who, template)),
                self._exception(who, [template]) is not None,
            )
            for who in self._crowd.people
            if who not in self._asked
        }
        found = settle(self._crowd.persons, self._crowd.items, asked, self._policy.k, covering=self._policy.covering)
        for who, settled in found.items():
            exempt = self._exception(who, [template])
            yield self._row(self._crowd.people[who], settled, asked[who], 0, "", exempt)

    def _row(
        self, somebody: Somebody, settled: Settled, asked: Asked, quotes: int, printed: str, exempt: ExceptionRow | None
    ) -> AtRisk:
        why = tuple(_why(somebody, settled, self._fields, self._crowd, self._policy.k))
        by_hand = tuple(self._fields[key].title for key in sorted(asked.said))
        return AtRisk(
            somebody.id, somebody.name, quotes, settled.wanted, settled.alike, printed, why, by_hand, exempt,
            settled.steps,
        )  # fmt: skip


def _why(somebody: Somebody, settled: Settled, fields: Mapping[str, FieldRow], crowd: Crowd, k: int) -> Iterator[str]:
    """What was left out of what is printed of somebody or made coarser, as sentences."""
    before = False
    for key, number in settled.steps.items():
        if number != 0:
            item = next(one for one in crowd.items if one.field == key)
            what = _named(key, item, somebody, fields)
            share = _shared(settled.counts[key], k, beside=before)
            if number is None:
                yield f"{what} is left out{share}."
            elif key in NAMES:
                yield f"{what} is printed in part{share}."
            else:
                yield f"{what} is printed as “{item.steps[number][0].of(somebody.person)}”{share}."
        before = before or number is not None


def _named(key: str, item: Item, somebody: Somebody, fields: Mapping[str, FieldRow]) -> str:
    """What is not printed as it was asked, with what it would give away."""
    if key not in NAMES:
        return f"{fields[key].title} “{somebody.recorded.get(key, '')}”"
    told = [value for one in item.steps[0] if (value := one.of(somebody.person))]
    return f"{fields[key].title}, which gives away {', '.join(f'“{value}”' for value in told)},"


def _shared(count: int, k: int, *, beside: bool) -> str:
    """Why an item is not printed as it is; `beside` says that something is printed already."""
    if count >= k:
        return ", or those of whom it has to be left out would be known by that"
    whom = "nobody else shares it" if count == 1 else f"only {count} people share it"
    return f": {whom}{' with what is printed beside it' if beside else ''}"


def _sentences(found: Attributed) -> Iterator[str]:
    if not found.people:
        return
    excepted = [one for one in found.people if one.exception is not None]
    by_hand = sum(bool(one.by_hand) and one.exception is None for one in found.at_risk)
    whoever = "anybody else" if excepted or by_hand else "one person"
    yield f"What is printed of {whoever} in attributions is shared by at least {found.k} of the {found.total} people."
    for row in dict.fromkeys(one.exception for one in excepted if one.exception is not None):
        yield f"Excepted: {row.whom}, by {row.coder_name} on {row.at[:10]}, because: {row.reason}"
    if by_hand:
        yield f"Words written by hand tell more of {'one person' if by_hand == 1 else f'{by_hand} people'}."
