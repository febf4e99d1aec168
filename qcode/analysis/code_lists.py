"""Two lists of codes side by side: which of theirs is probably which of ours, for a person to decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, Protocol

from qcode.text.fuzzy import fold

type Likeness = Literal["same", "similar", "new"]

SIMILAR = 0.7
CANDIDATES = 3
_HELD = 0.75
_TELLING = 4
_FEWEST_WORDS = 4
_WORD = re.compile(r"\w+")


class Listed(Protocol):
    """A code of a list: its names from the root down, and what it means in brief."""

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the root down."""

    @property
    def brief(self) -> str:
        """What it means, in brief."""


@dataclass(frozen=True, slots=True)
class Match[Ours: Listed, Theirs: Listed]:
    """What is proposed for one code of theirs.

    "same" has the name of one of ours, "similar" a name or a definition like its, and "new" neither. `score` runs
    from 0 to 1; `others` are further candidates with their scores, the best first.
    """

    theirs: Theirs
    likeness: Likeness
    ours: Ours | None
    score: float
    others: tuple[tuple[Ours, float], ...] = ()


def match_codes[Ours: Listed, Theirs: Listed](
    ours: Sequence[Ours], theirs: Sequence[Theirs]
) -> tuple[Match[Ours, Theirs], ...]:
    """A proposal for each code of theirs, in their order; the same lists always give the same proposals.

    Names are compared without case, accents, marks and the order of their words, by the ratio of Ratcliff and
    Obershelp; a name that holds all words of the other scores 0.75; brief definitions of at least four words count by
    the share of words they have in common (Dice). The highest counts. Of several of ours with one name, the one on the
    same path is the same, or else the one whose parent has the same name.
    """
    known = [_Folded.of(code) for code in ours]
    wanted = [_Folded.of(code) for code in theirs]
    taken = {code.path for code in wanted} & {code.path for code in known}
    return tuple(_match(code, one, ours, known, taken) for code, one in zip(theirs, wanted, strict=True))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A code as it is compared."""

    path: tuple[str, ...]
    name: str
    sorted_name: str
    words: frozenset[str]

    @classmethod
    def of(cls, code: Listed) -> _Folded:
        path = tuple(" ".join(_WORD.findall(fold(name))) or fold(name).strip() for name in code.path)
        words = _WORD.findall(fold(code.brief))
        enough = frozenset(words) if len(words) >= _FEWEST_WORDS else frozenset[str]()
        return cls(path, path[-1], " ".join(sorted(path[-1].split())), enough)


def _match[Ours: Listed, Theirs: Listed](
    theirs: Theirs, code: _Folded, ours: Sequence[Ours], known: Sequence[_Folded], taken: set[tuple[str, ...]]
) -> Match[Ours, Theirs]:
    comparison = _Comparison(code)
    scored = [
        (comparison.score(one), one.path == code.path, one.path[:-1][-1:] == code.path[:-1][-1:]) for one in known
    ]
    order = sorted(range(len(known)), key=lambda index: (*(-value for value in scored[index]), index))
    likely = [(ours[index], scored[index][0]) for index in order if scored[index][0] >= SIMILAR]
    if not likely:
        return Match(theirs, "new", None, max((score for score, *_rest in scored), default=0.0))
    best = known[order[0]]
    is_theirs = best.path == code.path or best.path not in taken
    likeness: Likeness = "same" if best.name == code.name and is_theirs else "similar"
    return Match(theirs, likeness, *likely[0], tuple(likely[1 : 1 + CANDIDATES]))


class _Comparison:
    """How like other codes are to one code."""

    def __init__(self, code: _Folded) -> None:
        self._code = code
        self._name = SequenceMatcher(None, "", code.name, autojunk=False)
        self._sorted = SequenceMatcher(None, "", code.sorted_name, autojunk=False)

    def score(self, other: _Folded) -> float:
        """1 for the same name, and less for anything else."""
        if other.name == self._code.name:
            return 1.0
        names = max(_ratio(self._name, other.name), _ratio(self._sorted, other.sorted_name))
        held = _HELD if _one_holds_the_other(self._code.name, other.name) else 0.0
        return round(min(0.99, max(names, held, _shared(self._code.words, other.words))), 2)


def _ratio(matcher: SequenceMatcher[str], name: str) -> float:
    """The ratio of Ratcliff and Obershelp, or 0 where a quick look shows that it is too small to matter."""
    matcher.set_seq1(name)
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    return matcher.ratio()


def _one_holds_the_other(first: str, second: str) -> bool:
    """Whether all words of one name are among those of the other, as in “Wear” and “Wear and tear”."""
    one, other = set(first.split()), set(second.split())
    fewer = min(one, other, key=len)
    return one != other and (one <= other or other <= one) and any(len(word) >= _TELLING for word in fewer)


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    """Dice's coefficient of two sets of words."""
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
