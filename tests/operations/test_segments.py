"""Rounds that hand out segments: how they are cut, and that codes go on them and on nothing else."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pytest
import small

from qcode.analysis.guides import Wording
from qcode.ids import RegionId
from qcode.models import GuideVersion
from qcode.operations import assignments, codebook, coding, collecting, corrections, guides, regions, rounds, segments
from qcode.operations.coding_places import ExcludedError, NotASegmentError, NotYourPartError
from qcode.operations.extents import CutOutsideError
from qcode.operations.lookup import GoneError
from qcode.operations.passages import NothingSelectedError, OutsideTextError, Passage
from qcode.operations.region_rows import OtherTextError, SegmentsInUseError
from qcode.operations.segments import (
    NothingToCutError,
    NotSegmentedError,
    SegmentsApartError,
    SegmentsOverlapError,
    SentenceCountError,
    UnknownCutError,
)
from qcode.queries.codings import Looking, codings
from qcode.queries.integrity import check
from qcode.queries.rounds.regions import codable, regions_of
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    study.round = rounds.add_round(study.study, name="Cut", everyone=True, segmented=True)
    yield study
    study.study.close()


def cut(made, by="turn", documents=None, **more):
    chosen = made.documents[:1] if documents is None else documents
    return segments.cut_segments(made.study, round_id=made.round, documents=chosen, by=by, **more)


def put(made, *words):
    ranges = [(made.passage(one).start, made.passage(one).end) for one in words]
    revision = document_text(made.study, made.documents[0]).revision
    return segments.put_segments(
        made.study, round_id=made.round, document=made.documents[0], ranges=ranges, revision=revision
    )


def shown(made, document=0):
    """The words of the segments of a document."""
    text = document_text(made.study, made.documents[document]).text
    found = regions_of(made.study, made.documents[document], made.round)
    return [text[row.start : row.end] for row in found.segments]


def coded(made):
    """The words under the codings of the round, with the names of their codes."""
    text = document_text(made.study, made.documents[0]).text
    rows = codings(made.study, Looking(documents=made.documents[:1], rounds=[made.round]))
    return [(row.name, text[row.start : row.end]) for row in rows]


TURNS = [text for _speaker, _role, text in small.FIRST]


def test_a_document_is_cut_by_turn(made):
    assert cut(made) == 4
    assert shown(made) == TURNS


def test_a_document_is_cut_by_so_many_sentences_of_a_turn(made):
    cut(made, "sentences", sentences=2)
    found = shown(made)
    assert found[0] == TURNS[0]
    assert all(any(one in turn for turn in TURNS) for one in found)
    assert 4 < len(found) < 8


def test_documents_are_cut_together_in_one_step_that_is_undone_together(made):
    assert cut(made, "paragraph", made.documents) == 7
    assert shown(made, 1) == [text for speaker, _role, text in small.SECOND if speaker]
    made.study.undo()
    assert shown(made) == shown(made, 1) == []


def test_a_document_is_cut_by_answer_to_the_questions_of_a_guide(made):
    guide = guides.add_guide(made.study, name="Residents", questions=[Wording("1", "What?"), Wording("2", "Why?")])
    with made.study.read() as session:
        version = session.query(GuideVersion).filter_by(guide_id=guide).one()
        first, second = (question for question, _number, _text in version.questions)
    wanted = [guides.Attachment(made.documents[0], 0, first), guides.Attachment(made.documents[0], 92, second)]
    guides.attach_questions(made.study, wanted)
    assert cut(made, "answer") == 2
    assert shown(made) == [TURNS[1], TURNS[3]]


def test_a_document_without_questions_is_not_cut_by_answer(made):
    with pytest.raises(NothingToCutError, match="“INT-1” gives no segment: no question is attached"):
        cut(made, "answer", made.documents)
    assert shown(made, 1) == []


def test_what_is_excluded_is_in_no_segment(made):
    text = document_text(made.study, made.documents[0])
    ranges = [(0, len(TURNS[0])), (made.passage("four of them.").start, made.passage("four of them.").end)]
    regions.exclude(made.study, document=text.id, ranges=ranges, revision=text.revision)
    cut(made)
    assert shown(made) == ["I rang them. 😀 They came at once,", "I was afraid.", *TURNS[2:]]
    regions.exclude(made.study, document=text.id, ranges=[(0, len(text.text))], revision=text.revision)
    with pytest.raises(NothingToCutError, match="all of it is excluded"):
        cut(made)


def test_cutting_anew_takes_the_place_of_what_was_cut_before(made):
    cut(made, "sentences", sentences=1)
    cut(made)
    assert shown(made) == TURNS
    steps = []
    made.study.subscribe(steps.append)
    cut(made)
    assert steps == []


@pytest.mark.parametrize(
    ("choices", "refusal"),
    [
        ({"by": "letter"}, UnknownCutError),
        ({"by": "sentences", "sentences": 0}, SentenceCountError),
        ({"by": "sentences", "sentences": 10**9}, SentenceCountError),
        ({"documents": []}, NothingSelectedError),
        ({"documents": ["none"]}, GoneError),
    ],
)
def test_cuts_that_are_none_are_refused(made, choices, refusal):
    with pytest.raises(refusal):
        cut(made, **choices)


def test_a_round_that_hands_out_whole_texts_has_no_segments(made):
    made.round = rounds.add_round(made.study, name="Whole")
    with pytest.raises(NotSegmentedError, match="In “Whole” any passage can be coded"):
        cut(made)
    with pytest.raises(NotSegmentedError):
        put(made, "I rang them.")


def test_a_code_on_a_selection_is_put_on_every_segment_that_it_touches(made):
    cut(made)
    found = made.apply("afraid.\nAfraid of", "Fear", "Wear")
    assert len(found) == 4
    assert set(coded(made)) == {(code, TURNS[turn]) for code in ("Fear", "Wear") for turn in (1, 2)}


def test_a_caret_codes_the_segment_it_stands_in(made):
    cut(made)
    at = made.passage("Three").start + 2
    passage = Passage(made.documents[0], at, at)
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    assert coded(made) == [("Fear", TURNS[3])]


def test_a_code_that_is_on_a_segment_already_is_not_doubled(made):
    cut(made)
    made.apply("I rang them.", "Fear")
    assert made.apply("They came at once", "Fear") == []
    assert made.apply("I was afraid.\nAfraid", "Fear") != []
    assert len(coded(made)) == 2


def test_what_touches_no_segment_is_refused(made):
    put(made, "I rang them.", "My sister said: go.")
    with pytest.raises(NotASegmentError, match="hands out segments, and this passage is on none of “INT-1”"):
        made.apply("Three letters", "Fear")
    assert coded(made) == []
    passage = Passage(made.documents[0], 5, 10_000)
    with pytest.raises(OutsideTextError):
        coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)


def test_a_document_that_was_not_cut_cannot_be_coded(made):
    with pytest.raises(NotASegmentError):
        made.apply("Three letters", "Fear")


def test_segments_outside_ones_part_and_excluded_ones_are_not_coded(made):
    cut(made)
    text = document_text(made.study, made.documents[0])
    part = (made.passage(TURNS[1]).start, made.passage(TURNS[2]).end)
    regions.assign_parts(
        made.study,
        round_id=made.round,
        coder=made.lead,
        document=text.id,
        ranges=[part],
        revision=text.revision,
    )
    made.apply("Afraid of what?\nOf the letter", "Fear")
    assert coded(made) == [("Fear", TURNS[2])]
    with pytest.raises(NotYourPartError):
        made.apply("Three letters", "Fear")
    asked = made.passage(TURNS[2])
    regions.exclude(made.study, document=text.id, ranges=[(asked.start, asked.end)], revision=text.revision)
    with pytest.raises(ExcludedError):
        made.apply("Afraid of what?", "Fear")
    assert [start for start, _end in codable(made.study, text.id, made.round).own_segments] == [part[0]]


def test_codes_on_hits_go_on_the_segments_around_them_each_once(made):
    cut(made)
    passages = [made.passage(words) for words in ("I rang them.", "They came", "Three letters")]
    found = coding.code_hits(made.study, passages=passages, code=made.codes["Fear"], round_id=made.round)
    assert len(found) == 2
    assert coded(made) == [("Fear", TURNS[1]), ("Fear", TURNS[3])]


def test_codings_on_segments_keep_their_edges(made):
    cut(made)
    found = made.apply("I rang them.", "Fear")[0]
    place = made.passage(TURNS[1])
    with pytest.raises(NotASegmentError):
        coding.move_coding(made.study, found, start=place.start, end=place.end - 3)
    with pytest.raises(NotASegmentError):
        coding.split_coding(made.study, found, at=place.start + 12)
    second = made.apply("Afraid of what?", "Fear")[0]
    with pytest.raises(NotASegmentError):
        coding.join_codings(made.study, [found, second])
    other = made.passage(TURNS[3])
    coding.move_coding(made.study, found, start=other.start, end=other.end)
    mark = coding.Mark(made.passage("They came"), made.codes["Wear"], made.other)
    with pytest.raises(NotASegmentError):
        coding.add_codings(made.study, round_id=made.round, marks=[mark])


def test_segments_stay_once_somebody_codes_the_document(made):
    cut(made, documents=made.documents)
    first, second, *_ = (row.id for row in regions_of(made.study, made.documents[0], made.round).segments)
    made.study.act_as(made.other)
    made.apply("I rang them.", "Fear")
    made.study.act_as(made.lead)
    for change in (
        lambda: cut(made, "paragraph"),
        lambda: put(made, "I rang them."),
        lambda: segments.join_segments(made.study, [first, second]),
        lambda: segments.split_segment(made.study, second, at=30),
        lambda: regions.drop(made.study, [second]),
    ):
        with pytest.raises(SegmentsInUseError, match="Somebody has begun to code “INT-1”"):
            change()
    assert cut(made, "sentences", made.documents[1:], sentences=1) > 3
    assert shown(made) == TURNS


def test_segments_that_are_drawn_by_hand_take_the_place_of_others(made):
    cut(made)
    put(made, "My sister said: go.", "I rang them.")
    assert shown(made) == ["I rang them.", "My sister said: go."]
    put(made)
    assert shown(made) == []


def test_segments_do_not_overlap(made):
    with pytest.raises(SegmentsOverlapError):
        put(made, "I rang them. 😀 They", "They came")
    with pytest.raises(SegmentsOverlapError):
        put(made, "I rang them.", "I rang them.")
    put(made, "I rang", "them.")
    assert shown(made) == ["I rang", "them."]


def test_segments_of_a_text_that_was_corrected_meanwhile_are_refused(made):
    before = document_text(made.study, made.documents[0]).revision
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="What happened?")
    with pytest.raises(OtherTextError):
        segments.put_segments(
            made.study, round_id=made.round, document=made.documents[0], ranges=[(0, 4)], revision=before
        )


def test_segments_that_follow_each_other_are_joined_and_a_segment_is_split(made):
    cut(made)
    found = [row.id for row in regions_of(made.study, made.documents[0], made.round).segments]
    assert segments.join_segments(made.study, [found[2], found[1]]) == found[2]
    assert shown(made) == [TURNS[0], f"{TURNS[1]}\n{TURNS[2]}", TURNS[3]]
    at = made.passage("They came at once").start
    segments.split_segment(made.study, found[2], at=at)
    assert shown(made)[1:3] == ["I rang them. 😀", f"{TURNS[1][15:]}\n{TURNS[2]}"]
    made.study.undo()
    made.study.undo()
    assert shown(made) == TURNS


def test_what_is_not_joined_or_split_is_refused(made):
    cut(made)
    found = [row.id for row in regions_of(made.study, made.documents[0], made.round).segments]
    with pytest.raises(SegmentsApartError):
        segments.join_segments(made.study, [found[0], found[2]])
    with pytest.raises(SegmentsApartError):
        segments.join_segments(made.study, found[:1] * 2)
    for at in (0, -5, len(TURNS[0]), 10_000):
        with pytest.raises(CutOutsideError):
            segments.split_segment(made.study, found[0], at=at)
    with pytest.raises(GoneError):
        segments.split_segment(made.study, RegionId("none"), at=3)
    text = document_text(made.study, made.documents[0])
    left_out = regions.exclude(made.study, document=text.id, ranges=[(0, 4)], revision=text.revision)
    with pytest.raises(GoneError):
        segments.split_segment(made.study, left_out[0], at=3)


def test_segments_follow_corrections_and_are_still_coded_whole(made):
    cut(made)
    corrections.correct_turn(
        made.study, made.documents[0], turn=1, text="I rang them twice. 😀 They came at once. I was afraid."
    )
    found = shown(made)
    assert found == [TURNS[0], "I rang them twice. 😀 They came at once. I was afraid.", *TURNS[2:]]
    at = document_text(made.study, made.documents[0]).text.index("twice")
    passage = Passage(made.documents[0], at, at + 5)
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    assert coded(made) == [("Fear", found[1])]
    assert check(made.study).problems == ()


def test_neighbours_that_a_correction_joins_are_told_apart(made):
    put(made, "I rang them.", "😀 They came at once, four of them.", "I was afraid.")
    corrections.correct_turn(made.study, made.documents[0], turn=1, text="Nobody there. I was afraid.")
    rows = regions_of(made.study, made.documents[0], made.round).segments
    assert all(before.end <= after.start for before, after in pairwise(rows))
    assert shown(made)[-1] == "I was afraid."


def test_segments_that_were_cut_on_two_copies_are_each_there_once(made, tmp_path):
    other = tmp_path / "other.qcode"
    shutil.copyfile(made.study.path, other)
    cut(made)
    with Study.open(other) as study:
        segments.cut_segments(study, round_id=made.round, documents=made.documents[:1])
    collecting.merge(made.study, other)
    assert shown(made) == TURNS
    made.apply("I rang them.", "Fear")
    assert coded(made) == [("Fear", TURNS[1])]


def test_segments_that_were_cut_otherwise_on_a_copy_do_not_overlap(made, tmp_path):
    other = tmp_path / "other.qcode"
    shutil.copyfile(made.study.path, other)
    cut(made)
    with Study.open(other) as study:
        segments.cut_segments(study, round_id=made.round, documents=made.documents[:1], by="sentences", sentences=1)
    collecting.merge(made.study, other)
    rows = regions_of(made.study, made.documents[0], made.round).segments
    assert all(before.end <= after.start for before, after in pairwise(rows))
    assert " ".join(shown(made)).split() == " ".join(TURNS).split()
    made.apply("They came", "Fear")
    assert len(coded(made)) == 1


def test_work_on_segments_is_handed_in_like_any_other(made):
    cut(made)
    made.apply("I rang them.", "Fear")
    assert assignments.hand_in_round(made.study, round_id=made.round, documents=made.documents[:1]).codings == 1
    with pytest.raises(assignments.HandedInError):
        made.apply("Three letters", "Fear")


def test_a_new_code_is_put_on_segments_in_one_stroke(made):
    cut(made)
    with made.study.grouped():
        code = codebook.add_code(made.study, name="Doors")
        coding.apply_codes(made.study, passage=made.passage("Three"), codes=[code], round_id=made.round)
    assert coded(made) == [("Doors", TURNS[3])]
    made.study.undo()
    assert coded(made) == []
