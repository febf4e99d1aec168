"""What the search for identifiers speaks in: candidates, entities, places. Values, nothing stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from qcode.text.edits import Edit, OffsetMap

Category = Literal[
    "name",
    "place",
    "organisation",
    "date",
    "age",
    "phone",
    "email",
    "web",
    "address",
    "postcode",
    "plate",
    "id",
    "job",
    "number",
    "word",
]
"""What a string may give away; "number" and "word" are what nothing but digits or a capital speaks for."""

Ruling = Literal["replace", "keep", "here", "later"]
"""Replaced wherever it stands; not an identifier; replaced at the places named alone; not decided yet."""

REMOVED: Final = "[…]"
"""What stands for something that is taken out and nothing said about it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch [start, end) of a text that may identify someone, and which rules say so, the surest first."""

    start: int
    end: int
    text: str
    category: Category
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One stretch [start, end) of one text; `document` is whatever name the caller knows the text by."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place or thing, all the forms that it has in the talk, and what was decided about it.

    `replacement` stands for every form: a pseudonym such as Ana, or words in brackets such as [city]. `places` are
    those that "here" speaks of. Its forms are originals: an entity lives in memory and in the key file alone.
    """

    id: str
    category: Category
    forms: tuple[str, ...]
    replacement: str = REMOVED
    decision: Ruling = "replace"
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a language model takes for an entity: the code points [start, end), and its own label, such as GPE."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """The code points [start, end) of a text before became `text`; what stood there is not kept."""

    start: int
    end: int
    text: str
    entity: str
    category: Category


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text after one pass, and what was done to the text before, in its order."""

    text: str
    replacements: tuple[Replacement, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The same as lengths, for codings to be carried over."""
        return tuple(Edit(one.start, one.end, len(one.text)) for one in self.replacements)

    @property
    def mapping(self) -> OffsetMap:
        """Where the ranges of the text before are now."""
        return OffsetMap(self.edits)

    @property
    def counts(self) -> tuple[tuple[Category, int], ...]:
        """How many of each category were replaced, for the log, which holds no originals."""
        return tuple(Counter(one.category for one in self.replacements).most_common())
