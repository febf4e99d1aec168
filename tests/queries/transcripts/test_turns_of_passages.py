"""Which turns a passage lies in: found by halving, and the same as going through all of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.models.texts import TurnSpan
from qcode.queries.transcripts.sources import Source


@st.composite
def turns(draw):
    """Turns in order, some with room between them and some without a character."""
    at, made = 0, []
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), max_size=8)):
        made.append(TurnSpan(at + gap, at + gap + length, None, event=False, start_ms=None, end_ms=None))
        at += gap + length
    return tuple(made)


@settings(max_examples=200, deadline=None)
@given(turns(), st.integers(0, 45), st.integers(0, 12))
def test_a_passage_lies_in_the_turns_that_share_a_character_with_it(spans, start, length):
    source = Source("INT-1", "", "", "", spans, {})
    end = start + length
    shared = [turn for turn in spans if turn.start < turn.end and turn.start < end and start < turn.end]
    found = source.turns_in(start, end)
    assert found == (shared if length else [turn for turn in shared if turn.start < start])
