"""Bad files, tried on purpose: one sentence that names the file and says what to do, and nothing of their content."""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from qcode.errors import QcodeError
from qcode.transcripts import gate, read
from qcode.transcripts.decoding import NotTextError
from qcode.transcripts.detection import ForeignFormatError, LegacyWordError, MacroFileError
from qcode.transcripts.pdf import DamagedPdfError
from qcode.transcripts.reading import NoTextError

SECRET = "Bernadette"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PARAGRAPH = f"<w:p><w:r><w:t>P: {SECRET}</w:t></w:r></w:p>"


def refusal(path, kind):
    with pytest.raises(kind) as caught:
        read(path)
    sentence = str(caught.value)
    assert isinstance(caught.value, QcodeError)
    assert type(caught.value) is kind
    assert path.name in sentence
    assert str(path.parent) not in sentence
    assert SECRET not in sentence
    assert sentence.endswith(".")
    return sentence


def zipped(path, parts, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["talk.docx", "talk.txt", "talk.vtt", "talk"])
def test_a_damaged_pdf_is_known_for_one_whatever_its_name_is(text_file, name):
    path = text_file(b"%PDF-1.7\n" + SECRET.encode(), name)
    assert "is a PDF that is damaged" in refusal(path, DamagedPdfError)


@pytest.mark.parametrize("name", ["talk.docx", "talk.txt", "talk.vtt"])
def test_an_empty_file_is_refused(text_file, name):
    refusal(text_file(b"", name), gate.EmptyFileError)


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b" \r\n\t\n", "\ufeff\u200b\n".encode("utf-16")])
def test_a_file_of_nothing_but_blanks_is_refused(text_file, content):
    refusal(text_file(content), NoTextError)


def test_a_word_file_without_words_is_refused(word_file):
    refusal(word_file("<w:p/><w:p><w:r><w:drawing/></w:r></w:p>"), NoTextError)


def test_captions_without_captions_are_refused(text_file):
    refusal(text_file("WEBVTT\n\nNOTE nothing\n", "a.vtt"), NoTextError)


def test_a_folder_is_refused(tmp_path):
    folder = tmp_path / "interviews.docx"
    folder.mkdir()
    refusal(folder, gate.FolderGivenError)


def test_a_missing_file_is_refused(tmp_path):
    refusal(tmp_path / "gone.docx", gate.MissingFileError)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    refusal(tmp_path / "pipe.txt", gate.SpecialFileError)


def test_a_file_without_permission_is_refused():
    folder = Path(tempfile.mkdtemp(prefix="qcode-permission-"))
    path = folder / "talk.txt"
    try:
        path.write_text("P: " + SECRET)
        path.chmod(0o000)
        folder.chmod(0o755)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            assert "permission" in refusal(path, gate.UnreadableFileError)
        finally:
            if root:
                os.seteuid(0)
    finally:
        shutil.rmtree(folder)


def test_a_name_with_a_nul_in_it_is_refused_like_an_unreadable_one():
    with pytest.raises(gate.UnreadableFileError):
        read(Path("a\0b.txt"))


@pytest.mark.parametrize("name", ["old.doc", "old.docx"])
def test_an_old_word_file_is_refused(text_file, name):
    path = text_file(OLE + "WordDocument".encode("utf-16-le"), name)
    assert ".docx" in refusal(path, LegacyWordError)


def test_a_password_on_a_word_file_is_named_as_what_it_is(text_file):
    path = text_file(OLE + "EncryptedPackage".encode("utf-16-le"), "locked.docx")
    assert "password" in refusal(path, gate.EncryptedFileError)


def test_an_encrypted_part_in_a_zip_is_refused(word_file):
    path = word_file(PARAGRAPH)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            flags = struct.unpack_from("<H", data, at + offset)[0]
            struct.pack_into("<H", data, at + offset, flags | 1)
            at = data.find(signature, at + 4)
    path.write_bytes(bytes(data))
    refusal(path, gate.EncryptedFileError)


def test_a_word_file_with_macros_is_refused(word_file):
    path = word_file(PARAGRAPH, "talk.docm", "application/vnd.ms-word.document.macroEnabled.main+xml")
    assert "macros" in refusal(path, MacroFileError)


def test_macros_left_in_a_plain_word_file_are_never_run_and_said_aloud(word_file):
    reading = read(word_file(PARAGRAPH, extra={"word/vbaProject.bin": b"x"}))
    assert "The file holds macros. They are never run; only the text was read." in reading.warnings


@pytest.mark.parametrize("cut", [40, 300, -10])
def test_a_word_file_that_was_cut_off_is_refused(word_file, cut):
    path = word_file(PARAGRAPH * 40)
    path.write_bytes(path.read_bytes()[:cut])
    refusal(path, gate.DamagedFileError)


def test_a_word_file_with_a_changed_byte_is_refused(word_file):
    path = word_file(PARAGRAPH)
    data = path.read_bytes()
    at = data.find(b"word/document.xml") + 40
    path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    refusal(path, gate.DamagedFileError)


@pytest.mark.parametrize("document", ["<w:document", "", "<a/>", "\0", "<w:document xmlns:w='x'/>"])
def test_a_word_file_with_broken_xml_is_refused(word_file, document):
    refusal(word_file("", document=document or " "), gate.DamagedFileError)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_it_can_do_harm(word_file, encoding):
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY l0 "lol">'
        f'<!ENTITY f SYSTEM "file:///etc/passwd">{lol}]><x>&l9;&f;</x>'
    ).encode(encoding)
    assert "document type" in refusal(word_file("", document=document), gate.UnsafeFileError)


def test_a_document_type_in_the_content_types_is_refused(tmp_path):
    parts = {"[Content_Types].xml": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'}
    refusal(zipped(tmp_path / "x.docx", parts), gate.UnsafeFileError)


@pytest.mark.parametrize("size", [30, 300])
def test_a_zip_bomb_is_refused_quickly_and_in_little_memory(word_file, size):
    path = word_file("", document=b"<a>" + b" " * (size * gate.MB) + b"</a>")
    assert path.stat().st_size < gate.MB
    began = time.process_time()
    tracemalloc.start()
    try:
        refusal(path, gate.UnsafeFileError)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < 2
    assert peak < 5 * gate.MB


def test_a_part_is_counted_while_it_is_unpacked_because_its_header_may_lie(tmp_path):
    path = zipped(tmp_path / "x.docx", {"part": b"a" * 5000})
    package = gate.Package(gate.Source("x.docx", path.read_bytes()))
    assert len(package.read("part", limit=5000)) == 5000
    with pytest.raises(gate.UnsafeFileError):
        package.read("part", limit=4999)


def test_a_part_longer_than_its_header_says_is_refused(tmp_path):
    path = zipped(tmp_path / "x.docx", {"part": b"a" * 5000})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(signature) + offset, 10)
    package = gate.Package(gate.Source("x.docx", bytes(data)))
    with pytest.raises(gate.DamagedFileError):
        package.read("part")


def test_a_part_of_nothing_but_tags_is_refused_before_it_fills_the_memory(word_file, monkeypatch):
    monkeypatch.setattr(gate, "TAG_LIMIT", 1000)
    assert "tags" in refusal(word_file("<w:p/>" * 1000), gate.UnsafeFileError)


def test_too_many_parts_are_refused(tmp_path):
    refusal(zipped(tmp_path / "x.docx", {f"p{n}": b"" for n in range(2001)}), gate.UnsafeFileError)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "C:/x", "a\\..\\x"])
def test_parts_that_point_outside_are_refused(word_file, name):
    refusal(word_file(PARAGRAPH, extra={name: b"x"}), gate.UnsafeFileError)


def test_a_part_that_is_a_link_is_refused(tmp_path):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as package:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    refusal(path, gate.UnsafeFileError)


def test_a_file_larger_than_any_transcript_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "big.docx"
    with path.open("wb") as file:
        file.truncate(gate.FILE_LIMIT + 1)
    assert "50 MB" in refusal(path, gate.FileTooLargeError)


def test_a_text_larger_than_any_transcript_is_refused(text_file):
    assert "20 MB" in refusal(text_file(b"P: a\n" * (5 * gate.MB)), gate.FileTooLargeError)


@pytest.mark.parametrize("head", ["", "WEBVTT\n\n00:01.000 --> 00:02.000\n"])
def test_a_line_of_a_million_characters_is_refused(text_file, head):
    path = text_file(f"{head}P: yes\nP: {'ab ' * 400_000}\n", "talk.vtt" if head else "talk.txt")
    refusal(path, gate.LineTooLongError)


@pytest.mark.parametrize("content", [b"P: yes\0no\n", "P: yes\nI: no\n".encode("utf-16-le"), b"\xef\xbb\xbfP: a\0b"])
def test_nul_bytes_are_refused(text_file, content):
    refusal(text_file(content), gate.NulBytesError)


def test_bytes_that_are_no_text_are_refused(text_file):
    refusal(text_file(bytes(range(1, 9)) * 500), NotTextError)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<?xml version='1.0'?><notes>P: a</notes>", "an XML file"),
        (b"\x89PNG\r\n\x1a\n", "a recording or a picture"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", "a recording or a picture"),
        (OLE, "an old Office file"),
    ],
)
def test_formats_that_are_not_read_are_named(text_file, content, kind):
    assert f" is {kind}, which" in refusal(text_file(content), ForeignFormatError)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"xl/workbook.bin": "x"}, "a spreadsheet"),
        ({"ppt/presentation.xml": "x"}, "a presentation"),
        ({"mimetype": "x", "content.xml": "x"}, "an OpenDocument file"),
        ({"a.txt": "x"}, "a zip archive"),
    ],
)
def test_other_containers_are_named(tmp_path, parts, kind):
    assert f" is {kind}, which" in refusal(zipped(tmp_path / "file.zip", parts), ForeignFormatError)


def test_text_that_is_called_a_word_file_is_read_with_a_warning(text_file):
    reading = read(text_file("I: Yes?\nP: No.\nI: Oh?\nP: No.\n", "talk.docx"))
    assert reading.reader == "plain 1"
    assert reading.warnings == (
        "The name says a Word document (.docx), but the file is plain text and was read as that.",
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [("x.pdf", "a PDF"), ("x.TXT", "plain text"), ("x.doc", "an old Word file"), ("x.vtt", "a WebVTT caption file")],
)
def test_a_word_file_under_another_name_is_read_and_that_is_said(word_file, name, says):
    reading = read(word_file(PARAGRAPH, name))
    assert reading.reader == "docx 1"
    said = f"The name says {says} ({name[1:].lower()}), but the file is a Word document and was read as that."
    assert said in reading.warnings


@pytest.mark.parametrize("name", ["x", "x.final", "P. 03"])
def test_a_name_that_says_nothing_is_no_contradiction(word_file, name):
    assert not any(warning.startswith("The name says") for warning in read(word_file(PARAGRAPH, name)).warnings)


def test_a_word_file_is_never_unpacked_to_disk(word_file, monkeypatch, tmp_path):
    path = word_file(PARAGRAPH)
    monkeypatch.setattr(zipfile.ZipFile, "extractall", None)
    monkeypatch.setattr(zipfile.ZipFile, "extract", None)
    before = sorted(tmp_path.rglob("*"))
    read(path)
    assert sorted(tmp_path.rglob("*")) == before
