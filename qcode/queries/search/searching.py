"""Searching all texts of a study: words and phrases from the index, regular expressions in the texts themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import batched, islice
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from qcode.analysis.finding import Finder
from qcode.analysis.patterns import Pattern
from qcode.analysis.search_terms import Expression, parse, with_forms
from qcode.analysis.word_forms import WordForms
from qcode.ids import DocumentId
from qcode.models.search_index import Rows, candidates, indexed, is_usable, vocabulary
from qcode.models.storage import DamagedStudyError, StudyBusyError, StudyNotWrittenError
from qcode.queries.search.grounds import Ground, Kind, Opened, Voice, grounds, opened
from qcode.queries.search.index import update_index
from qcode.study import Place, Study
from qcode.text.ranges import Range
from qcode.text.words import accented, words

ANSWERS: Final = frozenset({"participant", "other"})
"""The roles of those who were asked: interviewers and events are left out."""

TRANSCRIPTS: Final[tuple[Kind, ...]] = ("transcript",)
EVERYTHING: Final[tuple[Kind, ...]] = ("transcript", "memo", "definition")

_AT_ONCE: Final = 200
_PATIENCE: Final = 0.25
# The index as it should be; then as far as it goes, where it cannot be written; then none, where it is damaged.
_TRUST: Final = ("whole", "part", "none")


_FORMS: Final[WeakKeyDictionary[Study, tuple[frozenset[str], tuple[WordForms, ...]]]] = WeakKeyDictionary()


class _PartialIndexError(Exception):
    """Some of the texts are not in the index yet."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, and where; None stands for everywhere.

    `text` is read as words (`analysis.search_terms.parse`) or as a regular expression; words that are asked for
    together must stand in one turn. `forms` finds other forms of the words too. `roles` are those of speakers, with
    "event" for what happens between turns; `groups` those of the participant, or else of the document. Filters apply
    to transcripts. At most `limit` hits are told, each with up to `around` code points of context on either side.
    """

    text: str
    regular_expression: bool = False
    forms: bool = False
    kinds: Collection[Kind] = TRANSCRIPTS
    documents: Collection[str] | None = None
    groups: Collection[str] | None = None
    roles: Collection[str] | None = None
    around: int = 60
    limit: int = 10_000


class Hit(NamedTuple):
    """A stretch `[start, end)` of a text that was looked for, in code points, with its context.

    `source` is the id of a document, a memo or a code, as `kind` says, and `name` what it is called. `turn` counts
    from 0 in a transcript and is -1 outside all turns; of a memo 0 is the title and 1 the text, of a definition it
    counts the fields. Speakers, roles and groups are those of transcripts.
    """

    kind: Kind
    source: str
    name: str
    turn: int
    start: int
    end: int
    speaker: str
    role: str
    group: str
    before: str
    text: str
    after: str

    @property
    def place(self) -> Place:
        """Where it is in a transcript."""
        return Place(DocumentId(self.source), self.start, self.end)


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in the order of the sources and their texts; `more` says that the limit cut some off."""

    hits: tuple[Hit, ...]
    more: bool = False

    @property
    def sources(self) -> int:
        """In how many texts something was found."""
        return len({hit.source for hit in self.hits})


def search(study: Study, query: Query) -> Found:
    """Everything that a query finds; the index is first brought up to date, or done without where that is not possible.

    Raises a refusal, a sentence, for a query that cannot be read or a regular expression that takes too long.
    """
    if query.regular_expression:
        return _search(study, query, _Expressions(Pattern(query.text)))
    expression, last = parse(query.text), _TRUST[-1]
    for trust in _TRUST:
        try:
            return _search(study, query, _Words(expression, trust))
        except _PartialIndexError:
            with suppress(StudyBusyError, StudyNotWrittenError, DamagedStudyError, DatabaseError):
                update_index(study, patience=_PATIENCE)
        except (DamagedStudyError, DatabaseError):
            if trust == last:
                raise
    raise AssertionError("a search without an index needs none")


def _search(study: Study, query: Query, looking: _Expressions | _Words) -> Found:
    found: list[Hit] = []
    with study.read() as session:
        chosen = grounds(session, study.coder, query.kinds, query.documents)
        looking.prepare(study, session, chosen, forms=query.forms)
        for batch in batched(filter(looking.is_likely, chosen), _AT_ONCE):
            for text in opened(study, session, batch):
                found += islice(_hits(text, looking, query), query.limit + 1 - len(found))
                if len(found) > query.limit:
                    return Found(tuple(found[:-1]), more=True)
    return Found(tuple(found))


def _hits(opened_text: Opened, looking: _Expressions | _Words, query: Query) -> Iterator[Hit]:
    ground, text, around = opened_text.ground, opened_text.text, query.around
    for piece, ranges in looking.ranges(opened_text):
        voice = opened_text.voice(piece)
        if not _is_asked_for(query, ground, voice):
            continue
        number = opened_text.pieces.numbers[piece]
        for start, end in ranges:
            yield Hit(
                ground.kind,
                ground.source.owner,
                ground.name,
                number,
                start,
                end,
                voice.name,
                voice.role,
                voice.group,
                text[max(0, start - around) : start],
                text[start:end],
                text[end : end + around],
            )


def _is_asked_for(query: Query, ground: Ground, voice: Voice) -> bool:
    if ground.kind != "transcript":
        return True
    role_fits = query.roles is None or voice.role in query.roles
    return role_fits and (query.groups is None or voice.group in query.groups)


class _Expressions:
    """A regular expression, held against whole texts: a hit belongs to the piece in which it begins."""

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern

    def prepare(self, _study: Study, _session: Session, _chosen: Sequence[Ground], *, forms: bool) -> None:
        """Nothing: every text is read."""

    def is_likely(self, _ground: Ground) -> bool:
        """Every text may have a hit."""
        return True

    def ranges(self, opened_text: Opened) -> Iterator[tuple[int, list[Range]]]:
        """Each hit with its piece."""
        starts, ends = opened_text.pieces.starts, opened_text.pieces.ends
        for start, end in self._pattern.find(opened_text.text):
            piece = bisect_left(ends, start + 1)
            if piece < len(starts):
                yield min(piece, len(starts) - 1), [(start, end)]


class _Words:
    """Words and phrases: the index names the pieces in which they may be, and where it is not there all are read."""

    def __init__(self, expression: Expression, trust: str) -> None:
        self._expression = expression
        self._trust = trust
        self._rows: dict[str, Rows] = {}
        self._candidates: Sequence[int] = ()

    def prepare(self, study: Study, session: Session, chosen: Sequence[Ground], *, forms: bool) -> None:
        """Ask the index."""
        usable = self._trust != "none" and is_usable(session)
        self._rows = indexed(session) if usable else {}
        unread = [ground for ground in chosen if ground.source.key not in self._rows]
        if unread and self._trust == "whole":
            raise _PartialIndexError
        if forms:
            self._expression = self._with_forms(study, session, chosen, unread)
        self._candidates = candidates(session, self._expression) if usable else ()
        self._finder = Finder(self._expression)

    def _with_forms(
        self, study: Study, session: Session, chosen: Sequence[Ground], unread: Sequence[Ground]
    ) -> Expression:
        """The expression with the forms that the texts use, which are remembered as long as these are the texts."""
        languages = {ground.language for ground in chosen if ground.language} or {"en"}
        texts = frozenset((*languages, *self._rows, *(ground.source.key for ground in unread)))
        made = _FORMS.get(study)
        if made is None or made[0] != texts:
            known = (vocabulary(session) if self._rows else set()) | _words_of(study, session, unread)
            made = _FORMS[study] = texts, tuple(WordForms(known, language) for language in sorted(languages))
        forms = made[1]
        return with_forms(self._expression, lambda word: {form for each in forms for form in each.of(word)})

    def is_likely(self, ground: Ground) -> bool:
        """Whether there is anything to look at."""
        first, last = self._among(ground.source.key)
        return first < last or ground.source.key not in self._rows

    def ranges(self, opened_text: Opened) -> Iterator[tuple[int, list[Range]]]:
        """The pieces that match, each with its hits."""
        text, find = opened_text.text, self._finder.find
        starts, ends, shapes = opened_text.pieces.starts, opened_text.pieces.ends, opened_text.pieces.shapes
        for piece in self._likely_pieces(opened_text):
            start = starts[piece]
            found = find(text[start : ends[piece]], shapes[piece])
            if found:
                yield piece, [(start + left, start + right) for left, right in found]

    def _likely_pieces(self, opened_text: Opened) -> Iterable[int]:
        key = opened_text.ground.source.key
        if key not in self._rows:
            return range(len(opened_text.pieces))
        first, last = self._among(key)
        return (row - self._rows[key].first for row in self._candidates[first:last])

    def _among(self, key: str) -> tuple[int, int]:
        """Which of the candidates are rows of this content."""
        rows = self._rows.get(key, Rows(0, 0))
        first = bisect_left(self._candidates, rows.first)
        return first, bisect_left(self._candidates, rows.first + rows.size, first)


def _words_of(study: Study, session: Session, unread: Sequence[Ground]) -> set[str]:
    found: set[str] = set()
    for one in opened(study, session, unread):
        found.update(words(one.text), accented(one.text))
    return found
