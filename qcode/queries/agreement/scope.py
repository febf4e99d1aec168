"""What is to be said of who counts and who does not, once for the window, the command line and the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.agreement.refusals import Held, by_coder, listed, some

type Names = Callable[[Sequence[str]], str]


def remarks(found: StudyAgreement, *, names: Names = some) -> Iterator[str]:
    """What is left out and why, and what counts although colleagues' work could be seen; all names with `listed`."""
    if found.unfinished:
        yield f"Left out, not handed in yet: {_held(found.unfinished, names)}."
    if found.withheld:
        yield f"Left out until you hand it in, as the round is blind: {names(found.withheld)}."
    if found.apart:
        yield (
            f"Left out until “Conflicts to settle…” in Transcripts says which text holds, as it was corrected on two "
            f"sides: {names(found.apart)}."
        )
    if found.seen_others:
        yield (
            f"Counted, though gone on with after colleagues’ codings could be seen: {_held(found.seen_others, names)}."
        )


def unfinished_in_full(found: StudyAgreement) -> str:
    """Who has not handed in what, with every name, a line for each coder."""
    return "\n".join(f"{coder}: {', '.join(names)}" for coder, names in by_coder(found.unfinished))


def in_full(found: StudyAgreement) -> Iterator[str]:
    """The same remarks with every name."""
    return remarks(found, names=listed)


def _held(pairs: Held, names: Names) -> str:
    return "; ".join(f"{coder} {names(documents)}" for coder, documents in by_coder(pairs))
