"""What was done in a file that went out long ago still comes home, whatever the lead did meanwhile."""

from __future__ import annotations

import shutil
from itertools import permutations

import pytest
import small
from going_out import handed_out

from qcode.operations import (
    assignments,
    codebook,
    coding,
    collecting,
    corrections,
    documents,
    memos,
    merging,
    redaction,
    reimport,
    rounds,
    team,
)
from qcode.operations.passages import Passage
from qcode.queries.codings import Looking, codings, codings_of
from qcode.queries.collecting.collected import conflicts, preview, receipts
from qcode.queries.integrity import check
from qcode.queries.transcripts.corrections import second_looks
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study

PASSAGE = "Three letters and you are out."


@pytest.fixture
def made(tmp_path):
    found = small.small_study(tmp_path / "lead.qcode")
    with found.study:
        yield found


def text_of(study, document):
    return document_text(study, document).text


def apply(made, study, words, code="Fear", document=0, round_id=None):
    """Code these words of the text as it stands in some copy."""
    start = text_of(study, made.documents[document]).index(words)
    passage = Passage(made.documents[document], start, start + len(words))
    codes = [made.codes[code]]
    return coding.apply_codes(study, passage=passage, codes=codes, round_id=round_id or made.round)


def placed(study, made, row, document=0):
    """The words on which a coding is shown, and whether they were edited since."""
    text = text_of(study, made.documents[document])
    (found,) = [one for one in codings_of(study, made.documents[document]) if one.id == row]
    return text[found.start : found.end], found.altered


def merge_the_code(made):
    merging.merge_codes(made.study, [made.codes["Fear"]], into=made.codes["Wear"])


def correct_the_turn(made):
    said = "Of the LETTER. Three letters and you are out. My sister said: go."
    corrections.correct_turn(made.study, made.documents[0], turn=3, text=said)


def put_in_a_corrected_file(made):
    turns = [*small.FIRST[:3], ("P", "participant", f"Of that very letter. {PASSAGE} My sister said: go.")]
    incoming = documents.Incoming("INT-1", small.transcript(turns), kind="interview", group="Residents")
    reimport.replace_text(made.study, made.documents[0], incoming)


def remove_document_and_bring_it_back(made):
    documents.remove_document(made.study, made.documents[0])
    made.study.undo()


LEADS_CHANGES = {
    "own codings": lambda made: made.apply("Afraid of what?", "Wear"),
    "a code is merged": merge_the_code,
    "a code is renamed and defined": lambda made: (
        codebook.rename_code(made.study, made.codes["Fear"], name="Dread"),
        codebook.define_code(made.study, made.codes["Fear"], definition=codebook.Definition(brief="Being afraid.")),
    ),
    "a code is retired": lambda made: codebook.retire_code(made.study, made.codes["Fear"]),
    "the text is corrected before the passage": correct_the_turn,
    "a corrected file takes its place": put_in_a_corrected_file,
    "a name is redacted": lambda made: redaction.redact(made.study, forms=["sister"], replacement="[family]"),
    "words before the passage are redacted": lambda made: redaction.redact(
        made.study, forms=["night"], replacement="[a time]"
    ),
    "a document is removed and restored": remove_document_and_bring_it_back,
    "a coder is renamed": lambda made: team.rename_coder(made.study, made.other, name="Bo Eck", initials="BE"),
    "a round is added": lambda made: rounds.add_round(made.study, name="Second", blind=True, everyone=True),
}


@pytest.mark.parametrize("change", LEADS_CHANGES)
def test_work_from_before_the_leads_own_change_is_collected_and_stands_where_it_belongs(made, change):
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE)
        memo = memos.write_memo(theirs, text="Of letters.", about=[memos.Target("coding", row)])
    LEADS_CHANGES[change](made)
    merged = collecting.hand_in(made.study, path)
    assert merged.receipt is not None
    assert placed(made.study, made, row) == (PASSAGE, False)
    assert memo
    assert check(made.study).problems == ()
    (found,) = [one for one in codings(made.study, Looking(coders=[made.other])) if one.id == row]
    assert found.code == (made.codes["Wear"] if change == "a code is merged" else made.codes["Fear"])
    assert collecting.hand_in(made.study, path).receipt is None


@pytest.mark.parametrize("change", LEADS_CHANGES)
def test_their_file_takes_in_what_the_lead_did_and_is_the_same_study_for_them(made, change):
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE)
        LEADS_CHANGES[change](made)
        collecting.merge(theirs, handed_out(made, "again.qcode"))
        collecting.hand_in(made.study, path)
        assert placed(theirs, made, row) == placed(made.study, made, row) == (PASSAGE, False)
        assert text_of(theirs, made.documents[0]) == text_of(made.study, made.documents[0])
        assert check(theirs).problems == ()


def test_all_of_the_leads_changes_one_after_the_other(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE)
        assignments.hand_in_round(theirs, round_id=made.round)
    for name, change in LEADS_CHANGES.items():
        if name != "a code is retired":  # what was merged is not retired any more
            change(made)
    collecting.hand_in(made.study, path)
    assert placed(made.study, made, row) == (PASSAGE, False)
    assert check(made.study).problems == ()


# Texts that went apart ---------------------------------------------------------------------------------------------


def test_a_coding_whose_words_were_corrected_meanwhile_is_shown_there_and_asks_for_a_look(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE)
    said = "Of the letter. Three LONG letters and you are out. My sister said: go."
    corrections.correct_turn(made.study, made.documents[0], turn=3, text=said)
    collecting.hand_in(made.study, path)
    assert placed(made.study, made, row) == ("Three LONG letters and you are out.", True)
    made.study.act_as(made.other)
    assert second_looks(made.study) == [row]


def test_a_coding_whose_words_are_gone_is_kept_listed_and_put_on_no_other_words(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE)
    corrections.correct_turn(made.study, made.documents[0], turn=3, text="Of the letter. My sister said: go.")
    collecting.hand_in(made.study, path)
    assert placed(made.study, made, row) == ("", True)
    made.study.act_as(made.other)
    assert second_looks(made.study) == [row]
    assert check(made.study).problems == ()


def test_a_text_that_the_coder_corrected_carries_the_leads_codings_along(made):
    (mine,) = made.apply(PASSAGE, "Wear")
    path = handed_out(made)
    with Study.open(path) as theirs:
        said = "Of the great letter. Three letters and you are out. My sister said: go."
        corrections.correct_turn(theirs, made.documents[0], turn=3, text=said)
        (row,) = apply(made, theirs, "great letter")
    collecting.hand_in(made.study, path)
    assert placed(made.study, made, mine) == (PASSAGE, False)
    assert placed(made.study, made, row) == ("great letter", False)


def test_a_text_corrected_on_both_sides_is_a_conflict_and_every_coding_goes_through_the_common_ancestor(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        said = "I rang them. 😀 They came at once, four or five of them. I was afraid."
        corrections.correct_turn(theirs, made.documents[0], turn=1, text=said)
        on_theirs = apply(made, theirs, PASSAGE) + apply(made, theirs, "or five")
        (before,) = apply(made, theirs, "They came at once")
    correct_the_turn(made)
    (mine,) = made.apply("What happened that night?", "Wear")
    collecting.hand_in(made.study, path)
    (found,) = [one for one in conflicts(made.study) if (one.kind, one.field) == ("document", "revision_id")]
    assert {side.who for side in found.sides} == {"Ana Lima", "Bo Ek"}
    text = text_of(made.study, made.documents[0])
    assert ("LETTER" in text) != ("or five" in text)
    assert placed(made.study, made, on_theirs[0]) == (PASSAGE, False)
    assert placed(made.study, made, before) == ("They came at once", False)
    assert placed(made.study, made, mine) == ("What happened that night?", False)
    theirs_stands = "or five" in text
    assert placed(made.study, made, on_theirs[1]) == (("or five", False) if theirs_stands else ("", True))
    made.study.act_as(made.other)
    assert second_looks(made.study) == ([] if theirs_stands else [on_theirs[1]])
    assert check(made.study).problems == ()


# Rounds ------------------------------------------------------------------------------------------------------------


def blind_round(made):
    return rounds.add_round(made.study, name="Blind", blind=True, everyone=True)


def test_what_is_collected_stays_sealed_from_a_lead_who_codes_until_they_hand_in(made):
    blind = blind_round(made)
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE, round_id=blind)
        assignments.hand_in_round(theirs, round_id=blind)
    seen = preview(made.study, path, handed_in=True)
    assert seen.sealed
    assert row not in {one.row for one in seen.arrivals}
    collecting.hand_in(made.study, path)
    assert row not in {one.id for one in codings_of(made.study, made.documents[0])}
    assignments.hand_in_round(made.study, round_id=blind, documents=[made.documents[0]])
    assert row in {one.id for one in codings_of(made.study, made.documents[0])}


def test_work_in_a_round_that_was_opened_again_comes_in_after_the_first_hand_in(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE)
        assignments.hand_in_round(theirs, round_id=made.round)
    collecting.hand_in(made.study, path)
    assignments.reopen(
        made.study, round_id=made.round, coder=made.other, documents=made.documents[:1], reason="The last turn."
    )
    with Study.open(path) as theirs:
        with pytest.raises(assignments.HandedInError):
            apply(made, theirs, "Of the letter.")
        collecting.collect(theirs, handed_out(made, "again.qcode"))
        (more,) = apply(made, theirs, "Of the letter.")
        assignments.hand_in_round(theirs, round_id=made.round)
    assert collecting.hand_in(made.study, path).steps == 2
    assert placed(made.study, made, row) == (PASSAGE, False)
    assert placed(made.study, made, more) == ("Of the letter.", False)
    made.study.act_as(made.other)
    with pytest.raises(assignments.NothingToHandInError):
        assignments.hand_in_round(made.study, round_id=made.round)


# Twice, in any order, from two laptops -----------------------------------------------------------------------------


def three_hand_ins(made):
    """Three coders' files with a coding each; whom they belong to, and the codings."""
    files = {}
    for name, words in (("Cy Fox", "I was afraid."), ("Di Ray", "Of the letter."), ("", PASSAGE)):
        coder = team.add_coder(made.study, name=name) if name else made.other
        files[name] = handed_out(made, f"{name}.qcode", coder)
        with Study.open(files[name]) as theirs:
            apply(made, theirs, words, "Wear")
            codebook.define_code(theirs, made.codes["Fear"], definition=codebook.Definition(brief=f"As {name} sees."))
    return list(files.values())


def seen(study, made):
    """The study as people see it: every coding of everybody, in order, and the conflicts."""
    rows = [tuple(row) for document in made.documents for row in codings_of(study, document)]
    sides = [(one.row, one.field, [side.step for side in one.sides]) for one in conflicts(study)]
    return sorted(rows), sorted(sides)


def test_three_files_give_the_same_study_in_all_orders_and_any_number_of_times(made, tmp_path):
    files = three_hand_ins(made)
    results = []
    for number, order in enumerate(permutations(files)):
        path = tmp_path / f"lead {number}.qcode"
        shutil.copy(made.study.path, path)
        with Study.open(path) as lead:
            for file in (*order, *order[:2]):
                collecting.hand_in(lead, file)
            assert check(lead).problems == ()
            assert len(receipts(lead)) == 3
            results.append(seen(lead, made))
    assert results == [results[0]] * 6
    assert len(results[0][0]) == len(made.codings) + 3
    assert results[0][1]


def test_a_coder_with_two_laptops_ends_with_one_coding_where_both_made_it(made):
    paths = [handed_out(made, name) for name in ("desk.qcode", "train.qcode")]
    rows = []
    for path, words in zip(paths, (PASSAGE, "I was afraid."), strict=True):
        with Study.open(path) as theirs:
            rows += apply(made, theirs, words)
            rows += apply(made, theirs, "Of the letter.", "Wear")
    for path in paths:
        collecting.hand_in(made.study, path)
    shown = [one for one in codings_of(made.study, made.documents[0]) if one.coder_id == made.other]
    text = text_of(made.study, made.documents[0])
    assert sorted(text[one.start : one.end] for one in shown if one.id in rows) == sorted(
        [PASSAGE, "I was afraid.", "Of the letter."]
    )
    made.study.act_as(made.other)
    coding.remove_codings(made.study, [one.id for one in shown if text[one.start : one.end] == "Of the letter."])
    left = [one for one in codings_of(made.study, made.documents[0]) if one.coder_id == made.other]
    assert [text[one.start : one.end] for one in left if one.id in rows] == ["I was afraid.", PASSAGE]
    assert check(made.study).problems == ()


def test_both_laptops_may_hand_in_the_same_round(made):
    paths = [handed_out(made, name) for name in ("desk.qcode", "train.qcode")]
    rows = []
    for path, words in zip(paths, (PASSAGE, "I was afraid."), strict=True):
        with Study.open(path) as theirs:
            rows += apply(made, theirs, words)
            assignments.hand_in_round(theirs, round_id=made.round)
    for path in (*paths, *paths):
        collecting.hand_in(made.study, path)
    assert set(rows) <= {one.id for one in codings_of(made.study, made.documents[0])}
    assert not [one for one in conflicts(made.study) if one.field != "seen_codes"]
    assert check(made.study).problems == ()


def test_a_later_hand_out_merged_into_a_coders_own_file_keeps_their_work_and_comes_home(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        (row,) = apply(made, theirs, PASSAGE)
        codebook.rename_code(made.study, made.codes["Wear"], name="Wear and tear")
        collecting.collect(theirs, handed_out(made, "news.qcode"))
        assert placed(theirs, made, row) == (PASSAGE, False)
        (more,) = apply(made, theirs, "I was afraid.", "Wear")
        assert {one.name for one in codings_of(theirs, made.documents[0])} >= {"Fear", "Wear and tear"}
    collecting.hand_in(made.study, path)
    assert {row, more} <= {one.id for one in codings_of(made.study, made.documents[0])}
    assert check(made.study).problems == ()
