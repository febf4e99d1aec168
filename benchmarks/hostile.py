"""Files that were made to harm whoever reads them: each is to be refused, or read, soon and within little memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

MB: Final = 1024 * 1024
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODT: Final = "application/vnd.oasis.opendocument.text"
_LAUGHS: Final = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_OUTSIDE: Final = '<!ENTITY a9 SYSTEM "file:///etc/hostname">'
_WORD_PART: Final = "word/document.xml"
_BOOK_PART: Final = "xl/workbook.xml"
_BAIT: Final = 999_000


def write_hostile(folder: Path) -> None:
    """Write every one of them into a new folder."""
    folder.mkdir()
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make())


def _package(parts: Mapping[str, str | bytes], bomb: str = "", megabytes: int = 0) -> bytes:
    """A zip of parts, and of one more that unpacks to so many megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
        if bomb:
            with package.open(bomb, "w", force_zip64=True) as part:
                for _ in range(megabytes):
                    part.write(b" " * MB)
    return packed.getvalue()


def _types(part: str, kind: str) -> str:
    override = f'<Override PartName="/{part}" ContentType="{kind}"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{override}</Types>'


def _word(document: str | bytes, more: Mapping[str, str | bytes] | None = None) -> bytes:
    types = _types(_WORD_PART, _WORD)
    return _package({"[Content_Types].xml": types, _WORD_PART: document, **(more or {})})


def _body(inside: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{_W}"><w:body>{inside}</w:body></w:document>'


def _odt(content: str | bytes) -> bytes:
    return _package({"mimetype": _ODT, "content.xml": content})


def _book(workbook: str | bytes, sheet: str | bytes = "<worksheet/>") -> bytes:
    parts = {_BOOK_PART: workbook, "xl/worksheets/sheet1.xml": sheet}
    return _package({"[Content_Types].xml": _types(_BOOK_PART, _BOOK), **parts})


def _doctype(entities: str) -> str:
    return f"<!DOCTYPE x [{entities}]>"


def _elan(inside: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<ANNOTATION_DOCUMENT>{inside}</ANNOTATION_DOCUMENT>'.encode()


def _small_runs() -> bytes:
    """A part of just the size that passes the gate, of as many tags as it allows, packed less than it forbids."""
    runs = "".join(f"<w:r><w:t>{n % 7919:04}</w:t></w:r>" for n in range(490_000))
    return _word(_body(f"<w:p>{runs}</w:p>"))


def _many_pages(count: int = 3_000) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * count
    return _pdf(objects)


def _looping_pages() -> bytes:
    """Pages that are their own children."""
    return _pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"]
    )


def _pdf(objects: list[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        made
        + head
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            len(made),
        )
    )


def _line(bait: str) -> bytes:
    return (bait * (_BAIT // len(bait)) + "\n").encode()


HOSTILE: Final[dict[str, Callable[[], bytes]]] = {
    "bomb.docx": lambda: _package({"[Content_Types].xml": _types(_WORD_PART, _WORD)}, _WORD_PART, 600),
    "bomb.odt": lambda: _package({"mimetype": _ODT}, "content.xml", 300),
    "bomb.xlsx": lambda: _package({"[Content_Types].xml": _types(_BOOK_PART, _BOOK)}, _BOOK_PART, 300),
    "packed.docx": lambda: _package({"[Content_Types].xml": _types(_WORD_PART, _WORD)}, _WORD_PART, 30),
    "runs.docx": _small_runs,
    "laughs.docx": lambda: _word(_body("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _doctype(_LAUGHS))),
    "laughs.odt": lambda: _odt(f'<?xml version="1.0"?>{_doctype(_LAUGHS)}<a>&a9;</a>'),
    "laughs.xlsx": lambda: _book(f'<?xml version="1.0"?>{_doctype(_LAUGHS)}<workbook>&a9;</workbook>'),
    "laughs.eaf": lambda: _elan('<TIER TIER_ID="&a9;"/>', _doctype(_LAUGHS)),
    "outside.docx": lambda: _word(_body("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _doctype(_OUTSIDE))),
    "outside.odt": lambda: _odt(f'<?xml version="1.0"?>{_doctype(_OUTSIDE)}<a>&a9;</a>'),
    "outside.eaf": lambda: _elan("<TIER>&a9;</TIER>", _doctype(_OUTSIDE)),
    "deep.docx": lambda: _word(_body("<w:tbl><w:tr><w:tc>" * 50_000)),
    "deep.eaf": lambda: _elan("<TIER>" * 100_000 + "</TIER>" * 100_000),
    "deep.json": lambda: b'{"segments": ' + b"[" * 5_000_000,
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * 5_000_000,
    "deep.html": lambda: b"<html><body>" + b"<div>" * 500_000 + b"a",
    "deep.md": lambda: b"> " * 400_000 + b"a\n" + b"[" * 400_000 + b"\n",
    "climbing.docx": lambda: _word(_body("<w:p/>"), {"../../../tmp/climbed": "x"}),
    "one line.txt": lambda: b"P1: " + b"talk " * (4 * MB - 10),
    "many turns.txt": lambda: b"P1: and so on and on\n" * 800_000,
    "many cues.srt": lambda: b"".join(b"%d\n00:00:01,000 --> 00:00:02,000\nP1: on\n\n" % n for n in range(300_000)),
    "many segments.json": lambda: b'{"segments": [' + b",".join([b'{"start":1,"end":2,"text":"a"}'] * 600_000) + b"]}",
    "colons.txt": lambda: _line("a:"),
    "colons apart.txt": lambda: _line("a: a "),
    "brackets.txt": lambda: _line("[a"),
    "doubled brackets.txt": lambda: _line("((a "),
    "times.txt": lambda: _line("00:00:"),
    "dots.txt": lambda: _line("a. P1"),
    "slashes.txt": lambda: _line("//a "),
    "hashes.txt": lambda: _line("#00:"),
    "blanks.txt": lambda: _line(" \t") + b"a\n",
    "voices.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + _line("<v a"),
    "entities.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + _line("&a"),
    "arrows.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + _line("-->"),
    "codes.cha": lambda: b"@UTF8\n@Begin\n*CHI:\t" + _line("<[& (+") + b"@End\n",
    "quotes.TextGrid": lambda: (
        b'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n1\n<exists>\n1\n' + _line('"" "')
    ),
    "tags.otr": lambda: b'{"media": "a", "media-time": 1, "text": "' + b"<span <b" * 120_000 + b'"}',
    "tags.html": lambda: b"<html><body><p>" + b"<span <b" * 120_000,
    "comments.html": lambda: b"<html><body>" + b"<!-- <p>" * 100_000,
    "stars.md": lambda: _line("**a "),
    "links.md": lambda: _line("[a]("),
    "escapes.rtf": lambda: b"{\\rtf1 " + _line("\\u1 \\'") + b"}",
    "cells.csv": lambda: b"start,end,speaker,text\n" + _line('"",'),
    "pages.pdf": _many_pages,
    "loop.pdf": _looping_pages,
}
"""Every file by its name, which says what is hostile about it."""
