"""Why there is no agreement to measure: one sentence for each reason, with the coders and documents it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from qcode.errors import QcodeError

type Held = Iterable[tuple[str, str]]
"""Names of (document, coder)."""

_MANY, _SHOWN = 8, 3


class NothingToCompareError(QcodeError):
    """No document of a round can be compared; each reason is a class of its own."""


class NoRoundError(NothingToCompareError):
    """The study has no round, so nobody has coded anything yet."""

    def __init__(self) -> None:
        super().__init__("No agreement yet: the study has no round of coding. Add one in Transcripts, under Team.")


class OneNamedError(NothingToCompareError):
    """A comparison with only one coder was asked for."""

    def __init__(self, coder: str) -> None:
        super().__init__(
            f"Agreement is measured between coders, and only {coder} was named. Name a second coder, or nobody to "
            "compare all of them."
        )


class NobodyHandedInError(NothingToCompareError):
    """Nobody has handed in anything in the round."""

    def __init__(self, round_name: str, unfinished: Held) -> None:
        super().__init__(
            f"No agreement yet in “{round_name}”: nobody has handed in a document. {_waiting(unfinished)}"
            "Each coder does so with “Hand in…” in the menu Study."
        )


class OneCoderError(NothingToCompareError):
    """Only one coder has handed in something in the round."""

    def __init__(self, round_name: str, coder: str, documents: Sequence[str], unfinished: Held, *, alone: bool) -> None:
        others = _waiting(pair for pair in unfinished if pair[1] != coder)
        if alone:
            others = f"{coder} is the only coder of this study: add another in Transcripts, under Team."
        super().__init__(
            f"No agreement yet in “{round_name}”: only {coder} has handed in ({some(documents)}), and agreement is "
            f"between two. {others or f'Nobody else was assigned a document of “{round_name}”.'}".rstrip()
        )


class NoSharedDocumentsError(NothingToCompareError):
    """Several coders handed in, but no two of them the same document."""

    def __init__(self, round_name: str, handed_in: Held, unfinished: Held, twice: Sequence[str]) -> None:
        same_name = f" There are two documents called {listed(twice)}: these are not one text." if twice else ""
        super().__init__(
            f"No agreement yet in “{round_name}”: no document was handed in by two coders. "
            f"{told_by_coder(handed_in, 'handed in', 'handed in')}.{same_name} {_waiting(unfinished)}".rstrip()
        )


class StillBlindError(NothingToCompareError):
    """What colleagues share is hidden from whoever asks, until they have handed it in themselves."""

    def __init__(self, round_name: str, documents: Sequence[str]) -> None:
        super().__init__(
            f"No agreement yet in “{round_name}”: the round is blind, and you have not handed in {some(documents)} "
            "yourself. Hand in with “Hand in…” in the menu Study."
        )


class TextsApartError(NothingToCompareError):
    """The text of every shared document was corrected on two sides, and nobody has settled which one holds."""

    def __init__(self, round_name: str, documents: Sequence[str]) -> None:
        one = len(documents) == 1
        super().__init__(
            f"No agreement yet in “{round_name}”: the text of {some(documents)} was corrected on two sides, so the "
            f"coders did not read the same words. Settle which text holds in Transcripts, with “Conflicts to settle…”, "
            f"and compare {'it' if one else 'them'} then."
        )


def refusal(
    round_name: str,
    coders: Mapping[str, str],
    handed_in: Sequence[tuple[str, str]],
    unfinished: Held,
    *,
    withheld: Sequence[str],
    apart: Sequence[str],
    alone: bool,
) -> NothingToCompareError:
    """Why nothing can be compared, given the names of who is compared, of who handed in what, and of what is left out.

    `alone` says that the study has one coder.
    """
    if len(coders) == 1 and not alone:
        return OneNamedError(next(iter(coders.values())))
    if withheld:
        return StillBlindError(round_name, withheld)
    if apart:
        return TextsApartError(round_name, apart)
    done = {coder for _document, coder in handed_in}
    if not done:
        return NobodyHandedInError(round_name, unfinished)
    if len(done) == 1:
        documents = [document for document, _coder in handed_in]
        return OneCoderError(round_name, done.pop(), documents, unfinished, alone=alone)
    counted = Counter(document for document, _coder in handed_in)
    return NoSharedDocumentsError(round_name, handed_in, unfinished, [name for name, n in counted.items() if n > 1])


def _waiting(unfinished: Held) -> str:
    told = told_by_coder(unfinished, "has not handed in", "have not handed in")
    return f"{told}. " if told else ""


def told_by_coder(pairs: Held, one: str, several: str) -> str:
    """Who did something with which documents, coders with the same documents together, as `Ana and Bo did … INT-1`."""
    together: dict[tuple[str, ...], list[str]] = {}
    for coder, names in by_coder(pairs):
        together.setdefault(tuple(names), []).append(coder)
    return "; ".join(
        f"{some(coders)} {one if len(coders) == 1 else several} {some(names)}" for names, coders in together.items()
    )


def by_coder(pairs: Held) -> list[tuple[str, list[str]]]:
    """The documents of each coder, both by name."""
    ordered = sorted((coder, document) for document, coder in pairs)
    return [(coder, [name for _coder, name in group]) for coder, group in groupby(ordered, key=lambda pair: pair[0])]


def some(names: Sequence[str]) -> str:
    """Names in a sentence; of many only the first few, and how many more."""
    return listed(names) if len(names) <= _MANY else f"{', '.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"


def listed(names: Sequence[str]) -> str:
    """All names in a sentence."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
