"""Which reader reads a file: decided by its content; its extension is only ever mentioned in a warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts import (
    asr_json,
    chat,
    csv_tables,
    docx,
    elan,
    html,
    markdown,
    odt,
    otranscribe,
    pdf,
    plain,
    praat,
    rtf,
    sbv,
    srt,
    tsv,
    vtt,
    xlsx,
)
from qcode.transcripts.gate import DamagedFileError, EncryptedFileError, Package
from qcode.transcripts.signatures import head

if TYPE_CHECKING:
    from qcode.transcripts.reader import Reader, Source

READERS: Final[tuple[Reader, ...]] = (
    xlsx.READER,
    odt.READER,
    docx.READER,
    pdf.READER,
    rtf.READER,
    vtt.READER,
    srt.READER,
    sbv.READER,
    tsv.READER,
    otranscribe.READER,
    asr_json.READER,
    elan.READER,
    chat.READER,
    praat.READER,
    html.READER,
    csv_tables.READER,
    markdown.READER,
    plain.READER,
)
"""Every format that can be read, the most particular first; plain text takes whatever text is left."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM: Final = "WordDocument".encode("utf-16-le")
_MEDIA: Final = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    *(b"ID3", b"OggS", b"fLaC", b"RIFF", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf1"),
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
_SAVE_AS_KNOWN: Final = "Save a spreadsheet as .xlsx or CSV, and a text as .odt or .docx."
_CONVERT: Final = "Export the transcript as WebVTT (.vtt), Word (.docx) or plain text."
_TABLE: Final = _Foreign("a spreadsheet", "Copy the talk into a Word or text file.")
_PRESENTATION: Final = _Foreign("a presentation", "Copy the talk into a Word or text file.")
_PACKAGES: Final = (
    ("xl/workbook.bin", _TABLE),
    ("ppt/presentation.xml", _PRESENTATION),
)


_WORD, _CAPTIONS, _PLAIN_TEXT = "a Word document", "a WebVTT caption file", "plain text"
_WORKBOOK, _CSV = "an Excel workbook", "a CSV table"
_PDF, _RTF, _ODT = "a PDF", "an RTF file", "an OpenDocument text"
_HTML, _MARKDOWN = "a web page", "a Markdown text"
_SRT, _SBV = "an SRT caption file", "a SubViewer caption file"
_ELAN, _CHAT, _PRAAT = "an ELAN file", "a CHAT file", "a Praat file"
_TIMES, _OTR, _JSON = "a Whisper table of times", "an oTranscribe file", "a JSON file"
_HELD: Final = {
    "docx": _WORD,
    "vtt": _CAPTIONS,
    "srt": _SRT,
    "sbv": _SBV,
    "whisper-tsv": _TIMES,
    "otranscribe": _OTR,
    "asr-json": _JSON,
    "elan": _ELAN,
    "chat": _CHAT,
    "praat": _PRAAT,
    "plain": _PLAIN_TEXT,
    "xlsx": _WORKBOOK,
    "pdf": _PDF,
    "rtf": _RTF,
    "odt": _ODT,
    "html": _HTML,
    "markdown": _MARKDOWN,
    "csv": _CSV,
}
_LEGACY: Final = "an old Word file"
_AGREE: Final = frozenset(
    (
        *((_CSV, _TIMES), (_JSON, _OTR), (_LEGACY, _RTF)),
        *((_PLAIN_TEXT, kind) for kind in (_CAPTIONS, _SRT, _SBV, _TIMES, _CHAT, _PRAAT, _MARKDOWN)),
    )
)
"""What an extension promises, and what a file may be all the same without a warning."""

_PROMISED: Final = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), _WORD),
    **dict.fromkeys((".txt", ".text"), _PLAIN_TEXT),
    **dict.fromkeys((".doc", ".dot"), _LEGACY),
    **dict.fromkeys((".htm", ".html", ".xhtml"), _HTML),
    **dict.fromkeys((".md", ".markdown"), _MARKDOWN),
    **dict.fromkeys((".odt", ".ott"), _ODT),
    **dict.fromkeys((".xls", ".ods"), "a spreadsheet"),
    **dict.fromkeys((".xlsx", ".xlsm"), _WORKBOOK),
    **dict.fromkeys((".csv", ".tsv", ".tab"), _CSV),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "a presentation"),
    **dict.fromkeys((".mp3", ".m4a", ".mp4", ".wav"), "a recording"),
    ".vtt": _CAPTIONS,
    ".srt": _SRT,
    ".sbv": _SBV,
    ".otr": _OTR,
    ".eaf": _ELAN,
    ".cha": _CHAT,
    ".textgrid": _PRAAT,
    ".pdf": _PDF,
    ".rtf": _RTF,
    ".json": _JSON,
    ".zip": "a zip archive",
}


def choose(source: Source) -> Reader:
    """The reader for a source, or a refusal that says what the file is and what to do with it."""
    _refuse_binary(source)
    reader = next(reader for reader in READERS if reader.recognises(source))
    if reader is plain.READER:
        _refuse_text(source)
    return reader


def mismatch(source: Source, reader: Reader) -> tuple[str, ...]:
    """A warning when the extension promises another format than the content has."""
    promised, held = _PROMISED.get(source.suffix), _HELD[reader.name]
    if promised is None or promised == held or (promised, held) in _AGREE:
        return ()
    return (f"The name says {promised} ({source.suffix}), but the file is {held} and was read as that.",)


def _refuse_binary(source: Source) -> None:
    data, name = source.data, source.name
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
    if xlsx.WORKBOOK in package:
        return
    for part, foreign in _PACKAGES:
        if part in package:
            raise ForeignFormatError(source.name, foreign.kind, foreign.advice)
    if "content.xml" in package:
        if odt.is_text(package):
            return
        raise ForeignFormatError(source.name, "an OpenDocument file", _SAVE_AS_KNOWN)
    if docx.CONTENT_TYPES in package or source.suffix == ".docx":
        raise DamagedFileError(source.name)
    raise ForeignFormatError(source.name, "a zip archive", "Unpack it first and choose the transcripts inside.")


def _refuse_text(source: Source) -> None:
    if foreign := _foreign_text(head(source.data)):
        raise ForeignFormatError(source.name, foreign.kind, foreign.advice)


def _foreign_text(start: str) -> _Foreign | None:
    return _Foreign("an XML file", _CONVERT) if start.startswith("<?xml") else None
