"""Texts and layouts, stored once under their hash and never changed."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy.orm import Session

from qcode.models.documents import Layout, Text


class TurnSpan(NamedTuple):
    """A turn `[start, end)` in code points; times in milliseconds; `speaker` is the id of a speaker row."""

    start: int
    end: int
    speaker: str | None
    event: bool
    start_ms: int | None
    end_ms: int | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Where the turns and the sentences of a text are: fixed with the revision, so that units never move."""

    turns: tuple[TurnSpan, ...]
    units: tuple[tuple[int, int], ...]


def store_text(session: Session, body: str) -> str:
    """Keep a text and return its hash."""
    digest = sha256(body.encode("utf-8")).hexdigest()
    if session.get(Text, digest) is None:
        session.add(Text(sha256=digest, body=body))
    return digest


def load_text(session: Session, digest: str) -> str:
    """The text with this hash."""
    return session.get_one(Text, digest).body


def store_boundaries(session: Session, boundaries: Boundaries) -> str:
    """Keep turns and sentences and return their hash."""
    units = [position for unit in boundaries.units for position in unit]
    body = json.dumps({"turns": boundaries.turns, "units": units}, ensure_ascii=False, separators=(",", ":"))
    digest = sha256(body.encode("utf-8")).hexdigest()
    if session.get(Layout, digest) is None:
        session.add(Layout(sha256=digest, body=body))
    return digest


def load_boundaries(session: Session, digest: str) -> Boundaries:
    """The turns and sentences with this hash."""
    found = json.loads(session.get_one(Layout, digest).body)
    return Boundaries(tuple(map(_turn, found["turns"])), tuple(_pairs(found["units"])))


def _turn(values: Sequence[object]) -> TurnSpan:
    turn = TurnSpan(*values)  # type: ignore[arg-type]  # JSON that store_boundaries wrote
    return turn._replace(flags=tuple(turn.flags))


def _pairs(flat: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


class Shelf:
    """Texts and boundaries at hand: they never change under their hash, so reading each once is enough."""

    _ROOM = 40_000_000

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._boundaries: OrderedDict[str, Boundaries] = OrderedDict()
        self._held = 0

    def text(self, session: Session, digest: str) -> str:
        """The text with this hash; the least used ones go when over 40 million code points are held."""
        if digest not in self._texts:
            self._texts[digest] = load_text(session, digest)
            self._held += len(self._texts[digest])
        self._texts.move_to_end(digest)
        while self._held > self._ROOM and len(self._texts) > 1:
            self._held -= len(self._texts.popitem(last=False)[1])
        return self._texts[digest]

    def boundaries(self, session: Session, digest: str) -> Boundaries:
        """The turns and sentences with this hash."""
        if digest not in self._boundaries:
            self._boundaries[digest] = load_boundaries(session, digest)
        self._boundaries.move_to_end(digest)
        if len(self._boundaries) > 200:
            self._boundaries.popitem(last=False)
        return self._boundaries[digest]
