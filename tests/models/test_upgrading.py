"""Files that the last qcode of another schema wrote: opened, collected, and left alone when that fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from somebody import somebody_else
from sqlalchemy import select

from qcode.deidentification import neighbours
from qcode.models import Assignment, Round, storage, upgrading
from qcode.models.copies import the_copy
from qcode.models.drafts import drafts_of
from qcode.models.uniting import holding
from qcode.operations import codebook, coding, collecting, merging, redaction
from qcode.operations.passages import Passage
from qcode.operations.redaction_copies import copies_of, redact_copies
from qcode.queries.codebook.tree import codebook as codes_of
from qcode.queries.codings import Looking, codings
from qcode.queries.collecting.collected import preview, receipts
from qcode.queries.integrity import check
from qcode.queries.search.searching import Query, search
from qcode.queries.team import coders
from qcode.queries.transcripts.documents import documents
from qcode.study import Study

FILES = Path(__file__).parents[1] / "cases" / "older" / "schema-2.zip"
KEPT = "study (before upgrade).qcode"


@pytest.fixture
def folder(tmp_path):
    with zipfile.ZipFile(FILES) as files:
        files.extractall(tmp_path / "older")
    return tmp_path / "older"


@pytest.fixture
def older(folder):
    return folder / "study.qcode"


def asked(path, question):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def done(path, *statements):
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def held(study):
    with study.read() as session:
        return holding(session.connection())


def by_name(study, name):
    return next(row.id for row in coders(study) if row.name == name)


def code(study, name):
    return next(row.id for row in codes_of(study) if row.name == name)


# Opening ----------------------------------------------------------------------------------------------------------


def test_a_study_of_the_schema_before_is_opened_whole(older):
    steps = asked(older, "SELECT * FROM step ORDER BY id")
    placed = asked(older, "SELECT id, revision_id, start, end, code_id, comment FROM coding ORDER BY id")
    with Study.open(older) as study:
        found = check(study)
        assert (found.problems, found.documents, found.codings) == ((), 2, 5)
        with study.read() as session:
            assert {row.segmented for row in session.scalars(select(Round))} == {False}
            assert {row.reason for row in session.scalars(select(Assignment))} == {""}
        codebook.add_code(study, name="After")
        study.undo()
        assert check(study).problems == ()
    assert [row for row in asked(older, "SELECT * FROM step ORDER BY id") if row in steps] == steps
    assert asked(older, "SELECT id, revision_id, start, end, code_id, comment FROM coding ORDER BY id") == placed
    assert asked(older, "PRAGMA user_version") == [(storage.SCHEMA,)]


def test_what_was_done_before_can_still_be_undone_and_redone(older):
    with Study.open(older) as study:
        before = len(codings(study, Looking()))
        study.undo()
        assert len(codings(study, Looking())) == before - 1
        study.redo()
        assert len(codings(study, Looking())) == before
        assert check(study).problems == ()


def test_what_belongs_to_this_copy_alone_comes_along_and_the_index_is_made_anew(older):
    with Study.open(older) as study:
        assert [row.state for row in receipts(study)] == ["held"]
        with study.read() as session:
            assert [row.body for row in drafts_of(session, study.coder)] == ["still typing"]
        collecting.take_back(study, receipts(study)[0].id)
        assert check(study).problems == ()
    assert asked(older, "SELECT count(*) FROM search_words") == [(0,)]


def test_the_file_is_kept_beside_as_it_was_and_once(older):
    before = tables(older)
    with Study.open(older) as study:
        assert study.kept == older.with_name(KEPT)
    assert tables(older.with_name(KEPT)) == before
    with Study.open(older) as study:
        assert study.kept is None
    assert sorted(path.name for path in older.parent.glob("*study*")) == [KEPT, "study.qcode"]


def tables(path):
    names = [name for (name,) in asked(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: asked(path, f"SELECT * FROM {name}") for name in names if "search" not in name}


def test_another_file_that_has_the_name_of_the_kept_one_is_left_alone(older):
    older.with_name(KEPT).write_text("mine")
    with Study.open(older) as study:
        assert study.kept.name == "study (before upgrade 2).qcode"
    assert older.with_name(KEPT).read_text() == "mine"


def test_what_was_kept_before_stays_when_an_upgrade_fails(older, monkeypatch):
    with closing(sqlite3.connect(older)) as source, closing(sqlite3.connect(older.with_name(KEPT))) as target:
        source.backup(target)
    kept = older.with_name(KEPT).read_bytes()

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrading, "_rewrite", full)
    with pytest.raises(upgrading.CannotUpgradeError):
        Study.open(older)
    assert older.with_name(KEPT).read_bytes() == kept


def test_copies_that_are_upgraded_apart_are_equal(folder, older):
    shutil.copy(older, folder / "again.qcode")
    with Study.open(older) as one, Study.open(folder / "again.qcode") as two:
        assert held(one) == held(two)
        assert preview(one, two.path).steps == 0


def test_a_migration_leaves_what_is_of_today_and_what_it_filled_already(older):
    with the_copy(older, beside=FILES) as copy:
        assert upgrading.migrated(copy.held, storage.OLDEST) == copy.held
        assert upgrading.migrated(copy.held, storage.SCHEMA) is copy.held


# What goes wrong --------------------------------------------------------------------------------------------------

POINTS = ("_kept", "_rewrite", "_write_changes", "refold", "_refuse_differing", "_forget_index")


@pytest.mark.parametrize("point", POINTS)
def test_a_disk_that_refuses_leaves_the_study_as_it_was(older, monkeypatch, point):
    before = older.read_bytes()

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrading, point, full)
    with pytest.raises(upgrading.CannotUpgradeError):
        Study.open(older)
    assert older.read_bytes() == before
    assert [path.name for path in older.parent.glob("*study*")] == ["study.qcode"]


@pytest.mark.parametrize("point", ["_write_through", "_rewrite", "_forget_index", "erasure.write_anew"])
def test_a_crash_leaves_one_whole_study_which_is_upgraded_the_next_time(older, point):
    crash = (
        "import os, sys; from pathlib import Path; from qcode.models import erasure, upgrading;"
        f"real = upgrading.{point};"
        f"upgrading.{point} = lambda *given: (real(*given), os._exit(9));"
        "upgrading.upgrade(Path(sys.argv[1]))"
    )
    ended = subprocess.run([sys.executable, "-c", crash, str(older)], check=False, timeout=60)
    assert ended.returncode == 9
    with Study.open(older) as study:
        found = check(study)
        assert (found.problems, found.codings) == ((), 5)
    assert sorted(path.name for path in older.parent.glob("*study*")) == [KEPT, "study.qcode"]
    assert asked(older.with_name(KEPT), "PRAGMA user_version") == [(storage.OLDEST,)]


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_a_folder_that_cannot_be_written_is_a_sentence(older):
    with tempfile.TemporaryDirectory() as name:
        path = Path(shutil.copy(older, name))
        path.chmod(0o666)
        path.parent.chmod(0o555)
        before = path.read_bytes()
        with somebody_else(), pytest.raises(upgrading.CannotUpgradeError, match="Copy the study to a folder where you"):
            Study.open(path)
        assert path.read_bytes() == before
        path.parent.chmod(0o755)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE coding SET comment = 'past the journal'",
        "DELETE FROM change WHERE kind = 'theme'",
        "UPDATE change SET fields = '{' WHERE kind = 'round'",
        "UPDATE change SET fields = '[]' WHERE kind = 'code'",
        "UPDATE change SET kind = 'nothing' WHERE kind = 'theme'",
        "DROP TABLE change",
    ],
)
def test_an_older_study_that_is_not_what_its_journal_says_is_refused_and_left_alone(older, statement):
    done(older, "PRAGMA foreign_keys = OFF", statement)
    before = older.read_bytes()
    with pytest.raises(storage.DamagedStudyError):
        Study.open(older)
    assert older.read_bytes() == before
    assert [path.name for path in older.parent.glob("*study*")] == ["study.qcode"]


def test_a_study_that_somebody_is_writing_is_not_upgraded_meanwhile(older, monkeypatch):
    monkeypatch.setattr(storage, "_BUSY_SECONDS", 0.1)
    writing = sqlite3.connect(older, isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    with pytest.raises(storage.StudyBusyError):
        Study.open(older)
    writing.execute("ROLLBACK")
    writing.close()
    with Study.open(older) as study:
        assert check(study).problems == ()


def test_who_comes_second_finds_it_done(older, monkeypatch):
    examined = storage.examine

    def then_somebody_else(path, *, oldest):
        found = examined(path, oldest=oldest)
        monkeypatch.setattr(storage, "examine", examined)
        Study.open(path).close()
        return found

    monkeypatch.setattr(storage, "examine", then_somebody_else)
    with Study.open(older) as study:
        assert study.kept is None
        assert check(study).problems == ()


def test_the_earliest_files_stay_refused(older):
    done(older, "PRAGMA user_version = 1")
    before = older.read_bytes()
    with pytest.raises(storage.EarlierStudyError):
        Study.open(older)
    assert older.read_bytes() == before


# Collecting -------------------------------------------------------------------------------------------------------


def test_work_done_in_an_older_file_is_collected_by_a_study_that_went_on(folder, older):
    handed = folder / "bo.qcode"
    before, names = handed.read_bytes(), sorted(path.name for path in folder.iterdir())
    with Study.open(older) as study:
        merging.merge_codes(study, [code(study, "Calling")], into=code(study, "Wear"))
        redaction.redact(study, forms=["letter"], replacement="[paper]")
        document = documents(study)[0].id
        coding.apply_codes(
            study,
            passage=Passage(document, 0, 4),
            codes=[code(study, "Wear")],
            round_id=codings(study, Looking())[0].round,
        )
        assert preview(study, handed, handed_in=True).sealed
        collecting.hand_in(study, handed)
        assert check(study).problems == ()
        assert code(study, "Rain")
        study.act_as(by_name(study, "Bo Ek"))
        mine = [row for row in codings(study, Looking()) if row.mine]
        assert sorted(row.name for row in mine) == ["Rain", "Wear", "Wear"]
        assert collecting.merge(study, handed).steps == 0
    assert handed.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names, KEPT])


def test_it_is_the_same_whether_the_older_file_was_opened_with_todays_qcode_before(folder, older):
    shutil.copy(older, folder / "other.qcode")
    with Study.open(older) as one, Study.open(folder / "other.qcode") as two:
        collecting.hand_in(one, folder / "bo.qcode")
        Study.open(folder / "bo.qcode").close()
        collecting.hand_in(two, folder / "bo.qcode")
        assert held(one) == held(two)
        assert check(two).problems == ()


def test_an_older_copy_and_todays_come_together_from_either_side(folder, older):
    shutil.copy(older, folder / "apart.qcode")
    with Study.open(older) as one:
        codebook.add_code(one, name="Here")
        collecting.merge(one, folder / "laptop.qcode")
        with Study.open(folder / "laptop.qcode") as two:
            collecting.merge(two, one.path)
            assert held(one) == held(two)
            assert {row.name for row in codes_of(two)} >= {"Here", "Ringing"}
        collecting.merge(one, folder / "apart.qcode")
        assert check(one).problems == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET fields = '{' WHERE kind = 'code' AND fields LIKE '%Rain%'",
        "UPDATE change SET fields = '[]' WHERE kind = 'code' AND fields LIKE '%Rain%'",
        "UPDATE change SET fields = json_remove(fields, '$.name') WHERE kind = 'code' AND fields LIKE '%Rain%'",
    ],
)
def test_an_older_file_whose_new_steps_are_broken_is_refused(folder, older, statement):
    done(folder / "bo.qcode", statement)
    with Study.open(older) as study:
        with pytest.raises(storage.DamagedStudyError):
            collecting.hand_in(study, folder / "bo.qcode")
        assert check(study).problems == ()


# Redaction --------------------------------------------------------------------------------------------------------


def test_a_redaction_reaches_the_file_that_was_kept(older):
    with Study.open(older) as study:
        redaction.redact(study, forms=["letter", "letters"], replacement="[paper]")
        assert copies_of(study) == [older.with_name(KEPT)]
        assert b"Three letters" in older.with_name(KEPT).read_bytes()
        (told,) = redact_copies(study, copies_of(study), forms=["letter", "letters"], replacement="[paper]")
        assert told.refusal == ""
    beside = neighbours(older)
    assert sorted(path.name for path in beside) == [KEPT, "study.qcode"]
    assert [path.name for path in beside if b"letter" in path.read_bytes()] == []


def test_looking_whether_a_file_beside_is_a_copy_upgrades_nothing(older):
    with Study.open(older) as study:
        kept = study.kept.read_bytes()
        copies_of(study)
        assert study.kept.read_bytes() == kept


def test_the_index_finds_the_words_again(older):
    with Study.open(older) as study:
        assert search(study, Query("letter")).hits
