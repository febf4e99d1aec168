"""A pack is whole or it is not there, and its checksums are those of its files."""

from __future__ import annotations

import hashlib

import pytest

from qcode.files import FileInTheWayError, FolderMissingError
from qcode.reports.packs import CHECKSUMS, CONTENTS, FolderNotEmptyError, Part, renew_pack, write_pack


def words(text):
    return lambda path: path.write_text(text, encoding="utf-8")


PARTS = (Part("one.txt", "The first.", words("1")), Part("second.txt", "The other.", words("2")))


def test_every_file_is_listed_and_summed(tmp_path):
    names = write_pack(tmp_path / "pack", ["An opening."], PARTS)
    folder = tmp_path / "pack"
    assert set(names) == {path.name for path in folder.iterdir()} == {"one.txt", "second.txt", CONTENTS, CHECKSUMS}
    sums = dict(reversed(line.split("  ")) for line in (folder / CHECKSUMS).read_text().splitlines())
    assert sums == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names[:-1]}
    contents = (folder / CONTENTS).read_text(encoding="utf-8")
    assert contents.startswith("An opening.\n")
    assert "second.txt  The other." in contents


def test_files_may_lie_in_folders_and_are_written_anew_where_nothing_else_lies(tmp_path):
    folder, parts = tmp_path / "pack", (Part("plots/one.svg", "A plot.", words("<svg/>")), *PARTS)
    write_pack(folder, [], parts)
    assert "  plots/one.svg\n" in (folder / CHECKSUMS).read_text()
    contents = (folder / CONTENTS).read_text(encoding="utf-8")
    assert contents.index("second.txt") < contents.index("\n\nplots/one.svg  A plot.\n"), "the top stands first"
    renew_pack(folder, [], PARTS)
    assert not (folder / "plots").exists()
    renew_pack(folder, [], parts)
    (folder / "plots" / "mine.svg").write_text("mine")
    with pytest.raises(FolderNotEmptyError):
        renew_pack(folder, [], PARTS)
    assert (folder / "plots" / "one.svg").exists()


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "pack").mkdir()
    write_pack(tmp_path / "pack", [], PARTS)
    assert (tmp_path / "pack" / "one.txt").read_text() == "1"


def test_what_is_there_is_not_mixed_up_with_it(tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("a file")
    with pytest.raises(FolderNotEmptyError):
        write_pack(tmp_path / "pack", [], PARTS)
    with pytest.raises(FileInTheWayError):
        write_pack(tmp_path / "file", [], PARTS)
    with pytest.raises(FolderMissingError):
        write_pack(tmp_path / "nowhere" / "pack", [], PARTS)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "mine.txt", "pack"]


def test_nothing_is_left_of_a_pack_that_fails(tmp_path):
    def fail(_path):
        raise FolderNotEmptyError(tmp_path)

    with pytest.raises(FolderNotEmptyError):
        write_pack(tmp_path / "pack", [], (*PARTS, Part("third.txt", "It fails.", fail)))
    assert not list(tmp_path.iterdir())
