"""Copies that sync clients leave beside a study are noticed, and nothing else is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
import small
from sqlalchemy import select

from qcode.models import Round
from qcode.operations import codebook, coding, collecting
from qcode.queries.collecting import copies_beside
from qcode.queries.collecting.copies_beside import conflicted_copies, is_conflict_name
from qcode.study import Study

COPY = "study (Ana's conflicted copy 2026-11-22).qcode"
OLDER = Path(__file__).parents[2] / "cases" / "older" / "schema-2.zip"


@pytest.fixture
def made(tmp_path):
    found = small.small_study(tmp_path / "study.qcode")
    with found.study:
        yield found


def copied(made, name=COPY):
    return Path(shutil.copy(made.study.path, made.study.path.with_name(name)))


def worked_on(made, path, coder=None):
    with Study.open(path) as study:
        study.act_as(coder or made.lead)
        passage = made.passage("Of the letter.")
        coding.apply_codes(study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "Boots (Ana Lima's conflicted copy 2026-11-22)",
        "Boots (In Konflikt stehende Kopie von Ana 2026-11-22)",
        "Boots (Copie en conflit de Ana 2026-11-22)",
        "Boots-DESKTOP-7F3K2Q1",
        "Boots-Anas-MacBook-Pro",
        "Boots (1)",
        "Boots [Conflict]",
        "Boots 2",
        "Boots (conflicted copy 2026-11-22 101500)",
        "Boots_conflict-20261122-101500",
        "Boots.sync-conflict-20261122-101500-ABCDEFG",
        "Boots.Conflict",
        "Boots [conflicted]",
        "Boots (conflicted)",
        "Boots (SFConflict ana@example.org 2026-11-22-10-15-00)",
        "Boots - Copy",
        "Boots - Copy (2)",
        "Boots (copy)",
        "Boots (another copy)",
        "Boots copy",
        "Boots copy 3",
        "Boots - Kopie",
        "Copy of Boots",
        "Copy (2) of Boots",
        "Kopie von Boots",
        "Copia de Boots",
        "BOOTS (1)",
    ],
)
def test_names_that_sync_clients_and_file_managers_give_are_known(name):
    assert is_conflict_name(name, "Boots")


@pytest.mark.parametrize(
    "name",
    [
        "Boots",
        "Boots for Bo Ek",
        "Boots pilot",
        "Boots (before upgrade)",
        "Boots 2024 pilot",
        "Bootstrap",
        "Old Boots",
        "My copy of the old Boots",
        "Boots and the copying of letters",
        "Shoes (1)",
        "",
        "(" * 200,
        "Boots" + "(" * 5_000,
    ],
)
def test_names_that_somebody_gave_on_purpose_are_not_taken_for_them(name):
    assert not is_conflict_name(name, "Boots")


def test_an_accent_may_be_composed_or_not():
    assert is_conflict_name("Cafe\u0301 (1)", "Caf\u00e9")


def test_a_copy_with_work_that_is_not_here_is_told_with_who_did_it(made):
    path = worked_on(made, copied(made), made.other)
    before = path.read_bytes(), made.study.path.read_bytes()
    (found,) = conflicted_copies(made.study)
    assert (found.path, found.steps, found.who, found.sealed) == (path, 1, ("Bo Ek",), False)
    assert found.at.startswith("20")
    assert (path.read_bytes(), made.study.path.read_bytes()) == before


def test_once_it_was_merged_it_is_told_no_more_even_after_that_was_taken_back(made):
    path = worked_on(made, copied(made))
    receipt = collecting.merge(made.study, path).receipt
    assert conflicted_copies(made.study) == []
    collecting.take_back(made.study, receipt)
    assert conflicted_copies(made.study) == []
    with Study.open(path) as study:
        codebook.add_code(study, name="Rain")
    assert [found.steps for found in conflicted_copies(made.study)] == [1]


def test_a_copy_without_more_is_no_conflict_and_neither_is_another_study(made):
    copied(made)
    Study.create(made.study.path.with_name("study (1).qcode"), title="Other", coder="Ana").close()
    assert conflicted_copies(made.study) == []


def test_what_was_handed_out_is_handed_in_and_not_merged(made):
    path = made.study.path.with_name("study (1).qcode")
    collecting.hand_out(made.study, made.other, path)
    worked_on(made, path, made.other)
    assert conflicted_copies(made.study) == []


def test_a_copy_of_an_earlier_qcode_counts_and_stays_as_it_is(tmp_path):
    with zipfile.ZipFile(OLDER) as files:
        files.extractall(tmp_path)
    laptop = (tmp_path / "laptop.qcode").rename(tmp_path / "study-LAPTOP.qcode")
    before = laptop.read_bytes()
    with Study.open(tmp_path / "study.qcode") as study:
        assert [(found.path, found.steps) for found in conflicted_copies(study)] == [(laptop, 3)]
    assert laptop.read_bytes() == before


def test_whoever_is_blind_is_told_only_of_their_own_steps(made):
    with made.study.transact("Blind") as session:
        session.scalars(select(Round)).one().blind = True
    path = worked_on(made, copied(made), made.other)
    (found,) = conflicted_copies(made.study)
    assert (found.steps, found.at, found.who, found.sealed) == (0, "", (), True)
    worked_on(made, path, made.lead)
    (found,) = conflicted_copies(made.study)
    assert (found.steps, found.who, found.sealed) == (1, ("Ana Lima",), True)


# What is no copy --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"SQLite format 3\x00", b"not a study", b"SQLite format 3\x00" + bytes(4096)])
def test_what_only_has_the_name_is_passed_over(made, body):
    made.study.path.with_name(COPY).write_bytes(body)
    assert conflicted_copies(made.study) == []


def test_what_was_partly_copied_or_damaged_is_passed_over(made):
    path = worked_on(made, copied(made))
    whole = path.read_bytes()
    path.write_bytes(whole[:-4096])
    assert conflicted_copies(made.study) == []
    path.write_bytes(whole[: 4096 * 3] + bytes(range(256)) * 32 + whole[4096 * 5 :])
    assert conflicted_copies(made.study) == []


def test_a_copy_that_somebody_writes_is_left_to_them(made):
    path = worked_on(made, copied(made))
    Path(f"{path}-journal").write_bytes(b"hot")
    assert conflicted_copies(made.study) == []
    assert Path(f"{path}-journal").read_bytes() == b"hot"
    Path(f"{path}-journal").unlink()
    writing = sqlite3.connect(path, isolation_level=None)
    writing.execute("BEGIN EXCLUSIVE")
    assert conflicted_copies(made.study) == []
    writing.close()
    assert len(conflicted_copies(made.study)) == 1


def test_one_that_changes_while_it_is_read_is_passed_over(made, monkeypatch):
    path = worked_on(made, copied(made))
    read = copies_beside._missing

    def then_written(*given):
        found = read(*given)
        path.write_bytes(path.read_bytes() + b"more")
        return found

    monkeypatch.setattr(copies_beside, "_missing", then_written)
    assert conflicted_copies(made.study) == []


@pytest.mark.skipif(os.name == "nt", reason="pipes and links are POSIX")
def test_folders_links_and_pipes_are_never_opened(made, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    worked_on(made, Path(shutil.copy(made.study.path, elsewhere / "s.qcode")))
    (tmp_path / "study (1).qcode").symlink_to(elsewhere / "s.qcode")
    (tmp_path / "study (2).qcode").mkdir()
    os.mkfifo(tmp_path / "study (3).qcode")
    assert conflicted_copies(made.study) == []


def test_huge_files_are_not_read_and_only_the_latest_few_are_looked_at(made, tmp_path, monkeypatch):
    huge = tmp_path / "study (99).qcode"
    with huge.open("wb") as file:
        file.truncate(copies_beside._LARGEST + 1)
    looked = []
    monkeypatch.setattr(copies_beside, "_found", lambda path, _ours: looked.append(path.name))
    for number in range(copies_beside._MOST + 5):
        path = tmp_path / f"study ({number}).qcode"
        path.write_bytes(b"x")
        os.utime(path, (number, number))
    assert conflicted_copies(made.study) == []
    assert looked == [f"study ({number}).qcode" for number in range(16, 4, -1)]


@pytest.mark.parametrize("name", ["study (1)?mode=rw#x.qcode", "study (conflict %41\n“”').qcode"])
@pytest.mark.skipif(os.name == "nt", reason="such names are POSIX")
def test_a_name_is_no_part_of_an_address(made, name):
    path = worked_on(made, copied(made, name))
    expected = [path] if is_conflict_name(path.stem, "study") else []
    assert [found.path for found in conflicted_copies(made.study)] == expected
    assert sorted(one.name for one in path.parent.iterdir()) == sorted([name, "study.qcode"])
