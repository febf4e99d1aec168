from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from qcode.transcripts import read, segment

CASES = Path(__file__).parent.parent / "cases" / "transcripts"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


@pytest.fixture
def cases():
    return CASES


@pytest.fixture
def text_file(tmp_path):
    """Write a file of text or bytes and give its path."""

    def write(content, name="talk.txt", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def word_file(tmp_path):
    """Write a Word file from the XML of its body and give its path."""

    def write(
        body, name="talk.docx", main_type=MAIN_TYPE, document=None, extra=(), names=NAMES, part="word/document.xml"
    ):
        path = tmp_path / name
        override = f'<Override PartName="/{part}" ContentType="{main_type}"/>'
        types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{override}</Types>'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", types)
            package.writestr(part, document or f"<w:document {names}><w:body>{body}</w:body></w:document>")
            for other, content in dict(extra).items():
                package.writestr(other, content)
        return path

    return write


@pytest.fixture
def turns_of():
    """The (speaker, text) pairs of a file's turns as proposed."""

    def turns(path, **options):
        transcript = segment(read(path), **options)
        return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]

    return turns


@pytest.fixture
def squeezed():
    return lambda text: re.sub(r"\s+", " ", text).strip()
