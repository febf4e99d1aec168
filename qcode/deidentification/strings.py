"""Everything that arrives, as distinct strings with their places: what a person answers before an import."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qcode.deidentification.capitals import capitals_warning
from qcode.deidentification.common_words import COMMON
from qcode.deidentification.forms import Forms, same_form, words_of
from qcode.deidentification.labels import other_forms
from qcode.deidentification.lexicon import TITLES
from qcode.deidentification.reviewing import sureness
from qcode.deidentification.scanning import scan
from qcode.deidentification.screening import screen
from qcode.deidentification.values import Candidate, Category, Recognised
from qcode.text.words import folded

LABEL: Final = "speaker"
BY_HAND: Final = "marked by hand"
KNOWN: Final = "decided before"
SAME: Final = "stands elsewhere too"
_LONGEST_CODE: Final = 4
_FAR: Final = 1 << 60
_NEIGHBOURS: Final = 8
_ROLE_WORDS: Final = """
interviewer interviewee participant respondent moderator facilitator speaker researcher observer note taker notetaker
assistant interpreter translator host guest group all several unknown unidentified man woman male female question
answer q a int res resp mod fac
"""
_ROLES: Final = frozenset(_ROLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a document: the talk, whose part is "", or what stands about it, such as "title" or "speaker"."""

    document: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A string in one source, by the source's number among those of its document: the code points [start, end)."""

    document: str
    source: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A document that was looked through: its sources, what was found in each, and whether the talk lacks capitals.

    `folded` are the sources as words are compared. `model` says whether a language model was asked.
    """

    document: str
    sources: tuple[Source, ...]
    found: tuple[tuple[Candidate, ...], ...]
    folded: tuple[str, ...]
    without_capitals: bool
    model: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One string of all that arrives. `key` is what its spellings have in common, `text` the commonest of them."""

    key: str
    text: str
    category: Category
    by: tuple[str, ...]
    hits: tuple[Hit, ...]

    @property
    def documents(self) -> int:
        """In how many documents it stands."""
        return len({hit.document for hit in self.hits})


def look_through(
    document: str,
    sources: Sequence[Source],
    *,
    key_list: Sequence[str] = (),
    recognised: Sequence[Recognised] | None,
    ordinary: Collection[str] = (),
) -> Looked:
    """Look for what may identify someone in all sources of a document.

    A speaker's label is a name as a whole, unless `is_code` says otherwise. `recognised` belongs to the talk,
    `ordinary` to its language.
    """
    found: list[tuple[Candidate, ...]] = []
    for source in sources:
        if source.part == LABEL:
            candidates: tuple[Candidate, ...] = _label(source.text)
        else:
            model = recognised or () if not source.part else ()
            candidates = scan(source.text, key_list=key_list, recognised=model, ordinary=ordinary)
            if source.part:
                candidates = tuple(kept for one in candidates if (kept := _telling(source.text, one)) is not None)
        found.append(candidates)
    plain = any(not source.part and capitals_warning(source.text) for source in sources)
    words = tuple(folded(source.text) for source in sources)
    return Looked(document, tuple(sources), tuple(found), words, plain, recognised is not None)


def is_code(label: str) -> bool:
    """Whether a speaker's label names nobody: initials and numbers such as P3, or a role such as Interviewer."""
    words = words_of(label)
    if not words or any(map(str.isdigit, label)):
        return all(word.key.isdigit() or len(word.key) <= _LONGEST_CODE or word.key in _ROLES for word in words)
    initials = len(words) == 1 and label.strip().isupper() and len(words[0].key) < _LONGEST_CODE
    return initials or all(word.key in _ROLES for word in words)


def names_in_labels(labels: Iterable[str]) -> list[str]:
    """The names that speakers' labels tell, whole and word by word: they are looked for in every talk."""
    found: dict[str, None] = {}
    for label in labels:
        if not is_code(label):
            forms = other_forms(label) or (label,)
            found |= dict.fromkeys(forms)
            found |= dict.fromkeys(
                form[word.start : word.end]
                for form in forms
                for word in words_of(form)
                if len(word.key) > 2 and word.key not in COMMON and word.key not in _ROLES and word.key not in TITLES
            )
    return list(found)


def listed(looked: Iterable[Looked], *, known: Sequence[str] = ()) -> tuple[Listed, ...]:
    """The strings of all documents, each once with all its places; the surest come first.

    `known` are forms that were decided before. A string counts also where no rule marked it, such as written small.
    """
    every = tuple(looked)
    gathered = _Gathered()
    for one in every:
        for number, candidates in enumerate(one.found):
            for candidate in candidates:
                gathered.add(one.document, number, candidate)
    _add_unmarked(gathered, every, known)
    return tuple(sorted(gathered.rows(), key=lambda row: (sureness(row.by[0]), -len(row.hits), row.text.casefold())))


def marked_by_hand(
    rows: Sequence[Listed], looked: Iterable[Looked], form: str, *, instead_of: str = ""
) -> tuple[Listed, ...]:
    """The strings with one that a person marked, before the others, wherever it stands; what lies within it goes.

    `instead_of` is the key of a string that was marked too widely and goes as a whole.
    """
    key = same_form(form)
    kept = [row for row in rows if row.key not in (instead_of, key)]
    spans = _by_source(hit for row in kept for hit in row.hits)
    before = next((row for row in rows if row.key == key), None)
    own = {hit: None for one in looked for hit in stands_in(one, form) if not _inside(hit, spans)}
    hits = tuple(dict.fromkeys([*(before.hits if before else ()), *own]))
    marks = _by_source(hits)
    left = [_outside(row, marks) for row in kept]
    category = before.category if before else "name"
    return (Listed(key, form, category, (BY_HAND,), hits), *(row for row in left if row.hits))


def _by_source(hits: Iterable[Hit]) -> dict[tuple[str, int], list[tuple[int, int]]]:
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for hit in hits:
        found.setdefault((hit.document, hit.source), []).append((hit.start, hit.end))
    for spans in found.values():
        spans.sort()
    return found


def _inside(hit: Hit, spans: Mapping[tuple[str, int], Sequence[tuple[int, int]]]) -> bool:
    length = hit.end - hit.start
    near = spans.get((hit.document, hit.source), ())
    return any(start <= hit.start and hit.end <= end and end - start > length for start, end in _before(near, hit))


def _outside(row: Listed, marks: Mapping[tuple[str, int], Sequence[tuple[int, int]]]) -> Listed:
    """A row without the places that lie within marks."""
    hits = tuple(
        hit
        for hit in row.hits
        if not any(
            start <= hit.start and hit.end <= end
            for start, end in _before(marks.get((hit.document, hit.source), ()), hit)
        )
    )
    return row if len(hits) == len(row.hits) else replace(row, hits=hits)


def _before(spans: Sequence[tuple[int, int]], hit: Hit) -> Sequence[tuple[int, int]]:
    """The spans, which are in order and hardly overlap, that begin last before a place or with it."""
    place = bisect_right(spans, (hit.start, _FAR))
    return spans[max(0, place - _NEIGHBOURS) : place]


def stands_in(one: Looked, form: str) -> list[Hit]:
    """Every place of a form in a document; sources that cannot hold it are passed over quickly."""
    longest = max((word.key for word in words_of(form)), key=len, default="")
    sought = folded(longest).strip()
    return [
        Hit(one.document, number, start, end)
        for number, (source, words) in enumerate(zip(one.sources, one.folded, strict=True))
        if sought and sought in words
        for start, end in _places(source.text, form)
    ]


def _places(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Where a form stands; it never goes over the end of a line, so only lines that may hold it are looked at."""
    sought = folded(max((word.key for word in words_of(form)), key=len)).strip()
    at = 0
    for line in text.split("\n"):
        if sought in folded(line):
            yield from ((at + start, at + end) for start, end in screen(line, [form]))
        at += len(line) + 1


class _Gathered:
    """Strings as they are found, by what their spellings have in common."""

    def __init__(self) -> None:
        self._spellings: dict[str, Counter[str]] = {}
        self._surest: dict[str, Candidate] = {}
        self._hits: dict[str, list[Hit]] = {}

    def add(self, document: str, source: int, candidate: Candidate) -> None:
        key = same_form(candidate.text)
        self._spellings.setdefault(key, Counter())[candidate.text] += 1
        self._hits.setdefault(key, []).append(Hit(document, source, candidate.start, candidate.end))
        before = self._surest.get(key)
        if before is None or sureness(candidate.by[0]) < sureness(before.by[0]):
            self._surest[key] = candidate

    def forms(self) -> list[str]:
        return [spellings.most_common(1)[0][0] for spellings in self._spellings.values()]

    def marked(self) -> dict[tuple[str, int], list[tuple[int, int]]]:
        marked: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for hits in self._hits.values():
            for hit in hits:
                marked.setdefault((hit.document, hit.source), []).append((hit.start, hit.end))
        return marked

    def rows(self) -> list[Listed]:
        return [
            Listed(key, spellings.most_common(1)[0][0], self._surest[key].category, self._surest[key].by, _sorted(hits))
            for (key, spellings), hits in zip(self._spellings.items(), self._hits.values(), strict=True)
        ]


def _sorted(hits: list[Hit]) -> tuple[Hit, ...]:
    order: dict[str, int] = {}
    for hit in hits:
        order.setdefault(hit.document, len(order))
    return tuple(sorted(hits, key=lambda hit: (order[hit.document], hit.source, hit.start)))


def _telling(text: str, one: Candidate) -> Candidate | None:
    """What is told of a name in a title: without the ordinary words around it, such as "Interview"."""
    words = words_of(one.text)
    if one.category not in ("word", "name", "place") or len(words) < 2:
        return None if one.category == "word" and words and words[0].key in COMMON else one
    telling = [word for word in words if word.key not in COMMON and word.key not in _ROLES]
    if not telling or one.by[0] == "key list":
        return one if telling else None
    start, end = one.start + telling[0].start, one.start + telling[-1].end
    return replace(one, start=start, end=end, text=text[start:end])


def _label(text: str) -> tuple[Candidate, ...]:
    if not text.strip() or is_code(text):
        return ()
    return (Candidate(0, len(text), text, "name", ("label of a speaker",)),)


def _add_unmarked(gathered: _Gathered, every: Sequence[Looked], known: Sequence[str]) -> None:
    """Add the places where a string stands and no rule marked it, and the forms that were decided before."""
    before = {same_form(form) for form in known}
    forms = Forms((form, same_form(form)) for form in [*gathered.forms(), *known])
    marked = gathered.marked()
    for one in every:
        for number, source in enumerate(one.sources):
            taken = sorted(marked.get((one.document, number), ()))
            for found in _apart(forms.find(source.text), taken):
                rule = KNOWN if found[2] in before else SAME
                text = source.text[found[0] : found[1]]
                gathered.add(one.document, number, Candidate(found[0], found[1], text, "name", (rule,)))


def _apart(found: Iterable[tuple[int, int, str]], taken: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int, str]]:
    """Those of the places that touch none of the taken ones; both are in order."""
    place = 0
    for one in found:
        while place < len(taken) and taken[place][1] <= one[0]:
            place += 1
        if place == len(taken) or one[1] <= taken[place][0]:
            yield one


def hits_by_document(rows: Iterable[Listed]) -> Mapping[str, list[Listed]]:
    """The strings that stand in each document."""
    found: dict[str, list[Listed]] = {}
    for row in rows:
        for document in dict.fromkeys(hit.document for hit in row.hits):
            found.setdefault(document, []).append(row)
    return found
