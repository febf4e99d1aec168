"""Interview guides: versions, questions attached to turns, and all answers to a question."""

from __future__ import annotations

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.analysis.guides import Wording
from qcode.operations import corrections, documents, guides, quotes, redaction, reimport
from qcode.operations.guides import Asked, Attachment
from qcode.operations.lookup import GoneError, NameTakenError
from qcode.operations.passages import OutsideTextError, Passage
from qcode.queries.integrity import check
from qcode.queries.quotes.printed import attributed
from qcode.queries.themes.outline import themes as list_themes
from qcode.queries.transcripts.answers import answers
from qcode.queries.transcripts.guides import (
    NoGuideError,
    NoQuestionError,
    followed_questions,
    guide_versions,
    question_named,
)
from qcode.queries.transcripts.guides import guides as list_guides
from qcode.queries.transcripts.landmarks import landmarks
from qcode.queries.transcripts.question_marks import question_marks
from qcode.queries.transcripts.question_proposals import proposals
from qcode.transcripts.values import Heading, Transcript, Turn

QUESTIONS = [
    Wording("1", "What happened that night?"),
    Wording("2", "What were you afraid of?"),
    Wording("3", "And now?"),
]
AFRAID = 79


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


@pytest.fixture
def guide(made):
    return guides.add_guide(made.study, name="Residents", questions=QUESTIONS)


def ids(made):
    return [row.id for row in list_guides(made.study)[0].questions]


def attach(made, at, question, document=0):
    return guides.attach_questions(made.study, [Attachment(made.documents[document], at, question)])


def survey(*rows):
    """Answers as a table has them: (who, question, text)."""
    turns, at = [], 0
    for ordinal, (who, question, text) in enumerate(rows):
        turns.append(Turn(ordinal, who, "participant", None, None, at, at + len(text), frozenset(), question))
        at += len(text) + 1
    return Transcript("\n".join(text for _who, _question, text in rows), tuple(turns), ())


ROWS = (
    ("R1", "What happened that night?", "They came."),
    ("R1", "What were you afraid of?", "The letter."),
    ("R2", "What happened that night?", "Nobody came."),
)


def test_an_answer_is_what_is_said_until_the_next_question(made, guide):
    first, second, _third = ids(made)
    attach(made, 3, first)
    attach(made, AFRAID + 12, second)
    found = answers(made.study, first)
    assert [one.text for one in found.given[0].answered] == [small.FIRST[1][2]]
    assert found.given[0].asked == small.FIRST[0][2]
    assert [(one.name, one.asked) for one in found.silent] == [("FG-1", False)]
    assert answers(made.study, second).given[0].answered[0].text == small.FIRST[3][2]


def test_interviewers_between_are_part_of_an_answer_but_do_not_count(made, guide):
    attach(made, 0, ids(made)[0])
    (answer,) = answers(made.study, ids(made)[0]).given
    assert [one.role for one in answer.said] == ["participant", "interviewer", "participant"]
    assert answer.words == sum(len(text.split()) for _who, role, text in small.FIRST if role == "participant")


def test_something_else_that_is_asked_ends_an_answer(made, guide):
    first = ids(made)[0]
    attach(made, 0, first)
    attach(made, AFRAID + 12, None)
    assert len(answers(made.study, first).given[0].said) == 1


def test_a_question_that_nobody_answered_is_told_from_one_that_was_not_asked(made, guide):
    last = made.passage("Of the letter").start
    first, second, _third = ids(made)
    attach(made, AFRAID + 12, first)
    attach(made, last, second)
    assert [(one.name, one.asked) for one in answers(made.study, first).silent] == [("INT-1", True), ("FG-1", False)]


def test_a_guide_for_a_group_misses_answers_in_that_group_alone(made, guide):
    guides.describe_guide(made.study, guide, name="Residents", group="Police")
    assert answers(made.study, ids(made)[0]).silent == ()
    guides.describe_guide(made.study, guide, name="Residents", group="Residents")
    assert len(answers(made.study, ids(made)[0]).silent) == 2


def test_a_question_is_attached_to_a_turn_once(made, guide):
    first = ids(made)[0]
    assert len(attach(made, 0, first)) == 1
    assert attach(made, 5, first) == []
    assert len(question_marks(made.study, made.documents[0])) == 1


def test_what_was_detached_can_be_attached_again(made, guide):
    first = ids(made)[0]
    guides.detach_questions(made.study, attach(made, 0, first))
    assert question_marks(made.study, made.documents[0]) == []
    assert len(attach(made, 0, first)) == 1
    assert check(made.study).problems == ()


def test_a_turn_may_ask_two_questions(made, guide):
    first, second, _third = ids(made)
    attach(made, 0, first)
    attach(made, 0, second)
    assert [row.number for row in question_marks(made.study, made.documents[0])] in (["1", "2"], ["2", "1"])
    assert answers(made.study, first).given[0].said == answers(made.study, second).given[0].said


# Versions


def test_a_question_keeps_its_turns_through_versions_and_after_it_is_no_longer_asked(made, guide):
    first, second, _third = ids(made)
    attach(made, 0, first)
    guides.revise_guide(
        made.study, guide, questions=[Asked("1", "Who came?"), Asked("2", "What frightened you?", second)], note="pilot"
    )
    (row,) = list_guides(made.study)
    assert [(one.number, one.until) for one in row.former] == [("1", 1), ("3", 1)]
    assert row.former[0].turns == 1
    assert answers(made.study, first).given
    newest, oldest = guide_versions(made.study, guide)
    assert (newest.number, newest.note, newest.coder, oldest.number) == (2, "pilot", "Ana Lima", 1)
    assert [change.sentence for change in newest.changes] == [
        "1 is new: Who came?",
        "2 was worded “What were you afraid of?”: What frightened you?",
        "1 is no longer asked: What happened that night?",
        "3 is no longer asked: And now?",
    ]


def test_a_turn_remembers_the_version_its_question_was_attached_under(made, guide):
    first = ids(made)[0]
    attach(made, 0, first)
    questions = [Asked("4", "What was it like that night?", first)]
    guides.revise_guide(made.study, guide, questions=questions)
    attach(made, 0, first, document=1)
    given = answers(made.study, first)
    assert [one.version for one in given.given] == [1, 2]
    assert given.question.number == "4"


def test_a_number_is_looked_up_in_the_version_that_is_named(made, guide):
    first, second, _third = ids(made)
    guides.revise_guide(made.study, guide, questions=[Asked("1", "What were you afraid of?", second)])
    assert question_named(made.study, "1").id == second
    assert question_named(made.study, "1", version=1).id == first
    assert question_named(made.study, "2", version=1).id == second
    with pytest.raises(NoQuestionError):
        question_named(made.study, "1", version=3)


def test_the_same_questions_make_no_version(made, guide):
    same = [Asked(*wording, question) for wording, question in zip(QUESTIONS, ids(made), strict=True)]
    steps = []
    made.study.subscribe(steps.append)
    guides.revise_guide(made.study, guide, questions=same)
    assert len(guide_versions(made.study, guide)) == 1
    assert steps == []


def test_a_question_that_is_asked_again_is_the_one_it_was(made, guide):
    row = list_guides(made.study)[0]
    guides.revise_guide(made.study, guide, questions=[Asked("1", "Who came?")])
    again = list_guides(made.study)[0]
    followed = followed_questions(again, [Wording("1", "Who came?"), Wording("5", "And now?")])
    assert followed[1][0].id == row.questions[2].id


def test_a_guide_that_is_removed_takes_its_marks_and_leaves_those_of_files(made, guide):
    document = documents.import_document(made.study, documents.Incoming("SURVEY", survey(*ROWS)))
    first = ids(made)[0]
    attach(made, 0, first)
    guides.attach_questions(made.study, [Attachment(document, 0, first)])
    guides.remove_guide(made.study, guide)
    assert question_marks(made.study, made.documents[0]) == []
    assert [(row.asked, row.question) for row in question_marks(made.study, document)] == [
        (question, None) for _who, question, _text in ROWS
    ]
    made.study.undo()
    assert len(answers(made.study, first).given) == 2


# What files say


def test_an_import_keeps_questions_headings_and_pages(made):
    text = "Findings\nHelp came late.\nNext page."
    transcript = Transcript(
        text,
        (Turn(0, None, "other", None, None, 0, len(text), frozenset()),),
        (),
        headings=(Heading(0, 8, 1),),
        pages=((0, 4), (25, 5)),
    )
    document = documents.import_document(made.study, documents.Incoming("REPORT", transcript, kind="document"))
    found = landmarks(made.study, document)
    assert [(one.start, one.end, one.level) for one in found.headings] == [(0, 8, 1)]
    assert [found.page(place) for place in (0, 24, 25, 34)] == [4, 4, 5, 5]
    assert found.pages_of(20, 30) == (4, 5)
    assert landmarks(made.study, made.documents[0]).pages_of(0, 5) is None


def test_headings_and_pages_move_with_corrections(made):
    text = "Findings\nHelp came late.\nNext page."
    cut = [(0, 8), (9, 24), (25, 35)]
    turns = tuple(Turn(n, None, "other", None, None, start, end, frozenset()) for n, (start, end) in enumerate(cut))
    transcript = Transcript(text, turns, (), headings=(Heading(25, 35, 2),), pages=((0, 1), (25, 2)))
    document = documents.import_document(made.study, documents.Incoming("REPORT", transcript, kind="document"))
    corrections.correct_turn(made.study, document, turn=1, text="Help came much too late.")
    found = landmarks(made.study, document)
    assert [(one.start, one.end) for one in found.headings] == [(34, 44)]
    assert [found.page(place) for place in (33, 34)] == [1, 2]


def test_answers_of_a_survey_are_those_of_one_respondent_each(made, guide):
    document = documents.import_document(made.study, documents.Incoming("SURVEY", survey(*ROWS), kind="survey answers"))
    first, second, _third = ids(made)
    found = proposals(made.study, guide)
    of_survey = [one for one in found if one.document == document]
    assert [(one.number, len(one.places), one.likeness > 0.99) for one in of_survey] == [("1", 2, True), ("2", 1, True)]
    wanted = [Attachment(one.document, at, one.question) for one in of_survey for at in one.places]
    guides.attach_questions(made.study, wanted, origin="proposed")
    given = answers(made.study, first).given
    assert [(one.said[0].speaker, one.said[0].text) for one in given] == [("R1", "They came."), ("R2", "Nobody came.")]
    assert [one.said[0].text for one in answers(made.study, second).given] == ["The letter."]
    made.study.undo()
    assert answers(made.study, first).given == ()


def test_what_is_attached_is_not_proposed_again(made, guide):
    before = proposals(made.study, guide)
    assert (before[0].number, before[0].places) == ("1", (0,))
    guides.attach_questions(made.study, [Attachment(one.document, one.places[0], one.question) for one in before])
    assert proposals(made.study, guide) == []


def test_proposals_for_a_group_leave_others_alone(made, guide):
    guides.describe_guide(made.study, guide, name="Residents", group="Police")
    assert proposals(made.study, guide) == []


# Texts that change


def test_marks_move_with_corrections_and_redactions(made, guide):
    first, second, _third = ids(made)
    attach(made, 0, first)
    attach(made, AFRAID + 12, second)
    corrections.correct_turn(
        made.study, made.documents[0], turn=1, text="I rang. They came, at once, all four of them."
    )
    redaction.redact(made.study, forms=["night"], replacement="[a time of day]")
    (answer,) = answers(made.study, first).given
    assert answer.asked == "What happened that [a time of day]?"
    assert [one.text for one in answer.said] == ["I rang. They came, at once, all four of them."]
    assert answers(made.study, first).question.text == "What happened that [a time of day]?"
    with made.study.read() as session:
        texts = session.connection().exec_driver_sql("select fields from change").scalars()
        assert not any("night?" in text for text in texts)


def test_a_turn_that_a_redaction_leaves_nothing_of_keeps_its_mark(made, guide):
    first = ids(made)[0]
    attach(made, 0, first)
    whole = Passage(made.documents[0], 0, len(small.FIRST[0][2]))
    redaction.redact_here(made.study, whole, replacement="[question]")
    assert answers(made.study, first).given[0].asked == "[question]"


def test_a_corrected_file_brings_its_own_questions_and_keeps_what_was_attached(made, guide):
    document = documents.import_document(made.study, documents.Incoming("SURVEY", survey(*ROWS)))
    first = ids(made)[0]
    guides.attach_questions(made.study, [Attachment(document, 0, first)])
    rows = (("R1", ROWS[0][1], "They came late."), ROWS[2], ("R3", "And now?", "Better."))
    reimport.replace_text(made.study, document, documents.Incoming("SURVEY", survey(*rows)))
    assert [(row.asked, row.question) for row in question_marks(made.study, document)] == [
        (ROWS[0][1], first),
        (ROWS[2][1], None),
        ("And now?", None),
    ]
    assert answers(made.study, first).given[0].said[0].text == "They came late."
    made.study.undo()
    assert [row.asked for row in question_marks(made.study, document)] == [question for _who, question, _text in ROWS]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=8))
def test_answers_of_one_document_never_share_a_turn(made, guide, placed):
    questions = ids(made)
    starts = [made.passage(text).start for _who, _role, text in small.FIRST]
    marks = [Attachment(made.documents[0], starts[turn], questions[question]) for turn, question in placed]
    kept = guides.attach_questions(made.study, marks) if marks else []
    by_mark = {}
    for question in questions:
        for answer in answers(made.study, question).given:
            by_mark.setdefault(answer.start, set()).update((one.start, one.end) for one in answer.said)
    said = [turn for turns in by_mark.values() for turn in turns]
    assert len(said) == len(set(said))
    if kept:
        made.study.undo()


# Refusals


@pytest.mark.parametrize(
    ("questions", "refusal", "said"),
    [
        ([], guides.NoQuestionsError, "at least one question"),
        ([Wording("1", "  ")], guides.EmptyQuestionError, "Question 1 has no words"),
        ([Wording("1", "Who?"), Wording("1 ", "Why?")], guides.SameNumberError, "number 1"),
        ([Wording("1", "x" * 2_001)], guides.QuestionTooLongError, "2,000"),
        ([Wording(str(n), "Who?") for n in range(1_000)], guides.TooManyQuestionsError, "1,000 questions"),
    ],
)
def test_questions_that_nobody_could_ask_are_refused(made, questions, refusal, said):
    with pytest.raises(refusal, match=said):
        guides.add_guide(made.study, name="Residents", questions=questions)
    assert list_guides(made.study) == []


def test_a_name_is_given_once(made, guide):
    with pytest.raises(NameTakenError):
        guides.add_guide(made.study, name="residents", questions=QUESTIONS)


def test_questions_of_another_guide_are_refused_in_a_version(made, guide):
    other = guides.add_guide(made.study, name="Police", questions=QUESTIONS)
    with pytest.raises(GoneError):
        guides.revise_guide(made.study, other, questions=[Asked("1", "Who?", ids(made)[0])])
    with pytest.raises(guides.SameQuestionError, match="1 and 2"):
        guides.revise_guide(
            made.study, guide, questions=[Asked("1", "Who?", ids(made)[0]), Asked("2", "Why?", ids(made)[0])]
        )


def test_places_outside_the_text_and_questions_that_are_gone_are_refused(made, guide):
    first = ids(made)[0]
    with pytest.raises(OutsideTextError):
        attach(made, 10_000, first)
    guides.remove_guide(made.study, guide)
    with pytest.raises(GoneError):
        attach(made, 0, first)


def test_a_question_is_found_by_its_number(made):
    with pytest.raises(NoGuideError, match="no interview guide yet"):
        question_named(made.study, "1")
    guides.add_guide(made.study, name="Residents", questions=QUESTIONS)
    assert question_named(made.study, " 2 ").text == QUESTIONS[1].text
    with pytest.raises(NoQuestionError, match="1, 2, 3"):
        question_named(made.study, "9")
    guides.add_guide(made.study, name="Police", questions=QUESTIONS[:1])
    with pytest.raises(NoGuideError, match="Say which: Residents, Police"):
        question_named(made.study, "1")
    assert question_named(made.study, "1", guide="police").guide_name == "Police"
    with pytest.raises(NoGuideError, match="No guide is named"):
        question_named(made.study, "1", guide="Courts")


def test_a_quote_cites_the_pages_that_it_stands_on(made):
    text = "Findings\nHelp came late.\nNext page."
    transcript = Transcript(
        text, (Turn(0, None, "other", None, None, 0, len(text), frozenset()),), (), pages=((0, 4), (25, 5))
    )
    document = documents.import_document(made.study, documents.Incoming("REPORT", transcript, kind="document"))
    for start, end in ((9, 24), (9, 35)):
        quotes.pick_quote(made.study, made.theme, passage=Passage(document, start, end))
    quotes.pick_quote(made.study, made.theme, passage=made.passage("I rang them."))
    picked = list_themes(made.study)[0].quotes
    assert [quote.fields["page"] for quote in picked] == ["p. 4", "pp. 4–5", ""]
    assert [attributed(quote, "{document}, {page}") for quote in picked] == ["REPORT, p. 4", "REPORT, pp. 4–5", "INT-1"]
