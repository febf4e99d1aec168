from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.map_layout import Box, Joint, laid_out


def cover(one: Box, other: Box, at: dict) -> bool:
    right = abs(at[one.key][0] - at[other.key][0]) < (one.width + other.width) / 2 - 1
    return right and abs(at[one.key][1] - at[other.key][1]) < (one.height + other.height) / 2 - 1


def sixty() -> tuple[list[Box], list[Joint]]:
    themes = [Box(f"theme {number}", 190, 48) for number in range(8)]
    codes = [Box(number, 90 + number % 7 * 18, 24) for number in range(60)]
    joints = [Joint(f"theme {code % 8}", code) for code in range(52)]
    joints += [Joint("theme 0", "theme 1", 0.7), Joint(51, 52, 0.5), Joint(3, 4, 0.0)]
    return [*themes, *codes], joints


def test_sixty_codes_are_laid_out_so_that_every_name_can_be_read():
    boxes, joints = sixty()
    at = laid_out(boxes, joints)
    assert not any(cover(one, other, at) for one, other in combinations(boxes, 2))
    across = max(x for x, _y in at.values()) - min(x for x, _y in at.values())
    down = max(y for _x, y in at.values()) - min(y for _x, y in at.values())
    assert across < 2200
    assert down < 1300


def test_what_has_a_place_keeps_it_and_what_is_new_comes_near_what_it_belongs_to():
    known = [Box("theme", 180, 48, (0, 0)), Box("far", 180, 48, (900, 400)), Box("a", 90, 24, (10, 70))]
    at = laid_out([*known, Box("new", 90, 24), Box("alone", 90, 24)], [Joint("theme", "new")])
    assert [at[box.key] for box in known] == [(0, 0), (900, 400), (10, 70)]
    assert abs(at["new"][0]) < 300
    assert abs(at["new"][1]) < 300
    assert at["alone"][1] > 400


def test_nothing_is_laid_out_of_nothing_and_one_lies_in_the_middle():
    assert laid_out([], []) == {}
    assert laid_out([Box("one", 100, 30)], []) == {"one": (0, 0)}


def test_the_same_is_laid_out_the_same():
    boxes, joints = sixty()
    assert laid_out(boxes[:14], joints) == laid_out(boxes[:14], joints)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=14), st.integers(1, 10))
def test_boxes_never_cover_each_other_however_they_are_joined(pairs, count):
    boxes = [Box(number, 120, 30) for number in range(count)]
    at = laid_out(boxes, [Joint(one, other) for one, other in pairs if one != other])
    assert at.keys() == {box.key for box in boxes}
    assert not any(cover(one, other, at) for one, other in combinations(boxes, 2))
