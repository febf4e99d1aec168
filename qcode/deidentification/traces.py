"""What is left of names in the bytes of files, whoever wrote them there and in whatever encoding."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qcode.deidentification.common_words import COMMON
from qcode.files import NotAnOrdinaryFileError, ReadingFailedError, ReadingNotPermittedError
from qcode.text.words import folded

_CHUNK: Final = 1 << 22
_OVERLAP: Final = 1 << 10
_SHORTEST_PART: Final = 5
"""Letters of the beginning or end of a name that count as a trace of it: an index stores words cut."""
_PART: Final = ", part"
_WIDTHS: Final = {"utf-8": 1, "utf-16-le": 2, "json": 1}
_SMALL: Final = bytes(range(ord("a"), ord("z") + 1))
_LETTERS: Final = _SMALL + _SMALL.upper()


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """A name that stands in a file, `offset` bytes from its beginning; "part" in the encoding says it is cut."""

    file: Path
    name: str
    encoding: str
    offset: int


@dataclass(frozen=True, slots=True)
class _Needle:
    """Bytes to look for, in small ASCII letters; `edge` says which side of a cut name is open."""

    name: str
    encoding: str
    sought: bytes
    edge: str

    @property
    def core(self) -> bytes:
        """What the forms of a name share that begin or end alike: where it is missing, none of them need be sought."""
        length = _SHORTEST_PART * _WIDTHS[self.encoding]
        return self.sought[-length:] if self.edge == "start" else self.sought[:length]


def find_traces(paths: Sequence[Path], names: Sequence[str]) -> tuple[Trace, ...]:
    """Every place in the files where one of the names stands, in the order of the files and the bytes.

    Names are looked for in UTF-8, UTF-16LE and as JSON escapes write them, composed and decomposed, in any case and
    without their accents; and the first or last letters of longer ones, where a word is cut there. Names of up to four
    letters count as whole words alone, and a longer one not inside an ordinary word.

    Raises:
        ReadingNotPermittedError, NotAnOrdinaryFileError, ReadingFailedError: a file could not be looked through.
    """
    needles = [needle for name in dict.fromkeys(" ".join(name.split()) for name in names) for needle in _needles(name)]
    return tuple(trace for path in dict.fromkeys(paths) for trace in _apart(_in_file(path, needles)))


def _apart(found: Iterable[tuple[Trace, int]]) -> list[Trace]:
    """The traces of one file in order; of those that share bytes of one name only one, a whole name before a part."""
    kept: dict[str, list[tuple[int, int]]] = {}
    traces: list[Trace] = []
    for trace, end in sorted(set(found), key=lambda one: (_PART in one[0].encoding, one[0].offset, one[0].encoding)):
        spans = kept.setdefault(trace.name, [])
        place = bisect_left(spans, (trace.offset, end))
        before, after = spans[place - 1] if place else (0, 0), spans[place] if place < len(spans) else (end, end)
        if before[1] <= trace.offset and end <= after[0]:
            spans.insert(place, (trace.offset, end))
            traces.append(trace)
    return sorted(traces, key=lambda trace: (trace.offset, trace.name))


def neighbours(study: Path) -> tuple[Path, ...]:
    """The file, and the files beside it that begin with its name: journals, backups, copies; also in such folders."""
    beside = [path for path in sorted(study.parent.glob("*")) if path != study and path.name.startswith(study.stem)]
    inside = [path for folder in beside if folder.is_dir() for path in sorted(folder.rglob("*"))]
    hidden = sorted(study.parent.glob(f".{study.stem}*"))
    return (study, *(path for path in dict.fromkeys([*beside, *inside, *hidden]) if path.is_file()))


def _needles(name: str) -> Iterator[_Needle]:
    """The ways a name may stand in bytes, each once; its cut forms at the end."""
    spellings = _spellings(name)
    seen: set[bytes] = set()
    for edge, spelling in [("", one) for one in spellings] + [cut for one in spellings for cut in _cut(one)]:
        for encoding in _WIDTHS:
            sought = _encoded(spelling, encoding).lower()
            if sought and (edge.encode() + sought) not in seen:
                seen.add(edge.encode() + sought)
                yield _Needle(name, encoding, sought, edge)


def _spellings(name: str) -> list[str]:
    forms = {form: None for one in (name, name.lower(), name.upper()) for form in (one, _decomposed(one))}
    plain = " ".join(folded(name).split())
    return [form for form in (*forms, plain) if form]


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _cut(name: str) -> Iterator[tuple[str, str]]:
    """The beginnings and ends of a name that are long enough to tell, and are no ordinary words."""
    for length in range(_SHORTEST_PART, len(name)):
        for edge, part in (("end", name[:length]), ("start", name[-length:])):
            if part.isalpha() and part.casefold() not in COMMON:
                yield edge, part


def _encoded(text: str, encoding: str) -> bytes:
    return json.dumps(text)[1:-1].encode() if encoding == "json" else text.encode(encoding, "ignore")


def _in_file(path: Path, needles: Sequence[_Needle]) -> Iterator[tuple[Trace, int]]:
    if path.exists() and not path.is_file():
        raise NotAnOrdinaryFileError(path)
    try:
        with path.open("rb") as file:
            before, at = b"", 0
            while read := file.read(_CHUNK):
                data = before + read
                yield from _in_chunk(path, data, at - len(before), needles)
                before, at = data[-_OVERLAP:], at + len(read)
    except PermissionError:
        raise ReadingNotPermittedError(path) from None
    except OSError as problem:
        raise ReadingFailedError(path, problem.strerror or "the disk refused") from None


def _in_chunk(path: Path, data: bytes, at: int, needles: Sequence[_Needle]) -> Iterator[tuple[Trace, int]]:
    small = data.lower()
    there: dict[bytes, bool] = {}
    for needle in needles:
        core = needle.core
        if core not in there:
            there[core] = core in small
        if not there[core]:
            continue
        start = small.find(needle.sought)
        while start >= 0:
            if _counts(data, start, needle):
                encoding = needle.encoding + _PART if needle.edge else needle.encoding
                yield Trace(path, needle.name, encoding, at + start), at + start + len(needle.sought)
            start = small.find(needle.sought, start + 1)


def _counts(data: bytes, start: int, needle: _Needle) -> bool:
    width, end = _WIDTHS[needle.encoding], start + len(needle.sought)
    before, after = _letter(data, start - width, width), _letter(data, end, width)
    if needle.edge == "start":  # the end of a name, whose beginning an index keeps elsewhere
        return not after and start >= width and data[start - width] < ord(" ") and not before
    if needle.edge == "end":
        return not after and not before
    if len(needle.name) < _SHORTEST_PART:
        return (not before or _new_word(data, start, width)) and not after
    return not _inside_a_word(data, start, end, width)


def _letter(data: bytes, place: int, width: int) -> bool:
    if not 0 <= place < len(data):
        return False
    zero = data[place + 1 : place + 2] if width > 1 else b"\0"
    return data[place] in _LETTERS and zero == b"\0"


def _new_word(data: bytes, start: int, width: int) -> bool:
    """Whether a capital follows a small letter, as where two values of a row stand side by side."""
    return data[start] in _SMALL.upper() and data[start - width] in _SMALL


def _inside_a_word(data: bytes, start: int, end: int, width: int) -> bool:
    """Whether the letters around make up an ordinary word, as with the "grant" of "granted"."""
    first, last = start, end
    while _letter(data, first - width, width):
        first -= width
    while _letter(data, last, width):
        last += width
    whole = data[first:last:width].decode("ascii", "replace").lower()
    return (first, last) != (start, end) and whole in COMMON
