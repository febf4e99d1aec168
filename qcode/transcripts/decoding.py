"""From bytes to text: a byte-order mark, else strict UTF-8, else a guess that is said aloud."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.gate import NulBytesError, check_text_size
from qcode.transcripts.guessing import guess

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 200_000
_CONTROLS: Final = frozenset(map(chr, (*range(9), *range(0x0E, 0x1A), *range(0x1B, 0x20), 0x7F)))
_CONTROL_SHARE: Final = 0.02
_UNASSIGNED_SHARE: Final = 0.02
_ZERO_SHARE: Final = 0.2
_PLAIN: Final = re.compile(r"[A-Za-z \t\r\n]")


class UnknownEncodingError(QcodeError):
    """The encoding asked for is none that Python knows as text."""

    def __init__(self, encoding: str) -> None:
        super().__init__(f"There is no text encoding called {encoding}. Try utf-8, windows-1252, mac-roman or utf-16.")


class WrongEncodingError(QcodeError):
    """The bytes of a file are not text in the encoding that was asked for, or that its mark announces."""

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(f"{name} is not text in the encoding {encoding}. Choose another, or save the file as UTF-8.")


class NotTextError(QcodeError):
    """The bytes are no text in any encoding."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a text file, whatever its name says. Ask for the transcript as .docx or .txt.")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool = False

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to tell the user about the encoding."""
        if not self.guessed:
            return ()
        sentence = f"The file does not say how its letters are stored; {self.encoding} was guessed. "
        return (sentence + "If accents, quotes or currency signs look wrong, choose another encoding.",)


def decode(source: Source, *, meant: str = "") -> Decoded:
    """The text of a source within the limits of the gate; `meant` are control characters that its format uses.

    Raises UnknownEncodingError, WrongEncodingError, NulBytesError, NotTextError, FileTooLargeError.
    """
    check_text_size(source)
    decoded = _decode(source)
    if "\0" in decoded.text:
        raise NulBytesError(source.name)
    sample = decoded.text[:_SAMPLE]
    if sum(map(sample.count, _CONTROLS.difference(meant))) > _CONTROL_SHARE * len(sample):
        raise NotTextError(source.name)
    return decoded


def _decode(source: Source) -> Decoded:
    data = source.data
    if source.encoding:
        return Decoded(_as_asked(source, source.encoding), _canonical_name(source.encoding))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(source, encoding), encoding)
    if b"\0" in data:
        raise NulBytesError(source.name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text, encoding = guess(data)
        return Decoded(text, encoding, guessed=True)


def _as_asked(source: Source, encoding: str) -> str:
    """The text in the encoding that was asked for; what nobody can have written in it is refused."""
    text = _strictly(source, encoding)
    sample = text[:_SAMPLE]
    unassigned = sum(unicodedata.category(sign) in {"Cn", "Co"} for sign in sample)
    if unassigned > _UNASSIGNED_SHARE * len(sample) or _is_pairs_of_letters(source.data, text):
        raise WrongEncodingError(source.name, encoding)
    return text


def _is_pairs_of_letters(data: bytes, text: str) -> bool:
    """Whether a text without a blank or an ASCII letter came of bytes that are another text themselves.

    UTF-16 takes two letters of UTF-8 for one character, mostly a Chinese one, and in the wrong order of bytes every
    second one is zero.
    """
    if not text or _PLAIN.search(text):
        return False
    if data.count(0) > _ZERO_SHARE * len(data):
        return True
    try:
        return data.decode("utf-8").removeprefix("\ufeff") != text.removeprefix("\ufeff")
    except UnicodeDecodeError:
        return False


def _strictly(source: Source, encoding: str) -> str:
    try:
        text = source.data.decode(encoding)
        text.encode()  # some codecs give lone surrogates, which no database stores
    except LookupError:
        raise UnknownEncodingError(encoding) from None
    except (ValueError, AssertionError):
        raise WrongEncodingError(source.name, encoding) from None
    return text


def _canonical_name(encoding: str) -> str:
    return codecs.lookup(encoding).name
