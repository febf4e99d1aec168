"""The beginning of a file as far as signatures need it."""

from __future__ import annotations

from typing import Final

HEAD: Final = 4096


def head(data: bytes) -> str:
    """The first characters, of which only ASCII can be relied on, whatever the encoding and under any mark or none."""
    return data[:HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")
