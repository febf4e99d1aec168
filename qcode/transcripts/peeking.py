"""The beginning of a file as text, to tell formats apart before anything is decoded in earnest."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source


def peeked(source: Source, size: int = 4096) -> str:
    """The text in a file's first bytes without its mark; letters beyond ASCII may come out wrong."""
    head = source.data[:size]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore").removeprefix("\ufeff")
    if b"\0" in head:
        return head.replace(b"\0", b"").decode("latin-1")
    return head.decode("utf-8", "ignore").removeprefix("\ufeff")
