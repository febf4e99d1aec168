"""What the palette offers, and where it goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from qcode.ui.code_palette.choices import LONGEST_NAME, CodeChoice, Kind, in_vivo_name, rows_for
from qcode.ui.code_palette.placing import beside

CODES = (
    CodeChoice("1", ("Trust",), 0),
    CodeChoice("2", ("Trust", "In a person"), 1),
    CodeChoice("3", ("Trust", "In the hospital"), 2),
    CodeChoice("4", ("Access", "Waiting"), 3),
    CodeChoice("5", ("Access", "Cost of travel"), 4),
)


def offered(typed, recent=(), passage=""):
    return [(row.kind, row.name) for row in rows_for(typed, CODES, recent, passage)]


def test_with_nothing_typed_recent_codes_lead_and_the_rest_follow_as_in_the_codebook():
    rows = rows_for("", CODES, ("4", "gone", "2", "4"), "")
    assert [row.code.id for row in rows] == ["4", "2", "1", "3", "5"]
    assert [row.kind for row in rows[:3]] == [Kind.RECENT, Kind.RECENT, Kind.CODE]


def test_a_code_is_found_by_its_name_before_those_found_by_the_names_above():
    rows = rows_for("trust", CODES, (), "")
    assert [row.code.id for row in rows] == ["1", "2", "3"]


def test_an_exact_name_offers_no_new_code_whatever_its_case():
    assert offered("waiting", passage="I sat there") == [(Kind.CODE, "Waiting")]


def test_anything_else_can_become_a_code_in_own_or_typed_words():
    assert offered("wait", passage="I sat\nthere") == [
        (Kind.CODE, "Waiting"),
        (Kind.NEW, "wait"),
        (Kind.IN_VIVO, "I sat there"),
    ]
    assert offered("  new   thing ") == [(Kind.NEW, "new thing")]


def test_without_a_selection_there_are_no_own_words():
    assert Kind.IN_VIVO not in {kind for kind, _ in offered("")}
    assert offered("", passage="own words")[-1] == (Kind.IN_VIVO, "own words")


@given(st.text(alphabet="ab \n", max_size=200))
def test_own_words_are_one_line_of_whole_words_and_no_longer_than_a_name(passage):
    name = in_vivo_name(passage)
    assert len(name) <= LONGEST_NAME
    assert name == " ".join(name.split())
    words = passage.split()
    if words and len(words[0]) <= LONGEST_NAME:
        assert name.split() == words[: len(name.split())]


places = st.integers(0, 1000)


@given(places, places, st.integers(1, 900), st.integers(1, 700), st.integers(300, 1200), st.integers(200, 900))
def test_the_palette_stays_inside_and_never_covers_a_selection_if_it_fits_beside_it(x, y, wide, high, width, height):
    room, size = QRect(0, 0, width, height), QSize(280, 160)
    anchor = QRect(x, y, wide, high) & room
    if anchor.isEmpty():
        return
    panel = QRect(beside(anchor, size, room), size)
    assert room.contains(panel)
    free = (
        height - anchor.bottom() - 1 >= 168,
        anchor.top() >= 168,
        width - anchor.right() - 1 >= 288,
        anchor.left() >= 288,
    )
    if any(free):
        assert not panel.intersects(anchor)
