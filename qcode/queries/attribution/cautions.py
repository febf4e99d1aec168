"""What to look at in quotes before they are printed, for the sake of those who said them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qcode.analysis.anonymity import is_enough
from qcode.errors import QcodeError
from qcode.queries.attribution.anonymity import Attributed, attributions
from qcode.queries.attribution.policy import NAMES
from qcode.queries.attribution.risk import AtRisk
from qcode.queries.attribution.said_values import says
from qcode.queries.quotes.rare_phrases import phrases_in
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.themes.outline import ThemeRow
from qcode.reports import attribution
from qcode.study import Study
from qcode.text.quote_edits import Inserted

type AboutPeople = Literal[
    "template",
    "empty attribution",
    "exception",
    "by hand",
    "kept back",
    "words tell",
    "two quotes",
    "rare phrase",
    "small cells",
    "title in vivo",
]

_LONGEST: Final = 60
_COUNTED_AS_TYPED: Final = frozenset({"role", "group", "site"})


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to look at, and the quote that it is about, if it is one."""

    kind: AboutPeople
    sentence: str
    quote: QuoteRow | None = None


def attribution_cautions(study: Study, rows: Sequence[ThemeRow]) -> Iterator[Warned]:
    """What quotes and what stands under them may tell of somebody."""
    quotes = [quote for row in rows for quote in row.quotes]
    try:
        found = attributions(study, quotes)
    except QcodeError as error:
        yield Warned("template", str(error))
        return
    yield from _empty(found, quotes)
    yield from _exceptions(found)
    yield from _by_hand(found, quotes)
    yield from _told_by_words(found, quotes)
    yield from _rare(study, found, quotes)
    yield from _titles(rows)
    yield from _kept_back(found)
    yield from _small_cells(found)


def _empty(found: Attributed, quotes: Sequence[QuoteRow]) -> Iterator[Warned]:
    """What the template asks for and nobody recorded, once for each person."""
    asked = attribution.template_fields(found.template, found.policy.attributes)
    told = dict[str, Warned]()
    for quote in quotes:
        missing = [name for name in dict.fromkeys(asked) if not _recorded(found, quote, name)]
        if quote.attribution is None and quote.speech and missing:
            who = quote.fields.get("pseudonym", "") or quote.document_name
            where = "" if who == quote.document_name else f" in “{quote.document_name}”"
            named = " and ".join(missing)
            sentence = f"No {named} is known for {who}{where}, whom a quote names."
            told[sentence] = Warned("empty attribution", sentence, quote)
    yield from told.values()


def _recorded(found: Attributed, quote: QuoteRow, name: str) -> bool:
    """Whether anything is known that could be printed of a field; pages and numbers are never missed."""
    key = found.policy.key_of(name)
    who = found.whose.get(quote.id)
    recorded = found.crowd.people[who].recorded if who else {}
    return not key or key in NAMES or bool(recorded.get(key, "") or (not who and quote.fields.get(name, "")))


def _exceptions(found: Attributed) -> Iterator[Warned]:
    for row in found.exceptions:
        printed = [one for one in found.at_risk if one.exception == row]
        whom = f"{_people(len(printed))} printed" if printed else "Nobody is printed yet"
        yield Warned(
            "exception",
            f"An exception is in force for the attribution “{row.template}”, for {row.whom}. {whom} that fewer than "
            f"{found.k} share. {row.coder_name} allowed it: {row.reason}",
        )


def _by_hand(found: Attributed, quotes: Iterable[QuoteRow]) -> Iterator[Warned]:
    """Words of quotes' own that tell too much, and how many there are of which nobody can count what they tell."""
    telling = {one.id: one for one in found.at_risk if one.by_hand and one.exception is None}
    uncounted = 0
    for quote in quotes:
        who = telling.get(found.whose.get(quote.id) or "")
        if quote.attribution is not None and who is not None:
            titles = " and ".join(who.by_hand)
            share = "which nobody else shares" if who.alike == 1 else f"which only {who.alike} share"
            sentence = f"An attribution written by hand tells {titles} of {who.name}, {share}."
            yield Warned("by hand", sentence, quote)
        elif quote.attribution and not _fields(quote.attribution, found):
            uncounted += 1
    if uncounted:
        yield Warned(
            "by hand",
            f"{_counted(uncounted, 'attribution is', 'attributions are')} written by hand. What they say beyond what "
            "is recorded, nobody has counted: read them once more.",
        )


def _fields(template: str, found: Attributed) -> tuple[str, ...]:
    try:
        return attribution.template_fields(template, found.policy.attributes)
    except QcodeError:
        return ()


def _told_by_words(found: Attributed, quotes: Sequence[QuoteRow]) -> Iterator[Warned]:
    """People whom the words of their quotes tell, together with what is printed of them; one quote, or several."""
    for one in found.people:
        own = [quote for quote in quotes if found.whose.get(quote.id) == one.id]
        said = [(quote, _said(found, one, quote)) for quote in own]
        every = {key for _quote, keys in said for key in keys}
        if not every or not _tells(found, one, every):
            continue
        alone = [(quote, keys) for quote, keys in said if keys and _tells(found, one, keys)]
        for quote, keys in alone:
            yield Warned("words tell", f"The words of a quote say {_what(found, one, keys)}", quote)
        if not alone:
            quote = next(quote for quote, keys in reversed(said) if keys)
            yield Warned("two quotes", f"Quotes that belong together say {_what(found, one, every)}", quote)


def _said(found: Attributed, one: AtRisk, quote: QuoteRow) -> set[str]:
    """What is recorded of somebody in fields that are not printed of them, and stands in what they say themselves."""
    recorded = found.crowd.people[one.id].recorded
    text = quote.text
    for start, end in _cut(quote):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    words = "\n".join(text[part.start : part.end] for part in quote.utterances if part.role != "interviewer")
    printed = {key for key, number in one.steps.items() if number == 0}
    fields = {row.key for row in found.policy.fields} - printed - set(NAMES)
    return {key for key, value in recorded.items() if key in fields and says(words, value)}


def _tells(found: Attributed, one: AtRisk, keys: Iterable[str]) -> bool:
    """Whether these fields tell too much that would otherwise not be told."""
    before, after = found.alike(one.id, ()), found.alike(one.id, keys)
    return is_enough(before, found.k, found.total) and not is_enough(after, found.k, found.total)


def _what(found: Attributed, one: AtRisk, keys: Iterable[str]) -> str:
    recorded = found.crowd.people[one.id].recorded
    titles = {row.key: row.title for row in found.policy.fields}
    told = " and ".join(f"{titles[key]} “{recorded[key]}”" for key in sorted(keys, key=lambda key: titles[key]))
    return (
        f"{told} of {one.name}. With what is printed under them, only {found.alike(one.id, keys)} share that: "
        "cut the words, or replace them in brackets."
    )


def _rare(study: Study, found: Attributed, quotes: Sequence[QuoteRow]) -> Iterator[Warned]:
    by_quote = phrases_in(study, quotes)
    for quote in quotes:
        for phrase in by_quote.get(quote.id, ()):
            if not any(start < phrase.end and phrase.start < end for start, end in _cut(quote)):
                who = found.crowd.people.get(found.whose.get(quote.id) or "")
                sentence = f"Nobody else in the study says “{_short(phrase.words)}”: a search may find who did."
                yield Warned("rare phrase", sentence if who is None else f"{sentence[:-1]}, {who.name}.", quote)


def _cut(quote: QuoteRow) -> list[tuple[int, int]]:
    """What of a quote is cut or replaced when it is printed."""
    return [(edit.start, edit.end) for edit in quote.edits if not isinstance(edit, Inserted)]


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rpartition(' ')[0]} …"


def _titles(rows: Sequence[ThemeRow]) -> Iterator[Warned]:
    for row in rows:
        for quote in row.quotes:
            if quote.in_vivo and quote.id != row.in_vivo:
                sentence = f"“{row.name}” was named in the words of a quote that no longer reads so."
                yield Warned("title in vivo", sentence, quote)


def _kept_back(found: Attributed) -> Iterator[Warned]:
    names = [one.name for one in found.people if one.why]
    if names:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        yield Warned(
            "kept back",
            f"Less than the template asks is printed of {_counted(len(names), 'person', 'people')}, so that at least "
            f"{found.k} share it: {shown}.",
        )


def _small_cells(found: Attributed) -> Iterator[Warned]:
    """Levels that the table of participants prints with fewer people than attributions may.

    It counts no free text, and the summary of groups and roles before themes joins small levels by itself.
    """
    left_out = {key for one in found.people for key, number in one.steps.items() if number != 0}
    for row in found.policy.fields:
        few = [value for value, count in row.values if count < found.k]
        if row.key in left_out and (row.kind == "category" or row.key in _COUNTED_AS_TYPED) and few:
            yield Warned(
                "small cells",
                f"Attributions keep {row.title} back, but the report Participants counts it, with "
                f"{_counted(len(few), 'value', 'values')} that fewer than {found.k} share, marked †. Join these before "
                "you print both; the summary in Themes and quotes joins groups and roles by itself.",
            )


def _people(number: int) -> str:
    return "One person is" if number == 1 else f"{number} people are"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
