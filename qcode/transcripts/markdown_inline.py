"""The text inside paragraphs of Markdown as it is shown: emphasis, links, code and line breaks.

Linear: the text is cut into marks and words once, and each mark is matched with the one before it on a stack.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PIECES: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<hard>\\\n| {2,}\n)"
    r"|(?P<soft> ?\n)"
    r"|`(?P<code>[^`\n]{1,2000})`"
    r"|!?\[(?P<linked>[^\[\]\n]{0,2000})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])"
    r"|<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s<>]{1,2000}|[^\s<>@]{1,64}@[^\s<>@]{1,200})>"
    r"|(?P<break><br\s?/?>)"
    r"|(?P<tag></?(?:b|i|u|em|strong|span|sub|sup|small|mark|del|ins|a|p|div|kbd|s)(?:\s[^<>\n]{0,500})?/?>|<!--.{0,2000}?-->)"
    r"|(?P<struck>~~)"
    r"|(?P<stars>\*{1,3}|_{1,3})"
    r"|(?P<entity>&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)",
    re.DOTALL,
)
_SHOWN_AS: Final = {"hard": "\n", "break": "\n", "soft": " ", "tag": "", "struck": ""}
_WORDS: Final = re.compile(r"[^\\\n`!\[<~*_& ]+| +(?!\n)|.", re.DOTALL)


def rendered(source: str) -> list[tuple[str, bool]]:
    """The runs of a paragraph as (text, bold); marks that close nothing are shown as they are written."""
    pieces = _cut(source)
    marks = _paired([text if is_mark else None for text, is_mark in pieces], pieces)
    runs: list[tuple[str, bool]] = []
    bold = 0
    for place, (text, is_mark) in enumerate(pieces):
        if not is_mark:
            runs.append((text, bold > 0))
        elif place in marks:
            bold += marks[place] * (len(text) > 1)
        else:
            runs.append((text, bold > 0))
    return runs


def _cut(source: str) -> list[tuple[str, bool]]:
    """The paragraph in pieces, each a text to show or a mark of emphasis."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    while at < len(source):
        found = _PIECES.match(source, at)
        if found is None:
            found = _WORDS.match(source, at)
            pieces.append((found[0] if found else source[at], False))
            at = found.end() if found else at + 1
            continue
        at = found.end()
        pieces += _shown(found)
    return pieces


def _shown(found: re.Match[str]) -> list[tuple[str, bool]]:
    kind = found.lastgroup or ""
    if kind == "linked":
        return _cut(found[kind])
    shown = _SHOWN_AS[kind] if kind in _SHOWN_AS else unescape(found[0]) if kind == "entity" else found[kind]
    return [(shown, kind == "stars")] if shown else []


def _paired(marks: Sequence[str | None], pieces: Sequence[tuple[str, bool]]) -> dict[int, int]:
    """For each mark that opens (1) or closes (-1) an emphasis its place; one that stands among blanks does neither."""
    waiting: dict[str, int] = {}
    paired: dict[int, int] = {}
    for place, mark in enumerate(marks):
        if mark is None:
            continue
        before = pieces[place - 1][0][-1:] if place else " "
        after = pieces[place + 1][0][:1] if place + 1 < len(pieces) else " "
        inside_word = mark[0] == "_" and before.isalnum() and after.isalnum()
        if inside_word:
            continue
        if mark in waiting and not before.isspace():
            paired[waiting.pop(mark)], paired[place] = 1, -1
        elif not after.isspace():
            waiting[mark] = place
    return paired
