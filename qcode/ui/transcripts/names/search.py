"""The search for names in what arrives: in a worker, and again only for files that changed. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QObject, Signal

from qcode import nlp
from qcode.deidentification import Place
from qcode.deidentification.forms import same_form
from qcode.deidentification.strings import (
    Hit,
    Listed,
    Looked,
    Source,
    hits_by_document,
    listed,
    marked_by_hand,
    names_in_labels,
    stands_in,
)
from qcode.ui import work
from qcode.ui.rulings import Answers, Marked, Rulings
from qcode.ui.transcripts.names.arriving import Arriving, looked_through

type State = Literal["waiting", "replace", "keep", "here", "later"]
type _Made = tuple[Arriving, tuple[str, ...], bool]
type _Found = tuple[dict[str, Looked], tuple[Listed, ...]]

_CONTEXT = 30


class NameSearch(QObject):
    """The strings of all that arrives and what was answered about each."""

    looked = Signal()
    progressed = Signal(str)
    refused = Signal(str)

    def __init__(self, rulings: Rulings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rulings = rulings
        self.arriving: dict[str, Arriving] = {}
        self.rows: tuple[Listed, ...] = ()
        self.ask_model = True
        self._looked: dict[str, tuple[_Made, Looked]] = {}
        self._base: tuple[Listed, ...] = ()
        self._marked: list[tuple[tuple[Marked, ...], tuple[Listed, ...]]] = []
        self._by_document: Mapping[str, list[Listed]] = {}
        self._counted: tuple[tuple[Listed, ...], Answers, int] = (), Answers(), 0
        self._task: work.Task | None = None
        self._done = False
        rulings.listChanged.connect(self._on_list)

    # Properties

    @property
    def scanned(self) -> bool:
        """Whether everything that arrives was looked through."""
        return self._done

    @property
    def waiting(self) -> int:
        """How many strings nobody answered and nobody put off."""
        rows, answers, count = self._counted
        if rows is not self.rows or answers is not self.rulings.answers:
            count = sum(self.state(row) == "waiting" for row in self.rows)
            self._counted = self.rows, self.rulings.answers, count
        return count

    @property
    def model_may_be_there(self) -> bool:
        """Whether a language model seems to be installed for one of the languages."""
        return any(nlp.may_know_names(language) for language in {one.language for one in self.arriving.values()})

    @property
    def model_was_asked(self) -> bool:
        """Whether a language model looked at any of the files."""
        return any(self._looked[key][1].model for key in self.arriving if key in self._looked)

    @property
    def without_capitals(self) -> list[str]:
        """The titles of files that have too few capitals for names to be told by them."""
        seen = [one for key, one in self.arriving.items() if key in self._looked]
        return [one.title for one in seen if self._looked[one.key][1].without_capitals]

    # Methods

    def review(self, arriving: Sequence[Arriving]) -> None:
        """Look through these; files that were looked through before are not, unless they changed."""
        before, self.arriving = self.arriving, {one.key: one for one in arriving}
        self._follow_texts(before)
        self._look(ask_model=False)

    def use_model(self, use: bool) -> None:
        """Ask a language model too, or do not."""
        if use != self.ask_model:
            self.ask_model = use
            self._look(ask_model=False)

    def mark(self) -> None:
        """Take over what was marked by hand since, or is no longer."""
        wanted = self.rulings.answers.marked
        while self._marked and self._marked[-1][0] != wanted[: len(self._marked[-1][0])]:
            self._marked.pop()
        known, rows = self._marked[-1] if self._marked else ((), self._base)
        every = [self._looked[key][1] for key in self.arriving if key in self._looked]
        for number in range(len(known), len(wanted)):
            one = wanted[number]
            rows = marked_by_hand(rows, every, one.form, instead_of=one.instead_of)
            self._marked.append((wanted[: number + 1], rows))
        if rows is not self.rows:
            self.rows = rows
            self._by_document = hits_by_document(rows)

    def state(self, row: Listed) -> State:
        """What was answered about a string."""
        entity = self.rulings.about(row.key)
        if entity is not None:
            return entity.decision
        places = set(self.rulings.places(row.key))
        return "here" if places and all(self.place(hit) in places for hit in row.hits) else "waiting"

    def place(self, hit: Hit) -> Place | None:
        """A place of the talk as answers name it; None for a label, a title and the like."""
        return Place(hit.document, hit.start, hit.end) if hit.source == 0 else None

    def progress(self, document: str) -> tuple[int, int]:
        """How many strings of a document are answered, and how many it has."""
        rows = self._by_document.get(document, ())
        return sum(self.state(row) != "waiting" for row in rows), len(rows)

    def in_document(self, document: str) -> Sequence[Listed]:
        """The strings that stand in a document."""
        return self._by_document.get(document, ())

    def stands_anywhere(self, form: str) -> bool:
        """Whether words stand in any of the files."""
        return any(stands_in(self._looked[key][1], form) for key in self.arriving if key in self._looked)

    def source(self, hit: Hit) -> Source:
        """The text in which a string stands."""
        return self._looked[hit.document][1].sources[hit.source]

    def title(self, hit: Hit) -> str:
        """The title of the document in which a string stands; until all is looked through, of one that went too."""
        return self._looked[hit.document][0][0].title

    # Private slots

    def _on_list(self) -> None:
        if self.arriving:
            self._look(ask_model=False)

    def _on_found(self, found: _Found, *, model: bool) -> None:
        self._task = None
        made, base = found
        names = self._names()
        for key, looked in made.items():
            self._looked[key] = (self.arriving[key], names, model), looked
        self._looked = {key: kept for key, kept in self._looked.items() if key in self.arriving}
        self._take(base, keep_order=model)
        more = self.ask_model and not model and self.model_may_be_there
        self._done = not more
        self.looked.emit()
        if more:
            self._look(ask_model=True)

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self.refused.emit(sentence)

    # Internal

    def _names(self) -> tuple[str, ...]:
        """What the team knows, and what labels of speakers tell."""
        turns = (turn for one in self.arriving.values() for turn in one.transcript.turns)
        labels = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
        return tuple(dict.fromkeys([*self.rulings.names, *names_in_labels(labels)]))

    def _look(self, *, ask_model: bool) -> None:
        if self._task is not None:
            self._task.cancel()
        self._done = False
        names, order = self._names(), list(self.arriving)
        ready: dict[str, Looked] = {}
        wanted: list[Arriving] = []
        for key, one in self.arriving.items():
            was = self._looked.get(key)
            if was is not None and self._serves(was[0], (one, names, ask_model)):
                ready[key] = was[1]
            else:
                wanted.append(one)
        known = [form for one in self.rulings.decisions if one.decision == "replace" for form in one.forms]

        def deed(progress: work.Progress) -> _Found:
            made: dict[str, Looked] = {}
            for number, one in enumerate(wanted, start=1):
                words = "Asking the language model" if ask_model else "Looking for names"
                progress.report(number / len(wanted), f"{words}: {number} of {len(wanted)}")
                made[one.key] = looked_through(one, names, ask_model=ask_model)
            progress.report(1.0)
            return made, listed([made.get(key) or ready[key] for key in order], known=known)

        self._task = work.run(
            self, deed, done=lambda found: self._on_found(found, model=ask_model), refused=self._on_refused
        )
        self._task.progressed.connect(lambda _fraction, words: self.progressed.emit(words))

    def _serves(self, made: _Made, wanted: _Made) -> bool:
        """Whether what was found then is still true; what a model was asked serves as long as one may be asked."""
        return made[:2] == wanted[:2] and (made[2] == wanted[2] or (made[2] and self.ask_model))

    def _take(self, base: tuple[Listed, ...], *, keep_order: bool) -> None:
        """Show new strings; those that wait come first, or where they stood, so that nothing jumps."""
        if keep_order:
            order = {row.key: number for number, row in enumerate(self.rows)}
            base = tuple(sorted(base, key=lambda row: order.get(row.key, len(order))))
        else:
            base = tuple(sorted(base, key=lambda row: self.state(row) != "waiting"))
        self._base, self._marked = base, []
        self.rows = base
        self._by_document = hits_by_document(base)
        self.mark()

    def _follow_texts(self, before: Mapping[str, Arriving]) -> None:
        """Find the places that were answered alone in texts that changed."""
        texts = {
            key: (old.transcript.text, self.arriving[key].transcript.text)
            for key, old in before.items()
            if key in self.arriving and old.transcript.text != self.arriving[key].transcript.text
        }

        def moved(place: Place, form: str) -> Place | None:
            old, new = texts.get(place.document, ("", ""))
            return place if place.document not in texts else _moved(place, form, old, new)

        if texts:
            self.rulings.relocate(moved)


def _moved(place: Place, form: str, old: str, new: str) -> Place | None:
    """Where a place of a text is in another, by the words around it, if they are found there exactly once."""
    if same_form(new[place.start : place.end]) == same_form(form) and _around(old, place) == _around(new, place):
        return place
    around = _around(old, place)
    at = new.find(around)
    if at < 0 or new.find(around, at + 1) >= 0:
        return None
    start = at + min(place.start, _CONTEXT)
    return Place(place.document, start, start + place.end - place.start)


def _around(text: str, place: Place) -> str:
    return text[max(0, place.start - _CONTEXT) : place.end + _CONTEXT]
