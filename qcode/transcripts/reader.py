"""What a reader of one file format is: it recognises its format by content and turns bytes into blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qcode.transcripts.values import Block, Column, Counts, Layout, Respondent, Role, SourceKind, Unmatched


@dataclass(frozen=True, slots=True)
class Source:
    """A file's base name, its bytes, and what the user asks for: an encoding, and options that its reader knows."""

    name: str
    data: bytes
    encoding: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """The extension in lower case, with its dot; empty if there is none."""
        _, dot, suffix = self.name.rpartition(".")
        return f"{dot}{suffix}".lower() if dot else ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader made of a source: blocks whose text need not be canonical yet.

    A reader whose format is a layout of its own names it; where it names none, the layout is looked for in the text.
    Where `lines_are_typed`, blocks are the lines of a text file, which may have been broken at a width. `roles` has
    the parts that the file itself gives to speakers, by their labels; `sheets` names those that could be read.
    """

    blocks: tuple[Block, ...]
    encoding: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    rules: Counts = ()
    kind: SourceKind = "transcript"
    layout: Layout | None = None
    unmatched: tuple[Unmatched, ...] = ()
    columns: tuple[Column, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    no_answers: Counts = ()
    lines_are_typed: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format. A new format is one module with a READER, listed in `detection.READERS`."""

    name: str
    version: int
    recognises: Callable[[Source], bool]
    parse: Callable[[Source], Parsed]
