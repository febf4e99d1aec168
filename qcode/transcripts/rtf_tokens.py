"""RTF as a stream of tokens: groups, control words, and bytes of text (Rich Text Format specification 1.9.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    rb"(?P<group>[{}])"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<text>[^{}\\\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)

Kind = Literal["open", "close", "word", "sign", "bytes"]


class Token(NamedTuple):
    """A brace, a control word with its number, a control sign, or bytes of text in the code page of the moment."""

    kind: Kind
    name: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN: Final = Token("open")
_CLOSE: Final = Token("close")


def tokens_of(data: bytes) -> Iterator[Token]:
    """The tokens in order; the raw bytes behind a `bin` are skipped."""
    at, size = 0, len(data)
    while at < size:
        found = _TOKEN.match(data, at)
        if found is None:
            return
        at = found.end()
        kind = found.lastgroup
        if kind == "group":
            yield _OPEN if found["group"] == b"{" else _CLOSE
        elif kind == "text":
            yield Token("bytes", data=found["text"])
        elif kind == "hex":
            yield Token("bytes", "'", data=bytes.fromhex(found["hex"].decode("ascii")))
        elif kind == "sign":
            yield Token("sign", found["sign"].decode("latin-1"))
        elif kind in {"word", "number"}:
            number = int(found["number"]) if found["number"] else None
            name = found["word"].decode("ascii")
            if name == "bin":
                at += max(number or 0, 0)
            else:
                yield Token("word", name, number)
