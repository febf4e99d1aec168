"""The words that rooms use for kinds, roles and languages; studies store the shorter ones."""

from __future__ import annotations

import codecs

from qcode.operations.documents import KINDS

KIND_CHOICES = tuple((kind, kind.capitalize()) for kind in KINDS)
ROLE_CHOICES = (("participant", "Participant"), ("interviewer", "Interviewer"), ("other", "Other"))
PURPOSE_CHOICES = (("pilot", "Pilot"), ("main", "Main"), ("recheck", "Re-check"), ("practice", "Practice"))
READERS = {
    "docx": "Word document",
    "odt": "OpenDocument text",
    "rtf": "Rich text (RTF)",
    "pdf": "PDF",
    "plain": "Plain text",
    "markdown": "Markdown",
    "html": "Web page",
    "csv": "CSV table",
    "xlsx": "Excel workbook",
    "vtt": "WebVTT captions",
    "srt": "SubRip captions",
    "sbv": "SubViewer captions",
    "whisper-tsv": "Whisper table",
    "asr-json": "JSON of speech recognition",
    "otranscribe": "oTranscribe",
    "elan": "ELAN annotation",
    "chat": "CHAT transcript",
    "praat": "Praat TextGrid",
}
FILES = (
    "*.docx *.odt *.rtf *.pdf *.txt *.md *.html *.htm *.csv *.tsv *.xlsx "
    "*.vtt *.srt *.sbv *.sub *.json *.otr *.eaf *.cha *.TextGrid *.textgrid"
)
LANGUAGES = {
    "ar": "Arabic",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "zh": "Chinese",
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "windows-1252": "Western Europe (windows-1252)",
    "windows-1250": "Central Europe (windows-1250)",
    "windows-1251": "Cyrillic (windows-1251)",
    "mac-roman": "Older Macs (mac-roman)",
    "iso8859-15": "Latin 9 (iso8859-15)",
    "cp437": "MS-DOS (cp437)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without mark",
    "utf-16-be": "UTF-16 without mark, big end first",
}


USES = {
    "ignore": "Left out",
    "id": "ID",
    "attribute": "Attribute",
    "open": "Answers",
    "text": "Talk",
    "speaker": "Speaker",
    "start": "Start time",
    "end": "End time",
    "question": "Question",
}


def use_word(use: str) -> str:
    """What a column is used as."""
    return USES.get(use, use)


def role_word(role: str) -> str:
    """What a role is called."""
    return role.capitalize()


def language_word(code: str) -> str:
    """A language by its name, or by its code where that is all we know."""
    return LANGUAGES.get(code, code)


def reader_word(reader: str) -> str:
    """What a file was read as."""
    name = reader.partition(" ")[0]
    return READERS.get(name, name)


def encoding_word(encoding: str) -> str:
    """An encoding by a name that people may know."""
    names = {_lasting(name): words for name, words in ENCODINGS.items()} | {"utf-8-sig": ENCODINGS["utf-8"]}
    return names.get(_lasting(encoding), encoding)


def _lasting(encoding: str) -> str:
    """The one name of an encoding that has several."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return encoding
