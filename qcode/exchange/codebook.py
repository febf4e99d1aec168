"""Codebook files, as CSV or YAML, and the codes they hold."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING

from qcode.errors import QcodeError
from qcode.exchange import codebook_csv, codebook_yaml
from qcode.exchange.code_entries import LONGEST_FIELD, Codebook, CodeEntry, FieldTooLongError, Kind, Status, arranged
from qcode.files import extension, read_file, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["CodeEntry", "Codebook", "Kind", "Status", "read_codebook", "write_codebook"]

EXTENSIONS = (".yaml", ".yml", ".csv", ".tsv")
LARGEST_FILE = 5_000_000


class CodebookEmptyError(QcodeError):
    """The file holds nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is empty. The folder codebooks has examples to start from.")


class CodebookWithoutCodesError(QcodeError):
    """The file is laid out as a codebook, but no code stands in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” holds no codes. Add a row or an item for each code, with its name.")


class CodebookNotTextError(QcodeError):
    """The file is a workbook, a picture or something else that is not text."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is not a text file, whatever its name says. If it is a spreadsheet, open it and save it as "
            "“CSV UTF-8”."
        )


class CodebookNotUtf8Error(QcodeError):
    """The text is in another encoding than UTF-8, so accents would be damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is not in UTF-8, so its accents would be damaged. Save it again as “CSV UTF-8”, or choose "
            "the encoding UTF-8 in your editor."
        )


def read_codebook(path: Path) -> Codebook:
    """The codebook in a CSV or YAML file, by its ending; entries stand parents before children.

    Raises:
        QcodeError: one class for each thing that can be wrong with the file or with its codes.
    """
    ending = extension(path, EXTENSIONS)
    text = _decoded(read_file(path, limit=LARGEST_FILE), path)
    if not text.strip():
        raise CodebookEmptyError(path)
    book = codebook_yaml.parsed(text) if ending in (".yaml", ".yml") else codebook_csv.parsed(text)
    if not book.entries:
        raise CodebookWithoutCodesError(path)
    _check_title(book)
    return replace(book, entries=arranged(book.entries))


def write_codebook(book: Codebook | Iterable[CodeEntry], path: Path) -> None:
    """Write a codebook, or bare entries without a name, as CSV or YAML by the ending; parents come first.

    What is read back is equal, apart from the character NUL, which CSV leaves out.

    Raises:
        QcodeError: if the codes contradict each other or the file cannot be written; an older file then stands.
    """
    ending = extension(path, EXTENSIONS[:-1])
    book = book if isinstance(book, Codebook) else Codebook(entries=tuple(book))
    _check_title(book)
    book = replace(book, entries=arranged(book.entries))
    if ending == ".csv":
        write_file(path, codecs.BOM_UTF8 + _encoded(codebook_csv.printed(book)))
    else:
        write_file(path, _encoded(codebook_yaml.printed(book)))


def _check_title(book: Codebook) -> None:
    for field in ("name", "version"):
        if len(getattr(book, field)) > LONGEST_FIELD:
            raise FieldTooLongError("The codebook", field)


def _encoded(text: str) -> bytes:
    return text.replace("\x00", "").encode("utf-8", "replace")


def _decoded(data: bytes, path: Path) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16", path)
    if b"\x00" in data or data.startswith(b"PK\x03\x04"):
        raise CodebookNotTextError(path)
    return _strictly(data, "utf-8-sig", path)


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CodebookNotTextError(path) if _looks_binary(data) else CodebookNotUtf8Error(path) from None


def _looks_binary(data: bytes) -> bool:
    return sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data[:4096]) > 8
