"""A quote and what stands around it, as pieces: every character once, every place found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.values import Turn
from qcode.ui.themes.desk.pieces import Change, change_at, sheet_of, told
from qcode.ui.themes.desk.reach import (
    with_turn_before,
    with_turn_behind,
    without_first_turn,
    without_last_turn,
)

SAID = (("I", "What happened?"), ("P", "I rang 😀 them. They came."), ("I", "Afraid?"), ("P", "Of the letter."))


def talk():
    text, turns = "", []
    for who, words in SAID:
        turns.append(Turn(len(text), len(text) + len(words), who))
        text += words + "\n"
    return text.rstrip("\n"), tuple(turns)


TEXT, TURNS = talk()


def place_of(words):
    start = TEXT.index(words)
    return start, start + len(words)


@st.composite
def edited(draw):
    """A quote of the talk with edits that lie apart."""
    start, end = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2, unique=True)))
    edges = sorted(draw(st.lists(st.integers(start, end), max_size=6, unique=True)))
    words = st.sampled_from(["", "they", "😀"])
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return (start, end), [Change(first, last, draw(words)) for first, last in pairs]


@given(edited())
def test_every_character_is_shown_once_in_order(case):
    quote, changes = case
    sheet = sheet_of(TEXT, TURNS, quote, changes)
    own = [piece for piece in sheet.pieces if piece.start < piece.end]
    assert "".join(TEXT[piece.start : piece.end] for piece in own) == TEXT[own[0].start : own[-1].end]
    assert {piece.look for piece in own if quote[0] <= piece.start < quote[1]} <= {"kept", "cut", "replaced"}
    assert {piece.look for piece in own if not quote[0] <= piece.start < quote[1]} <= {"around"}
    put = [piece.shown.strip("\u2009") for piece in sheet.pieces if piece.look == "new"]
    assert put == [f"[{change.words}]" for change in changes if change.words]


@given(edited())
def test_every_place_is_found_again(case):
    quote, changes = case
    sheet = sheet_of(TEXT, TURNS, quote, changes)
    for position in range(quote[0], quote[1]):
        assert sheet.from_qt(sheet.to_qt(position)) == position


def test_names_stand_before_the_words_of_a_turn():
    shown = [piece.shown for piece in sheet_of(TEXT, TURNS, place_of("They came."), ()).pieces]
    assert "".join(shown) == "I\u2002What happened?\nP\u2002I rang 😀 them. They came.\nI\u2002Afraid?"


def test_the_edit_at_the_caret_is_the_one_it_stands_in_or_at():
    cut, put = Change(*place_of("rang")), Change(40, 40, "now")
    assert change_at([cut, put], cut.end, cut.end) == cut
    assert change_at([cut, put], 40, 40) == put
    assert change_at([cut, put], cut.end, 40) is None
    assert change_at([cut, put], 0, cut.start + 1) == cut
    assert told(TEXT, [put, cut]) == "Cut: “rang”. Put in: [now]."


def test_a_quote_grows_by_turns_and_shrinks_by_them():
    answer = place_of("They came.")
    whole = with_turn_before(TEXT, TURNS, answer)
    asked = with_turn_before(TEXT, TURNS, whole)
    further = with_turn_behind(TEXT, TURNS, asked)
    assert TEXT[slice(*whole)] == "I rang 😀 them. They came."
    assert TEXT[slice(*asked)] == "What happened?\nI rang 😀 them. They came."
    assert TEXT[slice(*further)].endswith("Afraid?")
    assert with_turn_before(TEXT, TURNS, further) is None
    assert with_turn_behind(TEXT, TURNS, (0, len(TEXT))) is None
    assert without_last_turn(TEXT, TURNS, further) == asked
    assert without_first_turn(TEXT, TURNS, asked) == whole
    assert without_first_turn(TEXT, TURNS, answer) is None
    assert without_last_turn(TEXT, TURNS, answer) is None
