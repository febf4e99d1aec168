"""All rules over one text: what they find is joined, widened and sorted."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.deidentification.forms import Forms, words_of
from qcode.deidentification.values import Candidate, Category, Entity, Recognised


def scan(
    text: str,
    *,
    key_list: Sequence[str] = (),
    decisions: Sequence[Entity] = (),
    recognised: Sequence[Recognised] = (),
) -> tuple[Candidate, ...]:
    """What may identify someone in a canonical text, in order and without overlap.

    `key_list` are the names that the team knows, `decisions` what was decided before, in any document: forms to be
    replaced are candidates wherever they stand, and what is not an identifier is none. `recognised` is what a language
    model found, if there is one.
    """
    known: list[tuple[str, tuple[Category, str]]] = [
        (form, (one.category, "decided")) for one in decisions if one.decision == "replace" for form in one.forms
    ]
    known += [(name, ("name", "key list")) for name in key_list]
    found = [(one.start, one.end, *one.value) for one in Forms(known).find(text, words_of(text))]
    past = {place for start, end, _category, _by in found for place in range(start, end)}
    found += [
        (one.start, one.end, "name", "language model")
        for one in recognised
        if past.isdisjoint(range(one.start, one.end))
    ]
    return tuple(Candidate(start, end, text[start:end], category, (by,)) for start, end, category, by in sorted(found))
