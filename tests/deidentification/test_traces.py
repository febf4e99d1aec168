from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.deidentification import Trace, find_traces, neighbours
from qcode.files import NotAnOrdinaryFileError, ReadingFailedError


def traced(folder: Path, data: bytes, *names: str) -> list[tuple[str, str, int]]:
    path = folder / "file.bin"
    path.write_bytes(data)
    return [(one.name, one.encoding, one.offset) for one in find_traces([path], names)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("xx Echeverría.".encode(), "utf-8"),
        ("xx ECHEVERRÍA.".encode(), "utf-8"),
        (b"xx echeverria.", "utf-8"),
        ("xx Echeverri\u0301a.".encode(), "utf-8"),
        (b"xx " + "Echeverría".encode("utf-16-le"), "utf-16-le"),
        (b"xx " + json.dumps("Echeverría")[1:-1].encode(), "json"),
        (b"abcEcheverrias", "utf-8"),
    ],
)
def test_a_name_is_found_in_every_encoding_once(tmp_path: Path, data: bytes, encoding: str) -> None:
    assert traced(tmp_path, data, "Echeverría") == [("Echeverría", encoding, 3)]


def test_short_names_count_as_whole_words_and_longer_ones_outside_ordinary_words(tmp_path: Path) -> None:
    assert traced(tmp_path, b"planned immigrant annual, immigrants", "Ann", "Grant") == []
    assert traced(tmp_path, b"so Ann's; grant", "Ann", "Grant") == [("Ann", "utf-8", 3), ("Grant", "utf-8", 10)]
    assert traced(tmp_path, b"hopeAnn", "Ann") == [("Ann", "utf-8", 4)]


def test_a_name_cut_by_an_index_is_a_trace(tmp_path: Path) -> None:
    assert traced(tmp_path, b"\x05risol\x00", "Marisol") == [("Marisol", "utf-8, part", 1)]
    assert traced(tmp_path, b" Maris\x00", "Marisol") == [("Marisol", "utf-8, part", 1)]
    assert traced(tmp_path, b"Black water\x06 \x05water", "Blackwater") == []


def test_a_name_across_the_pieces_that_are_read_is_found_once(tmp_path: Path) -> None:
    data = b"." * ((1 << 22) - 3) + b"Marisol" + b"." * 100
    assert traced(tmp_path, data, "Marisol") == [("Marisol", "utf-8", (1 << 22) - 3)]


def test_full_text_indexes_that_keep_words_cut_are_seen_through(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    base = sqlite3.connect(path)
    base.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
    base.execute("INSERT INTO words(rowid, text) VALUES (1, 'marimba marisolina marist')")
    base.commit()
    base.close()
    assert b"marisolina" not in path.read_bytes()
    assert [one.encoding for one in find_traces([path], ["Marisolina"])] == ["utf-8, part"]
    assert find_traces([path], ["Bartholomew"]) == ()


@settings(max_examples=60, deadline=None)
@given(
    before=st.binary(max_size=40),
    name=st.text(alphabet="bcdfgjkvwxz", min_size=5, max_size=9).map(str.title),
    encoding=st.sampled_from(["utf-8", "utf-16-le"]),
)
def test_whatever_stands_around_it_a_long_name_is_found(tmp_path_factory, before, name, encoding) -> None:
    path = tmp_path_factory.mktemp("traces") / "file.bin"
    path.write_bytes(before + name.encode(encoding) + b"\x00\x00")
    assert any(one.name == name for one in find_traces([path], [name]))


def test_files_and_names_come_in_their_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"Okafor and Quist")
    two.write_bytes(b"Quist")
    assert find_traces([two, one], ["Okafor", "Quist"]) == (
        Trace(two, "Quist", "utf-8", 0),
        Trace(one, "Okafor", "utf-8", 0),
        Trace(one, "Quist", "utf-8", 11),
    )


def test_what_cannot_be_looked_through_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnOrdinaryFileError):
        find_traces([tmp_path], ["Okafor"])
    with pytest.raises(ReadingFailedError):
        find_traces([tmp_path / "gone"], ["Okafor"])


def test_neighbours_are_the_files_that_begin_with_the_studys_name(tmp_path: Path) -> None:
    for name in ("s.qcode", "s.qcode-journal", "s backup.qcode", "other.qcode", ".s.qcode.part"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "s backups").mkdir()
    (tmp_path / "s backups" / "old.qcode").write_bytes(b"")
    found = neighbours(tmp_path / "s.qcode")
    assert found[0] == tmp_path / "s.qcode"
    assert {path.name for path in found} == {
        "s.qcode",
        "s.qcode-journal",
        "s backup.qcode",
        "old.qcode",
        ".s.qcode.part",
    }
