"""What was decided about names while this window shows the study: in memory alone, and in the key file if one is open.

Nothing of it goes into the study, the settings or a log. Each answer can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from qcode.deidentification import (
    Category,
    Entity,
    NothingToDecideError,
    Place,
    Ruling,
    decide,
    decide_all,
    suggestions,
    take_back,
)
from qcode.deidentification.forms import same_form
from qcode.deidentification.labels import next_code, other_forms
from qcode.errors import QcodeError
from qcode.ui.known_names import KnownNames

_FROM_ANSWERS = "answers"
_FROM_LIST = "list"


class OnlyInTalkError(QcodeError):
    """A speaker's label, a title or the like is to be replaced at one place alone."""

    def __init__(self) -> None:
        super().__init__(
            "“Only here” is for places in the talk. A label, a title or a question is replaced everywhere."
        )


class NobodyToJoinError(QcodeError):
    """There is nobody yet whose other name a string could be."""

    def __init__(self) -> None:
        super().__init__("Choose a replacement that stands for somebody already, or mark two strings or more to join.")


class KeyClashError(QcodeError):
    """A pseudonym stands for different people in this window and in a key file."""

    def __init__(self, pseudonym: str) -> None:
        super().__init__(
            f"“{pseudonym}” stands for somebody else in this key than in this window. Take your answer back, open the "
            "key, and answer again."
        )


@dataclass(frozen=True, slots=True)
class Marked:
    """A string that a person marked; `instead_of` is the key of one that was marked too widely."""

    form: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was decided, and which strings were marked by hand, in their order."""

    decisions: tuple[Entity, ...] = ()
    marked: tuple[Marked, ...] = ()


class Rulings(QObject):
    """The answers of this session, and the team's own list of names. Refusals are raised and change nothing."""

    changed = Signal()
    listChanged = Signal()

    def __init__(self, known: KnownNames, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._past: list[Answers] = []
        self._by_form: dict[str, Entity] | None = None
        self.answers = Answers()
        self.names: tuple[str, ...] = ()

    # Properties

    @property
    def decisions(self) -> tuple[Entity, ...]:
        """What was decided about each string."""
        return self.answers.decisions

    @property
    def can_undo(self) -> bool:
        """Whether an answer can be taken back."""
        return bool(self._past)

    # Methods

    def about(self, key: str) -> Entity | None:
        """What was decided about a string wherever it stands; `key` is what its spellings have in common."""
        if self._by_form is None:
            entities = (one for one in self.decisions if one.decision != "here")
            self._by_form = {same_form(form): one for one in entities for form in one.forms}
        return self._by_form.get(key)

    def places(self, key: str) -> list[Place]:
        """The places at which a string alone is replaced."""
        here = (one for one in self.decisions if one.decision == "here" and any(same_form(f) == key for f in one.forms))
        return [place for one in here for place in one.places]

    def replace(self, strings: Sequence[tuple[str, Category]], replacement: str = "") -> None:
        """Replace strings wherever they stand; without words for it each gets the likeliest suggestion."""
        decisions = self.decisions
        for form, category in strings:
            chosen = replacement or suggestions(form, category, decisions)[0]
            decisions = _replaced(decisions, form, category, chosen)
        self._take(replace(self.answers, decisions=decisions))

    def give_codes(self, labels: Sequence[str], taken: Collection[str]) -> None:
        """Give speakers study codes, the next free ones; `taken` are codes that others have."""
        decisions = self.decisions
        for label in labels:
            used = {*taken, *(one.replacement for one in decisions)}
            decisions = _replaced(decisions, label, "name", next_code(used))
        self._take(replace(self.answers, decisions=decisions))

    def join(self, forms: Sequence[str], entity: str) -> None:
        """Let strings be other forms of somebody who has a replacement."""
        decisions = self.decisions
        for form in forms:
            decisions = decide(decisions, form, "replace", entity=entity)
        self._take(replace(self.answers, decisions=decisions))

    def join_as(self, strings: Sequence[tuple[str, Category]], replacement: str) -> None:
        """Let strings be one, with this replacement; whoever has it already, or else the first string's."""
        standing = self.entity_called(replacement) or self._first_replaced(strings)
        if standing is None and len(strings) < 2:
            raise NobodyToJoinError
        decisions = self.decisions
        (first, category), *_ = strings
        if standing is None:
            decisions = decide(decisions, first, "replace", category=category, replacement=replacement)
            standing = decisions[-1]
        for form, _category in strings:
            if same_form(form) not in {same_form(known) for known in standing.forms}:
                decisions = decide(decisions, form, "replace", entity=standing.id)
        self._take(replace(self.answers, decisions=decisions))

    def rule_out(self, forms: Sequence[str], ruling: Ruling = "keep") -> None:
        """Say of strings that they are no identifiers, or put them off with "later"."""
        self._take(replace(self.answers, decisions=decide_all(self.decisions, forms, ruling)))

    def replace_here(self, form: str, category: Category, place: Place, replacement: str) -> None:
        """Replace a string at one place of the talk alone."""
        chosen = replacement or suggestions(form, category, self.decisions)[0]
        decisions = decide(self.decisions, form, "here", category=category, replacement=chosen, places=[place])
        self._take(replace(self.answers, decisions=decisions))

    def mark(self, form: str, instead_of: str = "") -> None:
        """Add a string that the rules missed, or marked too widely."""
        tidy = " ".join(form.split())
        if not any(letter.isalnum() for letter in tidy):
            raise NothingToDecideError
        decisions = take_back(self.decisions, [instead_of]) if instead_of else self.decisions
        self._take(Answers(decisions, (*self.answers.marked, Marked(tidy, instead_of))))

    def withdraw(self, forms: Sequence[str], place: Place | None = None) -> None:
        """Take back what was said about strings; where nothing was, what was said about one place."""
        decisions = take_back(self.decisions, forms)
        if len(decisions) == len(self.decisions) and decisions == self.decisions and place is not None:
            decisions = tuple(one for one in decisions if one.decision != "here" or place not in one.places)
        if decisions != self.decisions:
            self._take(replace(self.answers, decisions=decisions))

    def undo(self) -> None:
        """Take back the latest answer."""
        if self._past:
            self._set(self._past.pop())

    def know(self, names: Sequence[str], pairs: Sequence[tuple[str, str]] = ()) -> None:
        """Know these names in place of the list before; in `pairs` a name has what stands instead.

        Names with the same pseudonym are one person.
        """
        decisions = self.decisions
        for name, words in pairs:
            standing = _called(decisions, words)
            known = standing is not None and same_form(name) in {same_form(form) for form in standing.forms}
            if not known:
                entity = standing.id if standing is not None else None
                decisions = decide(decisions, name, "replace", replacement=words, entity=entity)
        if decisions != self.decisions:
            self._take(replace(self.answers, decisions=decisions))
        tidy = (" ".join(name.split()) for name in names)
        listed = tuple(dict.fromkeys(name for name in tidy if name))
        if listed != self.names:
            self.names = listed
            self._known.take(_FROM_LIST, listed)
            self.listChanged.emit()

    def take_key(self, decisions: Sequence[Entity], names: Sequence[str]) -> None:
        """Take what a key file holds; what was answered in this window goes before it. Nobody needs to take that back.

        Raises KeyClashError where a pseudonym stands for different people in both.
        """
        own = {same_form(form) for one in self.decisions if one.decision != "here" for form in one.forms}
        others = {one.id: one for one in take_back([one for one in decisions if one.decision != "here"], sorted(own))}
        for one in others.values():
            standing = _called(self.decisions, one.replacement) if one.decision == "replace" else None
            if standing is not None and standing.id != one.id:
                raise KeyClashError(one.replacement)
        joined = (
            replace(one, forms=(*one.forms, *others.pop(one.id).forms)) if one.id in others else one
            for one in self.decisions
        )
        merged = (*joined, *others.values())
        self._past.clear()
        self._set(replace(self.answers, decisions=merged))
        self.know([*self.names, *names])

    def relocate(self, moved: Callable[[Place, str], Place | None]) -> None:
        """Follow a text that changed: `moved` says where a place, with its words, is now; None where it is gone.

        A string one of whose places is gone waits for an answer again. This is no answer that can be taken back.
        """
        kept: list[Entity] = []
        lost: list[str] = []
        for one in self.decisions:
            places = tuple(found for place in one.places if (found := moved(place, one.forms[0])) is not None)
            if one.decision != "here" or places:
                kept.append(replace(one, places=places))
            if len(places) < len(one.places):
                lost += one.forms
        if (decisions := take_back(kept, lost)) != self.decisions:
            self._past.clear()
            self._set(replace(self.answers, decisions=decisions))

    def forget(self) -> None:
        """Forget all answers and names."""
        self._past.clear()
        self.names = ()
        self._known.take(_FROM_LIST, ())
        self._set(Answers())
        self.listChanged.emit()

    def entity_called(self, replacement: str) -> Entity | None:
        """Who has a pseudonym; words in brackets may stand for many, so that nobody has them."""
        return _called(self.decisions, replacement)

    # Internal

    def _first_replaced(self, strings: Sequence[tuple[str, Category]]) -> Entity | None:
        found = (self.about(same_form(form)) for form, _category in strings)
        return next((one for one in found if one is not None and one.decision == "replace"), None)

    def _take(self, answers: Answers) -> None:
        self._past.append(self.answers)
        self._set(answers)

    def _set(self, answers: Answers) -> None:
        self.answers = answers
        self._by_form = None
        replaced = [form for one in answers.decisions if one.decision in ("replace", "here") for form in one.forms]
        self._known.take(_FROM_ANSWERS, replaced)
        self.changed.emit()


def _replaced(decisions: Sequence[Entity], form: str, category: Category, replacement: str) -> tuple[Entity, ...]:
    """The decisions with a replacement of a string, and of the other ways in which a directory's name is written."""
    made = decide(decisions, form, "replace", category=category, replacement=replacement)
    if category == "name":
        known = {same_form(known) for one in made if one.decision != "later" for known in one.forms}
        entity = made[-1].id
        for other in other_forms(form):
            if same_form(other) not in known:
                made = decide(made, other, "replace", entity=entity)
    return made


def _called(decisions: Sequence[Entity], replacement: str) -> Entity | None:
    wanted = same_form(replacement)
    if not wanted or replacement.strip().startswith("["):
        return None
    standing = (one for one in decisions if one.decision == "replace")
    return next((one for one in standing if same_form(one.replacement) == wanted), None)
