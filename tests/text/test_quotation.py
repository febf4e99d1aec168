"""Quotes as they print: nothing is changed unseen, and taking ellipses and brackets out gives the transcript back."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qcode.errors import QcodeError
from qcode.text import quote_edits
from qcode.text.quotation import (
    ELLIPSES,
    UnknownEllipsisError,
    lines,
    mark_of_cuts,
    pieces,
    printed,
    stands_in,
    unedited,
)
from qcode.text.quote_edits import Cut, Inserted, Replaced, are_stored, check, fits, fitting, in_words, moved, stored

SAID = "I rang them. [sigh] They came at once, four of them."
WORDS = st.sampled_from(
    ["help", "they", "don’t", "[sigh]", "[health authority]", "…", "...", ". . .", "[", "]", "wait…", "no.", "😀", "a."]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", " ", " ", ", ", "\n", ""]), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(map("".join, zip(words, gaps, strict=True))))
)
PUT = st.sampled_from(["the police", "they’re", "ed", "sic", "x [y", "a…b", ""])


@st.composite
def edited(draw):
    """A text with edits that may be done to it together; some that may not were left out."""
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    ranges = st.tuples(places, places).map(sorted)
    some = st.one_of(
        ranges.map(lambda place: Cut(*place)),
        st.tuples(ranges, PUT).map(lambda one: Replaced(*one[0], one[1])),
        st.builds(Inserted, places, PUT, st.booleans()),
    )
    edits = fitting(text, draw(st.lists(some, max_size=6)))
    return text, check(text, edits), draw(st.sampled_from(ELLIPSES))


def in_their_order(parts, text):
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


@settings(max_examples=90, deadline=None)
@given(edited())
def test_without_ellipses_and_brackets_the_rest_stands_in_the_text_in_its_order(one):
    text, edits, ellipsis = one
    words = printed(text, edits, ellipsis)
    assert in_their_order(unedited(words), text)
    assert stands_in(words, text)


@settings(max_examples=60, deadline=None)
@given(edited())
def test_what_is_said_stands_at_its_place_and_only_what_was_cut_or_replaced_is_missing(one):
    text, edits, ellipsis = one
    found = pieces(text, edits, ellipsis)
    said = [piece for piece in found if piece.is_said]
    assert all(piece.words == text[piece.start : piece.end] for piece in said)
    assert [piece.start for piece in said] == sorted(piece.start for piece in said)
    gone = {at for edit in edits for at in range(edit.start, edit.end)}
    kept = {at for piece in said for at in range(piece.start, piece.end)}
    assert not gone & kept
    assert all(at in gone or at in kept for at, letter in enumerate(text) if not letter.isspace())


@settings(max_examples=50, deadline=None)
@given(edited())
def test_every_edit_is_seen(one):
    text, edits, ellipsis = one
    words, mark = printed(text, edits, ellipsis), mark_of_cuts(text, ellipsis)
    found = pieces(text, edits, ellipsis)
    assert all(mark in piece.words for piece in found if piece.kind == "cut")
    put = [edit for edit in edits if not isinstance(edit, Cut)]
    assert sum(piece.kind == "put" for piece in found) == len(put)
    assert all(f"[{edit.words}]" in words for edit in put)
    assert any(piece.kind == "cut" for piece in found) == any(isinstance(edit, Cut) for edit in edits)


@settings(max_examples=40, deadline=None)
@given(edited(), st.data())
def test_turn_by_turn_nothing_more_and_nothing_less_is_printed(one, data):
    text, edits, ellipsis = one
    ends = [at for at, letter in enumerate(text) if letter == "\n"] + [len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    turns = [
        (start, end, data.draw(st.sampled_from("PQ"))) for start, end in zip(starts, ends, strict=True) if start < end
    ]
    assume(turns)
    found = [piece for _who, line in lines(text, edits, turns, ellipsis) for piece in line]
    whole = pieces(text, edits, ellipsis)
    assert [one.start for one in found if one.kind == "put"] == [one.start for one in whole if one.kind == "put"]
    letters = "".join("".join(piece.words.split()) for piece in found if piece.is_said)
    assert letters == "".join("".join(piece.words.split()) for piece in whole if piece.is_said)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data())
def test_turns_to_which_nothing_is_done_print_the_same_whether_or_not_another_turn_is_edited(text, data):
    ends = [at for at, letter in enumerate(text) if letter == "\n"] + [len(text)]
    turns = [(start, end, data.draw(st.sampled_from("PQ"))) for start, end in zip([0, *ends], ends, strict=False)]
    alone = lines(text, (), turns)
    last = (len(text), len(text) + 4, "Z")
    beside = lines(f"{text}\nend", [Inserted(len(text) + 4, "of it")], [*turns, last])
    assert beside[:-1] == alone
    assert beside[-1][0] == "Z"
    assert [piece.kind for piece in beside[-1][1]] == ["said", "put"]


@settings(max_examples=50, deadline=None)
@given(edited(), st.integers(0, 50))
def test_edits_come_back_as_they_were_stored_and_moved(one, by):
    text, edits, _ellipsis = one
    assert are_stored(stored(edits), len(text))
    assert tuple(moved(moved(edits, by), -by)) == edits
    assert check(text, reversed(edits)) == edits


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ([Cut(37, 51)], "I rang them. [sigh] They came at once …."),
        ([Cut(13, 19)], "I rang them. … They came at once, four of them."),
        ([Replaced(20, 24, "the police")], "I rang them. [sigh] [the police] came at once, four of them."),
        ([Replaced(20, 21, "t")], "I rang them. [sigh] [t]hey came at once, four of them."),
        ([Inserted(25, "the police")], "I rang them. [sigh] They [the police] came at once, four of them."),
        ([Inserted(6, "ed", apart=False)], "I rang[ed] them. [sigh] They came at once, four of them."),
        ([Inserted(24, "two")], "I rang them. [sigh] They [two] came at once, four of them."),
        ([Cut(0, 19), Inserted(20, "[Next,]")], "… [Next,] They came at once, four of them."),
        ([Cut(13, 19), Cut(20, 24)], "I rang them. … came at once, four of them."),
    ],
)
def test_edits_print_in_the_house_style(edits, words):
    assert printed(SAID, check(SAID, edits)) == words


def test_the_house_chooses_what_prints_for_a_cut():
    cut = check(SAID, [Cut(13, 19)])
    found = [printed(SAID, cut, ellipsis) for ellipsis in ELLIPSES]
    assert found == [f"I rang them. {ellipsis} They came at once, four of them." for ellipsis in ELLIPSES]
    with pytest.raises(UnknownEllipsisError, match="Use one of"):
        printed(SAID, cut, "(…)")


def test_a_cut_is_told_apart_from_a_pause_of_the_transcript():
    said = "Well… I left. I ran. Then…"
    assert printed(said, check(said, [Cut(14, 20)])) == "Well… I left. […] Then…"
    assert printed(said, check(said, [Cut(14, 20)]), ". . .") == "Well… I left. [. . .] Then…"


def test_brackets_of_the_transcript_are_told_apart_from_those_put_in():
    found = pieces(SAID, check(SAID, [Replaced(20, 24, "the police")]))
    assert [(piece.words, piece.kind) for piece in found[:4]] == [
        ("I rang them. ", "said"),
        ("[sigh]", "own"),
        (" ", "said"),
        ("[the police]", "put"),
    ]


def test_a_turn_that_is_cut_whole_leaves_one_line_of_who_goes_on():
    said = "I rang.\nMm-hm.\nThey came.\nAnd?"
    turns = [(0, 7, "P"), (8, 14, "I"), (15, 25, "P"), (26, 30, "I")]

    def shown(*edits):
        found = lines(said, check(said, edits), turns)
        return [(who, "".join(piece.words for piece in line)) for who, line in found]

    assert shown(Cut(8, 14)) == [("P", "I rang. … They came."), ("I", "And?")]
    assert shown(Cut(15, 25)) == [("P", "I rang."), ("I", "Mm-hm. … And?")]
    assert shown(Cut(0, 14)) == [("P", "… They came."), ("I", "And?")]
    assert shown(Cut(15, 30)) == [("P", "I rang."), ("I", "Mm-hm. …")]
    assert shown(Cut(2, 14)) == [("P", "I … They came."), ("I", "And?")]
    assert shown(Cut(8, 14), Inserted(15, "Then")) == [("P", "I rang. … [Then] They came."), ("I", "And?")]


@pytest.mark.parametrize(
    ("edits", "error"),
    [
        ([Cut(3, 6)], quote_edits.WordsChangedError),
        ([Cut(2, 4)], quote_edits.WordsChangedError),
        ([Cut(50, 60)], quote_edits.EditOutsideError),
        ([Cut(-2, 6)], quote_edits.EditOutsideError),
        ([Cut(12, 13)], quote_edits.EditOutsideError),
        ([Replaced(20, 20, "x"), Cut(4, 4)], quote_edits.EditOutsideError),
        ([Cut(0, 12), Replaced(7, 11, "x")], quote_edits.EditsOverlapError),
        ([Inserted(20, "x"), Inserted(20, "y")], quote_edits.EditsOverlapError),
        ([Cut(0, 18)], quote_edits.BracketSplitError),
        ([Inserted(16, "deep")], quote_edits.BracketSplitError),
        ([Replaced(20, 24, " ")], quote_edits.BracketWordsError),
        ([Replaced(20, 24, "")], quote_edits.BracketWordsError),
        ([Replaced(20, 24, "the [police")], quote_edits.BracketWordsError),
        ([Inserted(20, "x" * 201)], quote_edits.BracketWordsError),
        ([Inserted(20, "\x07")], quote_edits.BracketWordsError),
        ([Inserted(20, "\u202ethem")], quote_edits.BracketWordsError),
        ([Cut(0, 52)], quote_edits.NothingLeftError),
        ([Cut(0, 39), Replaced(39, 43, "4"), Cut(44, 52)], quote_edits.NothingLeftError),
    ],
)
def test_what_would_change_words_unseen_is_refused_in_a_sentence(edits, error):
    with pytest.raises(error) as refusal:
        check(SAID, edits)
    assert str(refusal.value).endswith(".")
    assert not fits(SAID, edits)


@pytest.mark.parametrize(
    ("said", "edit"),
    [
        ("I don’t know", Cut(2, 5)),
        ("I don't know", Cut(5, 7)),
        ("हिन्दी बोली", Cut(0, 2)),
        ("👨‍👩‍👧 came", Replaced(0, 1, "He")),
        ("🇩🇪 won", Inserted(1, "x")),
        ("cafe\u0301s", Inserted(4, "x")),
    ],
)
def test_neither_words_nor_letters_are_split(said, edit):
    with pytest.raises((quote_edits.WordsChangedError, quote_edits.LetterSplitError)):
        check(said, [edit])


def test_a_language_without_spaces_can_be_cut_anywhere():
    assert printed("私は怖かった", check("私は怖かった", [Cut(0, 2)])) == "… 怖かった"


def test_words_are_replaced_within_one_line():
    with pytest.raises(quote_edits.LinesJoinedError):
        check("I rang.\nThey came.", [Replaced(2, 12, "…")])


def test_words_that_a_redaction_put_brackets_in_print_without_them():
    edit = quote_edits.loaded(20, 24, "Officer [name] of [place]", apart=False)
    assert printed(SAID, [edit]) == "I rang them. [sigh] [Officer name of place] came at once, four of them."
    assert quote_edits.loaded(20, 24, "[]", apart=False) == Cut(20, 24)


def test_edits_are_counted_in_words():
    assert in_words([Cut(0, 1), Cut(2, 3), Replaced(4, 5, "x"), Inserted(6, "y")]) == "2 cut, 1 replaced, 1 put in"
    assert in_words([]) == "as it was said"


@pytest.mark.parametrize(
    "hostile",
    [
        [[0, 5]],
        [[5, 0, "", False]],
        [[0, 99, "", False]],
        [[0, 5, "", False], [3, 8, "", False]],
        [[0, 5, None, False]],
        [[0, 5, "a\nb", False]],
        [[0, 5, "\ud800", False]],
        [[True, 5, "", False]],
        [[0, 5, "", 1]],
        [[3, 3, "", True]],
        ["cut"],
        [[0, 5, "x" * 30_000, False]],
    ],
)
def test_edits_from_elsewhere_that_qcode_never_wrote_are_told(hostile):
    assert not are_stored(hostile, 52)


def test_a_refusal_is_a_sentence_of_qcode():
    assert issubclass(quote_edits.WordsChangedError, QcodeError)


def test_words_in_brackets_stay_in_them_whatever_another_program_stored():
    said = "I rang them at once."
    assert printed(said, [Replaced(7, 11, "x] who never came [y")]) == "I rang [x) who never came (y] at once."
    assert printed(said, [Replaced(7, 11, "my [sister]")]) == "I rang [my [sister]] at once."


def test_what_is_put_into_a_word_does_not_part_it():
    assert printed("at the door.", [Inserted(9, "front")]) == "at the do[front]or."
