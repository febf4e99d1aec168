"""Surveys and saved queries in two copies, in a redaction and in a hand-out."""

from __future__ import annotations

import json
import shutil

import pytest
from small import small_study
from sqlalchemy import text

from qcode.operations import codebook, collecting, redaction, saved_queries, settling, surveys, themes
from qcode.operations.lookup import NameTakenError
from qcode.queries.collecting.conflicts import troubles
from qcode.queries.counting.code_query import saved_queries as kept_queries
from qcode.queries.counting.joint import surveys as kept
from qcode.queries.integrity import check
from qcode.study import Study
from qcode.text.survey_counts import Count, Item, SurveyCounts


def counts(some, name="Was afraid"):
    return SurveyCounts((Item(name, (Count("Residents", some, 60), Count("Police", 3, 40, "Marisol asked them"))),))


@pytest.fixture
def two(tmp_path):
    made = small_study(tmp_path / "here.qcode")
    made.survey = surveys.add_survey(made.study, name="Wave 1", counts=counts(30))
    made.query = saved_queries.save_query(made.study, name="Afraid", words="fear")
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    with made.study, Study.open(tmp_path / "there.qcode") as other:
        other.act_as(made.other)
        yield made, other


def test_what_two_copies_say_of_a_survey_is_told_in_words_and_settled(two):
    made, other = two
    surveys.replace_counts(made.study, made.survey, counts=counts(31))
    surveys.replace_counts(other, made.survey, counts=counts(32))
    saved_queries.change_query(other, made.query, name="Dread", words="fear")
    surveys.put_beside(made.study, made.survey, item="Was afraid", theme=made.theme)
    surveys.put_beside(other, made.survey, item="was afraid", theme=made.theme)
    surveys.add_survey(made.study, name="Wave 2", counts=counts(1))
    surveys.add_survey(other, name="wave 2", counts=counts(2))
    collecting.merge(made.study, other.path)
    made.study.act_as(made.lead)
    found = {row.trouble.table + row.trouble.kind: row for row in troubles(made.study)}
    assert found.keys() == {"surveyfield", "surveysame name"}
    said = [side.says for side in found["surveyfield"].sides]
    assert sorted(said) == [
        "1 item: “Was afraid” (Residents 31/60 (52 %), Police 3/40 (8 %))",
        "1 item: “Was afraid” (Residents 32/60 (53 %), Police 3/40 (8 %))",
    ]
    settling.settle(made.study, found["surveyfield"].trouble, side=said.index(min(said)))
    by_name = {row.name: row for row in kept(made.study)}
    assert by_name["Wave 1"].counts == counts(31)
    assert by_name["Wave 1"].beside == {"Was afraid": (made.theme,)}
    assert [row.name for row in kept_queries(made.study)] == ["Dread"]
    assert not check(made.study).problems


def test_a_name_in_counts_and_queries_is_redacted_with_all_else(two):
    made, _other = two
    codebook.rename_code(made.study, made.codes["Fear"], name="Marisol’s fear")
    saved_queries.save_query(made.study, name="Marisol", words='text:"marisol" and wear')
    redaction.redact(made.study, forms=["Marisol"], replacement="[sister]")
    assert [row.words for row in kept_queries(made.study)] == ["fear", 'text:"[sister]" and wear']
    (survey,) = kept(made.study)
    assert [one.note for one in survey.counts.items[0].counts] == ["", "[sister] asked them"]
    with made.study.read() as session:
        changes = json.dumps([row[0] for row in session.execute(text("SELECT fields FROM change"))])
    assert "marisol" not in changes.casefold()


def test_names_stay_unique_and_a_theme_that_goes_leaves_the_survey(two):
    made, _other = two
    other = surveys.add_survey(made.study, name="Wave 2", counts=counts(2))
    with pytest.raises(NameTakenError, match="survey named “WAVE 1”"):
        surveys.rename_survey(made.study, other, name="WAVE 1")
    surveys.put_beside(made.study, other, item="Was afraid", theme=made.theme)
    themes.delete_theme(made.study, made.theme)
    assert kept(made.study)[1].beside == {"Was afraid": ()}
    made.study.undo()
    assert kept(made.study)[1].beside == {"Was afraid": (made.theme,)}
