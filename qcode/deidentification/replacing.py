"""One pass over an original text that puts what was decided in the place of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from qcode.deidentification.events import event_stretches
from qcode.deidentification.forms import Forms, words_of
from qcode.deidentification.values import Entity, Replaced, Replacement

_BARE_APOSTROPHE: Final = re.compile(r"['’](?![\w])")


def replaced(text: str, decisions: Sequence[Entity], *, document: str = "") -> Replaced:
    """The text with every form of every entity replaced as decided, the longest form first and none twice.

    Forms are whole words in any case; the case of a pseudonym follows a form written all large or all small, and the
    endings of possessives and plurals stay. What stands in brackets as an event, such as [inaudible], and replacements
    that are there already are left alone. "here" replaces the places it names in the text called `document`.
    """
    guarded = event_stretches(text, [one.replacement for one in decisions if one.decision in ("replace", "here")])
    chosen = _chosen(text, decisions, document, guarded)
    parts: list[str] = []
    done: list[Replacement] = []
    past = 0
    for start, end, entity in chosen:
        end, written = _written(text, start, end, entity)  # noqa: PLW2901  # an apostrophe may go with the name
        parts += [text[past:start], written]
        done.append(Replacement(start, end, written, entity.id, entity.category))
        past = end
    return Replaced("".join([*parts, text[past:]]), tuple(done))


def _chosen(
    text: str, decisions: Sequence[Entity], document: str, guarded: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Entity]]:
    """What is replaced, in order and apart: a place that was chosen by hand goes before any form that touches it."""
    by_hand = [
        (place.start, place.end, entity)
        for entity in decisions
        if entity.decision == "here"
        for place in entity.places
        if place.document == document and 0 <= place.start < place.end <= len(text)
    ]
    forms = Forms((form, entity) for entity in decisions if entity.decision == "replace" for form in entity.forms)
    everywhere = [(found.start, found.end, found.value) for found in forms.find(text, words_of(text))]
    taken = [(start, end) for start, end, _entity in by_hand] + list(guarded)
    kept = [one for one in everywhere if not any(one[0] < end and start < one[1] for start, end in taken)]
    past = 0
    for start, end, entity in sorted([*by_hand, *kept], key=lambda one: (one[0], -one[1])):
        if start >= past:
            yield start, end, entity
            past = end


def _written(text: str, start: int, end: int, entity: Entity) -> tuple[int, str]:
    """Where the stretch ends with the apostrophe it takes along, and what is written there.

    The bare apostrophe of James' belongs to a name that ends in s; one that does not gets its own s.
    """
    written = _in_case(text[start:end], entity.replacement)
    bare = _BARE_APOSTROPHE.match(text, end)
    if bare and text[end - 1] in "sS" and not written.lower().endswith("s") and not _closes_quote(text, start):
        return end + 1, f"{written}{bare[0]}s"
    return end, written


def _closes_quote(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "'‘"


def _in_case(original: str, replacement: str) -> str:
    if replacement.startswith("["):
        return replacement
    if len(original) > 1 and original.isupper():
        return replacement.upper()
    return replacement.lower() if original.islower() and not replacement.islower() else replacement
