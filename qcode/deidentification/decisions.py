"""What was decided about each string: one entity for all its forms, one pseudonym for one entity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import uuid4

from qcode.deidentification.forms import same_form
from qcode.deidentification.values import REMOVED, Category, Entity, Place, Ruling
from qcode.errors import QcodeError
from qcode.text.words import folded

_CODE: Final = re.compile(r"[A-Z]{1,4}[- ]?\d{1,4}")
"""A study code such as P07, whose letter says nothing about a name."""


class PseudonymTakenError(QcodeError):
    """Another entity has the pseudonym already."""

    def __init__(self, pseudonym: str) -> None:
        super().__init__(f"“{pseudonym}” stands for somebody else already. Choose another pseudonym.")


class PseudonymIsNameError(QcodeError):
    """The pseudonym is somebody's name in these talks."""

    def __init__(self, pseudonym: str) -> None:
        super().__init__(f"“{pseudonym}” is itself a name that is to be replaced. Choose another pseudonym.")


class SameInitialError(QcodeError):
    """The pseudonym begins as the name does."""

    def __init__(self, pseudonym: str) -> None:
        super().__init__(f"“{pseudonym}” begins with the letter of the name it stands for. Choose another pseudonym.")


class NothingToDecideError(QcodeError):
    """What was marked has neither letter nor digit."""

    def __init__(self) -> None:
        super().__init__("What is marked holds neither a letter nor a digit. Mark the words to be replaced.")


def decide(
    decisions: Sequence[Entity],
    form: str,
    ruling: Ruling,
    *,
    category: Category = "name",
    replacement: str = REMOVED,
    places: Sequence[Place] = (),
    entity: str | None = None,
) -> tuple[Entity, ...]:
    """The decisions with one more: what to do with a string, wherever it stands.

    A form belongs to one entity, so it leaves the one it had. `entity` is the id of one that the form is another
    spelling of: it takes over that entity's decision and replacement, and the other arguments count for nothing.
    "here" adds its places to those chosen before and leaves what was decided about the string elsewhere as it is.

    Raises:
        NothingToDecideError, PseudonymTakenError, PseudonymIsNameError, SameInitialError.
    """
    form = " ".join(form.split())
    if not same_form(form) or not any(letter.isalnum() for letter in form):
        raise NothingToDecideError
    if entity is not None:
        return _joined(_without(decisions, form), form, entity)
    replacement = replacement.strip() or REMOVED
    if ruling in ("replace", "here"):
        _refuse_bad_pseudonym(decisions, form, replacement)
    if ruling == "here":
        return (*decisions, Entity(uuid4().hex, category, (form,), replacement, ruling, tuple(places)))
    return (*_without(decisions, form), Entity(uuid4().hex, category, (form,), replacement, ruling))


def decide_all(decisions: Sequence[Entity], forms: Sequence[str], ruling: Ruling) -> tuple[Entity, ...]:
    """The decisions with one more for each of many strings: not an identifier, or later."""
    tidy = {same_form(form): " ".join(form.split()) for form in forms}
    left = take_back(decisions, forms)
    return (*left, *(Entity(uuid4().hex, "word", (form,), decision=ruling) for form in tidy.values()))


def take_back(decisions: Sequence[Entity], forms: Sequence[str]) -> tuple[Entity, ...]:
    """The decisions without what was said about strings, save places that were chosen by hand."""
    gone = {same_form(form) for form in forms}
    left: list[Entity] = []
    for one in decisions:
        kept = tuple(form for form in one.forms if one.decision == "here" or same_form(form) not in gone)
        if kept:
            left.append(one if len(kept) == len(one.forms) else replace(one, forms=kept))
    return tuple(left)


def _joined(decisions: Sequence[Entity], form: str, entity: str) -> tuple[Entity, ...]:
    return tuple(replace(one, forms=(*one.forms, form)) if one.id == entity else one for one in decisions)


def _without(decisions: Sequence[Entity], form: str) -> list[Entity]:
    wanted = same_form(form)
    left: list[Entity] = []
    for one in decisions:
        forms = tuple(known for known in one.forms if same_form(known) != wanted)
        if one.decision == "here" or len(forms) == len(one.forms):
            left.append(one)
        elif forms:
            left.append(replace(one, forms=forms))
    return left


def _refuse_bad_pseudonym(decisions: Sequence[Entity], form: str, pseudonym: str) -> None:
    if pseudonym.startswith("["):
        return
    wanted = same_form(form)
    others = [one for one in decisions if all(same_form(known) != wanted for known in one.forms)]
    if any(same_form(one.replacement) == same_form(pseudonym) for one in others if one.decision in ("replace", "here")):
        raise PseudonymTakenError(pseudonym)
    if same_form(pseudonym) in surface_forms(decisions) | {wanted}:
        raise PseudonymIsNameError(pseudonym)
    if initial(pseudonym) == initial(form) and not _CODE.fullmatch(pseudonym):
        raise SameInitialError(pseudonym)


def surface_forms(decisions: Sequence[Entity]) -> set[str]:
    """All that is replaced somewhere, and each word of it, as forms are compared."""
    forms = [form for one in decisions if one.decision in ("replace", "here") for form in one.forms]
    return {same_form(form) for form in forms} | {same_form(word) for form in forms for word in form.split()}


def initial(name: str) -> str:
    """The first letter of a name as it is compared; nothing for one without letters."""
    return next((letter for letter in folded(name) if letter.isalnum()), "")
