"""While a round is blind nobody sees a colleague's work before handing in their own."""

from __future__ import annotations

import pytest
import small
from opened_again import open_again

from qcode.operations import assignments, team
from qcode.operations.rounds import add_round
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings, how_many, passages
from qcode.queries.history import history
from qcode.queries.transcripts.documents import documents


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    study.round = add_round(study.study, name="Blind", blind=True)
    coders = [study.lead, study.other]
    assignments.assign(study.study, round_id=study.round, documents=study.documents[:1], coders=coders)
    study.apply("I was afraid.", "Fear")
    study.study.act_as(study.other)
    study.apply("Of the letter.", "Fear")
    yield study
    study.study.close()


def seen(made, coder):
    made.study.act_as(coder)
    return {row.coder for row in codings(made.study, Looking(rounds=[made.round]))}


def test_only_ones_own_until_it_is_handed_in(made):
    assert seen(made, made.lead) == {"AL"}
    assert seen(made, made.other) == {"BE"}
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    assert seen(made, made.other) == {"AL", "BE"}
    assert seen(made, made.lead) == {"AL"}


def test_taking_the_hand_in_back_hides_them_again(made):
    made.study.act_as(made.lead)
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    assert seen(made, made.lead) == {"AL", "BE"}
    open_again(made.study, made.round, made.lead, made.documents[:1])
    assert seen(made, made.lead) == {"AL"}


def test_counts_and_passages_do_not_tell_either(made):
    made.study.act_as(made.lead)
    fear = next(row for row in codebook(made.study) if row.name == "Fear")
    assert (fear.mine, fear.everybodys) == (2, 2)
    assert [row.everybodys for row in documents(made.study, round_id=made.round)] == [1, 0]
    assert how_many(made.study, Looking(rounds=[made.round])) == 1
    texts = {row.text for row in passages(made.study, Looking())}
    assert "Of the letter." not in texts


def test_history_tells_what_colleagues_coded_only_when_one_may_see_it(made):
    made.study.act_as(made.lead)
    told = [row.label for row in history(made.study) if not row.mine and row.label == "Apply Fear"]
    assert told == []
    assert next(row.label for row in history(made.study) if row.mine) == "Apply Fear"
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    assert next(row.label for row in history(made.study) if not row.mine) == "Apply Fear"


def test_who_was_not_assigned_the_document_sees_everyones(made):
    third = team.add_coder(made.study, name="Cy Ng")
    assert seen(made, third) == {"AL", "BE"}
