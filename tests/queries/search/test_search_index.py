"""The index follows the study, can be missing or broken, and leaves the study's file and journal as they are."""

from __future__ import annotations

import shutil
import sqlite3
import time

import pytest
import small
from sqlalchemy import func, select, text, update

from qcode.models import Coder
from qcode.models.journal import Step
from qcode.models.recording import UnjournalledWriteError
from qcode.models.storage import StudyBusyError, StudyNotWrittenError
from qcode.operations import codebook, corrections, documents
from qcode.queries.integrity import check
from qcode.queries.search import index as search_index
from qcode.queries.search.index import clear_index, update_index
from qcode.queries.search.searching import Query, search
from qcode.study import Study

MORE = (("P", "participant", "A lantern in the hall."), ("P", "participant", "Nothing else."))


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def texts(study, words):
    return [hit.text for hit in search(study, Query(words)).hits]


def bring_in(study, name, turns=MORE):
    return documents.import_document(study, documents.Incoming(name, small.transcript(turns)))


def rows(study, table="search_source"):
    with study.read() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table}"))


def test_texts_are_indexed_once_and_again_only_when_they_change(made):
    told = []
    assert update_index(made.study, lambda done, of: told.append((done, of))) == 6
    assert told == [(6, 6)]
    assert update_index(made.study) == 0
    bring_in(made.study, "INT-2")
    codebook.define_code(made.study, made.codes["Wear"], definition=codebook.Definition(brief="New."))
    assert update_index(made.study) == 2
    documents.rename_document(made.study, made.documents[0], name="Other")
    assert update_index(made.study) == 0


def test_a_search_knows_what_came_a_moment_ago(made):
    assert texts(made.study, "lantern") == []
    document = bring_in(made.study, "INT-2")
    assert texts(made.study, "lantern") == ["lantern"]
    documents.remove_document(made.study, document)
    assert texts(made.study, "lantern") == []
    made.study.undo()
    assert texts(made.study, "lantern") == ["lantern"]


def test_a_corrected_turn_is_found_as_it_reads_now_and_undoing_finds_the_old_words_again(made):
    assert texts(made.study, "sister") == ["sister"]
    corrections.correct_turn(
        made.study, made.documents[0], turn=3, text="Of the letter. Three letters and you are out. My cousin said: go."
    )
    assert (texts(made.study, "sister"), texts(made.study, "cousin")) == ([], ["cousin"])
    (hit,) = search(made.study, Query("cousin")).hits
    assert (hit.turn, hit.before[-3:], hit.after) == (3, "My ", " said: go.")
    made.study.undo()
    assert (texts(made.study, "sister"), texts(made.study, "cousin")) == (["sister"], [])


def test_another_window_uses_and_extends_the_same_index(made):
    update_index(made.study)
    with Study.open(made.study.path) as other:
        assert update_index(other) == 0
        bring_in(other, "INT-2")
        assert texts(other, "lantern") == ["lantern"]
        assert update_index(made.study) == 0
        assert texts(made.study, "lantern") == ["lantern"]
        clear_index(other)
        assert texts(made.study, "lantern") == ["lantern"]
        assert texts(other, "letter") == ["letter"]


def test_two_windows_that_index_at_once_add_nothing_twice(made):
    with Study.open(made.study.path) as other:
        with made.study.read() as session:
            waiting = search_index._waiting(session)
        update_index(other)
        with made.study.local() as session:
            search_index._index(session, waiting)
    assert rows(made.study) == len(waiting) == 6


def test_a_search_goes_on_while_another_program_writes(made):
    writer = sqlite3.connect(made.study.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    assert texts(made.study, "letter") == ["letter"]
    assert time.monotonic() - begun < 5
    with pytest.raises(StudyBusyError):
        update_index(made.study, patience=0.05)
    writer.execute("ROLLBACK")
    writer.close()
    assert update_index(made.study) == 6


def test_a_study_that_cannot_be_written_is_searched_without_an_index(made, monkeypatch):
    def refuse(*_arguments, **_more):
        raise StudyNotWrittenError("the file or its folder can only be read")

    update_index(made.study)
    bring_in(made.study, "INT-2")
    monkeypatch.setattr(Study, "local", refuse)
    assert texts(made.study, "lantern OR letter") == ["letter", "lantern"]
    assert texts(made.study, "lantern") == ["lantern"]


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE search_index",
        "DROP TABLE search_source",
        "DELETE FROM search_index_data WHERE id > 10",
        "UPDATE search_index_data SET block = x'ff' WHERE id > 10",
        "DELETE FROM search_index_data",
        "DROP TABLE search_index_data",
        "UPDATE search_index_config SET v = 99 WHERE k = 'version'",
    ],
)
def test_a_damaged_index_is_done_without_and_made_anew(made, damage):
    update_index(made.study)
    made.study.close()
    with sqlite3.connect(made.study.path) as connection:
        connection.execute(damage)
    connection.close()
    with Study.open(made.study.path) as study:
        assert texts(study, "letter") == ["letter"]
        bring_in(study, "INT-2")
        assert texts(study, "lantern") == ["lantern"]
        assert update_index(study) in (0, 7)
        assert texts(study, "lantern OR letter") == ["letter", "lantern"]


def test_the_index_is_made_anew_when_most_of_it_is_about_what_is_gone(made, monkeypatch):
    monkeypatch.setattr(search_index, "_ROWS_TO_SPARE", 10)
    update_index(made.study)
    for number in range(12):
        documents.remove_document(made.study, bring_in(made.study, f"Gone {number}"))
        update_index(made.study)
    bring_in(made.study, "Stays")
    update_index(made.study)
    assert rows(made.study) < 14
    assert texts(made.study, "lantern OR letter") == ["letter", "lantern"]


def test_clearing_forgets_the_words_of_what_was_removed(made):
    documents.remove_document(made.study, bring_in(made.study, "Gone"))
    made.study.undo()
    assert texts(made.study, "lantern") == ["lantern"]
    made.study.redo()
    clear_index(made.study)
    update_index(made.study)
    with made.study.read() as session:
        words = set(session.scalars(text("SELECT term FROM search_words")))
    assert "letter" in words
    assert "lantern" not in words


def test_work_that_is_called_off_keeps_what_is_done(made, monkeypatch):
    def stop(_done, _of):
        raise InterruptedError

    monkeypatch.setattr(search_index, "_AT_ONCE", 2)
    with pytest.raises(InterruptedError):
        update_index(made.study, stop)
    assert rows(made.study) == 2
    assert update_index(made.study) == 4


def test_the_index_makes_no_step_tells_nobody_and_passes_the_check(made):
    told = []
    made.study.subscribe(told.append)

    def steps():
        with made.study.read() as session:
            return session.scalar(select(func.count()).select_from(Step))

    before = steps()
    update_index(made.study)
    search(made.study, Query("letter"))
    assert steps() == before
    assert told == []
    assert not made.study.poll()
    assert check(made.study).problems == ()


def test_a_closed_study_with_an_index_is_one_file_that_can_be_copied(made, tmp_path):
    update_index(made.study)
    made.study.close()
    assert [path.name for path in tmp_path.iterdir()] == ["small.qcode"]
    shutil.copy(made.study.path, tmp_path / "copy.qcode")
    with Study.open(tmp_path / "copy.qcode") as copy:
        assert update_index(copy) == 0
        assert texts(copy, "letter") == ["letter"]


def test_journalled_tables_cannot_be_written_beside_the_journal(made):
    with pytest.raises(UnjournalledWriteError), made.study.local() as session:
        session.execute(update(Coder).values(name="x"))
    with made.study.read() as session:
        assert set(session.scalars(select(Coder.name))) == {"Ana Lima", "Bo Ek"}


def test_what_fails_within_local_writing_leaves_nothing_behind(made):
    def half():
        with made.study.local() as session:
            session.execute(text("CREATE TABLE half (x)"))
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        half()
    with made.study.read() as session:
        assert session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'half'")) == 0
