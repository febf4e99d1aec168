"""Transcripts: a file of any known format becomes blocks, blocks become turns, and nothing is stored before that."""

from __future__ import annotations

from qcode.transcripts.apart import read_apart
from qcode.transcripts.reading import read, segment
from qcode.transcripts.values import (
    Block,
    Column,
    ColumnUse,
    EncodingChoice,
    Heading,
    JoinCues,
    LabelChoice,
    Layout,
    Reading,
    Respondent,
    Role,
    Transcript,
    Turn,
    Unmatched,
)

__all__ = [
    "Block",
    "Column",
    "ColumnUse",
    "EncodingChoice",
    "Heading",
    "JoinCues",
    "LabelChoice",
    "Layout",
    "Reading",
    "Respondent",
    "Role",
    "Transcript",
    "Turn",
    "Unmatched",
    "read",
    "read_apart",
    "segment",
]
