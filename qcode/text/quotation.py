"""How a quote is printed, with what was cut, replaced and inserted in a house style.

Taking ellipses and brackets out of a printed quote leaves words that stand in the transcript, in their order
(`unedited`, `stands_in`), also where the transcript has ellipses and brackets of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from qcode.errors import QcodeError
from qcode.text.quote_edits import OWN_BRACKETS, Cut, Edit, Inserted, kept

ELLIPSES: Final = ("…", "...", ". . .", "[…]", "[...]")
"""The ways to print that something was left out; the first is that of a new study."""

_ELLIPSIS: Final = re.compile(r"…|\.(?:\s?\.)+")
_MARKED: Final = re.compile(rf"{OWN_BRACKETS.pattern}|{_ELLIPSIS.pattern}")
_OPENING: Final = "([{“‘«„‚"
_CLOSING: Final = ")]},.;:!?”’»"

type Kind = Literal["said", "own", "cut", "put"]


class UnknownEllipsisError(QcodeError):
    """No house style prints this for what was left out."""

    def __init__(self, ellipsis: str) -> None:
        known = ", ".join(ELLIPSES)
        super().__init__(f"“{ellipsis[:20]}” is no way to print what was left out. Use one of: {known}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a printed line, and `[start, end)` in the quote's own text that it stands for.

    Its kind is "said", "own" (said, in brackets that stand in the transcript), "cut" (an ellipsis) or "put" (words in
    brackets that somebody put in).
    """

    words: str
    kind: Kind
    start: int
    end: int

    @property
    def is_said(self) -> bool:
        """Whether these are words of the transcript."""
        return self.kind in ("said", "own")


def printed(text: str, edits: Sequence[Edit], ellipsis: str = ELLIPSES[0]) -> str:
    """A quote as it is printed; `edits` are such as `check` returns."""
    return "".join(piece.words for piece in pieces(text, edits, ellipsis))


def pieces(text: str, edits: Sequence[Edit], ellipsis: str = ELLIPSES[0]) -> tuple[Piece, ...]:
    """A quote as it is printed, piece by piece."""
    return _line(text, edits, mark_of_cuts(text, ellipsis), [_Part(0, len(text))])


def lines(
    text: str, edits: Sequence[Edit], turns: Sequence[tuple[int, int, str]], ellipsis: str = ELLIPSES[0]
) -> list[tuple[str, tuple[Piece, ...]]]:
    """A quote as it is printed turn by turn, each with who speaks; `turns` are (start, end, who) in its own text.

    A turn that is cut whole is left out: what the same person says before and after it becomes one line with an
    ellipsis between, otherwise the line before it ends with one.
    """
    check_ellipsis(ellipsis)
    if not edits:  # as nearly always: nothing is cut, so each turn is a line
        return [(who, _as_said(text, _Part(start, end))) for start, end, who in _parted(text, turns)]
    mark, out = mark_of_cuts(text, ellipsis), list[tuple[str, list[_Part]]]()
    gone: list[_Part] = []
    for start, end, who in _parted(text, turns):
        if not _remains(text, edits, start, end):
            gone.append(_Part(start, end, cut=True))
        elif gone and out and out[-1][0] == who:
            out[-1][1].extend((*gone, _Part(start, end)))
            gone = []
        else:
            if out:
                out[-1][1].extend(gone)
            out.append((who, [*([] if out else gone), _Part(start, end)]))
            gone = []
    if out:
        out[-1][1].extend(gone)
    return [(who, _line(text, edits, mark, parts)) for who, parts in out]


def _parted(text: str, turns: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The turns with what stands between them, so that nothing that is put in there gets lost."""
    ends = [*(end for _start, end, _who in turns[:-1]), len(text)]
    for start, end, (_start, _end, who) in zip([0, *ends], ends, turns, strict=False):
        if text[start:end].strip():
            yield start, end, who


def mark_of_cuts(text: str, ellipsis: str) -> str:
    """What prints for a cut: in brackets where the transcript has an ellipsis of its own, so that they are told apart.

    Raises:
        UnknownEllipsisError: if no house style prints it so.
    """
    check_ellipsis(ellipsis)
    bare = "[" not in ellipsis and ("…" in text or "." in text)
    return f"[{ellipsis}]" if bare and _ELLIPSIS.search(text) else ellipsis


def check_ellipsis(ellipsis: str) -> None:
    """Refuse what no house style prints for words that were cut. Raises UnknownEllipsisError."""
    if ellipsis not in ELLIPSES:
        raise UnknownEllipsisError(ellipsis)


class _Part(NamedTuple):
    """A stretch of the quote, which a line says, or leaves out as a whole."""

    start: int
    end: int
    cut: bool = False


@dataclass(slots=True)
class _Token:
    """A stretch of a line before spaces are seen to: said (no words), cut, or put in."""

    kind: Kind
    start: int
    end: int
    words: str = ""
    apart: bool = False


def _line(text: str, edits: Sequence[Edit], mark: str, parts: Sequence[_Part]) -> tuple[Piece, ...]:
    if not edits and len(parts) == 1:
        return _as_said(text, parts[0])
    tokens = _trimmed(text, [token for part in parts for token in _tokens(edits, mark, part)])
    out: list[Piece] = []
    for number, token in enumerate(tokens):
        if token.kind == "said":
            out += _said(text, token)
            continue
        follows = tokens[number + 1] if number + 1 < len(tokens) else None
        before = out[-1].words[-1:] if out else ""
        after = "" if follows is None else text[follows.start] if follows.kind == "said" else follows.words[0]
        words = _spaced(token, before, after, followed_by_cut=follows is not None and follows.kind == "cut")
        out.append(Piece(words, token.kind, token.start, token.end))
    return tuple(out)


def _as_said(text: str, part: _Part) -> tuple[Piece, ...]:
    """A stretch to which nothing was done, without spaces at both ends."""
    start = part.end - len(text[part.start : part.end].lstrip())
    words = text[start : part.end].rstrip()
    if "[" in words:
        return tuple(_said(text, _Token("said", start, start + len(words))))
    return (Piece(words, "said", start, start + len(words)),) if words else ()


def _tokens(edits: Sequence[Edit], mark: str, part: _Part) -> Iterator[_Token]:
    if part.cut:
        yield _Token("cut", part.start, part.end, mark)
        return
    at = part.start
    for edit in edits:
        if not _concerns(edit, part.start, part.end):
            continue
        start, end = max(edit.start, part.start), min(edit.end, part.end)
        yield _Token("said", at, start)
        if isinstance(edit, Cut):
            yield _Token("cut", start, end, mark)
        else:
            yield _Token("put", start, end, _bracketed(edit.words), isinstance(edit, Inserted) and edit.apart)
        at = end
    yield _Token("said", at, part.end)


def _bracketed(words: str) -> str:
    """Words in brackets; brackets in them, as a redaction leaves them, may not end these before the words do."""
    depth = 0
    for letter in words:
        depth += (letter == "[") - (letter == "]")
        if depth < 0:
            break
    return f"[{words}]" if not depth else f"[{words.replace('[', '(').replace(']', ')')}]"


def _trimmed(text: str, tokens: Sequence[_Token]) -> list[_Token]:
    """Without spaces at both ends and beside ellipses, without what is empty, and neighbouring ellipses as one."""
    out: list[_Token] = []
    for number, token in enumerate(tokens):
        if token.kind == "said":
            if not out or out[-1].kind == "cut":
                token.start = token.end - len(text[token.start : token.end].lstrip())
            if all(follows.kind == "cut" for follows in tokens[number + 1 : number + 2]):
                token.end = token.start + len(text[token.start : token.end].rstrip())
            if token.start == token.end:
                continue
        elif token.kind == "cut" and out and out[-1].kind == "cut":
            out[-1].end = max(out[-1].end, token.end)
            continue
        out.append(token)
    return out


def _said(text: str, token: _Token) -> Iterator[Piece]:
    """What was said, with brackets of the transcript by themselves."""
    at = token.start
    brackets = OWN_BRACKETS.finditer(text, at, token.end) if text.find("[", at, token.end) >= 0 else ()
    for own in brackets:
        if at < own.start():
            yield Piece(text[at : own.start()], "said", at, own.start())
        yield Piece(own[0], "own", *own.span())
        at = own.end()
    if at < token.end:
        yield Piece(text[at : token.end], "said", at, token.end)


def _spaced(token: _Token, before: str, after: str, *, followed_by_cut: bool) -> str:
    """What is put in, or the ellipsis, with the spaces that it needs between its neighbours; none within a word."""
    if token.kind == "put" and (not token.apart or (before.isalnum() and after.isalnum())):
        return token.words
    left = " " if before and not before.isspace() and before not in _OPENING else ""
    right = " " if after and not after.isspace() and after not in _CLOSING and not followed_by_cut else ""
    return f"{left}{token.words}{right}"


def _concerns(edit: Edit, start: int, end: int) -> bool:
    """Whether a stretch prints an edit, or a part of it; neighbouring stretches never both print what is put in."""
    if isinstance(edit, Inserted):
        return start < edit.at <= end or edit.at == start == 0
    return edit.start < end and start < edit.end


def _remains(text: str, edits: Sequence[Edit], start: int, end: int) -> bool:
    """Whether anything of a stretch prints: something said, or put in."""
    put = any(not isinstance(edit, Cut) and _concerns(edit, start, end) for edit in edits)
    return put or any(text[a:b].strip() for a, b in kept(edits, start, end))


# And back ----------------------------------------------------------------------------------------------------------


def unedited(words: str) -> tuple[str, ...]:
    """What is left of a printed quote without its ellipses and whatever stands in brackets, in order."""
    return tuple(part.strip() for part in _MARKED.split(words) if part.strip())


def stands_in(words: str, text: str) -> bool:
    """Whether a printed quote, ellipses and brackets removed, is found in a text, in its order."""
    at = 0
    for part in unedited(words):
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True
