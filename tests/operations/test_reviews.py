"""Who says that a document is reviewed, and what the log tells of it."""

from __future__ import annotations

import pytest
import small

from qcode.operations import deidentification as states
from qcode.operations import redaction
from qcode.queries.reports.cautions import REVIEWED
from qcode.queries.transcripts.deidentification import deidentification_log, state_of


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def test_a_document_is_checked_reviewed_and_reviewed_again_by_somebody_else(made):
    document = made.documents[0]
    seen = [state_of(made.study, document).state]
    states.mark_checked(made.study, [document])
    seen.append(state_of(made.study, document).state)
    states.review_document(made.study, document)
    made.study.act_as(made.other)
    states.review_document(made.study, document)
    row = state_of(made.study, document)
    assert [*seen, row.state] == ["not checked", "checked by computer", "second review"]
    assert [review.who for review in row.reviews] == ["Ana Lima", "Bo Ek"]
    assert row.sentence.startswith("second review (Ana Lima, 20")
    assert row.state in REVIEWED
    with pytest.raises(states.ReviewedTwiceError):
        states.review_document(made.study, document)


def test_nobody_reviews_a_document_twice(made):
    states.review_document(made.study, made.documents[0])
    with pytest.raises(states.ReviewedAlreadyError):
        states.review_document(made.study, made.documents[0])


def test_the_computer_takes_no_review_back(made):
    states.review_document(made.study, made.documents[0])
    states.mark_checked(made.study, made.documents)
    assert [row.state for row in deidentification_log(made.study)] == ["reviewed", "checked by computer"]


def test_the_log_tells_what_stands_there_now_and_never_what_stood_there(made):
    redaction.redact(made.study, forms=["sister"], replacement="[relative]")
    row = state_of(made.study, made.documents[0])
    assert [(one.who, one.category, one.replacement, one.places) for one in row.redactions] == [
        ("Ana Lima", "name", "[relative]", 1)
    ]
    assert "sister" not in repr(row)
