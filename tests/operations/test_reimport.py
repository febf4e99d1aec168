"""A corrected file takes the place of a text: what was left alone stays coded, and nothing goes silently."""

from __future__ import annotations

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.deidentification import find_traces
from qcode.ids import new_id
from qcode.operations import (
    assignments,
    coding,
    corrections,
    deidentification,
    documents,
    memos,
    participants,
    quotes,
    redaction,
    reimport,
)
from qcode.operations.passages import Passage
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, codings, codings_of, passages
from qcode.queries.integrity import check
from qcode.queries.memos import memos_about
from qcode.queries.search.searching import Query, search
from qcode.queries.themes.outline import themes as list_themes
from qcode.queries.transcripts.corrections import second_looks
from qcode.queries.transcripts.deidentification import state_of
from qcode.queries.transcripts.documents import document_text
from qcode.queries.transcripts.reimport import known_by, replacement_effect

FIXED = (
    ("I", "interviewer", "What happened that night?"),
    ("P", "participant", "I rang them. 😀 They came at once, five of them. I was afraid."),
    ("I", "interviewer", "Afraid of what?"),
    ("I", "interviewer", "Take your time."),
    ("P", "participant", "Of the letter. My sister said: go."),
)


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def file(turns=FIXED, **more):
    return documents.Incoming("fixed", small.transcript(turns), **more)


def put(made, turns=FIXED, document=0, **more):
    return reimport.replace_text(made.study, made.documents[document], file(turns, **more))


def effect(made, turns=FIXED, document=0):
    return replacement_effect(made.study, made.documents[document], small.transcript(turns))


def words(made, document=0):
    rows = passages(made.study, Looking(documents=[made.documents[document]], layer=None))
    return {row.coding.id: row.text for row in rows}


def state(made, document=0):
    return state_of(made.study, made.documents[document])


# The words ------------------------------------------------------------------------------------------------------


@st.composite
def rewritings(draw):
    """Turns of words that occur once, the same turns with some of them rewritten, and which words stand untouched."""
    before, after, kept, number = [], [], [], 0
    for _turn in range(draw(st.integers(1, 6))):
        old, new = [], []
        for _word in range(draw(st.integers(1, 9))):
            number += 1
            word = f"w{number}{draw(st.sampled_from(['', ',', '.', ' 😀', '́']))}"
            fate = draw(st.sampled_from(["stays"] * 5 + ["goes", "changes", "gains"]))
            old.append(word)
            kept.append(fate == "stays")
            new += {"stays": [word], "goes": [], "changes": [f"x{number}"], "gains": [word, f"y{number}"]}[fate]
        before.append(("P", "participant", " ".join(old)))
        if new:
            after.append(("P", "participant", " ".join(new)))
    return before, after or [("P", "participant", "all anew")], kept


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rewritings(), st.data())
def test_a_coding_on_words_that_were_left_alone_keeps_exactly_its_words(made, texts, data):
    before, after, kept = texts
    first = small.transcript(before)
    document = documents.import_document(made.study, documents.Incoming(new_id(), first))
    spans = [(turn.start, turn.end) for turn in first.turns]
    edges, place = [], 0
    for start, end in spans:
        place = start
        for word in first.text[start:end].split(" "):
            edges += [(place, place + len(word))] if word.startswith("w") else []
            place += len(word) + 1
    one, other = sorted(data.draw(st.tuples(*[st.integers(0, len(edges) - 1)] * 2)))
    passage = Passage(document, edges[one][0], edges[other][1])
    [mark] = coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    said = first.text[passage.start : passage.end]
    told = replacement_effect(made.study, document, small.transcript(after))
    if told.is_nothing:
        return
    reimport.replace_text(made.study, document, documents.Incoming("x", small.transcript(after)))
    [row] = passages(made.study, Looking(documents=[document]))
    if all(kept[one : other + 1]) and "\n" not in said:
        assert (row.text, row.coding.altered) == (said, False)
    if row.coding.altered:
        assert mark in {changed.id for changed in (*told.altered, *told.lost)}
        assert mark in second_looks(made.study)
    else:
        assert told.stay["coding"] == 1
    made.study.undo()
    assert document_text(made.study, document).text == first.text
    assert [row.text for row in passages(made.study, Looking(documents=[document]))] == [said]


def test_what_is_told_beforehand_is_what_happens(made):
    before, told = words(made), effect(made)
    assert told.turns_sentence == "Turns: 2 changed, 1 added; 2 stay as before."
    assert told.codings_sentence == "3 codings keep their words."
    put(made)
    assert words(made) == before
    text = document_text(made.study, made.documents[0])
    assert text.text == small.transcript(FIXED).text
    assert [turn.speaker for turn in text.turns] == ["I", "P", "I", "I", "P"]
    assert check(made.study).problems == ()


def test_codings_that_change_or_go_are_listed_old_and_new_and_none_is_removed(made):
    made.apply("Three letters and you are out.", "Wear")
    made.apply("four of them", "Calling", "Fear")
    told = effect(made)
    assert [(row.label, row.before, row.after) for row in told.altered] == [
        ("Calling", "four of them", "five of them"),
        ("Fear", "four of them", "five of them"),
    ]
    assert [(row.label, row.before, row.lost) for row in told.lost] == [
        ("Wear", "Three letters and you are out.", True)
    ]
    assert told.codings_sentence == (
        "3 codings keep their words; 2 codings have changed words inside and will be listed for a second look; "
        "1 coding would lose all its words and will be listed for a second look."
    )
    put(made)
    changed = {row.id: row for row in codings(made.study, Looking(altered=True))}
    assert set(changed) == {row.id for row in (*told.altered, *told.lost)}
    for row in (*told.altered, *told.lost):
        assert (changed[row.id].start, changed[row.id].end) == (row.start, row.end)


def test_two_lost_codings_at_one_place_are_two(made):
    made.apply("Three letters", "Wear")
    made.apply("you are out", "Wear")
    put(made)
    assert sum(row.start == row.end for row in codings_of(made.study, made.documents[0])) == 2


def test_everybodys_codings_of_all_rounds_quotes_and_memos_come_along(made):
    second = add_round(made.study, name="Second")
    assignments.assign(made.study, round_id=second, documents=made.documents, coders=[made.lead])
    passage = made.passage("My sister said: go.")
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Wear"]], round_id=second)
    quotes.pick_quote(made.study, made.theme, passage=passage)
    memos.write_memo(made.study, title="Go", about=[memos.Target.at(passage)])
    told = effect(made)
    assert told.others_sentence == "1 quote keeps its words. 1 memo keeps its words."
    before = words(made)
    put(made)
    assert words(made) == before
    assert [quote.text for quote in list_themes(made.study)[0].quotes] == ["My sister said: go."]
    [memo] = memos_about(made.study, "document", made.documents[0], within=True)
    assert memo.links[0].label == "My sister said: go."


def test_a_long_passage_that_became_another_one_is_lost_and_does_not_grow_over_it(made):
    old = " ".join(f"a{number}" for number in range(300))
    new = " ".join(f"b{number}" for number in range(300))
    document = documents.import_document(made.study, file([("P", "participant", f"Yes. {old} No.")]))
    at = document_text(made.study, document).text.index("a150")
    coding.apply_codes(
        made.study, passage=Passage(document, at, at + 4), codes=[made.codes["Fear"]], round_id=made.round
    )
    reimport.replace_text(made.study, document, file([("P", "participant", f"Yes. {new} No.")]))
    [row] = codings_of(made.study, document)
    assert row.start == row.end
    assert row.altered


def test_sentences_of_turns_that_stay_are_the_same_units_and_others_are_found_anew(made):
    units = {document_text(made.study, made.documents[0]).text[a:b] for a, b in _units(made)}
    put(made)
    text = document_text(made.study, made.documents[0])
    now = [text.text[start:end] for start, end in text.units]
    assert set(now) - units == {"😀 They came at once, five of them.", "Take your time."}
    assert list(text.units) == sorted(text.units)
    assert all(end <= start for (_a, end), (start, _b) in zip(text.units, text.units[1:], strict=False))


def _units(made):
    return document_text(made.study, made.documents[0]).units


# Who speaks ------------------------------------------------------------------------------------------------------


def test_a_speaker_keeps_role_and_participant_and_the_label_that_the_study_gave(made):
    speaker = documents.speaker_named(made.study, made.documents[0], "P")
    who = documents.add_participant(made.study, pseudonym="Colleen")
    participants.assign_speakers(made.study, {speaker: who})
    corrections.rename_speaker(made.study, made.documents[0], speaker=speaker, label="Tenant")
    told = effect(made)
    assert (told.same_voices, told.new_voices, told.silent) == ((("P", "Tenant"),), (), ())
    put(made)
    rows = {row.id: row for row in document_text(made.study, made.documents[0]).speakers}
    assert (rows[speaker].label, rows[speaker].participant) == ("Tenant", who)
    assert sorted(row.label for row in rows.values()) == ["I", "Tenant"]


def test_new_voices_are_added_and_those_who_say_nothing_any_more_go(made):
    turns = [
        (("Medic" if who == "Deputy" else "Porter" if who is None else who), role.replace("event", "other"), said)
        for who, role, said in small.SECOND[:3]
    ]
    told = effect(made, turns, document=1)
    assert (told.new_voices, told.silent) == (("Porter",), ("Deputy",))
    assert [turn.fate for turn in told.turns] == ["speaker", "speaker", "removed"]
    put(made, turns, document=1)
    text = document_text(made.study, made.documents[1])
    assert [turn.speaker for turn in text.turns] == ["Moderator", "Medic", "Porter"]
    assert {row.label for row in text.speakers} == {"Moderator", "Medic", "Porter"}
    made.study.undo()
    assert "Deputy" in {row.label for row in document_text(made.study, made.documents[1]).speakers}


# Bad input and what stands in the way ----------------------------------------------------------------------------


def test_a_file_that_says_the_same_changes_nothing(made):
    steps = []
    made.study.subscribe(steps.append)
    assert effect(made, small.FIRST).is_nothing
    with pytest.raises(reimport.SameTextError, match="“INT-1” says just what this file says"):
        put(made, small.FIRST)
    assert steps == []


def test_an_empty_file_a_changed_text_and_a_document_that_is_gone_are_refused(made):
    with pytest.raises(documents.EmptyTranscriptError):
        put(made, [("P", "participant", "  ")])
    seen = document_text(made.study, made.documents[0]).revision
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="What happened?")
    with pytest.raises(corrections.TextChangedError):
        reimport.replace_text(made.study, made.documents[0], file(), revision=seen)
    documents.remove_document(made.study, made.documents[0])
    assert effect(made) is None
    with pytest.raises(documents.GoneError):
        put(made)


def test_another_persons_coding_on_the_new_text_holds_undo_up(made):
    put(made)
    made.study.act_as(made.other)
    text = document_text(made.study, made.documents[0]).text
    at = text.index("Take your time.")
    passage = Passage(made.documents[0], at, at + 15)
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    made.study.act_as(made.lead)
    with pytest.raises(Exception, match="later work by Bo Ek stands on it"):
        made.study.undo()
    assert document_text(made.study, made.documents[0]).text == text


def test_colleagues_codings_in_a_blind_round_come_along_unseen(made):
    blind = add_round(made.study, name="Blind", blind=True)
    assignments.assign(made.study, round_id=blind, documents=made.documents, coders=[made.lead, made.other])
    made.study.act_as(made.other)
    passage = made.passage("Afraid of what?")
    [theirs] = coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=blind)
    made.study.act_as(made.lead)
    told = effect(made)
    assert told.may_be_more
    assert told.stay["coding"] == 3
    put(made)
    made.study.act_as(made.other)
    assert words(made)[theirs] == "Afraid of what?"


# Names -----------------------------------------------------------------------------------------------------------


def test_new_words_were_read_by_nobody(made):
    deidentification.review_document(made.study, made.documents[0])
    assert effect(made).reviewed
    put(made)
    assert state(made).sentence == "not checked"
    made.study.undo()
    assert state(made).state == "reviewed"
    put(made, deidentification="checked by computer")
    assert state(made).sentence == "checked by computer"


def test_a_file_in_which_only_the_times_changed_leaves_the_review(made):
    deidentification.review_document(made.study, made.documents[0])
    turns = [(who if who != "P" else "R", role, said) for who, role, said in small.FIRST]
    turns[0] = ("P", "participant", turns[0][2])
    put(made, turns)
    assert state(made).state == "reviewed"


def test_after_a_redaction_codings_are_mapped_to_a_file_that_was_redacted_alike_and_no_name_comes_back(made):
    redaction.redact(made.study, forms=["sister"], replacement="[relative]")
    told = effect(made)
    assert told.redacted
    before = words(made)
    cleaned = [(who, role, said.replace("sister", "[relative]")) for who, role, said in FIXED]
    put(made, cleaned, deidentification="checked by computer")
    assert words(made) == before
    assert find_traces([made.study.path], ["sister"]) == ()
    redaction.redact(made.study, forms=["Take your time"], replacement="[…]")
    assert check(made.study).problems == ()


def test_where_the_words_of_a_file_are_is_found_by_searching(made):
    put(made)
    assert search(made.study, Query('"five of them"')).hits
    assert not search(made.study, Query('"four of them"')).hits


# Which document ----------------------------------------------------------------------------------------------------


def test_a_document_is_known_by_the_bytes_of_its_file_or_by_a_name(made):
    more = {"provenance": {"file": "Interview 7.docx", "sha256": "ab" * 32}}
    third = documents.import_document(made.study, documents.Incoming("Seven", small.transcript(FIXED), **more))

    def known(file_name, sha256=""):
        return [(one.id, one.why) for one in known_by(made.study, file_name=file_name, sha256=sha256)]

    assert known("other.docx", "ab" * 32) == [(third, "same file")]
    assert known("interview 7.DOCX", "cd" * 32) == [(third, "same name")]
    assert known("int-1.txt") == [(made.documents[0], "same name")]
    assert known("seven.vtt", "ab" * 32) == [(third, "same file")]
    assert known("nobody.txt") == []
    documents.remove_document(made.study, third)
    assert known("other.docx", "ab" * 32) == []
