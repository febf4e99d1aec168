"""Praat TextGrid files, long and short: both are the same row of texts and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import check_lines
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.seconds import as_milliseconds
from qcode.transcripts.signatures import head
from qcode.transcripts.tiers import TIER_LIMIT, Span, Tier, TooManyTiersError, parsed_tiers
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.transcripts.reader import Source

_TOKEN: Final = re.compile(
    r'(?<!\S)(?:"((?:[^"]|"")*+)"|([-+]?\d{1,40}(?:\.\d{0,40})?(?:[eE][-+]?\d{1,4})?)(?!\S)|(<exists>|<absent>)(?!\S))'
)
_LINES_LIMIT: Final = 1_000_000
_KINDS: Final = ("IntervalTier", "TextTier")
_SIGNS: Final = ("ooTextFile", "Praat chronological TextGrid text file", "ooBinaryFile")


class PraatKindError(QcodeError):
    """A file of Praat holds something else than a TextGrid as text."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is a Praat file, but no TextGrid in text form. In Praat, open the TextGrid and choose "
            "“Save as text file”."
        )


class PraatDamagedError(QcodeError):
    """A TextGrid ends too early, or its numbers do not fit together."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is damaged or was cut off. Open it in Praat and save it again, or ask for a new copy."
        )


class _Values:
    """The texts and numbers of a TextGrid, one after the other."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._found = _TOKEN.finditer(text)
        self._text = text
        self.line_no = 1
        self._counted = 0

    def text(self) -> str:
        """The next value, which must be a text; doubled quotation marks are one. Raises PraatDamagedError."""
        found = self._next()
        if found[1] is None:
            raise PraatDamagedError(self._name)
        self.line_no += self._text.count("\n", self._counted, found.start())
        self._counted = found.start()
        return found[1].replace('""', '"')

    def number(self) -> float:
        """The next value, which must be a number. Raises PraatDamagedError."""
        found = self._next()
        if found[2] is None:
            raise PraatDamagedError(self._name)
        return float(found[2])

    def count(self) -> int:
        """The next value, which must be a number of things. Raises PraatDamagedError."""
        number = self.number()
        if not number.is_integer() or number < 0:
            raise PraatDamagedError(self._name)
        return int(number)

    def has_tiers(self) -> bool:
        """Whether the flag that comes next says that there are tiers. Raises PraatDamagedError."""
        found = self._next()
        if found[3] is None:
            raise PraatDamagedError(self._name)
        return found[3] == "<exists>"

    def _next(self) -> re.Match[str]:
        found = next(self._found, None)
        if found is None:
            raise PraatDamagedError(self._name)
        return found


def _recognises(source: Source) -> bool:
    return any(sign in head(source.data)[:60] for sign in _SIGNS)


def _parse(source: Source) -> Parsed:
    if "ooTextFile" not in head(source.data)[:60]:
        raise PraatKindError(source.name)
    decoded = decode(source)
    text, notes = normalise(decoded.text)
    check_lines(source.name, text.split("\n"), most=_LINES_LIMIT)
    values = _Values(source.name, text)
    if values.text() != "ooTextFile" or not values.text().startswith("TextGrid"):
        raise PraatKindError(source.name)
    values.number(), values.number()
    tiers = list(_tiers(source.name, values)) if values.has_tiers() else []
    wrong = sum(span.start_ms is None for tier in tiers for span in tier.spans)
    warning = f"{counted(wrong, 'time')} that cannot be one left out."
    return parsed_tiers(
        source.name,
        tiers,
        source.options,
        layout="Praat TextGrid",
        encoding=decoded.encoding,
        metadata={},
        warnings=(*decoded.warnings, *((warning,) if wrong else ())),
        rules=notes,
    )


def _tiers(name: str, values: _Values) -> Iterator[Tier]:
    count = values.count()
    if count > TIER_LIMIT:
        raise TooManyTiersError(name, count)
    for _ in range(count):
        kind, tier = values.text(), values.text()
        if kind not in _KINDS:
            raise PraatDamagedError(name)
        values.number(), values.number()
        has_intervals = kind == _KINDS[0]
        spans = tuple(span for _ in range(values.count()) if (span := _span(values, has_end=has_intervals)).text)
        # Points in time mark something; nobody speaks for no time.
        yield Tier(tier, "", spans, depends=not has_intervals)


def _span(values: _Values, *, has_end: bool) -> Span:
    start = as_milliseconds(values.number())
    end = as_milliseconds(values.number()) if has_end else None
    text = values.text().strip()
    return Span(start, end, text, values.line_no)


READER: Final = Reader("praat", 1, _recognises, _parse)
