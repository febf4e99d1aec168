"""One pass over an original text that puts what was decided in the place of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from qcode.deidentification.events import event_stretches
from qcode.deidentification.forms import Forms, same_form, words_of
from qcode.deidentification.values import Entity, Replaced, Replacement

_BARE_APOSTROPHE: Final = re.compile(r"['’](?![\w])")


class Replacing:
    """One pass for many texts: the forms are put in order once, however many texts are gone through."""

    def __init__(self, decisions: Sequence[Entity]) -> None:
        self._marks = [one.replacement for one in decisions if one.decision in ("replace", "here")]
        self._here = [one for one in decisions if one.decision == "here"]
        everywhere = [one for one in decisions if one.decision == "replace"]
        self._forms = Forms((form, entity) for entity in everywhere for form in entity.forms)
        self._whole = {same_form(form): entity for entity in everywhere for form in entity.forms}

    def __call__(self, text: str, *, document: str = "") -> Replaced:
        """A text as `replaced` makes it."""
        parts: list[str] = []
        done: list[Replacement] = []
        past = 0
        for start, end, entity in self._chosen(text, document):
            end, written = _written(text, start, end, entity)  # noqa: PLW2901  # an apostrophe may go with the name
            parts += [text[past:start], written]
            done.append(Replacement(start, end, written, entity.id, entity.category))
            past = end
        return Replaced("".join([*parts, text[past:]]), tuple(done))

    def label(self, text: str) -> str:
        """A speaker's label: one that is a form as a whole gives way as a whole, brackets at its end with it."""
        entity = self._whole.get(same_form(text))
        return self(text).text if entity is None else _in_case(text, entity.replacement)

    def _chosen(self, text: str, document: str) -> Iterator[tuple[int, int, Entity]]:
        """What is replaced, in order and apart: a place chosen by hand goes before any form that touches it."""
        by_hand = [
            (place.start, place.end, entity)
            for entity in self._here
            for place in entity.places
            if place.document == document and 0 <= place.start < place.end <= len(text)
        ]
        everywhere = [(found.start, found.end, found.value) for found in self._forms.find(text, words_of(text))]
        taken = [(start, end) for start, end, _entity in by_hand] + event_stretches(text, self._marks)
        kept = [one for one in everywhere if not any(one[0] < end and start < one[1] for start, end in taken)]
        past = 0
        for start, end, entity in sorted([*by_hand, *kept], key=lambda one: (one[0], -one[1])):
            if start >= past:
                yield start, end, entity
                past = end


def replaced(text: str, decisions: Sequence[Entity], *, document: str = "") -> Replaced:
    """The text with every form of every entity replaced as decided, the longest form first and none twice.

    Forms are whole words in any case; the case of a pseudonym follows a form written all large or all small, and the
    endings of possessives and plurals stay. What stands in brackets as an event, such as [inaudible], and replacements
    that are there already are left alone. "here" replaces the places it names in the text called `document`.
    """
    return Replacing(decisions)(text, document=document)


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
    if replacement.startswith("[") or replacement[-1:].isdigit():  # words in brackets, and codes such as P07
        return replacement
    if len(original) > 1 and original.isupper():
        return replacement.upper()
    return replacement.lower() if original.islower() and not replacement.islower() else replacement
