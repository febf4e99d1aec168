"""Keyword in context: hits as lines, sorted by what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.concordance import concordance


@dataclass(frozen=True)
class Found:
    before: str
    text: str
    after: str


HITS = [
    Found("e rang the old ", "Bell", ", twice over"),
    Found("night. An Old\n", "bell", " Zoomed by"),
    Found("s was a new ", "béll", "; and so on"),
    Found("", "bells", " alone"),
]


def keywords(order):
    return [line.keyword for line in concordance(HITS, order=order)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("place", ["Bell", "bell", "béll", "bells"]),
        ("left", ["bells", "béll", "bell", "Bell"]),
        ("right", ["bells", "béll", "Bell", "bell"]),
        ("hit", ["béll", "Bell", "bell", "bells"]),
    ],
)
def test_lines_are_sorted_by_the_words_beside_them(order, expected):
    assert keywords(order) == expected


def test_only_so_many_words_count():
    hits = [Found("b x y ", "k", ""), Found("a x y ", "k", "")]
    near, far = concordance(hits, order="left", reach=2), concordance(hits, order="left", reach=3)
    assert [line.hit for line in near] == hits
    assert [line.hit for line in far] == hits[::-1]


def test_a_line_is_one_line_cut_at_whole_words():
    line = concordance([Found("ed and then\n the ", "big  red\nbell", " rang, tw")], around=9)[0]
    assert (line.left, line.keyword, line.right) == ("and then the ", "big red bell", " rang,")
    line = concordance([Found("ed then\n the ", "bell", " rang")])[0]
    assert (line.left, line.right) == ("ed then the ", " rang")
    line = concordance([Found("un", "like", "ly")], around=2)[0]
    assert (line.left, line.keyword, line.right) == ("un", "like", "ly")
    line = concordance([Found("said “", "go", "”, twice")])[0]
    assert line.left + line.keyword + line.right == "said “go”, twice"


@given(st.lists(st.builds(Found, st.text(max_size=20), st.text(min_size=1, max_size=8), st.text(max_size=20))))
def test_sorting_neither_loses_nor_adds_a_hit(hits):
    for order in ("place", "left", "hit", "right"):
        lines = concordance(hits, order=order)
        assert sorted(map(id, hits)) == sorted(id(line.hit) for line in lines)
        assert not any("\n" in line.left + line.keyword + line.right for line in lines)
