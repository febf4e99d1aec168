"""CHAT transcripts (.cha) of TalkBank: main lines, their times between bullets, and headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise
from qcode.transcripts.captions import TimesUnreadError
from qcode.transcripts.chat_codes import plain_words
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import check_lines
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.roles import role_word
from qcode.transcripts.seconds import as_milliseconds
from qcode.transcripts.signatures import head
from qcode.transcripts.values import Block, Layout, Unmatched
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.transcripts.reader import Source
    from qcode.transcripts.values import Role

OPTION: Final = "codes"
"""The option that says whether the codes inside the talk are kept as written or taken out: "keep" or "strip"."""

_MARK: Final = "\x15"
_BULLET: Final = re.compile(r"\x15([^\x15\n]{0,300})\x15|•(\d{1,12}_\d{1,12})•")
_SHOWN: Final = re.compile(rf" ?(?:{_BULLET.pattern})")
_SPAN: Final = re.compile(r"(?:%?[^\d_]{0,8}:?\"[^\"]{0,260}\"_)?(\d{1,12})_(\d{1,12})-?")
_PICTURE: Final = re.compile(r"%(?:pic|txt)\b")
_TIER: Final = re.compile(r"([*%@])([^:\t\n]{1,80}?)(?::[ \t]*(.*))?")
_YEARS: Final = re.compile(r"(\d{1,3});")
_AGE_FIELD: Final = 3
_OLD: Final = 89
_ONCE: Final = ("UTF8", "Begin", "End")


class ChatCodesError(QcodeError):
    """The codes of a CHAT file are to be treated in a way that there is not."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"The codes of a CHAT file cannot be treated as “{asked}”. Choose keep or strip.")


@dataclass(slots=True)
class _Line:
    """A line with its continuations: its mark, its name and what it says."""

    line_no: int
    mark: str
    name: str
    text: str


@dataclass(slots=True)
class _Conversation:
    """A CHAT file while it is read."""

    name: str
    strip: bool
    blocks: list[Block] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    spoken: int = 0
    old: bool = False


def _recognises(source: Source) -> bool:
    return head(source.data).startswith(("@UTF8", "@Begin", "@Font:", "@Window:"))


def _parse(source: Source) -> Parsed:
    asked = source.options.get(OPTION, "keep")
    if asked not in {"keep", "strip"}:
        raise ChatCodesError(asked)
    decoded = decode(source, meant=_MARK)
    text, notes = normalise(decoded.text)
    check_lines(source.name, text.split("\n"))
    lines, unmatched = _lines(text)
    talk = _Conversation(source.name, strip=asked == "strip")
    for line in lines:
        if line.mark == "*":
            _add(talk, line)
        elif line.mark == "@":
            _add_header(talk, line)
    explained = sum(line.mark == "%" for line in lines)
    return Parsed(
        blocks=tuple(talk.blocks),
        encoding=decoded.encoding,
        metadata=talk.metadata,
        warnings=(*decoded.warnings, *_warnings(talk, lines, unmatched)),
        rules=(*notes, *((("dependent lines (%) left out", explained),) if explained else ())),
        layout=Layout("CHAT transcript", talk.spoken, talk.spoken + len(unmatched), "main lines"),
        unmatched=unmatched,
        roles=talk.roles,
    )


def _lines(text: str) -> tuple[list[_Line], tuple[Unmatched, ...]]:
    """The lines with their continuations put to them, and those that begin with no mark."""
    lines: list[_Line] = []
    unmatched = []
    for line_no, line in enumerate(text.split("\n"), 1):
        found = _TIER.fullmatch(line)
        if found is not None and (found[1] == "@" or found[3] is not None):
            lines.append(_Line(line_no, found[1], found[2].strip(), (found[3] or "").strip()))
        elif line[:1] in {"\t", " "} and line.strip() and lines:
            lines[-1].text = f"{lines[-1].text} {line.strip()}".strip()
        elif line.strip():
            unmatched.append(Unmatched(line_no, line))
    return lines, tuple(unmatched)


def _add(talk: _Conversation, line: _Line) -> None:
    """The talk of a main line; a bullet gives the times of what stands before it."""
    talk.spoken += 1
    pieces = list(_pieces(talk.name, line))
    if talk.strip:
        pieces = [(plain_words(text), start, end) for text, start, end in pieces]
    first = True
    for text, start, end in pieces:
        if text:
            voice = line.name if first else None
            talk.blocks.append(Block(text, "para", start, end, voice, line_no=line.line_no, goes_on=not first))
            first = False


def _pieces(name: str, line: _Line) -> Iterator[tuple[str, int | None, int | None]]:
    at = 0
    for bullet in _BULLET.finditer(line.text):
        inside = (bullet[1] if bullet[1] is not None else bullet[2]).strip()
        if _PICTURE.match(inside):
            continue
        yield _bare(line.text[at : bullet.start()]), *_span(name, line.line_no, inside)
        at = bullet.end()
    yield _bare(line.text[at:]), None, None


def _bare(text: str) -> str:
    return _SHOWN.sub("", text).replace(_MARK, "").strip()


def _span(name: str, line_no: int, inside: str) -> tuple[int, int | None]:
    """The times within a bullet. Raises TimesUnreadError."""
    found = _SPAN.fullmatch(inside)
    start, end = (as_milliseconds(found[1], 1), as_milliseconds(found[2], 1)) if found else (None, None)
    if start is None or end is None:
        raise TimesUnreadError(name, line_no)
    return start, end if end >= start else None


def _add_header(talk: _Conversation, line: _Line) -> None:
    """A header as metadata; the name of the recording stands under "media", what is known of a speaker under "ID"."""
    if line.name in _ONCE or not line.text:
        return
    key = "media" if line.name == "Media" else line.name
    if line.name == "ID":
        fields = line.text.split("|")
        key = f"ID {fields[2].strip()}" if len(fields) > _AGE_FIELD else "ID"
        age = _YEARS.match(fields[_AGE_FIELD].strip()) if len(fields) > _AGE_FIELD else None
        talk.old |= age is not None and int(age[1]) > _OLD
    elif line.name == "Participants":
        talk.roles.update(_parts(line.text))
    known = talk.metadata.get(key)
    talk.metadata[key] = f"{known}; {line.text}" if known else line.text


def _parts(participants: str) -> Iterator[tuple[str, Role]]:
    """The part of each speaker, as in "INV Investigator, CHI Ross Target_Child"."""
    for entry in participants.split(","):
        words = entry.split()
        role = role_word(words[-1]) if len(words) > 1 else None
        if role is not None:
            yield words[0], role


def _warnings(talk: _Conversation, lines: list[_Line], unmatched: tuple[Unmatched, ...]) -> Iterator[str]:
    if unmatched:
        yield f"{counted(len(unmatched), 'line')} that CHAT does not allow left out."
    if not any(line.mark == "@" and line.name == "End" for line in lines):
        yield "The file has no @End: it may have been cut off."
    if talk.old:
        yield f"A header (@ID) gives an age over {_OLD}, which can identify someone."


READER: Final = Reader("chat", 1, _recognises, _parse)
