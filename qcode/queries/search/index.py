"""Bringing the full-text index up to what the study holds now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import batched
from typing import Final, NamedTuple

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from qcode.models.search_index import Rows, add, indexed, is_usable, key_of, make_anew
from qcode.models.search_sources import PROVIDERS, Content
from qcode.models.storage import DamagedStudyError
from qcode.models.texts import Shelf
from qcode.study import Study

_AT_ONCE: Final = 25
_ROWS_TO_SPARE: Final = 20_000

type Report = Callable[[int, int], None]
"""Told how many texts are done, and of how many; may raise to stop, and what is done then stays."""


class Source(NamedTuple):
    """A text to search: the kind, the id of the row that has it, and the key of what it says now."""

    kind: str
    owner: str
    key: str


def update_index(study: Study, report: Report | None = None, *, patience: float = 10.0) -> int:
    """Index every text that is new or was changed, and say how many were; quick where nothing is.

    May run in any thread. Work is saved as it goes, so that other windows can write in between. Refuses, with what
    stands in the way, when the file cannot be written within `patience` seconds: a search then goes without an index.
    An index that was damaged is made anew.
    """
    try:
        return _update(study, report, patience)
    except (DamagedStudyError, DatabaseError):
        clear_index(study)
        return _update(study, report, patience)


def _update(study: Study, report: Report | None, patience: float) -> int:
    with study.read() as session:
        waiting = _waiting(session)
    done = 0
    for batch in batched(waiting, _AT_ONCE):
        with study.local(patience=patience) as session:
            _index(session, batch)
        done += len(batch)
        if report is not None:
            report(done, len(waiting))
    return done


def clear_index(study: Study) -> None:
    """Forget the words of every text, also of those that are no longer in the study; a search makes it anew."""
    with study.local() as session:
        make_anew(session)


def present(session: Session, kinds: Sequence[str] = tuple(PROVIDERS)) -> Iterator[Source]:
    """Everything that can be searched now, kind by kind."""
    for kind in kinds:
        for owner, key in PROVIDERS[kind].owners(session).items():
            yield Source(kind, owner, key_of(kind, key))


def _waiting(session: Session) -> list[Source]:
    """What is not in the index yet: everything, if too much of the index is about what is gone."""
    sources = list(present(session))
    known = _known(session, sources)
    return [source for source in sources if source.key not in known]


def _known(session: Session, sources: Sequence[Source]) -> dict[str, Rows]:
    """What the index holds, if it is there and worth keeping."""
    if not is_usable(session):
        return {}
    known = indexed(session)
    living = sum(known[key].size for key in {source.key for source in sources} & known.keys())
    bloated = sum(rows.size for rows in known.values()) > 2 * living + _ROWS_TO_SPARE
    return {} if bloated else known


def _index(session: Session, batch: Sequence[Source]) -> None:
    """Add these texts as they read now, save what another window has added meanwhile."""
    chosen = {(source.kind, source.owner) for source in batch}
    sources = list(present(session))
    known = _known(session, sources)
    if not known:
        make_anew(session)
    new = {source.key: source for source in sources if source[:2] in chosen and source.key not in known}
    add(session, dict(_contents(session, list(new.values()))))


def _contents(session: Session, sources: Sequence[Source]) -> Iterator[tuple[str, Content]]:
    shelf = Shelf()
    for kind, provider in PROVIDERS.items():
        keys = {source.owner: source.key for source in sources if source.kind == kind}
        for owner, content in provider.contents(session, shelf, keys.keys()):
            yield keys[owner], content
