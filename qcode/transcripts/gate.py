"""The security gate: nothing is parsed before it has passed here.

Limits: a file 50 MB, a text file 20 MB with lines of at most 1,000,000 characters, a zip 2,000 entries that unpack to
200 MB in all and to no more than 200 times their packed size, an XML part 32 MB and 800,000 tags; a text
200,000 lines that hold anything.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.reader import Source

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

MB: Final = 1024 * 1024
FILE_LIMIT: Final = 50 * MB
TEXT_LIMIT: Final = 20 * MB
LINE_LIMIT: Final = 1_000_000
ENTRY_LIMIT: Final = 2_000
UNPACKED_LIMIT: Final = 200 * MB
RATIO_LIMIT: Final = 200
PART_LIMIT: Final = 32 * MB
TAG_LIMIT: Final = 800_000
LINES_LIMIT: Final = 200_000
_CHUNK: Final = 256 * 1024
_NO_DOCTYPE: Final = "it declares a document type, which transcripts never do"
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, struct.error, ValueError)
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


class MissingFileError(QcodeError):
    """There is no such file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no file {name} there. Check the name and the folder.")


class FolderGivenError(QcodeError):
    """A folder was given where a file is needed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a folder, not a transcript. Choose the files inside it.")


class SpecialFileError(QcodeError):
    """A device, a pipe or a socket was given where a file is needed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not an ordinary file. Choose a transcript file.")


class UnreadableFileError(QcodeError):
    """The operating system does not let us read the file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} cannot be opened: you may not have permission to read it. Ask its owner, or copy it.")


class EmptyFileError(QcodeError):
    """The file has no bytes."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty. Ask for the file again, or wait until it has been synced.")


class FileTooLargeError(QcodeError):
    """The file is larger than any transcript is."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name} is larger than {limit // MB} MB, too large for a transcript. Take out pictures or split it."
        )


class LineTooLongError(QcodeError):
    """A line goes on for a million characters, as no talk does."""

    def __init__(self, name: str, line_no: int) -> None:
        super().__init__(
            f"Line {line_no} of {name} has more than {LINE_LIMIT:,} characters, so this is not a transcript as typed. "
            "Save it again with its line breaks."
        )


class TooManyLinesError(QcodeError):
    """The file has more lines than days of talk."""

    def __init__(self, name: str, count: int, most: int) -> None:
        super().__init__(f"{name} has {count:,} lines, more than {most:,}. Split the file first.")


class NulBytesError(QcodeError):
    """A text file holds NUL bytes."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} holds NUL bytes: it is not plain text, or it is UTF-16 without its mark. "
            "Save it as UTF-8 text, or choose its encoding."
        )


class DamagedFileError(QcodeError):
    """A container or its XML cannot be read to the end."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is damaged or was cut off. Open it in Word, save it again, or ask for a new copy.")


class UnsafeFileError(QcodeError):
    """A container is built as honest programs do not build them."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"{name} was refused for safety: {reason}. Ask who sent it, or save it again as .docx or as plain text."
        )


class EncryptedFileError(QcodeError):
    """The file is protected with a password."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is protected with a password. Open it in Word, save it without one, and import that.")


def load(path: Path, encoding: str | None = None) -> Source:
    """The bytes of a file that exists, may be read, is not empty and has a sensible size."""
    name = path.name or str(path)
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise FolderGivenError(name)
        if not stat.S_ISREG(facts.st_mode):
            raise SpecialFileError(name)
        if facts.st_size > FILE_LIMIT:
            raise FileTooLargeError(name, FILE_LIMIT)
        with path.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise MissingFileError(name) from None
    except (OSError, ValueError):
        raise UnreadableFileError(name) from None
    if not data:
        raise EmptyFileError(name)
    if len(data) > FILE_LIMIT:
        raise FileTooLargeError(name, FILE_LIMIT)
    return Source(name, data, encoding)


def check_text_size(source: Source) -> None:
    """Refuse a text file that is larger than talk can be."""
    if len(source.data) > TEXT_LIMIT:
        raise FileTooLargeError(source.name, TEXT_LIMIT)


def check_count(name: str, count: int, most: int = LINES_LIMIT) -> None:
    """Refuse more lines than anybody types."""
    if count > most:
        raise TooManyLinesError(name, count, most)


def check_lines(name: str, lines: list[str], most: int = LINES_LIMIT) -> None:
    """Refuse a text with a line that no one typed, or with more lines that hold anything than anybody types."""
    check_count(name, sum(map(bool, map(str.strip, lines))), most)
    for line_no, line in enumerate(lines, 1):
        if len(line) > LINE_LIMIT:
            raise LineTooLongError(name, line_no)


def parse_xml(name: str, data: bytes) -> etree._Element:
    """The root of an XML part; no entities, no network, no document type.

    Raises UnsafeFileError for a document type, DamagedFileError for XML that is not well formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    if any(doctype in data for doctype in _DOCTYPES):
        raise UnsafeFileError(name, _NO_DOCTYPE)
    if data.count(b"<") > TAG_LIMIT:
        raise UnsafeFileError(name, f"a part of it has more than {TAG_LIMIT:,} tags")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise DamagedFileError(name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeFileError(name, _NO_DOCTYPE)
    return root


class Package:
    """A zip container that passed the gate: parts are read by name into memory, never unpacked to disk."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        except _DAMAGE:
            raise DamagedFileError(source.name) from None
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._check()

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._entries)

    def read(self, part: str, limit: int = PART_LIMIT) -> bytes:
        """The bytes of a part, counted while they are unpacked, because the sizes that a zip declares may be lies.

        Raises DamagedFileError where the part is missing or broken, UnsafeFileError where it grows past the limit.
        """
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(self._entries[part]) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise UnsafeFileError(self._name, f"a part of it unpacks to more than {limit // MB} MB")
                    chunks.append(chunk)
        except (KeyError, *_DAMAGE):
            raise DamagedFileError(self._name) from None
        return b"".join(chunks)

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > ENTRY_LIMIT:
            raise UnsafeFileError(self._name, f"it holds more than {ENTRY_LIMIT:,} parts")
        if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
            raise UnsafeFileError(self._name, f"it unpacks to more than {UNPACKED_LIMIT // MB} MB")
        for entry in entries:
            self._check_entry(entry)

    def _check_entry(self, entry: zipfile.ZipInfo) -> None:
        if entry.flag_bits & 0x1:
            raise EncryptedFileError(self._name)
        if _leads_outside(entry.orig_filename) or stat.S_ISLNK(entry.external_attr >> 16):
            raise UnsafeFileError(self._name, "a part of it points outside the file")
        if entry.file_size > MB and entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1):
            raise UnsafeFileError(self._name, f"a part of it is packed more than {RATIO_LIMIT} times")


def _leads_outside(part: str) -> bool:
    return part.startswith("/") or "\\" in part or part[1:2] == ":" or ".." in part.split("/")
