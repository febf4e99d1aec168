"""What could stand in the place of a string: words in brackets, or a pseudonym that is nobody's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from qcode.deidentification.decisions import initial, surface_forms
from qcode.deidentification.forms import same_form, words_of
from qcode.deidentification.lexicon import FUNCTION_WORDS, JOINING, TITLES
from qcode.deidentification.spoken import MONTH
from qcode.deidentification.values import REMOVED, Category, Entity

# Short first names of many places, easy to say and to tell apart; the order says nothing about anyone.
_PSEUDONYMS: Final = """
Ana Ben Cleo Dana Elio Femi Gita Hana Ilan Juno Kofi Lena Milo Nadia Omar Pia Quinn Rosa Sami Tara Uri Vera Wanda Xenia
Yara Zeno Abel Bruna Cyrus Delia Edda Finn Greta Hugo Ines Jonas Kira Leon Maya Nils Oona Pablo Quirin Rina Silas Thea
Ugo Viola Wim Yusra Zita Alma Boris Carla Dario Emil Fadi Gwen Heidi Ivo Jana Karim Lia Malik Noor Otto Petra Ravi
Selma Timo Ulla Vito Wiebke Yannis Zora Amir Birgit Chiara Dmitri Elif Farid Goran Hedda Iker Jasna Kenji Luz Marek
Nora Olga Paco Ruta Sofia Tomas Una Valdis Yuki Zain
"""
_NAMES: Final = tuple(_PSEUDONYMS.split())

_IN_BRACKETS: Final[dict[Category, tuple[str, ...]]] = {
    "name": ("[name]", "[friend]", "[colleague]", "[relative]"),
    "place": ("[city]", "[town]", "[neighbourhood]", "[place]"),
    "organisation": ("[organisation]", "[employer]", "[hospital]", "[school]"),
    "age": ("[age 90 or over]",),
    "date": ("[date]",),
    "phone": ("[phone number]",),
    "email": ("[e-mail address]",),
    "web": ("[web address]", "[user name]"),
    "address": ("[address]", "[street]"),
    "postcode": ("[postcode]",),
    "plate": ("[number plate]",),
    "id": ("[number]", "[case number]"),
    "job": ("[local official]", "[job]"),
    "number": ("[number]",),
    "word": ("[name]", "[place]", "[organisation]"),
}
_KINDS: Final = (
    "hospital clinic school church mosque temple college university shelter library court prison hotel farm factory "
    "bank union pharmacy county hospice academy library museum restaurant store market office"
)
_KIND: Final = re.compile(rf"\b({'|'.join(_KINDS.split())})\b", re.IGNORECASE)
_MONTH: Final = re.compile(rf"\b({MONTH})(?!\w)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_OFTEN_FALSE: Final = 4
_VARIANT_LETTERS: Final = 5


def suggestions(text: str, category: Category, decisions: Sequence[Entity] = ()) -> tuple[str, ...]:
    """What may stand for a string of a category, the likeliest first; the last takes it out and says nothing.

    A name gets a pseudonym, an organisation its kind if its name says it, a date its month and year; where two of a
    kind are told apart, the next is numbered, such as [friend 2].
    """
    offered: list[str] = []
    if category in ("name", "word"):
        offered += pseudonyms(text, decisions, count=1)
    if category == "date":
        offered += _of_date(text)
    if category in ("organisation", "word", "place") and (kind := _KIND.search(text)):
        offered.append(f"[{kind[0].lower()}]")
    offered += [*_IN_BRACKETS[category], REMOVED]
    return tuple(dict.fromkeys(_numbered(one, decisions, text) for one in offered))


def pseudonyms(name: str, decisions: Sequence[Entity] = (), *, count: int = 3) -> list[str]:
    """Names that stand for nobody yet, are nobody's, and do not begin as this one does."""
    taken = {same_form(one.replacement) for one in decisions} | surface_forms(decisions)
    taken |= {same_form(word) for word in [name, *name.split()]}
    firsts = {initial(word) for word in name.split()}
    free = (one for one in _more_names() if same_form(one) not in taken and initial(one) not in firsts)
    return list(islice(free, count))


def kin(form: str, decisions: Sequence[Entity]) -> tuple[tuple[Entity, str], ...]:
    """Who a string may be another name of, each with the form that says so.

    Those that share a word come first, then near spellings. Words in brackets may stand for many and are left out.
    """
    named = [one for one in decisions if one.decision == "replace" and not one.replacement.startswith("[")]
    own = _telling_words(form)
    found: dict[str, tuple[Entity, str]] = {}
    for one in named:
        if same_form(form) not in map(same_form, one.forms):
            shared = next((other for other in one.forms if own & _telling_words(other)), None)
            if shared is not None:
                found[one.id] = one, shared
    near = set(variants(form, [other for one in named for other in one.forms]))
    for one in named:
        spelled = next((other for other in one.forms if other in near), None)
        if spelled is not None:
            found.setdefault(one.id, (one, spelled))
    return tuple(found.values())


@lru_cache(maxsize=1 << 14)
def _telling_words(form: str) -> frozenset[str]:
    """The words of a form by which somebody is known, without titles and small words."""
    keys = (word.key for word in words_of(form))
    return frozenset(key for key in keys if len(key) > 1 and key not in TITLES | FUNCTION_WORDS | JOINING)


def variants(form: str, words: Iterable[str]) -> tuple[str, ...]:
    """Words that may be other spellings of a form: one letter apart, or two where it has five letters or more."""
    wanted = same_form(form)
    most = 2 if len(wanted) >= _VARIANT_LETTERS else 1
    if len(wanted) < _OFTEN_FALSE - 1:
        return ()
    near = (
        (_distance(wanted, same_form(word), most), word) for word in dict.fromkeys(words) if same_form(word) != wanted
    )
    return tuple(word for distance, word in sorted(near) if distance <= most)


def _more_names() -> Iterator[str]:
    """The list, and when it is used up the same names with a second initial."""
    yield from _NAMES
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        yield from (f"{name} {letter}." for name in _NAMES if name[0] != letter)


def _of_date(text: str) -> Iterator[str]:
    month, year = _MONTH.search(text), _YEAR.search(text)
    if month and year:
        yield f"[{month[0].lower().rstrip('.')} {year[0]}]"
    if year:
        yield f"[{year[0]}]"
    elif month:
        yield f"[{month[0].lower().rstrip('.')}]"


def _numbered(offered: str, decisions: Sequence[Entity], text: str) -> str:
    """With the next free number where the same words stand for another person, place or thing that is told apart."""
    if not re.fullmatch(r"\[(?:friend|colleague|relative)\]", offered):
        return offered
    stem = offered[1:-1]
    others = {one.replacement for one in decisions if all(same_form(form) != same_form(text) for form in one.forms)}
    if offered not in others and f"[{stem} 1]" not in others:
        return offered
    return next(name for number in range(2, len(decisions) + 3) if (name := f"[{stem} {number}]") not in others)


def _distance(one: str, other: str, most: int) -> int:
    """How many letters are changed, put in, left out or exchanged with their neighbour; `most` + 1 where it is more.

    The optimal string alignment distance; Damerau, Communications of the ACM 7 (1964) 171.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        last, row, older = row, [number], before
        for place, against in enumerate(other, start=1):
            best = min(last[place] + 1, row[place - 1] + 1, last[place - 1] + (letter != against))
            if number > 1 and place > 1 and letter == other[place - 2] and one[number - 2] == against:
                best = min(best, older[place - 2] + 1)
            row.append(best)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]
