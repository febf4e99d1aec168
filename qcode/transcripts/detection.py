"""Which reader reads a file: decided by its content; its extension is only ever mentioned in a warning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts import docx, plain, vtt
from qcode.transcripts.gate import DamagedFileError, EncryptedFileError, Package

if TYPE_CHECKING:
    from qcode.transcripts.reader import Reader, Source

READERS: Final[tuple[Reader, ...]] = (docx.READER, vtt.READER, plain.READER)
"""Every format that can be read, the most particular first; plain text takes whatever text is left."""

_HEAD: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM: Final = "WordDocument".encode("utf-16-le")
_MEDIA: Final = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    *(b"ID3", b"OggS", b"fLaC", b"RIFF", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf1"),
)
_SRT: Final = re.compile(r"\d{1,2}:\d\d:\d\d,\d{1,3} --> ")
_TSV: Final = re.compile(r"start\tend\ttext\s")
_JSON: Final = re.compile(r'\[\s*[\[{]|\{\s*"')
_HTML: Final = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


class PdfGivenError(QcodeError):
    """The file is a PDF, whatever its name says."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is a PDF, whatever its name says, and qcode does not read PDF. "
            "Ask the transcriber for the Word or text file it was made from."
        )


class LegacyWordError(QcodeError):
    """The file is an old binary Word document."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx.")


class MacroFileError(QcodeError):
    """The file is a Word document that carries macros."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a Word file with macros, which are never run here. Save it as .docx without them.")


class ForeignFormatError(QcodeError):
    """The file is of a known kind that qcode does not read as a transcript."""

    def __init__(self, name: str, kind: str, advice: str) -> None:
        super().__init__(f"{name} is {kind}, which qcode does not read as a transcript. {advice}")


@dataclass(frozen=True, slots=True)
class _Foreign:
    kind: str
    advice: str


_SAVE_DOCX: Final = "Open it in a word processor and save it as .docx or as plain text."
_CONVERT: Final = "Export the transcript as WebVTT (.vtt), Word (.docx) or plain text."
_TABLE: Final = _Foreign("a spreadsheet", "Copy the talk into a Word or text file.")
_PRESENTATION: Final = _Foreign("a presentation", "Copy the talk into a Word or text file.")
_PACKAGES: Final = (
    ("xl/workbook.xml", _TABLE),
    ("xl/workbook.bin", _TABLE),
    ("ppt/presentation.xml", _PRESENTATION),
)


_WORD, _CAPTIONS, _PLAIN_TEXT = "a Word document", "a WebVTT caption file", "plain text"
_HELD: Final = {"docx": _WORD, "vtt": _CAPTIONS, "plain": _PLAIN_TEXT}
_PROMISED: Final = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), _WORD),
    **dict.fromkeys((".txt", ".text"), _PLAIN_TEXT),
    **dict.fromkeys((".doc", ".dot"), "an old Word file"),
    **dict.fromkeys((".htm", ".html"), "a web page"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "a spreadsheet"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "a presentation"),
    **dict.fromkeys((".mp3", ".m4a", ".mp4", ".wav"), "a recording"),
    ".vtt": _CAPTIONS,
    ".srt": "an SRT caption file",
    ".pdf": "a PDF",
    ".rtf": "an RTF file",
    ".odt": "an OpenDocument file",
    ".json": "a JSON file",
    ".zip": "a zip archive",
}


def choose(source: Source) -> Reader:
    """The reader for a source, or a refusal that says what the file is and what to do with it."""
    _refuse_binary(source)
    _refuse_text(source)
    return next(reader for reader in READERS if reader.recognises(source))


def mismatch(source: Source, reader: Reader) -> tuple[str, ...]:
    """A warning when the extension promises another format than the content has."""
    promised, held = _PROMISED.get(source.suffix), _HELD[reader.name]
    if promised is None or promised == held or (promised, held) == (_PLAIN_TEXT, _CAPTIONS):
        return ()
    return (f"The name says {promised} ({source.suffix}), but the file is {held} and was read as that.",)


def _refuse_binary(source: Source) -> None:
    data, name = source.data, source.name
    if b"%PDF-" in data[:1024]:
        raise PdfGivenError(name)
    if data.startswith(_OLE):
        raise _ole_refusal(source)
    if data.startswith(b"PK"):
        _check_package(source)
    if data.startswith(_MEDIA) or data[4:8] == b"ftyp":
        raise ForeignFormatError(name, "a recording or a picture", "Choose its written transcript.")


def _ole_refusal(source: Source) -> QcodeError:
    if _ENCRYPTED_STREAM in source.data:
        return EncryptedFileError(source.name)
    if _WORD_STREAM in source.data or source.suffix in {".doc", ".dot"}:
        return LegacyWordError(source.name)
    return ForeignFormatError(source.name, "an old Office file", _SAVE_DOCX)


def _check_package(source: Source) -> None:
    """Pass Word documents without macros; refuse every other zip by its kind."""
    package = Package(source)
    if docx.CONTENT_TYPES in package:
        main = docx.main_content_type(source.name, package)
        if "macroEnabled" in main:
            raise MacroFileError(source.name)
        if main:
            return
    for part, foreign in _PACKAGES:
        if part in package:
            raise ForeignFormatError(source.name, foreign.kind, foreign.advice)
    if "content.xml" in package:
        raise ForeignFormatError(source.name, "an OpenDocument file", _SAVE_DOCX)
    if docx.CONTENT_TYPES in package or source.suffix == ".docx":
        raise DamagedFileError(source.name)
    raise ForeignFormatError(source.name, "a zip archive", "Unpack it first and choose the transcripts inside.")


def _refuse_text(source: Source) -> None:
    head = _head(source.data)
    if foreign := _foreign_text(head):
        raise ForeignFormatError(source.name, foreign.kind, foreign.advice)


def _foreign_text(head: str) -> _Foreign | None:
    kinds = (
        (head.startswith("{\\rtf"), _Foreign("an RTF file", _SAVE_DOCX)),
        ("<ANNOTATION_DOCUMENT" in head, _Foreign("an ELAN file", _CONVERT)),
        (_HTML.match(head) is not None, _Foreign("a web page", _SAVE_DOCX)),
        (head.startswith("<?xml"), _Foreign("an XML file", _CONVERT)),
        (head.startswith(("@UTF8", "@Begin")), _Foreign("a CHAT file", _CONVERT)),
        ("ooTextFile" in head[:60], _Foreign("a Praat file", _CONVERT)),
        (_JSON.match(head) is not None, _Foreign("a JSON file", _CONVERT)),
        (_TSV.match(head) is not None, _Foreign("a table of times", _CONVERT)),
        (not head.startswith("WEBVTT") and _SRT.search(head) is not None, _Foreign("an SRT caption file", _CONVERT)),
    )
    return next((foreign for found, foreign in kinds if found), None)


def _head(data: bytes) -> str:
    """The first characters as far as signatures need them: ASCII, found under any mark or none."""
    return data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")
