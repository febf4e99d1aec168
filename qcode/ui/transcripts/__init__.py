"""The room in which transcripts come in, are described and are dealt out."""

from __future__ import annotations

from qcode.ui.transcripts.room import TranscriptsRoom

__all__ = ["TranscriptsRoom"]
