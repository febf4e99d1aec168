"""Transcripts: a file of any known format becomes blocks, blocks become turns, and nothing is stored before that."""

from __future__ import annotations

from qcode.transcripts.apart import read_apart
from qcode.transcripts.reading import read, segment
from qcode.transcripts.values import Block, JoinCues, LabelChoice, Reading, Role, Transcript, Turn

__all__ = ["Block", "JoinCues", "LabelChoice", "Reading", "Role", "Transcript", "Turn", "read", "read_apart", "segment"]
