"""Saturation: from which document on nothing much is new, counted in the order of collection.

After Guest, Namey and Chen, "A simple method to assess and report thematic saturation in qualitative research", PLoS
ONE 15(5), 2020, e0232076: the codes found in the first documents (the base) are what later ones are measured by; a run
of documents adds so many codes that were not met before; the share of these, in the codes of the base, is the new
information. Runs overlap: each begins one document later than the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from qcode.errors import QcodeError

SOURCE: Final = "Guest, Namey and Chen (2020)"
MOST_BASE, MOST_RUN = 1_000, 1_000


class CriteriaError(QcodeError):
    """What was asked for is no base, no run or no threshold."""

    def __init__(self) -> None:
        super().__init__(
            "A base and a run have one document or more, and the threshold is a share between 0 and 100 %. Usual are a "
            "base of 4 to 6, a run of 2 or 3, and 5 % or 0 %."
        )


class TooFewToAssessError(QcodeError):
    """There are fewer documents with codes than a base and a run need."""

    def __init__(self, needed: int, there: int) -> None:
        are = "is 1" if there == 1 else f"are {there}"
        super().__init__(
            f"A base and a run need {needed} documents with codes, and there {are}. Code more of them, or take a "
            "smaller base or run."
        )


@dataclass(frozen=True, slots=True)
class Criteria:
    """How many documents make the base and a run, and the most new information, in percent, that is still none."""

    base: int = 4
    run: int = 2
    threshold: float = 5.0


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with the ids of the codes it has."""

    document: str
    name: str
    codes: Collection[str]


@dataclass(frozen=True, slots=True)
class Event:
    """A document in the order of collection, the codes that it has for the first time, and how many are known then."""

    document: str
    name: str
    new: tuple[str, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Run:
    """The documents from `first` to `last`, counted from 1, how many codes they add, and the share of that."""

    first: int
    last: int
    new: int
    share: float

    @property
    def percent(self) -> str:
        """The share as it is printed."""
        return in_percent(self.share)


@dataclass(frozen=True, slots=True)
class Saturation:
    """What each document and run adds to the `base` codes; `reached` is the first run within the threshold."""

    criteria: Criteria
    events: tuple[Event, ...]
    base: int
    runs: tuple[Run, ...]
    reached: Run | None

    @property
    def after(self) -> int | None:
        """After how many documents nothing much was new: those before the run that shows it."""
        return None if self.reached is None else self.reached.first - 1

    @property
    def later(self) -> int:
        """How many codes came up for the first time after that run."""
        return 0 if self.reached is None else sum(len(event.new) for event in self.events[self.reached.last :])

    def in_words(self, order: str = "the order of collection") -> str:
        """The sentences for the paper."""
        asked, base = self.criteria, _counted(self.base, "code")
        return (
            f"Saturation was assessed after {SOURCE}, with the documents in {order}, a base of {asked.base}, a run "
            f"length of {asked.run} and a new-information threshold of {_bound(asked.threshold)}. The first "
            f"{_counted(asked.base, 'document')} held {base}. {self._found()}"
        )

    def _found(self) -> str:
        if self.reached is None:
            last = self.runs[-1]
            return f"{_told(last)}, which is more than the threshold: saturation was not reached."
        after, later = self.reached.first - 1, len(self.events) - self.reached.last
        found = (
            f"{_told(self.reached)}: saturation was reached after {after}, and {self.criteria.run} more confirmed it "
            f"({after}+{self.criteria.run})."
        )
        if not later:
            return found
        added = _counted(self.later, "further code") if self.later else "no further code"
        return f"{found} The {_counted(later, 'document')} after that added {added}."


def saturation(documents: Sequence[Coded], criteria: Criteria | None = None) -> Saturation:
    """What documents add, in the order given; those without a code are no data yet and are left out by the caller.

    Raises CriteriaError and TooFewToAssessError.
    """
    asked = criteria or Criteria()
    _refuse_criteria(asked)
    if len(documents) < asked.base + asked.run:
        raise TooFewToAssessError(asked.base + asked.run, len(documents))
    events = _events(documents)
    base = events[asked.base - 1].known
    runs = tuple(_run(events, first, asked.run, base) for first in range(asked.base, len(events) - asked.run + 1))
    # Compared in whole numbers: 1 of 20 is 5 %, whatever 1 / 20 is in a computer.
    reached = next((run for run in runs if run.new * 100 <= asked.threshold * base), None)
    return Saturation(asked, events, base, runs, reached)


def in_percent(share: float) -> str:
    """A share as a percentage without decimals, with the few that round to nothing told apart from none."""
    return "<1 %" if 0 < share < 0.005 else f"{int(share * 100 + 0.5)} %"


def _events(documents: Sequence[Coded]) -> tuple[Event, ...]:
    met: set[str] = set()
    out: list[Event] = []
    for one in documents:
        new = tuple(sorted(set(one.codes) - met))
        met |= set(new)
        out.append(Event(one.document, one.name, new, len(met)))
    return tuple(out)


def _run(events: Sequence[Event], first: int, length: int, base: int) -> Run:
    new = sum(len(event.new) for event in events[first : first + length])
    return Run(first + 1, first + length, new, new / base if base else float(new > 0))


def _refuse_criteria(asked: Criteria) -> None:
    sizes = 1 <= asked.base <= MOST_BASE and 1 <= asked.run <= MOST_RUN
    if not (sizes and 0 <= asked.threshold <= 100):  # also what is no number
        raise CriteriaError


def _told(run: Run) -> str:
    many = "Document" if run.first == run.last else "Documents"
    which = f"{run.first}" if run.first == run.last else f"{run.first}–{run.last}"
    added = f"{_counted(run.new, 'new code')} ({run.percent} of these)" if run.new else "no new code"
    return f"{many} {which} added {added}"


def _bound(threshold: float) -> str:
    return f"≤{threshold:g} %" if threshold else "0 %"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
