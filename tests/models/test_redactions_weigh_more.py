"""What was done without knowing of a redaction or a hand-in does not bring back, or stand on, what it ended."""

from __future__ import annotations

import shutil

import pytest
import small
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from qcode.models import Assignment
from qcode.models.journal import Entry, fold, unheeding
from qcode.operations import assignments, codebook, coding, collecting, corrections, redaction
from qcode.operations.passages import Passage
from qcode.queries.codings import codings_of
from qcode.queries.collecting.collected import conflicts
from qcode.queries.integrity import check
from qcode.queries.transcripts.documents import document_text
from qcode.study import BehindRedactionError, Study

WORD = "sister"


@pytest.fixture
def two(tmp_path):
    """The small study, and a copy of it."""
    made = small.small_study(tmp_path / "here.qcode")
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    with made.study, Study.open(tmp_path / "there.qcode") as other:
        yield made, other


def correct(made, study, text="My sister said: go, go."):
    """A correction of the last turn, in which the word stands."""
    return corrections.correct_turn(study, made.documents[0], turn=3, text=text)


def redact(study):
    redaction.redact(study, forms=[WORD], replacement="[family]")


def both_ways(made, other):
    """Let each copy take in the other: they hold the same, whole study."""
    collecting.merge(made.study, other.path)
    collecting.merge(other, made.study.path)
    texts = {document_text(study, made.documents[0]).text for study in (made.study, other)}
    assert [check(study).problems for study in (made.study, other)] == [(), ()]
    assert len(texts) == 1
    return texts.pop()


def test_a_correction_that_was_undone_does_not_bring_back_the_text_that_was_erased_meanwhile(two):
    made, other = two
    correct(made, made.study)
    made.study.undo()
    redact(other)
    assert "[family]" in both_ways(made, other)


def test_a_correction_of_the_older_text_does_not_hold_against_a_redaction_and_is_listed(two):
    made, other = two
    redact(other)
    codebook.rename_code(made.study, made.codes["Fear"], name="Dread")  # so that its Lamport number is the higher one
    mine = correct(made, made.study)
    text = both_ways(made, other)
    assert WORD not in text
    found = [row for row in conflicts(made.study) if (row.kind, row.field) == ("document", "revision_id")]
    assert [[side.value for side in row.sides] for row in found] == [[mine, found[0].sides[-1].value]]
    assert found[0].sides[-1].who == "Ana Lima"


def test_codings_made_on_such_a_correction_are_mapped_through_the_common_ancestor(two):
    made, other = two
    made.study.act_as(made.other)
    correct(made, made.study, "Of the very letter. Three letters and you are out. My sister said: go.")
    text = document_text(made.study, made.documents[0]).text
    start = text.index("Three letters")
    passage = Passage(made.documents[0], start, start + len("Three letters"))
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    redact(other)
    text = both_ways(made, other)
    placed = [text[row.start : row.end] for row in codings_of(other, made.documents[0]) if row.coder_id == made.other]
    assert "Three letters" in placed


@pytest.mark.parametrize("deed", ["undo", "redo"])
def test_what_came_before_an_arriving_redaction_is_not_taken_back_over_it(two, deed):
    made, other = two
    correct(made, made.study)
    if deed == "redo":
        made.study.undo()
    other.act_as(made.other)  # one's own redaction is as far back as undo goes anyway
    redact(other)
    collecting.merge(made.study, other.path)
    before = document_text(made.study, made.documents[0]).text
    with pytest.raises(BehindRedactionError):
        made.study.undo() if deed == "undo" else made.study.redo()
    assert document_text(made.study, made.documents[0]).text == before
    assert check(made.study).problems == ()


def test_a_correction_made_after_a_redaction_arrived_holds_and_can_be_undone(two):
    made, other = two
    correct(made, made.study)
    redact(other)
    collecting.merge(made.study, other.path)
    before = document_text(made.study, made.documents[0]).text
    correct(made, made.study, "Of the letter. [family] said: stay.")
    assert both_ways(made, other).endswith("[family] said: stay.")
    made.study.undo()
    assert document_text(made.study, made.documents[0]).text == before


def test_what_one_laptop_handed_in_is_not_open_again_because_the_other_did_not_know(two):
    made, other = two
    made.study.act_as(made.other)
    other.act_as(made.other)
    handed = {"round_id": made.round, "documents": made.documents[:1]}
    assignments.hand_in_round(made.study, **handed)
    codebook.rename_code(other, made.codes["Fear"], name="Dread")  # so that its Lamport number is the higher one
    assignments.set_done(other, document=made.documents[0], round_id=made.round, done=True)
    both_ways(made, other)
    for study in (made.study, other):
        with study.read() as session:
            (row,) = session.scalars(select(Assignment).where(Assignment.coder_id == made.other))
            assert (row.state, bool(row.seen_codes)) == ("handed in", True)
    study.act_as(made.lead)
    assignments.reopen(other, **handed, coder=made.other, reason="The last turn.")
    both_ways(made, other)
    made.study.act_as(made.other)
    assignments.set_done(made.study, document=made.documents[0], round_id=made.round, done=True)


def entry(lamport, parents=(), barrier=False, **fields):
    return Entry(lamport, f"s{lamport}", None, "document", "row", tuple(parents), fields, barrier)


def test_only_what_the_redaction_wrote_and_only_writes_that_did_not_know_of_it_do_not_count():
    made, redaction_, apart = entry(1, a=1, b=1), entry(2, ["s1"], barrier=True, a=2), entry(3, ["s1"], a=3, b=3)
    after = entry(4, ["s2", "s3"], b=4)
    assert fold([made, redaction_, apart]) == {"a": 2, "b": 3}
    assert fold([made, redaction_, apart, after]) == {"a": 2, "b": 4}
    assert unheeding([made, redaction_, apart, after]) == {"s3": {"a"}}
    assert fold([made, entry(2, ["s1"], a=2), apart]) == {"a": 3, "b": 3}


@given(st.data())
def test_a_redaction_holds_unless_somebody_who_knew_of_it_wrote_later(data):
    """Whatever the order of the others: the value is one that a redaction, or whoever knew all redactions, wrote."""
    history = [entry(1, a=1)]
    for lamport in range(2, data.draw(st.integers(2, 8))):
        parents = data.draw(st.sets(st.sampled_from([one.step for one in history]), min_size=1))
        history.append(entry(lamport, sorted(parents), barrier=data.draw(st.booleans()), a=lamport))
    known = {}
    for one in history:
        known[one.step] = set(one.parents).union(*(known[parent] for parent in one.parents))
    redactions = [one for one in history if one.barrier]
    winner = next(one for one in history if one.fields["a"] == fold(history)["a"])

    def counts(step):
        heard = all(one.step in known[step.step] or step.step in known[one.step] for one in redactions)
        return step.barrier or heard

    assert counts(winner)
    # Nobody wrote it again, knowing of this and of every redaction.
    assert not any(winner.step in known[one.step] and counts(one) for one in history)


def test_who_knew_of_one_redaction_and_not_of_another_does_not_write_over_either():
    made, there, here = entry(1, a=1), entry(2, ["s1"], barrier=True, a=2), entry(3, ["s1"], barrier=True, a=3)
    after = entry(4, ["s3"], a=4)
    assert fold([made, there, here, after]) == {"a": 3}
