"""The full-text index: derived, kept in the study's file, never journalled, and made anew whenever it is missing.

One row of SQLite's FTS5 stands for one piece of a source, such as a turn; it holds the folded words and not the text.
Rows are only added: what is no longer in the study stays until there is so much of it that the index is made anew.
"""

from __future__ import annotations

import json
from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, NamedTuple, Self

from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from qcode.analysis.search_terms import Either, Every, Expression, Term
from qcode.models.search_sources import Content
from qcode.text.words import VERSION, accented, folded, shape

# Words come folded and apart by spaces, so this tokenizer, for which all beyond ASCII are letters, cuts only there.
_TABLE: Final = "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', columnsize=0, tokenize='ascii')"
_WORDS: Final = "CREATE VIRTUAL TABLE search_words USING fts5vocab('search_index', 'row')"
_SHADOWS: Final = {
    "search_index_data": "id INTEGER PRIMARY KEY, block BLOB",
    "search_index_idx": "segid, term, pgno, PRIMARY KEY(segid, term)",
    "search_index_config": "k PRIMARY KEY, v",
}
# Words are gathered in memory up to this many bytes: a long build writes one segment instead of many to be merged.
_GATHERED: Final = 2**25

_LOCAL: Final = MetaData()
_SOURCE: Final = Table(
    "search_source",
    _LOCAL,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("pieces", String, nullable=False),
    Column("accented", String, nullable=False),
)
_KNOWN: Final = text("SELECT count(*) FROM sqlite_master WHERE sql IN (:index, :words) OR name = :source")
_ROWS: Final = select(_SOURCE.c.key, _SOURCE.c.first, _SOURCE.c.count)
_CANDIDATES: Final = text("SELECT rowid FROM search_index WHERE search_index MATCH :wanted ORDER BY rowid")


class Rows(NamedTuple):
    """Which rows of the index belong to a source: `size` from `first` on."""

    first: int
    size: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a source, column by column; `speaker` counts in `speakers`, from 1, with 0 for nobody.

    `shapes` says how each can be searched (`text.words.shape`).
    """

    starts: array[int]
    ends: array[int]
    numbers: array[int]
    speaker: array[int]
    events: array[int]
    shapes: array[int]
    speakers: tuple[str, ...]

    @classmethod
    def of(cls, content: Content) -> Self:
        """The pieces of a content."""
        speakers = tuple(dict.fromkeys(piece.speaker for piece in content.pieces if piece.speaker))
        places = {speaker: number for number, speaker in enumerate(speakers, 1)}
        return cls(
            array("i", [piece.start for piece in content.pieces]),
            array("i", [piece.end for piece in content.pieces]),
            array("i", [piece.number for piece in content.pieces]),
            array("i", [places.get(piece.speaker or "", 0) for piece in content.pieces]),
            array("b", [piece.event for piece in content.pieces]),
            array("b", [shape(content.text[piece.start : piece.end]) for piece in content.pieces]),
            speakers,
        )

    @classmethod
    def loads(cls, stored: str) -> Self:
        """The pieces as `dumps` wrote them."""
        *columns, speakers = json.loads(stored)
        starts, ends, numbers, speaker, events, shapes = map(array, "iiiibb", columns)
        return cls(starts, ends, numbers, speaker, events, shapes, tuple(speakers))

    def dumps(self) -> str:
        """The pieces as JSON."""
        columns = (self.starts, self.ends, self.numbers, self.speaker, self.events, self.shapes)
        return json.dumps([*map(list, columns), self.speakers], separators=(",", ":"))

    def __len__(self) -> int:
        return len(self.starts)


def key_of(kind: str, key: str) -> str:
    """What the index knows a content by: a change of folding makes every content a new one."""
    return f"{kind}:{VERSION}:{key}"


def is_usable(session: Session) -> bool:
    """Whether the index is in the file, as this version of qcode makes it."""
    known = session.connection().execute(_KNOWN, {"index": _TABLE, "words": _WORDS, "source": _SOURCE.name})
    return bool(known.scalar() == 3)


def make_anew(session: Session) -> None:
    """Take away whatever index there is and begin an empty one."""
    try:
        with session.begin_nested():
            _drop(session)
    except DatabaseError:
        _empty(session)
        _drop(session)
    _LOCAL.create_all(session.connection())
    session.execute(text(_TABLE))
    session.execute(text(_WORDS))
    session.execute(text("INSERT INTO search_index(search_index, rank) VALUES('hashsize', :size)"), {"size": _GATHERED})


def _drop(session: Session) -> None:
    for name in ("search_words", "search_index", _SOURCE.name):
        session.execute(text(f"DROP TABLE IF EXISTS {name}"))


def _empty(session: Session) -> None:
    """Bring FTS5's own tables into a state in which it is willing to drop them: it looks into them first."""
    for table, columns in _SHADOWS.items():
        session.execute(text(f"DROP TABLE IF EXISTS {table}"))
        session.execute(text(f"CREATE TABLE {table}({columns})"))
    session.execute(text("INSERT INTO search_index_config VALUES('version', 4)"))
    session.execute(text("INSERT INTO search_index_data VALUES(1, x''), (10, x'00000000000000')"))


def add(session: Session, contents: Mapping[str, Content]) -> None:
    """Add contents by their keys."""
    first = 1 + (session.scalar(select(func.max(_SOURCE.c.first + _SOURCE.c.count))) or 0)
    for key, content in contents.items():
        pieces = Pieces.of(content)
        row = {"key": key, "first": first, "count": len(pieces), "pieces": pieces.dumps()}
        session.execute(insert(_SOURCE), row | {"accented": " ".join(sorted(accented(content.text)))})
        if pieces:
            _add_rows(session, first, content)
        first += len(pieces)


def _add_rows(session: Session, first: int, content: Content) -> None:
    rows = [
        (number, folded(content.text[piece.start : piece.end])) for number, piece in enumerate(content.pieces, first)
    ]
    session.connection().exec_driver_sql("INSERT INTO search_index(rowid, words) VALUES(?, ?)", rows)


def indexed(session: Session) -> dict[str, Rows]:
    """Which rows each content has, by its key."""
    return {key: Rows(first, count) for key, first, count in session.connection().execute(_ROWS).all()}


def pieces_of(session: Session, keys: Collection[str]) -> dict[str, Pieces]:
    """The pieces of contents that are in the index, if there is one."""
    if not is_usable(session):
        return {}
    found = session.execute(select(_SOURCE.c.key, _SOURCE.c.pieces).where(_SOURCE.c.key.in_(list(keys))))
    return {key: Pieces.loads(pieces) for key, pieces in found}


def candidates(session: Session, expression: Expression) -> Sequence[int]:
    """The rows, in order, in which an expression may hold: all in which it does, and few others."""
    return session.connection().execute(_CANDIDATES, {"wanted": _match(expression)}).scalars().all()


def vocabulary(session: Session) -> set[str]:
    """Every folded word in the index, and every word that has accents as it is written."""
    words = set(session.scalars(text("SELECT term FROM search_words")))
    for spelled in session.scalars(select(_SOURCE.c.accented)):
        words.update(spelled.split())
    return words


def _match(expression: Expression) -> str:
    """The expression for FTS5, without what is not wanted. Words are letters: nothing in them is syntax."""
    match expression:
        case Term(places, prefix):
            return _phrase(places, "*" if prefix else "")
        case Every(parts):
            return _joined(" AND ", map(_match, parts))
        case Either(parts):
            return _joined(" OR ", map(_match, parts))


def _phrase(places: Sequence[Sequence[str]], star: str) -> str:
    """Where a place has several words, FTS5 knows no phrase: the words in any order hold every place it is in."""
    if all(len(place) == 1 for place in places):
        return f'"{" ".join(place[0] for place in places)}"{star}'
    *others, last = (_joined(" OR ", (f'"{word}"' for word in place)) for place in places)
    return _joined(" AND ", [*others, last + star])


def _joined(operator: str, parts: Iterable[str]) -> str:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"({operator.join(listed)})"


class PieceShelf:
    """The pieces of contents at hand: they never change under their key, so reading each once is enough."""

    _ROOM = 1_000_000

    def __init__(self) -> None:
        self._lock = Lock()
        self._pieces: OrderedDict[str, Pieces] = OrderedDict()
        self._held = 0

    def pieces(self, session: Session, keys: Collection[str]) -> dict[str, Pieces]:
        """The pieces of contents that are in the index, or that were put here."""
        with self._lock:
            missing = [key for key in keys if key not in self._pieces]
            if missing:
                self._keep(pieces_of(session, missing))
            found = {key: self._pieces[key] for key in keys if key in self._pieces}
            self._make_room()
            return found

    def put(self, key: str, pieces: Pieces) -> None:
        """Keep the pieces of a content that is not in the index."""
        with self._lock:
            self._keep({key: pieces})
            self._make_room()

    def _keep(self, found: Mapping[str, Pieces]) -> None:
        for key, pieces in found.items():
            self._held += len(pieces) - len(self._pieces.get(key, ()))
            self._pieces[key] = pieces

    def _make_room(self) -> None:
        while self._held > self._ROOM and len(self._pieces) > 1:
            self._held -= len(self._pieces.popitem(last=False)[1])
