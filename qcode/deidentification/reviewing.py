"""The distinct strings of many texts, in the order in which a person decides about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.deidentification.forms import same_form
from qcode.deidentification.values import Candidate, Category, Entity, Place, Ruling


@dataclass(frozen=True, slots=True)
class Distinct:
    """One string and every place where it stands; `entity` is what it was decided to be, if it was.

    `text` is its commonest spelling; `by` names the rules that found it, the surest first.
    """

    text: str
    category: Category
    by: tuple[str, ...]
    places: tuple[Place, ...]
    decision: Ruling = "later"
    entity: str | None = None


def distinct(found: Mapping[str, Sequence[Candidate]], decisions: Sequence[Entity] = ()) -> tuple[Distinct, ...]:
    """The strings of several texts, each once, by the names the caller knows the texts by; the surest come first."""
    together: dict[str, list[tuple[str, Candidate]]] = {}
    for document, candidates in found.items():
        for candidate in candidates:
            together.setdefault(same_form(candidate.text), []).append((document, candidate))
    decided = {same_form(form): one for one in decisions if one.decision != "here" for form in one.forms}
    return tuple(sorted((_one(key, hits, decided) for key, hits in together.items()), key=_order))


def _one(key: str, hits: Sequence[tuple[str, Candidate]], decided: Mapping[str, Entity]) -> Distinct:
    candidates = [candidate for _document, candidate in hits]
    (spelling, _count), *_ = Counter(candidate.text for candidate in candidates).most_common()
    surest = min(candidates, key=lambda candidate: sureness(candidate.by[0]))
    entity = decided.get(key)
    places = tuple(Place(document, candidate.start, candidate.end) for document, candidate in hits)
    if entity is None:
        return Distinct(spelling, surest.category, surest.by, places)
    return Distinct(spelling, entity.category, surest.by, places, entity.decision, entity.id)


_SURENESS = {
    "decided before": 0,
    "marked by hand": 0,
    "key list": 1,
    "label of a speaker": 1,
    "title and name": 2,
    "language model": 2,
}
_LAST = {"digits": 5, "number words": 5, "uncommon word": 4, "capitals": 4, "stands elsewhere too": 6}


def _order(one: Distinct) -> tuple[int, int, str]:
    return sureness(one.by[0]), -len(one.places), one.text.casefold()


def sureness(rule: str) -> int:
    """How surely what a rule marks identifies someone: 0 is the surest."""
    return _SURENESS.get(rule, _LAST.get(rule, 3))
