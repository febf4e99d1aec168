"""Memos while they are typed: secured in the file, kept as one step, and never lost to another window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import small

from qcode.models.storage import StudyBusyError
from qcode.operations import coding, drafts, memos
from qcode.operations.drafts import Draft, print_of
from qcode.operations.memos import MemoEmptyError, Target
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.memos import memos as list_memos
from qcode.queries.memos import memos_about
from qcode.study import Study

LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def stored(made, table="draft"):
    with closing(sqlite3.connect(made.study.path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def left(made, window="another", now=LATER):
    return drafts.left_drafts(made.study, window=window, now=now)


def typed(memo="new", **more):
    return Draft(memo, "w", "Boots", "Three knocks on the wall.", **more)


def test_a_draft_is_in_the_file_and_in_no_step(made):
    steps = len(stored(made, "step"))
    drafts.put_draft(made.study, typed())
    drafts.put_draft(made.study, typed())
    assert len(stored(made)) == 1
    assert len(stored(made, "step")) == steps
    assert "knocks" not in str(stored(made, "change"))
    assert list_memos(made.study) == []
    assert not made.study.poll()
    assert check(made.study).problems == ()


def test_a_draft_is_left_when_its_window_no_longer_secures_it(made):
    about = (Target("study"), Target.at(made.passage("I rang them.")), Target("code", made.codes["Fear"]))
    draft = typed(about=about)
    assert left(made) == drafts.LeftDrafts((), more=False)
    drafts.put_draft(made.study, draft)
    assert left(made, now=datetime.now(UTC)) == drafts.LeftDrafts((), more=True)
    assert left(made, window="w").drafts == ()
    assert left(made).drafts == (draft,)
    made.study.act_as(made.other)
    assert left(made) == drafts.LeftDrafts((), more=False)


def test_a_new_memo_is_kept_under_the_id_it_was_typed_with_and_its_draft_is_erased(made):
    draft = typed("m1", about=(Target("code", made.codes["Fear"]),))
    drafts.put_draft(made.study, draft)
    assert drafts.keep_draft(made.study, draft) == drafts.Kept("m1", beside=False)
    (row,) = list_memos(made.study)
    assert (row.id, row.title, [link.kind for link in row.links]) == ("m1", "Boots", ["code"])
    assert stored(made) == []
    with made.study.path.open("rb") as file:
        assert file.read().count(b"Three knocks on the wall.") == 2  # in the memo, and in the change that made it


def test_what_was_typed_in_a_memo_is_one_step(made):
    memo = memos.write_memo(made.study, title="Boots", text="Before.")
    steps = len(history(made.study))
    draft = typed(memo, before=print_of("Boots", "Before."))
    for _time in range(3):
        drafts.put_draft(made.study, draft)
    drafts.keep_draft(made.study, draft)
    assert len(history(made.study)) == steps + 1
    made.study.undo()
    assert list_memos(made.study)[0].text == "Before."


def test_a_memo_that_was_changed_elsewhere_keeps_both_texts(made):
    memo = memos.write_memo(made.study, title="Boots", text="Before.", about=[Target("theme", made.theme)])
    passage = Target.at(made.passage("I rang them."))
    memos.link_memo(made.study, memo, about=[passage, Target("coding", made.codings[0])])
    draft = typed(memo, before=print_of("Boots", "Before."))
    with Study.open(made.study.path) as window:
        memos.edit_memo(window, memo, text="From the other window.")
    kept = drafts.keep_draft(made.study, draft)
    first, second = list_memos(made.study)
    assert kept == drafts.Kept(second.id, beside=True)
    assert (first.text, second.text) == ("From the other window.", "Three knocks on the wall.")
    assert second.title == "Boots (typed beside)"
    assert [(link.kind, link.target, link.place) for link in first.links] == [
        (link.kind, link.target, link.place) for link in second.links
    ]
    assert {link.id for link in memos_about(made.study, "coding", made.codings[0])} == {first.id, second.id}
    assert check(made.study).problems == ()


def test_the_same_words_typed_in_two_windows_stay_one_memo(made):
    memo = memos.write_memo(made.study, title="Boots", text="Before.")
    draft = typed(memo, before=print_of("Boots", "Before."))
    memos.edit_memo(made.study, memo, text=draft.text)
    assert drafts.keep_draft(made.study, draft) == drafts.Kept(memo, beside=False)
    assert len(list_memos(made.study)) == 1


def test_what_was_typed_in_a_memo_that_was_removed_becomes_a_memo(made):
    memo = memos.write_memo(made.study, title="Boots", text="Before.")
    memos.remove_memo(made.study, memo)
    assert drafts.keep_draft(made.study, typed(memo, before=print_of("Boots", "Before."))).beside
    assert [row.text for row in list_memos(made.study)] == ["Three knocks on the wall."]


def test_a_refused_draft_stays_in_the_file(made):
    draft = Draft("m1", "w", " ", "\n")
    drafts.put_draft(made.study, draft)
    with pytest.raises(MemoEmptyError):
        drafts.keep_draft(made.study, draft)
    assert len(stored(made)) == 1
    drafts.erase_draft(made.study, draft)
    assert stored(made) == []


def test_half_a_character_does_not_stop_a_draft(made):
    drafts.put_draft(made.study, Draft("m1", "w", "Torn \ud83d", ""))
    (draft,) = left(made).drafts
    assert draft.title == "Torn ?"


def test_securing_does_not_wait_long_for_another_writer(made):
    with closing(sqlite3.connect(made.study.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StudyBusyError):
            drafts.put_draft(made.study, typed())
        other.execute("ROLLBACK")
    drafts.put_draft(made.study, typed())


def test_an_old_file_without_drafts_has_none(made):
    assert left(made) == drafts.LeftDrafts((), more=False)
    drafts.erase_draft(made.study, typed())
    coding.remove_codings(made.study, made.codings[:1])


def test_what_two_windows_find_left_is_kept_once(made):
    draft = typed("m1")
    drafts.put_draft(made.study, draft)
    assert drafts.keep_draft(made.study, draft) == drafts.keep_draft(made.study, draft)
    assert len(list_memos(made.study)) == 1
