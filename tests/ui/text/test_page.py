"""Paragraphs and turns of a text that is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.values import Turn
from qcode.ui.text.page import Page

TEXTS = st.text(alphabet="ab é😀\n\u2028", max_size=60)


@given(TEXTS, st.data())
def test_paragraphs_know_which_turns_begin_and_end_in_them(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place), max_size=8))
    turns = [Turn(min(span), max(span), str(number)) for number, span in enumerate(spans)]
    page = Page(text, turns)
    ordered = sorted(turns, key=lambda turn: (turn.start, turn.end))
    assert list(page.turns) == ordered
    for number in range(page.paragraph_count):
        begun = [turn for turn in ordered if page.paragraph_at(turn.start) == number]
        assert page.turn_starting_in(number) == (begun[0] if begun else None)
        assert page.turn_ends_in(number) == any(page.paragraph_at(turn.end) == number for turn in turns)


@given(TEXTS)
def test_paragraphs_are_the_lines_that_qt_shows(text: str) -> None:
    page = Page(text)
    lines = page.shown.split("\n")
    assert page.paragraph_count == len(lines)
    assert [page.shown[slice(*page.paragraph(number))] for number in range(len(lines))] == lines
    for position in range(len(text) + 1):
        assert page.line_end(position) == page.paragraph(page.paragraph_at(position))[1]
