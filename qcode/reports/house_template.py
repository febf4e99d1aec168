"""A house template: a Word document whose styles, page, header and footer a report takes over, and nothing else.

What a template says about people and machines is left behind: properties, comments, revisions, bookmarks, fields that
name an author or a file, links, macros, and whatever stands in its text.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.files import extension, read_file

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS: Final = (".docx", ".dotx")
LARGEST_FILE: Final = 20_000_000
LARGEST_UNPACKED: Final = 150_000_000
_MOST_PARTS: Final = 3_000
_NARROWEST: Final = 4_000
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAINS: Final = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template\.main|"
    rb"ms-word\.(?:document|template)\.macroEnabled\.main)\+xml"
)


class NotATemplateError(QcodeError):
    """What was given as a template is no Word document."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is no Word document. Save your template as .docx or .dotx, and choose that file.")


class TemplateLockedError(QcodeError):
    """A template is protected by a password, or in the format of before 2007."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is protected by a password or in Word's old format. Open it in Word, take the password off, "
            "and save it as .docx."
        )


class TemplateGoneError(QcodeError):
    """A template that was kept for all reports is no longer where it was."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The house template “{name}” is no longer where it was. Choose it anew in the Report room, or another, "
            "or go on without."
        )


class TemplateTooLargeError(QcodeError):
    """A template unpacks to more than any template needs."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB, so it is not read. "
            "Make a template with styles, header and footer only."
        )


class TemplateDamagedError(QcodeError):
    """A template cannot be read although it looks like a Word document."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” cannot be read as a template: it is damaged, or saved as Strict Open XML. Open it in Word and "
            "save it again as an ordinary .docx."
        )


class TemplatePageTooNarrowError(QcodeError):
    """A template leaves no room for text between its margins."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The pages of “{name}” leave less than 7 cm between their margins. Make them wider, then try again."
        )


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read: its package, and the width of its text upright and on its side, in twips."""

    name: str
    package: bytes
    upright: int
    on_its_side: int


def kept_template(path: Path) -> Template:
    """The template that was chosen some time ago and is kept since.

    Raises:
        TemplateGoneError: if there is no such file any more.
        QcodeError: as `read_template` says.
    """
    if not path.exists():
        raise TemplateGoneError(path.name)
    return read_template(path)


def read_template(path: Path) -> Template:
    """Read a Word document as a template.

    Raises:
        UnknownExtensionError: unless the path ends in .docx or .dotx.
        NotATemplateError, TemplateLockedError, TemplateTooLargeError, TemplateDamagedError,
        TemplatePageTooNarrowError: if it cannot serve as one.
        QcodeError: if the file cannot be read.
    """
    extension(path, ENDINGS)
    data = read_file(path, limit=LARGEST_FILE)
    if data.startswith(_OLE):
        raise TemplateLockedError(path.name)
    package = _repacked(path.name, data)
    upright, on_its_side = _widths(path.name, package)
    if min(upright, on_its_side) < _NARROWEST:
        raise TemplatePageTooNarrowError(path.name)
    return Template(path.name, package, upright, on_its_side)


def _repacked(name: str, data: bytes) -> bytes:
    """The package as an ordinary document's, with no more in it than is sensible and no entities."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
            entries = source.infolist()
            if not {"[Content_Types].xml", "word/document.xml"} <= {entry.filename for entry in entries}:
                raise NotATemplateError(name)
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise TemplateTooLargeError(name)
            for entry in entries:
                target.writestr(entry.filename, _part(name, entry.filename, source.read(entry)))
    except zipfile.BadZipFile as problem:
        raise NotATemplateError(name) from problem
    except (RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as problem:
        raise TemplateDamagedError(name) from problem
    return out.getvalue()


def _part(name: str, path: str, data: bytes) -> bytes:
    if path == "[Content_Types].xml":
        return _OTHER_MAINS.sub(_MAIN.encode(), data)
    if path.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise TemplateDamagedError(name)
    return data


def _widths(name: str, package: bytes) -> tuple[int, int]:
    """The widths of the text of the template's last section, upright and on its side."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        section = docx.Document(io.BytesIO(package)).sections[-1]
        sides = (section.page_width or 0, section.page_height or 0)
        margins = sum(int(side or 0) for side in (section.left_margin, section.right_margin, section.gutter))
    except (KeyError, IndexError, ValueError, TypeError, AttributeError, OpcError, LxmlError) as problem:
        raise TemplateDamagedError(name) from problem
    short, long = sorted(int(side) if side else default for side, default in zip(sides, _LETTER, strict=True))
    return _twips(short - margins), _twips(long - margins)


_LETTER: Final = (7_772_400, 10_058_400)  # what Word takes where a section names no size, in its own units


def _twips(length: int) -> int:
    return length // 635
