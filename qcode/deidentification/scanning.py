"""All rules over one text: what they mark is joined, widened and sorted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from qcode.deidentification.capitals import CAPITALS, UNCOMMON, named
from qcode.deidentification.events import event_stretches
from qcode.deidentification.forms import Forms, same_form
from qcode.deidentification.hints import Hints
from qcode.deidentification.numbers import numbered
from qcode.deidentification.patterns import Mark, patterned
from qcode.deidentification.tokens import tokens
from qcode.deidentification.values import Candidate, Category, Entity, Recognised

_DECIDED: Final = "decided before"
_KEY_LIST: Final = "key list"
_MODEL: Final = "language model"
_CATCH_ALL: Final = ("word", "number")
_LABELS: Final[dict[str, Category]] = {
    "PERSON": "name",
    "PER": "name",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
}
"""What a language model's labels mean; others, such as its dates, are noise in talk and left out."""

_JOINED: Final = re.compile(r" | at | on |, | and (?=\d)|['’]s ")
"""What stands between two marks of one address."""
_SAME_NAME: Final = re.compile(r"[ -]|['’]s ")
_SURE: Final = ("title and name", "number of a case or person")
_ADDRESS: Final = frozenset({"address", "postcode"})


def scan(
    text: str,
    *,
    key_list: Sequence[str] = (),
    decisions: Sequence[Entity] = (),
    recognised: Sequence[Recognised] = (),
    ordinary: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """What may identify someone in a canonical text, in order and without overlap.

    `key_list` are the names that the team knows, `decisions` what was decided before, in any document: forms to be
    replaced are candidates wherever they stand, and what is not an identifier is none. `recognised` is what a language
    model found, if there is one. `ordinary` are words, in small letters, that are ordinary in the text's language, as
    `ordinary_words` tells them: at the beginning of a sentence they are no names. Marks that touch are joined and say
    all the rules that made them.
    """
    words = tokens(text)
    near = Hints(text, words)
    marks = [*_known(text, key_list, decisions), *patterned(text, near), *_of_model(recognised)]
    marks += [*named(text, words, ordinary), *numbered(text, words, near)]
    kept = _outside(_trimmed(text, marks), event_stretches(text, [one.replacement for one in decisions]))
    found = [_candidate(text, joined) for joined in _joined(text, kept)]
    settled = {same_form(form) for one in decisions if one.decision == "keep" for form in one.forms}
    return tuple(one for one in found if not settled or same_form(one.text) not in settled)


def _known(text: str, key_list: Sequence[str], decisions: Sequence[Entity]) -> list[Mark]:
    known: list[tuple[str, tuple[Category, str]]] = [
        (form, (one.category, _DECIDED)) for one in decisions if one.decision == "replace" for form in one.forms
    ]
    known += [(name, ("name", _KEY_LIST)) for name in key_list]
    return [Mark(found.start, found.end, *found.value) for found in Forms(known).find(text)] if known else []


def _of_model(recognised: Iterable[Recognised]) -> list[Mark]:
    return [Mark(one.start, one.end, _LABELS[one.label], _MODEL) for one in recognised if one.label in _LABELS]


def _trimmed(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks without white space and stray punctuation at their ends, in order; never across a line."""
    trimmed: list[Mark] = []
    for mark in marks:
        start, end = mark.start, mark.end
        while end > start and text[end - 1] in " ,;:.-\n\t":
            end -= 1
        while start < end and text[start] in " ,;:\n\t":
            start += 1
        if start < end and "\n" not in text[start:end]:
            trimmed.append(Mark(start, end, mark.category, mark.rule))
    return sorted(trimmed, key=lambda mark: (mark.start, -mark.end))


def _outside(marks: Sequence[Mark], guarded: Sequence[tuple[int, int]]) -> list[Mark]:
    apart: list[tuple[int, int]] = []
    for start, end in sorted(guarded):
        if apart and start <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    starts = [start for start, _end in apart]
    before = (bisect_left(starts, mark.end) - 1 for mark in marks)
    return [mark for mark, last in zip(marks, before, strict=True) if last < 0 or apart[last][1] <= mark.start]


def _joined(text: str, marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks by what they make up together: those that overlap, and pieces of one address or name."""
    groups: list[list[Mark]] = []
    end = -1
    for mark in marks:
        if groups and (mark.start < end or _adjoins(text, groups[-1], end, mark)):
            groups[-1].append(mark)
        else:
            groups.append([mark])
        end = max(end, mark.end) if groups[-1][0] is not mark else mark.end
    return groups


def _adjoins(text: str, group: Sequence[Mark], end: int, mark: Mark) -> bool:
    gap = text[end : mark.start]
    if len(gap) > 5 or "\n" in gap:
        return False
    kinds = {one.category for one in group}
    if kinds & _ADDRESS and (mark.category in _ADDRESS or (mark.rule in (CAPITALS, UNCOMMON) and gap != " at ")):
        return bool(_JOINED.fullmatch(gap))
    if mark.category in _ADDRESS and group[-1].category in ("number", "postcode"):
        return gap in (" ", ", ")
    both_names = _is_name(mark) and _is_name(group[-1])
    coded = {group[-1].category, mark.category} <= {"id", "number", "plate"}
    return (both_names and bool(_SAME_NAME.fullmatch(gap))) or (coded and gap in (" ", "-", ", "))


def _is_name(mark: Mark) -> bool:
    return mark.category in ("name", "word", "place", "organisation")


def _candidate(text: str, marks: Sequence[Mark]) -> Candidate:
    """The marks of one place as one candidate; what it is, the surest of them says."""
    start, end = min(mark.start for mark in marks), max(mark.end for mark in marks)
    surest = sorted(marks, key=_doubt)
    category = next((mark.category for mark in surest if mark.category not in _CATCH_ALL), surest[0].category)
    return Candidate(start, end, text[start:end], category, tuple(dict.fromkeys(mark.rule for mark in surest)))


def _doubt(mark: Mark) -> tuple[int, int]:
    order = (_DECIDED, _KEY_LIST)
    sureness = order.index(mark.rule) if mark.rule in order else 2 if mark.rule in _SURE else 3
    if mark.rule in (CAPITALS, UNCOMMON) or mark.category in _CATCH_ALL:
        sureness = 5
    elif mark.rule == _MODEL:
        sureness = 4
    return sureness, mark.start - mark.end
