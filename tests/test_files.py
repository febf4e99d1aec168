from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from qcode import files
from qcode.errors import QcodeError

NOBODY = 65534


@contextmanager
def another_user(folder):
    """Run as a user to whom nothing in the folder belongs; who is not root loses the rights instead."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        folder.chmod(0o000)
        try:
            yield
        finally:
            folder.chmod(0o700)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    target = tmp_path / "themes.csv"
    files.write_file(target, b"old")
    files.write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert left_in(tmp_path) == ["themes.csv"]


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "themes.csv"
    target.write_bytes(b"old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(files.WritingFailedError, match="the disk is full"):
        files.write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert left_in(tmp_path) == ["themes.csv"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "themes.csv"
    target.write_bytes(b"old")

    def interrupted(_self, _target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert left_in(tmp_path) == ["themes.csv"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(files.FolderMissingError, match="nowhere"):
        files.write_file(tmp_path / "nowhere" / "a.csv", b"")


def test_a_folder_is_not_overwritten(tmp_path):
    with pytest.raises(files.TargetIsFolderError):
        files.write_file(tmp_path, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_a_pipe_is_neither_written_nor_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(files.NotAnOrdinaryFileError):
        files.write_file(tmp_path / "pipe.csv", b"")
    with pytest.raises(files.NotAnOrdinaryFileError):
        files.read_file(tmp_path / "pipe.csv", limit=10)


@pytest.mark.skipif(sys.platform == "win32", reason="users of Unix")
def test_another_user_can_neither_read_nor_write(tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    (locked / "a.csv").write_bytes(b"secret")
    with another_user(locked), pytest.raises(files.ReadingNotPermittedError):
        files.read_file(locked / "a.csv", limit=10)
    with another_user(locked), pytest.raises(files.WritingNotPermittedError):
        files.write_file(locked / "a.csv", b"")
    with another_user(locked), pytest.raises(files.WritingNotPermittedError):
        files.write_file(locked / "b.csv", b"")
    assert left_in(locked) == ["a.csv"]
    assert (locked / "a.csv").read_bytes() == b"secret"


def test_a_refusal_by_the_system_becomes_a_sentence_about_permission(tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")

    def denied(*_arguments):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(files.WritingNotPermittedError, match="another program has it open"):
        files.write_file(target, b"new")
    assert target.read_bytes() == b"old"


def test_a_write_protected_file_stays(tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(0o444)
    monkeypatch.setattr(files.os, "access", lambda _path, _mode: False)
    with pytest.raises(files.WritingNotPermittedError):
        files.write_file(target, b"new")
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of Unix")
def test_a_replaced_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "a.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    files.write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_reading_refuses_what_cannot_be_read(tmp_path):
    (tmp_path / "big.csv").write_bytes(b"x" * 11)
    with pytest.raises(files.FileMissingError, match=r"none\.csv"):
        files.read_file(tmp_path / "none.csv", limit=10)
    with pytest.raises(files.SourceIsFolderError):
        files.read_file(tmp_path, limit=10)
    with pytest.raises(files.FileTooLargeError):
        files.read_file(tmp_path / "big.csv", limit=10)
    assert files.read_file(tmp_path / "big.csv", limit=11) == b"x" * 11


@pytest.mark.parametrize("name", ["a\0b.csv", "n" * 300 + ".csv"])
def test_an_impossible_name_is_a_sentence(tmp_path, name):
    with pytest.raises(QcodeError):
        files.read_file(tmp_path / name, limit=10)
    with pytest.raises(QcodeError):
        files.write_file(tmp_path / name, b"")


def test_a_file_without_read_permission_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_bytes(b"secret")

    def denied(*_arguments):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(files.ReadingNotPermittedError):
        files.read_file(tmp_path / "a.csv", limit=10)


def test_an_unknown_ending_names_the_known_ones():
    with pytest.raises(files.UnknownExtensionError, match=r"\.csv or \.docx"):
        files.extension(Path("themes.pdf"), (".csv", ".docx"))
    assert files.extension(Path("THEMES.CSV"), (".csv",)) == ".csv"
