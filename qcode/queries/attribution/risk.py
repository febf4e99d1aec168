"""Who would be told by what is printed, and what was left out of it for that reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qcode.analysis.anonymity import Item, Settled
from qcode.queries.attribution.crowd import Crowd, Somebody
from qcode.queries.attribution.policy import NAMES, ExceptionRow


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody, with how many share what was asked of them (`wanted`) and what is printed of them (`alike`).

    `printed` is what stands under their first quote, or would; `why` says what was left out or made coarser.
    `by_hand` are the titles of what is said by words that somebody wrote, which are printed in any case; `exception`
    is what excepts this person, if anything does.
    """

    id: str
    name: str
    quotes: int
    wanted: int
    alike: int
    printed: str
    why: tuple[str, ...]
    by_hand: tuple[str, ...] = ()
    exception: ExceptionRow | None = None
    steps: Mapping[str, int | None] = field(default_factory=dict)


def why(somebody: Somebody, settled: Settled, titles: Mapping[str, str], crowd: Crowd, k: int) -> Iterator[str]:
    """What was left out of what is printed of somebody or made coarser, as sentences."""
    before = False
    for key, number in settled.steps.items():
        if number != 0:
            item = next(one for one in crowd.items if one.field == key)
            what = _named(key, item, somebody, titles)
            share = _shared(settled.counts[key], k, beside=before)
            if number is None:
                yield f"{what} is left out{share}."
            elif key in NAMES:
                yield f"{what} is printed in part{share}."
            else:
                yield f"{what} is printed as “{item.steps[number][0].of(somebody.person)}”{share}."
        before = before or number is not None


def _named(key: str, item: Item, somebody: Somebody, titles: Mapping[str, str]) -> str:
    """What is not printed as it was asked, with what it would give away."""
    if key not in NAMES:
        return f"{titles[key]} “{somebody.recorded.get(key, '')}”"
    told = [value for one in item.steps[0] if (value := one.of(somebody.person))]
    return f"{titles[key]}, which gives away {', '.join(f'“{value}”' for value in told)},"


def _shared(count: int, k: int, *, beside: bool) -> str:
    """Why an item is not printed as it is; `beside` says that something is printed already."""
    if count >= k:
        return ", or those of whom it has to be left out would be known by that"
    whom = "nobody else shares it" if count == 1 else f"only {count} people share it"
    return f": {whom}{' with what is printed beside it' if beside else ''}"
