"""The study's handle: opening what is not a study, closing, announcing, and several at once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import small
from somebody import somebody_else

from qcode.errors import QcodeError
from qcode.ids import CoderId
from qcode.models import storage
from qcode.operations import assignments, codebook, coding
from qcode.queries.codebook.tree import codebook as list_codes
from qcode.queries.codings import Looking, codings
from qcode.queries.history import undo_labels
from qcode.queries.integrity import check
from qcode.queries.team import coders
from qcode.study import CannotUndoError, NothingToUndoError, Study, UnknownCoderError


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def refusal(path):
    with pytest.raises(QcodeError) as caught:
        Study.open(path)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return type(caught.value)


def test_a_closed_study_is_exactly_one_file(made, tmp_path):
    made.study.close()
    assert [path.name for path in tmp_path.iterdir()] == ["small.qcode"]


def test_what_is_not_a_study_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "text.qcode").write_text("Interviewer: So.")
    (tmp_path / "empty.qcode").write_bytes(b"")
    (tmp_path / "other.qcode").unlink(missing_ok=True)
    sqlite3.connect(tmp_path / "other.qcode").execute("CREATE TABLE t (x)").connection.commit()
    assert refusal(tmp_path / "missing.qcode") is storage.StudyMissingError
    assert refusal(tmp_path) is storage.StudyIsFolderError
    assert refusal(tmp_path / "text.qcode") is storage.NotAStudyError
    assert refusal(tmp_path / "empty.qcode") is storage.DamagedStudyError
    assert refusal(tmp_path / "other.qcode") is storage.NotAStudyError


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_truncated_study_is_refused_and_left_alone(made, tmp_path, share):
    made.study.close()
    whole = made.study.path.read_bytes()
    cut = tmp_path / "cut.qcode"
    cut.write_bytes(whole[: int(len(whole) * share)])
    before = cut.read_bytes()
    assert refusal(cut) is storage.DamagedStudyError
    assert cut.read_bytes() == before


def test_a_study_overwritten_in_the_middle_is_found_out_with_a_sentence(made, tmp_path):
    made.study.close()
    whole = made.study.path.read_bytes()
    for page in range(1, len(whole) // 4096):
        bad = tmp_path / f"bad{page}.qcode"
        bad.write_bytes(whole[: page * 4096] + b"\xff" * 4096 + whole[(page + 1) * 4096 :])
        try:
            with Study.open(bad) as study:
                assert check(study).problems
        except storage.DamagedStudyError:
            continue


@pytest.mark.parametrize(
    ("by", "error"),
    [(1, storage.NewerStudyError), (1 - storage.SCHEMA, storage.EarlierStudyError)],
    ids=["newer", "earlier"],
)
def test_a_study_of_another_schema_is_refused_and_left_alone(made, by, error):
    made.study.close()
    with sqlite3.connect(made.study.path) as connection:
        connection.execute(f"PRAGMA user_version = {storage.SCHEMA + by}")
    connection.close()
    before = made.study.path.read_bytes()
    assert refusal(made.study.path) is error
    assert made.study.path.read_bytes() == before


def test_a_new_study_overwrites_nothing(made, tmp_path):
    with pytest.raises(storage.StudyExistsError):
        Study.create(made.study.path, title="Again", coder="Ana")
    with pytest.raises(storage.FolderMissingError):
        Study.create(tmp_path / "nowhere" / "s.qcode", title="S", coder="Ana")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_a_study_that_this_user_may_not_read_is_refused(made):
    made.study.close()
    made.study.path.chmod(0)
    with somebody_else():
        assert refusal(made.study.path) is storage.StudyPermissionError


def test_undo_and_redo_survive_a_restart(made):
    made.apply("Of the letter.", "Fear")
    made.study.undo()
    made.study.close()
    with Study.open(made.study.path) as again:
        assert again.coder == made.lead
        assert undo_labels(again).redo == "Apply Fear"
        again.redo()
        assert undo_labels(again).undo == "Apply Fear"
        assert "Of the letter." in {words(again, row) for row in codings(again, Looking())}


def words(study, row):
    return small.transcript(small.FIRST).text[row.start : row.end]


def test_undo_walks_ones_own_steps_and_never_past_the_creation(made):
    made.study.act_as(made.other)
    assert undo_labels(made.study).undo == "Apply Calling"
    made.study.undo()
    with pytest.raises(NothingToUndoError):
        made.study.undo()
    made.study.act_as(made.lead)
    while undo_labels(made.study).undo is not None:
        made.study.undo()
    assert [coder.name for coder in coders(made.study)] == ["Ana Lima"]
    assert list_codes(made.study) == []
    assert check(made.study).problems == ()


def test_undo_refuses_when_a_colleague_wrote_the_same_thing_since(made):
    codebook.rename_code(made.study, made.codes["Fear"], name="Dread")
    made.study.act_as(made.other)
    codebook.rename_code(made.study, made.codes["Fear"], name="Worry")
    made.study.act_as(made.lead)
    with pytest.raises(CannotUndoError, match="later work by Bo Ek"):
        made.study.undo()
    assert "Worry" in {row.name for row in list_codes(made.study)}


def test_a_new_step_ends_redo(made):
    made.apply("Of the letter.", "Fear")
    made.study.undo()
    codebook.add_code(made.study, name="Other")
    with pytest.raises(NothingToUndoError):
        made.study.redo()


def test_a_change_says_what_it_touched_and_where(made):
    heard = []
    stop = made.study.subscribe(heard.append)
    coding_id = made.apply("Of the letter.", "Fear")[0]
    made.study.undo()
    stop()
    made.study.redo()
    done, undone = heard
    assert done.touched == {"coding": frozenset({coding_id})}
    assert done.documents == {made.documents[0]}
    assert (undone.origin, undone.place) == ("undone", made.passage("Of the letter.").place)


def test_acting_as_a_stranger_is_refused(made):
    with pytest.raises(UnknownCoderError):
        made.study.act_as(CoderId("nobody"))
    assert made.study.coder == made.lead


def test_two_windows_on_one_file_see_each_others_work_and_lose_nothing(made):
    heard = []
    with Study.open(made.study.path) as second:
        second.act_as(made.other)
        second.subscribe(heard.append)
        assert not second.poll()
        made.apply("Of the letter.", "Fear")
        assert second.poll()
        assert [change.origin for change in heard] == ["elsewhere"]
        assignments.hand_in_round(second, round_id=made.round, documents=[made.documents[0]])
        assert made.study.poll()
        assert not made.study.poll()
    assert check(made.study).problems == ()


def test_threads_that_write_at_once_take_turns(made):
    failures = []

    def work(number):
        try:
            for step in range(5):
                codebook.add_code(made.study, name=f"c{number}-{step}")
        except Exception as error:  # noqa: BLE001  # whatever it is, the test must hear of it
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sum(row.name.startswith("c") for row in list_codes(made.study)) == 20
    assert check(made.study).problems == ()


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import small
made = small.small_study(Path(sys.argv[1]))
print("ready", flush=True)
number = 0
while True:
    from qcode.operations import codebook
    codebook.add_code(made.study, name=f"code {number}")
    print(number, flush=True)
    number += 1
"""


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.05, 0.21, 0.4])
def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_shown(tmp_path, delay):
    path = tmp_path / "killed.qcode"
    here = str(Path(small.__file__).parent)
    command = [sys.executable, "-c", KILLED, str(path), here]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        shown = process.stdout.read().split()
    with Study.open(path) as study:
        names = {row.name for row in list_codes(study)}
        assert check(study).problems == ()
    assert {f"code {number}" for number in shown} <= names


@pytest.mark.slow
def test_a_full_disk_is_told_and_leaves_the_study_as_it_was(made, monkeypatch):
    before = {row.id for row in codings(made.study, Looking())}
    with made.study._store.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    made.study._store.writer.dispose()
    from sqlalchemy import event

    def tight(connection, _record):
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(made.study._store.writer, "connect", tight)
    marks = [coding.Mark(made.passage("Of the letter."), made.codes["Fear"], made.lead) for _ in range(2000)]
    with pytest.raises(storage.StudyNotWrittenError, match="as it was"):
        coding.add_codings(made.study, round_id=made.round, marks=marks)
    event.remove(made.study._store.writer, "connect", tight)
    made.study._store.writer.dispose()
    assert {row.id for row in codings(made.study, Looking())} == before
    assert check(made.study).problems == ()


def test_undo_does_not_take_a_colleagues_work_away(made):
    code = codebook.add_code(made.study, name="New")
    made.codes["New"] = code
    made.study.act_as(made.other)
    made.apply("Of the letter.", "New")
    made.study.act_as(made.lead)
    with pytest.raises(CannotUndoError, match="later work by Bo Ek"):
        made.study.undo()
    assert "New" in {row.name for row in codings(made.study, Looking())}
    made.study.act_as(made.other)
    made.study.undo()
    made.study.act_as(made.lead)
    made.study.undo()
    assert "New" not in {row.name for row in list_codes(made.study)}
    made.study.redo()
    made.study.act_as(made.other)
    made.study.redo()
    made.study.act_as(made.lead)
    with pytest.raises(CannotUndoError):
        made.study.undo()


def test_a_deletion_can_be_redone_though_codings_refer_to_what_goes(made):
    codebook.delete_code(made.study, made.codes["Fear"])
    made.study.undo()
    made.study.redo()
    assert "Fear" not in {row.name for row in list_codes(made.study)}
    made.study.undo()
    assert "Fear" in {row.name for row in codings(made.study, Looking())}


def test_steps_of_a_group_are_undone_and_redone_at_one_stroke(made):
    before = {row.id for row in codings(made.study, Looking())}
    with made.study.grouped():
        made.codes["New"] = codebook.add_code(made.study, name="New")
        made.apply("Of the letter.", "New")
    assert len(codings(made.study, Looking())) == len(before) + 1
    made.study.undo()
    assert {row.id for row in codings(made.study, Looking())} == before
    assert "New" not in {row.name for row in list_codes(made.study)}
    made.study.redo()
    assert len(codings(made.study, Looking())) == len(before) + 1
    made.study.close()
    with Study.open(made.study.path) as again:
        again.undo()
        assert "New" not in {row.name for row in list_codes(again)}
        assert check(again).problems == ()


def test_a_group_that_fails_midway_leaves_nothing(made):
    def both():
        with made.study.grouped():
            codebook.add_code(made.study, name="New")
            codebook.add_code(made.study, name="New")

    with pytest.raises(QcodeError):
        both()
    assert "New" not in {row.name for row in list_codes(made.study)}
    assert check(made.study).problems == ()


def add_twice(study):
    with study.grouped():
        codebook.add_code(study, name="New")
        codebook.add_code(study, name="New")


def failing_group(made):
    with pytest.raises(QcodeError):
        add_twice(made.study)


def test_a_group_that_failed_is_offered_neither_by_undo_nor_by_redo(made):
    offered = made.study.next_undo()
    failing_group(made)
    assert (made.study.next_undo(), made.study.next_redo()) == (offered, None)
    with pytest.raises(NothingToUndoError):
        made.study.redo()
    made.study.close()
    with Study.open(made.study.path) as again:
        assert (again.next_undo(), again.next_redo()) == (offered, None)
        assert check(again).problems == ()


def test_what_was_undone_before_a_group_failed_can_still_be_redone(made):
    codebook.add_code(made.study, name="Kept")
    made.study.undo()
    failing_group(made)
    made.study.redo()
    assert "Kept" in {row.name for row in list_codes(made.study)}


def test_a_group_whose_undo_was_held_up_halfway_is_undone_whole_once_nothing_stands_on_it(made):
    with made.study.grouped():
        made.codes["New"] = codebook.add_code(made.study, name="New")
        made.apply("Of the letter.", "New")
    made.study.act_as(made.other)
    theirs = made.apply("Of the letter.", "New")
    made.study.act_as(made.lead)
    with pytest.raises(CannotUndoError):
        made.study.undo()
    assert [row.name for row in codings(made.study, Looking(coders=[made.lead])) if row.name == "New"] == ["New"]
    assert made.study.next_redo() is None
    made.study.act_as(made.other)
    coding.remove_codings(made.study, theirs)
    made.study.act_as(made.lead)
    made.study.undo()
    assert "New" not in {row.name for row in list_codes(made.study)}
    made.study.redo()
    assert [row.name for row in codings(made.study, Looking()) if row.name == "New"] == ["New"]
    assert check(made.study).problems == ()


def test_anothers_step_between_two_of_ones_own_is_announced(made):
    heard = []
    with Study.open(made.study.path) as second:
        second.act_as(made.other)
        codebook.add_code(second, name="Theirs")
    made.study.subscribe(lambda change: heard.append(change.origin))
    codebook.add_code(made.study, name="Mine")
    assert heard == ["done", "elsewhere"]
    assert not made.study.poll()


def test_two_windows_of_one_coder_do_not_undo_the_same_step_twice(made):
    codebook.add_code(made.study, name="New")
    with Study.open(made.study.path) as second:
        stale = second.next_undo()
        made.study.undo()
        with pytest.raises(NothingToUndoError):
            second._take_back(stale, "undone")
    assert check(made.study).problems == ()


@pytest.mark.parametrize("name", ["what?.qcode", "a#b%20.qcode", "ärger & so.qcode", "'; --.qcode"])
def test_any_file_name_is_just_a_name(tmp_path, name):
    other = tmp_path / name.split("?")[0].split("#")[0]
    small.small_study(tmp_path / name, another=True).study.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    with Study.open(tmp_path / name) as study:
        assert check(study).problems == ()
    assert not other.exists() or other.name == name


def test_a_study_that_was_killed_in_the_middle_of_a_commit_recovers(made):
    made.study.close()
    path = made.study.path
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000)"
            " SELECT i, randomblob(400) AS b FROM n"
        )
        torn, journal = path.read_bytes(), Path(f"{path}-journal").read_bytes()
        connection.execute("ROLLBACK")
    connection.close()
    path.write_bytes(torn[: len(torn) // 2])
    Path(f"{path}-journal").write_bytes(journal)
    with Study.open(path) as study:
        assert check(study).problems == ()
        assert len(codings(study, Looking())) == 4


@pytest.mark.parametrize("name", ["Ängste", "Øystein", "ÉLODIE"])
def test_names_are_compared_whatever_their_case_in_every_alphabet(made, name):
    codebook.add_code(made.study, name=name)
    with pytest.raises(QcodeError):
        codebook.add_code(made.study, name=name.swapcase())
