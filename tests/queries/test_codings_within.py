"""Codings that touch a range of the text: what is in sight is read before all the rest."""

from __future__ import annotations

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.operations import corrections
from qcode.queries.codings import Looking, codings_of
from qcode.queries.transcripts.documents import document_text

PLACE = st.integers(0, 160)


@pytest.fixture(scope="module", params=["as imported", "corrected"])
def made(request, tmp_path_factory):
    study = small.small_study(tmp_path_factory.mktemp("within") / "small.qcode")
    if request.param == "corrected":
        text = "Well, now. I rang them. They came at once, five of them. I was so afraid."
        corrections.correct_turn(study.study, study.documents[0], turn=1, text=text)
    yield study
    study.study.close()


@given(st.tuples(PLACE, PLACE).map(sorted))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_those_within_a_range_are_those_of_all_that_touch_it(made, span):
    first, last = span
    document = made.documents[0]
    every = codings_of(made.study, document)
    touching = [row for row in every if row.start < last and first < row.end]
    assert codings_of(made.study, document, Looking(within=(first, last))) == touching


def test_within_the_whole_text_are_all(made):
    document = made.documents[0]
    whole = (0, len(document_text(made.study, document).text))
    every = codings_of(made.study, document)
    assert every
    assert codings_of(made.study, document, Looking(within=whole)) == every
