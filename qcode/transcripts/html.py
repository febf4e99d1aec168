"""Web pages, read as they are shown: scripts, styles and hidden elements stay out, and nothing is ever fetched.

noScribe's own format is a web page too: each stretch of talk is an anchor named ts_START_END_SPEAKER, in milliseconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import UnsafeFileError, check_lines
from qcode.transcripts.html_walk import HtmlWalk
from qcode.transcripts.peeking import peeked
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.wording import counted
from qcode.transcripts.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.transcripts.reader import Source

DEPTH_LIMIT: Final = 200
TAG_LIMIT: Final = 100_000
_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_PART: Final = re.compile(r"\s*<[a-zA-Z][^<>]{0,500}>")
_CHARSET: Final = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{0,5000}?(/?)>")
_VOID: Final = word_set(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dd dt option"
)


class TagsTooDeepError(QcodeError):
    """The elements of a web page stand within each other deeper than a text needs."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The elements of {name} are nested more than {DEPTH_LIMIT} deep, as no transcript needs. "
            "Copy the talk into a Word or text file."
        )


def _recognises(source: Source) -> bool:
    start = peeked(source)
    return _PAGE.match(start) is not None or (source.suffix in _SUFFIXES and _PART.match(start) is not None)


def _parse(source: Source) -> Parsed:
    decoded = decode(_with_charset(source))
    _check(source.name, decoded.text)
    from bs4 import BeautifulSoup

    walk = HtmlWalk()
    walk.go_through(BeautifulSoup(decoded.text, "html.parser"))
    return Parsed(
        blocks=tuple(walk.finished()),
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *_warnings(walk)),
        rules=(
            ("scripts, styles and forms left out", walk.left_out["scripts"]),
            ("hidden elements dropped", walk.left_out["hidden"]),
            ("stretches with the times of noScribe", walk.left_out["anchors"]),
        ),
    )


def _with_charset(source: Source) -> Source:
    """The source with the encoding that the page declares, unless bytes, a mark or somebody says otherwise."""
    from dataclasses import replace

    found = _CHARSET.search(source.data[:4096])
    if source.encoding or found is None or source.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return source
    try:
        source.data.decode("utf-8")
    except UnicodeDecodeError:
        return replace(source, encoding=_known(found[1].decode("ascii", "ignore")))
    return source


def _known(encoding: str) -> str | None:
    """An encoding that Python knows; web pages mean Windows' letters when they say latin-1."""
    import codecs

    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": None}.get(name, name)


def _check(name: str, text: str) -> None:
    """Refuse what no parser should be given: lines without end, tags without number, elements within elements."""
    check_lines(name, text.split("\n"))
    if text.count("<") > TAG_LIMIT:
        raise UnsafeFileError(name, f"it has more than {TAG_LIMIT:,} tags")
    depth = 0
    for found in _TAG.finditer(text):
        if found[2].lower() not in _VOID and not found[3]:
            depth = max(depth + (-1 if found[1] else 1), 0)
            if depth > DEPTH_LIMIT:
                raise TagsTooDeepError(name)


def _warnings(walk: HtmlWalk) -> Iterator[str]:
    if walk.left_out["hidden"]:
        yield f"{counted(walk.left_out['hidden'], 'hidden element')} left out; it may hold real names."
    if walk.left_out["media"]:
        yield f"{counted(walk.left_out['media'], 'picture or embedded page', 'pictures or embedded pages')} left out."


READER: Final = Reader("html", 1, _recognises, _parse)
