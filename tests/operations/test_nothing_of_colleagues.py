"""A file for one coder has nothing of what colleagues do, were given or proposed: looked for byte by byte."""

from __future__ import annotations

import sqlite3

import pytest
from going_out import blind_study, handed_out

from qcode.ids import new_id
from qcode.models.uniting import holding
from qcode.operations import (
    assignments,
    codebook,
    coding,
    collecting,
    drafts,
    drawing,
    proposals,
    regions,
)
from qcode.operations.passages import Passage
from qcode.queries.codebook.tree import codebook as codes_of
from qcode.queries.codings import codings_of
from qcode.queries.integrity import check
from qcode.queries.rounds.regions import regions_of
from qcode.queries.search.searching import Query, search
from qcode.queries.team import rounds as rounds_of
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    with blind_study(tmp_path / "lead.qcode") as found:
        yield found


def found_in(path, words):
    """Those words that stand in the bytes of a file, as they are or as SQLite or JSON write them."""
    body = path.read_bytes()
    forms = {word: (word.encode(), word.encode("utf-16-le"), ascii(word)[1:-1].encode()) for word in words}
    return [word for word, written in forms.items() if any(form in body for form in written)]


def not_handed_out(made, words):
    """The words stand in the lead's file, so that their absence from the coder's means something."""
    assert found_in(made.study.path, words) == list(words)
    path = handed_out(made)
    assert found_in(path, words) == []
    with Study.open(path) as theirs:
        assert check(theirs).problems == ()
    assert collecting.hand_in(made.study, path).receipt is None
    return path


def rows_of_coder(made, coder):
    """All ids of rows that a coder was given: assignments and regions."""
    with sqlite3.connect(made.study.path) as connection:
        found = [
            row for table in ("assignment", "region")
            for (row,) in connection.execute(f"SELECT id FROM {table} WHERE coder_id = ?", [coder])
        ]  # fmt: skip
    connection.close()
    return found


def test_what_others_were_given_and_how_far_they_are_stays_with_the_lead(made):
    revision = document_text(made.study, made.documents[0]).revision
    (part,) = regions.assign_parts(
        made.study, round_id=made.blind, coder=made.third, document=made.documents[0], ranges=[(0, 30)],
        revision=revision,
    )  # fmt: skip
    (mine,) = regions.assign_parts(
        made.study, round_id=made.blind, coder=made.other, document=made.documents[0], ranges=[(40, 90)],
        revision=revision,
    )  # fmt: skip
    regions.exclude(made.study, document=made.documents[1], ranges=[(0, 10)], revision=document_text(
        made.study, made.documents[1]).revision)  # fmt: skip
    secret = rows_of_coder(made, made.third) + rows_of_coder(made, made.lead)
    assert part in secret
    assert mine not in secret
    path = not_handed_out(made, secret)
    with Study.open(path) as theirs:
        assert [row.id for row in regions_of(theirs, made.documents[0], made.blind).parts] == [mine]
        assert len(regions_of(theirs, made.documents[1], made.blind).excluded) == 1
        passage = Passage(made.documents[0], 40, 60)
        assert coding.apply_codes(theirs, passage=passage, codes=[made.codes["Fear"]], round_id=made.blind)
        assignments.hand_in_round(theirs, round_id=made.blind)
    assert collecting.hand_in(made.study, path).steps == 2


def test_why_a_colleagues_work_was_opened_again_is_theirs_and_the_leads(made):
    made.study.act_as(made.third)
    assignments.hand_in_round(made.study, round_id=made.blind)
    made.study.act_as(made.lead)
    assignments.reopen(
        made.study, round_id=made.blind, coder=made.third, documents=made.documents, reason="Zanzibar was missed."
    )
    not_handed_out(made, ["Zanzibar was missed.", "Open {coder}’s work in {round} again"])


def test_ones_own_reason_comes_along(made):
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.blind)
    made.study.act_as(made.lead)
    assignments.reopen(
        made.study, round_id=made.blind, coder=made.other, documents=made.documents, reason="Zanzibar was missed."
    )
    assert found_in(handed_out(made), ["Zanzibar was missed."])


def test_nobody_learns_which_documents_were_drawn_and_for_whom(made):
    drawn = drawing.draw(made.study, round_id=made.blind, coders=[made.other, made.third], share=0.5, seed=8_675_309)
    path = handed_out(made)
    assert found_in(path, [drawn.id, "8675309"]) == []
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM draw").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM change WHERE kind = 'draw'").fetchone() == (0,)
        assert connection.execute("SELECT DISTINCT coder_id FROM assignment").fetchall() == [(made.other,)]
    connection.close()
    assert collecting.hand_in(made.study, path).receipt is None


def collected_proposal(made):
    """A code that Cy proposed in a file of their own, with a definition and a coding, in the lead's study."""
    path = made.study.path.with_name("cy.qcode")
    collecting.hand_out(made.study, made.third, path)
    with Study.open(path) as theirs:
        definition = codebook.Definition(brief="Quagmire of it all.")
        code = codebook.add_code(theirs, name="Xylophone", definition=definition)
        coding.apply_codes(theirs, passage=Passage(made.documents[0], 0, 20), codes=[code], round_id=made.blind)
    collecting.hand_in(made.study, path)
    assignments.hand_in_round(made.study, round_id=made.blind)
    return code


def test_a_colleagues_proposal_is_not_in_the_file_before_it_was_adopted(made):
    code = collected_proposal(made)
    not_handed_out(made, [code, "Xylophone", "Quagmire of it all."])


@pytest.mark.parametrize("answer", ["declined", "merged"])
def test_nor_after_it_was_declined_or_merged_with_the_answer(made, answer):
    code = collected_proposal(made)
    if answer == "declined":
        proposals.decline(made.study, [code], answer="Zanzibar says no.")
    else:
        proposals.merge_into(made.study, [code], into=made.codes["Fear"], answer="Zanzibar says no.")
    not_handed_out(made, [code, "Xylophone", "Quagmire of it all.", "Zanzibar says no."])


def test_once_adopted_it_is_a_code_as_any_other(made):
    code = collected_proposal(made)
    proposals.adopt(made.study, [code])
    with Study.open(handed_out(made)) as theirs:
        assert code in {row.id for row in codes_of(theirs)}
        assert check(theirs).problems == ()


def test_ones_own_proposal_comes_along(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        code = codebook.add_code(theirs, name="Xylophone")
    collecting.hand_in(made.study, path)
    assert found_in(handed_out(made, "again.qcode"), [code, "Xylophone"]) == [code, "Xylophone"]


def test_a_colleagues_proposal_that_one_works_with_comes_along(made):
    code = collected_proposal(made)
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.blind)
    passage = Passage(made.documents[0], 30, 40)
    (row,) = coding.apply_codes(made.study, passage=passage, codes=[code], round_id=made.round)
    made.study.act_as(made.lead)
    with Study.open(handed_out(made)) as theirs:
        assert row in {one.id for one in codings_of(theirs, made.documents[0])}
        assert check(theirs).problems == ()


def test_what_is_this_copys_alone_stays_here(made):
    """Receipts, notes of what went out, the index of searches, drafts, and the names of files."""
    path = made.study.path.with_name("cy zanzibar.qcode")
    collecting.hand_out(made.study, made.third, path)
    with Study.open(path) as theirs:
        coding.apply_codes(
            theirs, passage=Passage(made.documents[0], 0, 20), codes=[made.codes["Fear"]], round_id=made.blind
        )
    collecting.hand_in(made.study, path)
    assert search(made.study, Query("letter"))
    drafts.put_draft(made.study, drafts.Draft(new_id(), "window", "", "Quagmire"))
    path = not_handed_out(made, ["cy zanzibar.qcode", "Quagmire"])
    with sqlite3.connect(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    connection.close()
    assert not {name for name in tables if name.startswith(("receipt", "hand_out", "draft", "search"))}


def test_no_step_and_no_change_of_another_coders_scope_is_there(made):
    collected_proposal(made)
    made.study.undo() if made.study.next_undo() else None
    path = handed_out(made)
    with Study.open(path) as theirs, theirs.read() as session:
        held = holding(session.connection())
    scopes = {written.scope.partition(":")[0] for written in held.changes.values()}
    assert scopes <= {"", made.other}
    assert {row.id for row in rounds_of(made.study)} == {made.round, made.blind}
    assert all(any(step == key[0] for key in held.changes) for step in held.steps)
