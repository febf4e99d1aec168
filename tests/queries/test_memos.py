"""Memos: whose one sees, what they are about, and which are about a thing."""

from __future__ import annotations

import sqlite3

import pytest
import small
from opened_again import open_again

from qcode.operations import assignments, codebook, coding, corrections, documents, memos, merging
from qcode.operations.memos import Target
from qcode.operations.rounds import add_round
from qcode.queries.blindness import hidden_memos
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.memos import (
    HIDDEN,
    MemoLooking,
    memo_counts,
    memo_marks,
    memos_about,
    memos_at,
    readers_waiting,
)
from qcode.queries.memos import memos as list_memos
from qcode.queries.quotes.voices import balance_of_voices
from qcode.queries.reports.themes_report import themes_report
from qcode.queries.search.searching import Query, search
from qcode.queries.transcripts.documents import document_text
from qcode.study import Place

LETTER = "Three letters and you are out."


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def titles(rows):
    return [row.title for row in rows]


def test_a_memo_shows_who_wrote_it_when_and_what(made):
    memos.write_memo(made.study, title=" On  boots ", text="They *arrive*.\r\n", kind="reflexive")
    (row,) = list_memos(made.study)
    assert (row.title, row.text, row.kind) == ("On boots", "They *arrive*.", "reflexive")
    assert (row.author_name, row.mine, row.links) == ("Ana Lima", True, ())
    assert row.changed.startswith("20")


def test_a_memo_without_a_title_is_called_by_its_first_words(made):
    memos.write_memo(made.study, text="\n## **Doors** stay shut\n\nWhy?")
    memos.write_memo(made.study, text="word " * 60)
    memos.write_memo(made.study, text="---")
    first, second, third = titles(list_memos(made.study))
    assert first == "Doors stay shut"
    assert second.endswith("…")
    assert len(second) <= 80
    assert third == "Untitled"


def test_each_thing_a_memo_is_about_is_called_as_it_is_now(made):
    who = documents.add_participant(made.study, pseudonym="Colleen")
    about = [
        Target("study"),
        Target("document", made.documents[1]),
        Target.at(made.passage(LETTER)),
        Target("code", made.codes["Fear"]),
        Target("coding", made.codings[1]),
        Target("participant", who),
        Target("theme", made.theme),
    ]
    memos.write_memo(made.study, title="All", about=about)
    codebook.rename_code(made.study, made.codes["Fear"], name="Dread")
    links = {link.kind: link for link in list_memos(made.study)[0].links}
    assert {kind: link.label for kind, link in links.items()} == {
        "study": "Small",
        "document": "FG-1",
        "passage": LETTER,
        "code": "Scene > Dread",
        "coding": "Dread: I was afraid.",
        "participant": "Colleen",
        "theme": "Boots",
    }
    assert (links["passage"].document, links["coding"].document) == ("INT-1", "INT-1")
    assert not any(link.gone for link in links.values())


def test_links_say_what_was_removed(made):
    about = [Target("code", made.codes["Fear"]), Target("coding", made.codings[1]), Target("coding", made.codings[0])]
    memos.write_memo(made.study, title="Gone", about=about)
    codebook.delete_code(made.study, made.codes["Fear"])
    coding.remove_codings(made.study, made.codings[:1])
    assert [link.gone for link in list_memos(made.study)[0].links] == [True, True, True]


def test_a_passage_of_a_memo_moves_with_a_correction(made):
    memos.write_memo(made.study, title="Letters", about=[Target.at(made.passage(LETTER))])
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="And what happened that night?")
    (mark,) = memo_marks(made.study, made.documents[0])
    text = document_text(made.study, made.documents[0]).text
    assert text[mark.place.start : mark.place.end] == LETTER


def test_memos_are_found_by_their_words_kind_author_and_what_they_are_about(made):
    memos.write_memo(made.study, title="Café", text="door and letter", about=[Target("code", made.codes["Fear"])])
    memos.write_memo(made.study, title="Method", kind="methodological", about=[Target("study")])
    made.study.act_as(made.other)
    memos.write_memo(made.study, title="Letters")
    assert titles(list_memos(made.study, MemoLooking(words="cafe LETTER"))) == ["Café"]
    assert titles(list_memos(made.study, MemoLooking(words="letter"))) == ["Café", "Letters"]
    assert titles(list_memos(made.study, MemoLooking(kinds=["methodological"]))) == ["Method"]
    assert titles(list_memos(made.study, MemoLooking(links=["code", "nothing"]))) == ["Café", "Letters"]
    assert titles(list_memos(made.study, MemoLooking(authors=[made.other]))) == ["Letters"]


def test_memos_about_a_document_can_include_what_is_in_it(made):
    memos.write_memo(made.study, title="Whole", about=[Target("document", made.documents[0])])
    memos.write_memo(made.study, title="Passage", about=[Target.at(made.passage(LETTER))])
    memos.write_memo(made.study, title="Coding", about=[Target("coding", made.codings[0])])
    assert titles(memos_about(made.study, "document", made.documents[0])) == ["Whole"]
    within = memos_about(made.study, "document", made.documents[0], within=True)
    assert titles(within) == ["Whole", "Passage", "Coding"]
    assert memos_about(made.study, "document", made.documents[1], within=True) == []
    assert [mark.title for mark in memo_marks(made.study, made.documents[0])] == ["Coding", "Passage"]


def test_a_memo_about_a_merged_code_is_about_the_code_it_stands_for(made):
    memos.write_memo(made.study, title="On calling", about=[Target("code", made.codes["Calling"])])
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Fear"])
    (row,) = memos_about(made.study, "code", made.codes["Fear"])
    assert (row.title, row.links[0].label) == ("On calling", "Scene > Fear")


def test_a_link_made_twice_is_one_and_can_come_back(made):
    memo = memos.write_memo(made.study, title="Once", about=[Target("study")])
    again = memos.link_memo(made.study, memo, about=[Target("study")])
    assert [link.id for link in list_memos(made.study)[0].links] == again
    memos.unlink_memo(made.study, memo, links=again)
    assert list_memos(made.study)[0].links == ()
    assert memos.link_memo(made.study, memo, about=[Target("study")]) == again
    assert len(list_memos(made.study)[0].links) == 1


def test_memos_stand_in_the_order_they_are_put_in(made):
    first, second, third = (memos.write_memo(made.study, title=title) for title in "ABC")
    memos.move_memo(made.study, third, after=first)
    assert [row.id for row in list_memos(made.study)] == [first, third, second]
    memos.move_memo(made.study, second)
    assert [row.id for row in list_memos(made.study)] == [second, first, third]


def test_a_memo_becomes_a_source_that_can_be_coded(made):
    memo = memos.write_memo(
        made.study, title="After the visit", text="# Arrival\n\n  He stood.\nI left.\n\n\nRain. It went on."
    )
    source = memos.memo_as_document(made.study, memo)
    shown = document_text(made.study, source)
    assert (shown.name, shown.text) == ("After the visit", "# Arrival\nHe stood.\nI left.\nRain. It went on.")
    paragraphs = [shown.text[turn.start : turn.end] for turn in shown.turns]
    assert paragraphs == ["# Arrival", "He stood.\nI left.", "Rain. It went on."]
    assert [shown.text[start:end] for start, end in shown.units][-2:] == ["Rain.", "It went on."]
    passage = memos.Passage(source, 0, 9)
    assert coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    assert titles(memos_about(made.study, "document", source)) == ["After the visit"]
    assert not any(voice.name == "After the visit" for voice in balance_of_voices(made.study).voices)
    assert themes_report(made.study).facts.documents == 2


def test_the_check_finds_a_memo_about_text_that_is_not_there(made):
    memos.write_memo(made.study, title="Letters", about=[Target.at(made.passage(LETTER)), Target("study")])
    assert check(made.study).problems == ()
    with sqlite3.connect(made.study.path) as connection:
        connection.execute('UPDATE memo_link SET "end" = 9999 WHERE revision_id IS NOT NULL')
    connection.close()
    assert "A memo link lies outside the text of “INT-1”." in check(made.study).problems


def test_half_a_character_does_not_stop_a_memo(made):
    memos.write_memo(made.study, title="Torn \ud83d", text="Torn \ude00 too")
    (row,) = list_memos(made.study)
    assert (row.title, row.text) == ("Torn ?", "Torn ? too")


@pytest.fixture
def blind(made):
    """A blind round of the first document, where the colleague has written about it and both have coded it."""
    made.round = add_round(made.study, name="Blind", blind=True)
    assignments.assign(made.study, round_id=made.round, documents=made.documents[:1], coders=[made.lead, made.other])
    made.study.act_as(made.other)
    (one,) = made.apply(LETTER, "Fear")
    memos.write_memo(made.study, title="About a coding", about=[Target("coding", one)])
    memos.write_memo(made.study, title="About a passage", about=[Target.at(made.passage(LETTER)), Target("study")])
    memos.write_memo(made.study, title="About the document", about=[Target("document", made.documents[0])])
    memos.write_memo(made.study, title="About another", about=[Target("document", made.documents[1])])
    memos.write_memo(made.study, title="About an earlier coding", about=[Target("coding", made.codings[3])])
    memos.write_memo(made.study, title="About a code", about=[Target("code", made.codes["Fear"])])
    made.study.act_as(made.lead)
    made.theirs = one
    return made


def test_colleagues_memos_about_a_document_stay_hidden_while_its_round_is_blind(blind):
    seen = {"About another", "About an earlier coding", "About a code"}
    assert set(titles(list_memos(blind.study))) == seen
    assert [mark.title for mark in memo_marks(blind.study, blind.documents[0])] == ["About an earlier coding"]
    assert titles(memos_about(blind.study, "document", blind.documents[0])) == []
    assert titles(memos_about(blind.study, "study")) == []
    with blind.study.read() as session:
        assert len(hidden_memos(session, blind.lead)) == 3
        assert hidden_memos(session, blind.other) == set()
    assignments.hand_in_round(blind.study, round_id=blind.round, documents=[blind.documents[0]])
    assert len(list_memos(blind.study)) == 6


def test_a_removed_coding_does_not_uncover_the_memo_about_it(blind):
    blind.study.act_as(blind.other)
    coding.remove_codings(blind.study, [blind.theirs])
    blind.study.act_as(blind.lead)
    assert "About a coding" not in titles(list_memos(blind.study))


def test_an_own_memo_does_not_show_a_colleagues_coding_that_was_hidden_again(blind):
    assignments.hand_in_round(blind.study, round_id=blind.round, documents=[blind.documents[0]])
    memos.write_memo(blind.study, title="Mine", about=[Target("coding", blind.theirs)])
    open_again(blind.study, blind.round, blind.study.coder, blind.documents[:1])
    link = next(row for row in list_memos(blind.study) if row.title == "Mine").links[0]
    assert (link.label, link.place) == (HIDDEN, None)


def test_history_does_not_tell_what_memos_are_called(blind):
    assert not [row.label for row in history(blind.study) if "About" in row.label]
    assert "Write a memo" in {row.label for row in history(blind.study)}


def test_memos_are_found_by_the_name_of_what_they_are_about(made):
    memos.write_memo(made.study, title="One", about=[Target("code", made.codes["Fear"])])
    memos.write_memo(made.study, title="Two", about=[Target.at(made.passage(LETTER))])
    memos.write_memo(made.study, title="Three", about=[Target("study")])
    assert titles(list_memos(made.study, MemoLooking(words="scene fear"))) == ["One"]
    assert titles(list_memos(made.study, MemoLooking(words="INT-1"))) == ["Two"]
    assert titles(list_memos(made.study, MemoLooking(words="two letters"))) == ["Two"]
    assert titles(list_memos(made.study, MemoLooking(words="small"))) == ["Three"]


def test_memos_are_found_by_when_they_were_written_last(made):
    first = memos.write_memo(made.study, title="First")
    memos.write_memo(made.study, title="Second")
    with sqlite3.connect(made.study.path) as connection:
        head = "(SELECT head FROM memo WHERE title = 'First')"
        connection.execute(f"UPDATE step SET at = '2020-01-05T10:00:00+00:00' WHERE id = {head}")
    connection.close()
    assert titles(list_memos(made.study, MemoLooking(since="2020-01-06T00:00:00+00:00"))) == ["Second"]
    assert len(list_memos(made.study, MemoLooking(since="2020-01-05T10:00:00+00:00"))) == 2
    memos.edit_memo(made.study, first, text="Again.")
    assert len(list_memos(made.study, MemoLooking(since="2020-01-06T00:00:00+00:00"))) == 2


def test_memos_at_a_place_are_those_whose_passage_or_coding_meets_it(made):
    whole = made.passage(LETTER)
    memos.write_memo(made.study, title="Passage", about=[Target.at(whole)])
    memos.write_memo(made.study, title="Coding", about=[Target("coding", made.codings[0])])
    memos.write_memo(made.study, title="Document", about=[Target("document", made.documents[0])])
    place = whole.place
    assert titles(memos_at(made.study, Place(place.document, place.start + 3, place.start + 3))) == ["Passage"]
    assert titles(memos_at(made.study, Place(place.document, 0, place.end))) == ["Passage", "Coding"]
    assert memos_at(made.study, Place(place.document, place.start - 5, place.start)) == []
    assert memos_at(made.study, Place(made.documents[1], 0, 9)) == []


def test_memos_are_counted_by_what_they_are_about(made):
    fear, calling = made.codes["Fear"], made.codes["Calling"]
    memos.write_memo(made.study, title="Both", about=[Target("code", fear), Target("code", calling)])
    memos.write_memo(made.study, title="One", about=[Target("code", calling), Target("coding", made.codings[0])])
    gone = memos.write_memo(made.study, title="Gone", about=[Target("code", fear), Target("theme", made.theme)])
    memos.remove_memo(made.study, gone)
    assert memo_counts(made.study, "code") == {fear: 1, calling: 2}
    assert memo_counts(made.study, "document") == {made.documents[0]: 1}
    assert memo_counts(made.study, "theme") == {}
    merging.merge_codes(made.study, [calling], into=fear)
    assert memo_counts(made.study, "code") == {fear: 2}
    for thing, number in memo_counts(made.study, "document").items():
        assert len(memos_about(made.study, "document", thing, within=True)) == number


def test_memos_on_who_speaks_in_a_blind_round_wait_and_those_on_what_is_shared_do_not(blind):
    who, elsewhere = (documents.add_participant(blind.study, pseudonym=name) for name in ("Colleen", "Dara"))
    documents.link_participant(blind.study, blind.documents[0], participant=who)
    blind.study.act_as(blind.other)
    for title, target in (
        ("On a speaker", Target("participant", who)),
        ("On another", Target("participant", elsewhere)),
        ("On the theme", Target("theme", blind.theme)),
        ("On the study", Target("study")),
    ):
        memos.write_memo(blind.study, title=title, about=[target])
    memos.write_memo(blind.study, title="On nothing")
    blind.study.act_as(blind.lead)
    shown = {title for title in titles(list_memos(blind.study)) if title.startswith("On ")}
    assert shown == {"On another", "On the theme", "On the study", "On nothing"}
    assert memos_about(blind.study, "participant", who) == []
    assert memo_counts(blind.study, "participant") == {elsewhere: 1}
    found = search(blind.study, Query("on", kinds=["memo"])).hits
    assert not [hit for hit in found if "speaker" in hit.name]
    assert [hit for hit in found if "another" in hit.name]
    assignments.hand_in_round(blind.study, round_id=blind.round, documents=[blind.documents[0]])
    assert titles(memos_about(blind.study, "participant", who)) == ["On a speaker"]


def test_one_is_told_who_cannot_read_a_memo_yet(blind):
    blind.study.act_as(blind.other)
    for things, waiting in (
        ([("study", ""), ("code", blind.codes["Fear"]), ("theme", blind.theme)], []),
        ([], []),
        ([("document", blind.documents[1])], []),
        ([("document", blind.documents[0])], ["Ana Lima"]),
        ([("passage", blind.documents[0]), ("study", "")], ["Ana Lima"]),
        ([("coding", blind.theirs)], ["Ana Lima"]),
        ([("coding", blind.codings[3])], []),
    ):
        assert readers_waiting(blind.study, things) == waiting
    blind.study.act_as(blind.lead)
    assignments.hand_in_round(blind.study, round_id=blind.round, documents=[blind.documents[0]])
    assert readers_waiting(blind.study, [("document", blind.documents[0])]) == ["Bo Ek"]
    blind.study.act_as(blind.other)
    assert readers_waiting(blind.study, [("document", blind.documents[0])]) == []
