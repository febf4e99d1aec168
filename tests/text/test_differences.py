"""What differs between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.differences import Piece, compared, differences

TEXTS = st.text("ab .\n", max_size=30)


@given(TEXTS, TEXTS)
def test_pieces_are_the_text_and_what_does_not_differ_is_the_same_on_both_sides(text, other):
    mine, theirs = compared(text, other), compared(other, text)
    assert "".join(piece.text for piece in mine) == text
    same = ["".join(piece.text for piece in pieces if not piece.differs) for pieces in (mine, theirs)]
    assert same[0] == same[1]


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert not any(piece.differs for piece in compared(text, text))
    assert differences(text, text) == ()


def test_only_the_places_that_differ_are_shown_with_a_caret_where_something_lacks():
    before = "one two three four five six seven eight nine ten"
    after = before.replace("three ", "").replace("ten", "TEN")
    assert [piece.text for piece in differences(before, after) if piece.differs] == ["three ", "ten"]
    assert [piece.text for piece in differences(after, before) if piece.differs] == ["‸", "TEN"]


def test_of_many_places_the_first_are_shown_and_the_others_counted():
    before = " ".join(f"w{number} same{number} also{number} more{number} end{number}" for number in range(12))
    shown = differences(before, re_numbered(before))
    assert sum(piece.differs for piece in shown) == 8
    assert shown[-1] == Piece("\nand 4 more", differs=False)


def re_numbered(text):
    return " ".join(f"x{word}" if word.startswith("w") else word for word in text.split())
