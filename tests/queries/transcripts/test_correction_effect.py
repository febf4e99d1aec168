"""What is said about a correction beforehand is what happens; who speaks, and what is looked at again, are settled."""

from __future__ import annotations

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.operations import coding, corrections, documents
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, codings, codings_of
from qcode.queries.integrity import check
from qcode.queries.transcripts.corrections import correction_effect, second_looks, turn_to_correct
from qcode.queries.transcripts.documents import document_text

ANSWER = "I rang them. 😀 They came at once, four of them. I was afraid."
WORDS = st.lists(
    st.sampled_from(
        ["I", "rang", "them", ".", "😀", "They came", "at once", "four", " ", "\n", "\u00a0", "afraid", "é"]
    ),
    max_size=14,
).map(" ".join)


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def turn(made, number=1):
    return turn_to_correct(made.study, made.documents[0], turn=number)


def correct(made, text, number=1, **more):
    return corrections.correct_turn(made.study, made.documents[0], turn=number, text=text, **more)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 3), WORDS, st.booleans(), st.integers(0, 60), st.integers(0, 60))
def test_what_is_told_of_a_random_correction_is_what_it_does(made, number, typed, whole, first, last):
    before = turn(made, number)
    start, end = sorted((min(first, len(before.text)), min(last, len(before.text))))
    text = typed if whole else before.text[:start] + typed + before.text[end:]
    told = correction_effect(before, text)
    listed = set(second_looks(made.study)) | {row.id for row in codings(made.study, Looking(altered=True))}
    if not told.words:
        with pytest.raises(corrections.TurnEmptyError):
            correct(made, text, number)
        return
    correct(made, text, number, revision=before.revision)
    after = document_text(made.study, made.documents[0])
    rows = {row.id: row for row in codings_of(made.study, made.documents[0])}
    assert after.text[after.turns[number].start : after.turns[number].end] == told.words
    assert {row.id for row in told.emptied} == {
        row.id for row in before.codings if rows[row.id].start == rows[row.id].end
    }
    assert {row.id for row in (*told.altered, *told.emptied)} | (listed & {row.id for row in before.codings}) == {
        row.id for row in before.codings if rows[row.id].altered
    }
    words = {row.id: before.text[max(row.start - before.start, 0) : row.end - before.start] for row in told.stay}
    for row in told.stay:
        inside = after.text[max(rows[row.id].start, after.turns[number].start) : rows[row.id].end]
        assert inside == words[row.id]
    assert check(made.study).problems == ()


def test_the_effect_says_of_whom_the_codings_are(made):
    told = correction_effect(turn(made), ANSWER.replace("rang them", "rang")).sentence
    assert told == (
        "1 coding (yours) stays as it is; 2 codings (1 yours, 1 Bo Ek) have changed words inside and will be listed "
        "for a second look."
    )
    assert correction_effect(turn(made), "Nothing.").sentence.startswith("3 codings (2 yours, 1 Bo Ek) have changed")
    assert correction_effect(turn(made, 0), "What?").sentence == "No codings here."


def test_a_coding_without_a_word_left_is_told_and_listed_and_can_only_go(made):
    text = ANSWER.replace(" I was afraid.", "")
    told = correction_effect(turn(made), text)
    assert [row.name for row in told.emptied] == ["Fear"]
    correct(made, text)
    assert second_looks(made.study) == [made.codings[1]]
    with pytest.raises(coding.NothingLeftError):
        coding.confirm_words(made.study, [made.codings[1]])
    coding.remove_codings(made.study, [made.codings[1]])
    assert second_looks(made.study) == []


def test_in_a_blind_round_colleagues_codings_are_not_counted_but_said_to_come_along(made):
    blind = add_round(made.study, name="Blind", blind=True, everyone=True)
    made.study.act_as(made.other)
    coding.apply_codes(made.study, passage=made.passage("four of them"), codes=[made.codes["Wear"]], round_id=blind)
    made.study.act_as(made.lead)
    told = correction_effect(turn(made), ANSWER)
    assert len(told.stay) == 3
    assert told.sentence.endswith("Codings that you may not see yet come along too.")


def test_what_was_looked_at_again_is_no_longer_listed_and_undo_lists_it_again(made):
    correct(made, ANSWER.replace("afraid", "so afraid"))
    assert second_looks(made.study) == [made.codings[1]]
    coding.confirm_words(made.study, [made.codings[1]])
    assert second_looks(made.study) == []
    row = next(row for row in codings_of(made.study, made.documents[0]) if row.id == made.codings[1])
    assert document_text(made.study, made.documents[0]).text[row.start : row.end] == "I was so afraid."
    made.study.undo()
    assert second_looks(made.study) == [made.codings[1]]


def test_only_its_own_coder_looks_at_a_coding_again(made):
    correct(made, ANSWER.replace("rang", "called"))
    theirs = next(row.id for row in codings(made.study, Looking(altered=True)) if not row.mine)
    with pytest.raises(coding.NotYoursError):
        coding.confirm_words(made.study, [theirs])
    assert theirs not in second_looks(made.study)
    made.study.act_as(made.other)
    assert second_looks(made.study) == [theirs]


def test_a_correction_begun_on_another_revision_is_refused(made):
    before = turn(made)
    correct(made, "What happened?", number=0)
    with pytest.raises(corrections.TextChangedError):
        correct(made, "I rang.", revision=before.revision)
    with pytest.raises(corrections.TextChangedError):
        corrections.correct_speaker(made.study, made.documents[0], turns=[1], label="X", revision=before.revision)


def test_megabytes_are_refused_before_they_are_looked_at(made):
    with pytest.raises(corrections.TurnTooLongError):
        correct(made, "word " * 1_000_000)


def test_words_and_speaker_of_a_turn_are_corrected_in_one_step(made):
    steps = []
    made.study.subscribe(steps.append)
    correct(made, "I rang.", voice=corrections.Voice("Sister"))
    assert len(steps) == 1
    text = document_text(made.study, made.documents[0])
    assert (text.turns[1].speaker, text.text[text.turns[1].start : text.turns[1].end]) == ("Sister", "I rang.")
    correct(made, "I rang.", voice=corrections.Voice(None))
    assert document_text(made.study, made.documents[0]).turns[1].speaker is None
    correct(made, "I rang.")
    assert len(steps) == 2
    made.study.undo()
    made.study.undo()
    assert document_text(made.study, made.documents[0]).turns[1].speaker == "P"


def test_the_speaker_of_several_turns_is_corrected_in_one_step(made):
    corrections.correct_speaker(made.study, made.documents[0], turns=[1, 2], label="Sister")
    assert [row.speaker for row in document_text(made.study, made.documents[0]).turns] == ["I", "Sister", "Sister", "P"]
    made.study.undo()
    assert [row.speaker for row in document_text(made.study, made.documents[0]).turns] == ["I", "P", "I", "P"]


def test_a_speaker_renamed_stays_who_it_is_and_one_renamed_like_another_becomes_that_one(made):
    document = made.documents[0]
    colleen = documents.add_participant(made.study, pseudonym="Colleen")
    wrong = documents.speaker_named(made.study, document, "P")
    documents.describe_speaker(made.study, wrong, role="other", participant=colleen)
    corrections.rename_speaker(made.study, document, speaker=wrong, label="Tenant")
    speakers = {row.label: row for row in document_text(made.study, document).speakers}
    assert (speakers["Tenant"].pseudonym, speakers["Tenant"].role) == ("Colleen", "other")
    corrections.rename_speaker(made.study, document, speaker=wrong, label="I")
    text = document_text(made.study, document)
    assert {row.speaker for row in text.turns} == {"I"}
    assert [row.label for row in text.speakers] == ["I"]
    made.study.undo()
    assert {row.label for row in document_text(made.study, document).speakers} == {"I", "Tenant"}
    assert check(made.study).problems == ()
