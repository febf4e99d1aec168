"""Parts of documents for single coders, and ranges that nobody codes."""

from __future__ import annotations

import pytest
import small

from qcode.ids import DocumentId, RegionId, RoundId
from qcode.operations import assignments, coding, corrections, redaction, regions, reimport, rounds
from qcode.operations.assignments import LockedAssignmentError
from qcode.operations.coding_places import ExcludedError, NotYourPartError
from qcode.operations.documents import Incoming, import_document
from qcode.operations.lookup import GoneError
from qcode.operations.passages import NothingSelectedError, OutsideTextError, Passage
from qcode.operations.region_rows import MOST_RANGES, OtherTextError, TooManyRangesError
from qcode.queries.codings import Looking, codings
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.rounds.regions import codable, proposed_exclusions, regions_of
from qcode.queries.team import coders
from qcode.queries.transcripts.documents import document_text


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def span(made, words, document=0):
    passage = made.passage(words, document)
    return passage.start, passage.end


def revision(made, document=0):
    return document_text(made.study, made.documents[document]).revision


def give(made, *words, coder=None, document=0):
    """Assign these words of a document, and nothing else of it."""
    return regions.assign_parts(
        made.study,
        round_id=made.round,
        coder=coder or made.lead,
        document=made.documents[document],
        ranges=[span(made, one, document) for one in words],
        revision=revision(made, document),
    )


def leave_out(made, *words, document=0, round_id=None):
    return regions.exclude(
        made.study,
        document=made.documents[document],
        ranges=[span(made, one, document) for one in words],
        revision=revision(made, document),
        round_id=round_id,
    )


def said(made, rows, document=0):
    text = document_text(made.study, made.documents[document]).text
    return [text[row.start : row.end] for row in rows]


ANSWER = "I rang them. 😀 They came at once, four of them. I was afraid."


def test_a_coder_with_parts_codes_within_them_and_a_colleague_everything(made):
    give(made, ANSWER)
    made.apply("They came at once", "Calling")
    with pytest.raises(NotYourPartError, match="parts of “INT-1” in this round, and this passage is not within"):
        made.apply("My sister said: go.", "Fear")
    made.study.act_as(made.other)
    assert made.apply("My sister said: go.", "Fear")


def test_a_passage_that_reaches_out_of_a_part_is_refused_and_nothing_is_written(made):
    give(made, ANSWER)
    with made.study.read() as session:
        before = session.connection().exec_driver_sql("SELECT count(*) FROM step").scalar()
    with pytest.raises(NotYourPartError):
        made.apply("I was afraid.\nAfraid of what?", "Fear")
    with made.study.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM step").scalar() == before


def test_who_is_given_parts_is_assigned_the_document(made):
    main = rounds.add_round(made.study, name="Main")
    made.round = main
    give(made, ANSWER, coder=made.other)
    made.study.act_as(made.other)
    assert made.apply("They came at once", "Calling")


def test_parts_that_overlap_are_one_and_giving_others_takes_the_first_away(made):
    give(made, "I rang them. 😀 They came", "They came at once")
    assert said(made, regions_of(made.study, made.documents[0], made.round).parts) == [
        "I rang them. 😀 They came at once"
    ]
    give(made, "Three letters", "My sister said: go.")
    assert said(made, regions_of(made.study, made.documents[0], made.round).parts) == [
        "Three letters",
        "My sister said: go.",
    ]


def test_giving_the_same_parts_again_writes_nothing(made):
    first = give(made, ANSWER)
    steps = []
    made.study.subscribe(steps.append)
    assert give(made, ANSWER) == first
    assert steps == []


def test_without_ranges_the_whole_document_is_assigned_again(made):
    give(made, ANSWER)
    give(made)
    assert codable(made.study, made.documents[0], made.round).parts is None
    assert made.apply("My sister said: go.", "Fear")


def test_parts_of_what_is_handed_in_stay_until_it_is_opened_again(made):
    parts = give(made, ANSWER)
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    with pytest.raises(LockedAssignmentError, match="Ana Lima has handed in “INT-1”"):
        give(made, "Three letters")
    with pytest.raises(LockedAssignmentError):
        regions.drop(made.study, parts)
    assert said(made, regions_of(made.study, made.documents[0], made.round).parts) == [ANSWER]


def test_who_is_assigned_a_document_again_has_all_of_it(made):
    made.round = rounds.add_round(made.study, name="Main")
    give(made, ANSWER)
    whole = {"round_id": made.round, "documents": made.documents[:1], "coders": [made.lead]}
    assignments.unassign(made.study, **whole)
    assignments.assign(made.study, **whole)
    assert made.apply("My sister said: go.", "Fear")
    made.study.undo()
    made.study.undo()
    made.study.undo()
    assert said(made, regions_of(made.study, made.documents[0], made.round).parts) == [ANSWER]


def test_what_is_excluded_as_a_whole_is_refused_and_a_passage_that_reaches_out_is_not(made):
    leave_out(made, "What happened that night?")
    with pytest.raises(ExcludedError, match="In “INT-1” this passage is excluded from coding"):
        made.apply("that night?", "Fear")
    assert made.apply("that night?\nI rang them.", "Fear")


def test_what_one_round_excludes_is_coded_in_another(made):
    second = rounds.add_round(made.study, name="Second", everyone=True)
    leave_out(made, "What happened that night?", round_id=second)
    assert made.apply("that night?", "Fear")
    made.round = second
    with pytest.raises(ExcludedError):
        made.apply("that night?", "Fear")


def test_what_is_excluded_in_every_round_is_excluded_in_one_that_begins_later(made):
    leave_out(made, "What happened that night?")
    made.round = rounds.add_round(made.study, name="Second", everyone=True)
    with pytest.raises(ExcludedError):
        made.apply("that night?", "Fear")


def test_ranges_that_touch_what_is_excluded_are_one_with_it(made):
    leave_out(made, "I rang them. 😀 They")
    leave_out(made, "They came", "Afraid of what?")
    found = regions_of(made.study, made.documents[0], made.round).excluded
    assert said(made, found) == ["I rang them. 😀 They came", "Afraid of what?"]


def test_codings_that_stand_where_something_is_excluded_stay(made):
    leave_out(made, "I rang them.")
    assert [row.id for row in coding_rows(made) if row.id == made.codings[0]]
    coding.comment_coding(made.study, made.codings[0], comment="still mine")


def coding_rows(made):
    return codings(made.study, Looking(documents=made.documents[:1]))


def test_a_range_that_is_taken_away_can_be_coded_again(made):
    found = leave_out(made, "What happened that night?", "Afraid of what?")
    regions.drop(made.study, found[:1])
    assert made.apply("that night?", "Fear")
    with pytest.raises(ExcludedError):
        made.apply("Afraid of what?", "Fear")


def test_moving_splitting_and_joining_codings_keep_within_ones_part(made):
    give(made, ANSWER)
    start, end = span(made, "I rang them.")
    with pytest.raises(NotYourPartError):
        coding.move_coding(made.study, made.codings[0], start=0, end=end)
    leave_out(made, "I rang")
    with pytest.raises(ExcludedError):
        coding.split_coding(made.study, made.codings[0], at=start + len("I rang"))
    coding.move_coding(made.study, made.codings[0], start=start, end=end + 5)
    second = made.apply("They came at once", "Calling")[0]
    coding.join_codings(made.study, [made.codings[0], second])


def test_a_join_over_what_is_no_part_is_refused(made):
    first = made.apply("I was afraid.", "Calling")[0]
    second = made.apply("Afraid of what?", "Calling")[0]
    give(made, ANSWER)
    with pytest.raises(NotYourPartError):
        coding.join_codings(made.study, [first, second])


def test_codes_on_hits_are_refused_together_and_the_refusal_says_how_many(made):
    give(made, ANSWER)
    passages = [made.passage(words) for words in ("I rang them.", "Three letters", "My sister said: go.")]
    with pytest.raises(NotYourPartError, match="2 of the 3 passages are not within them"):
        coding.code_hits(made.study, passages=passages, code=made.codes["Fear"], round_id=made.round)
    assert coding.code_hits(made.study, passages=passages[:1], code=made.codes["Fear"], round_id=made.round)


def test_codings_that_arrive_by_the_hundred_are_asked_the_same(made):
    give(made, ANSWER, coder=made.other)
    mark = coding.Mark(made.passage("My sister said: go."), made.codes["Fear"], made.other)
    with pytest.raises(NotYourPartError):
        coding.add_codings(made.study, round_id=made.round, marks=[mark])


@pytest.mark.parametrize(
    ("ranges", "refusal"),
    [
        ([(-1, 5)], OutsideTextError),
        ([(5, 1)], OutsideTextError),
        ([(0, 10_000)], OutsideTextError),
        ([(3, 3)], NothingSelectedError),
        ([(0, 4), (25, 26)], NothingSelectedError),
        ([(0, 4)] * (MOST_RANGES + 1), TooManyRangesError),
        ([(0, 4)] * 1_000_000, TooManyRangesError),
    ],
)
def test_ranges_that_are_none_are_refused_with_a_sentence(made, ranges, refusal):
    same = {"document": made.documents[0], "ranges": ranges, "revision": revision(made)}
    with pytest.raises(refusal):
        regions.assign_parts(made.study, round_id=made.round, coder=made.lead, **same)
    with pytest.raises(refusal):
        regions.exclude(made.study, **same)
    assert codable(made.study, made.documents[0], made.round).out_of_play == ()


def test_ranges_of_a_text_that_was_corrected_meanwhile_are_refused(made):
    before = revision(made)
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="What happened?")
    with pytest.raises(OtherTextError, match="“INT-1” was corrected meanwhile"):
        regions.exclude(made.study, document=made.documents[0], ranges=[(0, 4)], revision=before)


def test_what_is_not_there_is_refused(made):
    here = {"document": made.documents[0], "ranges": [(0, 4)], "revision": revision(made)}
    with pytest.raises(GoneError, match="round"):
        regions.exclude(made.study, round_id=RoundId("nowhere"), **here)
    with pytest.raises(GoneError, match="coder"):
        regions.assign_parts(made.study, round_id=made.round, coder="nobody", **here)
    with pytest.raises(GoneError, match="document"):
        regions.exclude(made.study, document=DocumentId("none"), ranges=[(0, 4)], revision=revision(made))
    with pytest.raises(GoneError):
        regions.drop(made.study, [RegionId("none")])
    with pytest.raises(NothingSelectedError):
        regions.drop(made.study, [])
    with pytest.raises(NothingSelectedError):
        regions.exclude(made.study, document=made.documents[0], ranges=[], revision=revision(made))


def test_regions_follow_corrections(made):
    give(made, ANSWER)
    leave_out(made, "What happened that night?")
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="So tell me, what happened that night?")
    found = regions_of(made.study, made.documents[0], made.round)
    assert said(made, found.parts) == [ANSWER]
    assert said(made, found.excluded) == ["So tell me, what happened that night?"]
    assert [row.altered for row in (*found.parts, *found.excluded)] == [False, True]
    text = document_text(made.study, made.documents[0]).text
    rule = codable(made.study, made.documents[0], made.round)
    assert rule.codable(text.index("They"), text.index("They") + 4)
    assert not rule.codable(text.index("Three"), text.index("Three") + 5)


def test_regions_follow_redactions(made):
    give(made, "Of the letter. Three letters and you are out. My sister said: go.")
    redaction.redact(made.study, forms=["afraid"], replacement="[moved and shaken]")
    redaction.redact(made.study, forms=["Three letters"], replacement="[count]")
    found = regions_of(made.study, made.documents[0], made.round)
    assert said(made, found.parts) == ["Of the letter. [count] and you are out. My sister said: go."]
    assert check(made.study).problems == ()


def test_regions_follow_a_corrected_file(made):
    give(made, ANSWER)
    turns = [("I", "interviewer", "Good evening."), *small.FIRST[:1], small.FIRST[1], *small.FIRST[2:]]
    reimport.replace_text(made.study, made.documents[0], Incoming("INT-1", small.transcript(turns)))
    assert said(made, regions_of(made.study, made.documents[0], made.round).parts) == [ANSWER]


def test_who_lost_every_word_of_their_part_has_not_got_the_whole_document(made):
    give(made, "I was afraid.")
    corrections.correct_turn(made.study, made.documents[0], turn=1, text="I rang them.")
    assert regions_of(made.study, made.documents[0], made.round).parts[0].start > 0
    with pytest.raises(NotYourPartError):
        made.apply("Afraid of what?", "Fear")


def test_a_confirmed_coding_stays_where_it_is_even_outside_a_part(made):
    give(made, "Three letters")
    coding.confirm_words(made.study, made.codings[:1])
    coding.recode(made.study, made.codings[:1], code=made.codes["Fear"])
    (row,) = (row for row in codings(made.study, Looking()) if row.id == made.codings[0])
    assert (row.code, row.start, row.end) == (made.codes["Fear"], *span(made, "I rang them."))
    coding.remove_codings(made.study, made.codings[:1])
    assert made.codings[0] not in {row.id for row in codings(made.study, Looking())}


def test_what_stands_before_the_first_question_and_what_interviewers_say_is_proposed(made):
    found = proposed_exclusions(made.study, made.documents[0])
    text = document_text(made.study, made.documents[0]).text
    assert [(one.title, [text[start:end] for start, end in one.ranges]) for one in found] == [
        ("Turns of interviewers", ["What happened that night?", "Afraid of what?"])
    ]
    preamble = [
        ("I", "interviewer", "The tape is running."),
        (None, "event", "[door]"),
        ("I", "interviewer", "Begin."),
        ("P", "participant", "Yes."),
    ]
    document = import_document(made.study, Incoming("INT-2", small.transcript(preamble)))
    text = document_text(made.study, document).text
    found = proposed_exclusions(made.study, document)
    assert [(one.title, [text[start:end] for start, end in one.ranges]) for one in found] == [
        ("Before the first question", ["The tape is running.\n[door]"]),
        ("Turns of interviewers", ["The tape is running.", "Begin."]),
    ]


def test_history_says_in_words_what_was_given_and_left_out(made):
    give(made, ANSWER, coder=made.other)
    leave_out(made, "What happened that night?", "Afraid of what?")
    labels = [row.label for row in history(made.study, latest=2)]
    assert labels == ["Exclude 2 ranges of INT-1 from coding", "Assign parts of INT-1 to Bo Ek in Round 1"]


def test_a_coders_own_passage_elsewhere_says_nothing_about_colleagues(made):
    give(made, ANSWER, coder=made.other)
    assert regions_of(made.study, made.documents[0], made.round).parts == ()
    assert said(made, regions_of(made.study, made.documents[0], made.round, made.other).parts) == [ANSWER]
    assert {row.id for row in coders(made.study)} == {made.lead, made.other}
    assert made.apply("My sister said: go.", "Fear")


def test_a_caret_is_no_passage_in_a_round_without_segments(made):
    passage = Passage(made.documents[0], 3, 3)
    with pytest.raises(NothingSelectedError):
        coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
