"""What stands under quotes: the study's template, filled in so that nobody is told from fewer than k people by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from sqlalchemy.orm import Session

from qcode.analysis.anonymity import Disclosure, is_enough, matching, settle
from qcode.queries.attribution.asking import Asking
from qcode.queries.attribution.crowd import Crowd, read_crowd
from qcode.queries.attribution.filling import Filling
from qcode.queries.attribution.policy import ExceptionRow, Policy, read_policy
from qcode.queries.attribution.risk import AtRisk, why
from qcode.queries.people.attributes import read_sheet
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.quotes.speaking import Spoken, spoken
from qcode.queries.themes.outline import chosen_quotes
from qcode.queries.transcripts.sources import sources
from qcode.reports import attribution
from qcode.reports.attribution import NUMBER
from qcode.study import Study


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
class Attributed:
    """What stands under every quote of a report, and what may stand in place of names.

    `people` are those of whom anything is printed, in the order of first print; `others` all the rest, with what would
    be printed of them. `total` counts everybody who took part. `names` and `documents` are those of the whole study.
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
    also: Iterable[Quotable] = (),
    k: int | None = None,
    template: str | None = None,
) -> Attributed:
    """What stands under quotes, those that are `also` printed, and in place of the names of people and documents.

    What may be printed of everybody is settled once, for all quotes that the study has chosen and for whatever its
    reports print beside them: k counts all of them at once, and they share their numbers, in the order of the themes
    and then of the documents. Other quotes ask as if they were chosen, too; what is only `also` printed asks nothing.
    Another template or k than the study's are tried.

    Raises:
        QcodeError: if the template cannot be read.
    """
    given, beside = list(quotes), list(also)
    with study.read() as session:
        table = read_sheet(session, "participant")
        policy = read_policy(session, table)
        crowd = read_crowd(session, table, policy)
        house = _asking_first(study, session, given)
        found = sources(study, session, {row.document for row in (*house, *beside)})
    policy = replace(policy, template=policy.template if template is None else template, k=policy.k if k is None else k)
    says = {row.id: spoken(row, found, crowd) for row in (*house, *beside)}
    printed = [says[row.id] for row in (*given, *beside)]
    return _Printing(policy, crowd, [says[row.id] for row in house], printed).attributed()


def _asking_first(study: Study, session: Session, given: Sequence[Quotable]) -> list[Quotable]:
    """The chosen quotes of the study in the order of their themes, and then what else was given."""
    known: dict[str, QuoteRow] = {row.id: row for row in given if isinstance(row, QuoteRow)}
    chosen: list[Quotable] = [*chosen_quotes(study, session, known)]
    there = {row.id for row in chosen}
    return [*chosen, *(row for row in given if row.id not in there)]


class _Printing:
    """Fills templates in, once it is settled what is told of everybody; the `house` asks, and is numbered first."""

    def __init__(self, policy: Policy, crowd: Crowd, house: Sequence[Spoken], quotes: Sequence[Spoken]) -> None:
        self._policy, self._crowd, self._house, self._quotes = policy, crowd, house, quotes
        own = {one.quote.id for one in house}
        self._asking = Asking(policy, crowd, house, [one for one in quotes if one.quote.id not in own])
        self._asked = self._asking.asked()
        self._settled = settle(crowd.persons, crowd.items, self._asked, policy.k, covering=policy.covering)
        named = {who for who, asked in self._asked.items() if "pseudonym" in asked.fields}
        self._filling = Filling(policy, crowd, self._settled, named)
        self._words = {one.quote.id: self._printed(one) for one in house}

    def attributed(self) -> Attributed:
        policy, crowd = self._policy, self._crowd
        quoted = [document for one in self._house for document in one.documents]
        documents = {one: self._filling.document(one) for one in (*quoted, *crowd.within) if crowd.within.get(one)}
        labels = {who: self._filling.label(who) for who in crowd.people}
        printed = self._in_order()
        others = [who for who in crowd.people if who not in printed]
        for one in self._quotes:
            if one.quote.id not in self._words:
                self._words[one.quote.id] = self._printed(one)
        return Attributed(
            policy,
            policy.k,
            len(crowd.people),
            policy.template,
            tuple(self._at_risk(who, own) for who, own in printed.items()),
            tuple(self._at_risk(who, (), printed=False) for who in others),
            policy.in_force(policy.template),
            {one.quote.id: self._words[one.quote.id] for one in self._quotes},
            {one.quote.id: one.who for one in self._quotes},
            {place: labels[who] for place, who in crowd.by_name.items()},
            documents,
            crowd,
        )

    def _printed(self, one: Spoken) -> str:
        """What stands under a quote; whoever speaks in it is printed before."""
        for who in one.names:
            self._filling.label(who)
        if one.is_cited:
            return ""
        template, fields = self._asking.template(one.quote.attribution), one.quote.fields
        if one.who is None:
            return self._filling.of_document(one.quote.document, template, fields)
        return self._filling.of_person(one.who, template, fields, one.names)

    # Who is at risk

    def _in_order(self) -> dict[str, list[Spoken]]:
        """Everybody of whom something is printed, in order of first print, with their own quotes."""
        found: dict[str, list[Spoken]] = {}
        for one in self._quotes:
            for who in (*one.names, *([one.who] if one.who else [])):
                found.setdefault(who, [])
            if one.who is not None:
                found[one.who].append(one)
        return found

    def _at_risk(self, who: str, own: Sequence[Spoken], *, printed: bool = True) -> AtRisk:
        somebody, settled, asked = self._crowd.people[who], self._settled[who], self._asked[who]
        first = self._words[own[0].quote.id] if own else self._filling.label(who) if printed else ""
        titles = {one.key: one.title for one in self._policy.fields}
        return AtRisk(
            somebody.id, somebody.name, len(own), settled.wanted, settled.alike, first,
            tuple(why(somebody, settled, titles, self._crowd, self._policy.k)),
            tuple(titles[key] for key in sorted(asked.said)),
            self._asking.exception(who) if asked.exempt else None,
            settled.steps,
        )  # fmt: skip


def _sentences(found: Attributed) -> Iterator[str]:
    if not found.people:
        return
    excepted = [one for one in found.people if one.exception is not None]
    by_hand = sum(bool(one.by_hand) and one.exception is None for one in found.at_risk)
    whoever = "anybody else" if excepted or by_hand else "one person"
    if found.total >= found.k:
        shared = f"at least {found.k} of the {found.total} people"
        yield f"What is printed of {whoever} in attributions is shared by {shared}."
    elif found.total > 1:
        yield f"Fewer than {found.k} people took part: what is printed of {whoever} is shared by all {found.total}."
    else:
        yield "One person alone took part, so that whatever is printed is known to be theirs."
    for row in dict.fromkeys(one.exception for one in excepted if one.exception is not None):
        yield f"Excepted: {row.whom}, by {row.coder_name} on {row.at[:10]}, because: {row.reason}"
    if by_hand:
        yield f"Words written by hand tell more of {'one person' if by_hand == 1 else f'{by_hand} people'}."
