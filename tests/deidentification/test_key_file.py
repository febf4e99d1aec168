from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from qcode.deidentification import key_file
from qcode.deidentification.key_file import (
    Contact,
    Key,
    KeyBesideStudyError,
    KeyFileDamagedError,
    KeyFileExistsError,
    KeyFileTooNewError,
    KeyInSyncedFolderError,
    NotAKeyFileError,
    PassphraseTooShortError,
    WrongPassphraseError,
    bits,
    change_passphrase,
    create_key,
    destroy_key,
    open_key,
    save_key,
)
from qcode.deidentification.values import Entity, Place
from qcode.files import FileMissingError, FolderMissingError, WritingNotPermittedError

PASSPHRASE = "lantern gravel otter Ω piano"
MOMENT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
KEY = Key(
    created=MOMENT,
    changed=MOMENT,
    by="Lena",
    entities=(
        Entity("e1", "name", ("Marisol Echeverría", "Mari"), "Ana"),
        Entity("e2", "word", ("Hope",), "[…]", "here", (Place("d1", 3, 7),)),
    ),
    names=("Larkmoor clinic",),
    contacts=(Contact("P03", "marisol@example.org"),),
    destroy_by=date(2031, 1, 1),
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "_MEMORY", 64)
    monkeypatch.setattr(key_file, "_PASSES", 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "names.key"
    create_key(path, KEY, PASSPHRASE)
    return path


def test_a_key_comes_back_as_it_was(file: Path) -> None:
    assert open_key(file, PASSPHRASE) == KEY


def test_a_passphrase_is_the_same_however_its_accents_are_typed(tmp_path: Path) -> None:
    create_key(tmp_path / "k.key", KEY, "caf\u00e9 gravel otter")
    assert open_key(tmp_path / "k.key", "cafe\u0301 gravel otter") == KEY


def test_every_save_is_locked_anew(file: Path) -> None:
    before = file.read_bytes()
    save_key(file, KEY, PASSPHRASE)
    after = file.read_bytes()
    assert before[15:43] != after[15:43]
    assert before[43:] != after[43:]


def test_no_name_is_on_the_disk_unlocked_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    seen: list[bytes] = []
    real = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        return real(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    save_key(tmp_path / "names.key", KEY, PASSPHRASE)
    change_passphrase(tmp_path / "names.key", PASSPHRASE, "another long passphrase")
    seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert len(seen) >= 3
    for secret in ("Marisol", "Echeverría", "Larkmoor", "Hope", "example.org", "Ana", "Lena", "lantern"):
        assert not any(secret.encode() in data or secret.encode("utf-16-le") in data for data in seen)


def test_a_wrong_passphrase_is_said_to_be_wrong(file: Path) -> None:
    with pytest.raises(WrongPassphraseError, match="does not open"):
        open_key(file, "lantern gravel otter")
    assert open_key(file, PASSPHRASE) == KEY


@pytest.mark.parametrize("length", [9, 20, 60, -1, -40])
def test_a_file_that_was_cut_is_said_to_be_damaged(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(KeyFileDamagedError):
        open_key(file, PASSPHRASE)


@pytest.mark.parametrize("place", [9, 12, 20, 40, 80, -1])
def test_a_flipped_bit_is_damage_and_not_a_wrong_passphrase(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    with pytest.raises(KeyFileDamagedError):
        open_key(file, PASSPHRASE)


def test_a_header_that_asks_for_all_memory_is_refused(file: Path) -> None:
    data = bytearray(file.read_bytes()[:-32])
    data[11:15] = struct.pack(">I", 0xFFFFFFFF)
    file.write_bytes(bytes(data) + sha256(data).digest())
    with pytest.raises(KeyFileDamagedError):
        open_key(file, PASSPHRASE)


def test_a_header_that_was_exchanged_does_not_open(file: Path) -> None:
    data = bytearray(file.read_bytes()[:-32])
    data[9] = 2
    file.write_bytes(bytes(data) + sha256(data).digest())
    with pytest.raises(WrongPassphraseError):
        open_key(file, PASSPHRASE)


def test_a_newer_version_is_left_alone(file: Path) -> None:
    data = bytearray(file.read_bytes()[:-32])
    data[8] = 2
    newer = bytes(data) + sha256(data).digest()
    file.write_bytes(newer)
    with pytest.raises(KeyFileTooNewError, match="newer qcode"):
        open_key(file, PASSPHRASE)
    assert file.read_bytes() == newer


def test_another_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Marisol")
    with pytest.raises(NotAKeyFileError):
        open_key(tmp_path / "notes.txt", PASSPHRASE)
    with pytest.raises(FileMissingError):
        open_key(tmp_path / "none.key", PASSPHRASE)


def test_a_short_passphrase_is_refused_and_the_file_stays(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(PassphraseTooShortError):
        change_passphrase(file, PASSPHRASE, "short")
    assert file.read_bytes() == before


def test_after_a_change_only_the_new_passphrase_opens(file: Path) -> None:
    change_passphrase(file, PASSPHRASE, "copper window dune salt")
    assert open_key(file, "copper window dune salt") == KEY
    with pytest.raises(WrongPassphraseError):
        open_key(file, PASSPHRASE)


def test_a_failed_save_leaves_the_old_key(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(WritingNotPermittedError):
        save_key(file, replace(KEY, by="Tom"), PASSPHRASE)
    monkeypatch.undo()
    assert [path.name for path in file.parent.iterdir()] == ["names.key"]
    assert open_key(file, PASSPHRASE).by == "Lena"


def test_a_folder_that_is_not_there_or_may_not_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FolderMissingError):
        create_key(tmp_path / "none" / "names.key", KEY, PASSPHRASE)

    def read_only(self: Path, mode: str = "r", *args: object, **kwargs: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", read_only)
    with pytest.raises(WritingNotPermittedError, match="permission"):
        create_key(tmp_path / "names.key", KEY, PASSPHRASE)


def test_a_key_never_replaces_another_file(file: Path) -> None:
    with pytest.raises(KeyFileExistsError):
        create_key(file, KEY, PASSPHRASE)


def test_a_key_lies_apart_from_the_study_unless_confirmed(tmp_path: Path) -> None:
    study = tmp_path / "study" / "s.qcode"
    study.parent.mkdir()
    (study.parent / "inner").mkdir()
    for place in (study.parent / "names.key", study.parent / "inner" / "names.key"):
        with pytest.raises(KeyBesideStudyError):
            create_key(place, KEY, PASSPHRASE, study=study)
    create_key(study.parent / "names.key", KEY, PASSPHRASE, study=study, confirmed=True)
    assert open_key(study.parent / "names.key", PASSPHRASE) == KEY
    create_key(tmp_path / "names.key", KEY, PASSPHRASE, study=study)


def test_a_synchronised_folder_is_refused_unless_confirmed(tmp_path: Path) -> None:
    synced = tmp_path / "OneDrive - University"
    synced.mkdir()
    with pytest.raises(KeyInSyncedFolderError):
        create_key(synced / "names.key", KEY, PASSPHRASE)
    create_key(synced / "names.key", KEY, PASSPHRASE, confirmed=True)


def test_a_destroyed_key_is_overwritten_and_gone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, left = file.read_bytes(), []
    real = Path.unlink

    def watched(self: Path, missing_ok: bool = False) -> None:
        left.append(self.read_bytes())
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", watched)
    destroy_key(file)
    assert not file.exists()
    assert len(left[0]) == len(before)
    assert left[0] != before
    assert b"qcodekey" not in left[0]


def test_several_words_weigh_more_than_a_repeated_letter() -> None:
    assert bits("lantern gravel otter piano") > bits("password") > bits("aaaaaaaaaaaa") > bits("")


def test_the_real_lock_costs_a_guess_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    create_key(tmp_path / "k.key", KEY, PASSPHRASE)
    assert struct.unpack(">BBI", (tmp_path / "k.key").read_bytes()[9:15]) == (3, 4, 65536)
    assert open_key(tmp_path / "k.key", PASSPHRASE) == KEY
