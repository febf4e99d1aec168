"""The Code room: documents, the transcript to be coded, the codings at the caret, and the codebook."""

from __future__ import annotations

from qcode.ui.code.room import CodeRoom

__all__ = ["CodeRoom"]
