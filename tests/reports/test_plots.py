"""Plots as figures: nothing is cut off, every place leads somewhere, and files tell nothing but what they show."""

import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.transforms import Bbox

from qcode.files import UnknownExtensionError
from qcode.reports.plot_frame import add_note, wrapped
from qcode.reports.plot_values import (
    PRINT,
    Bars,
    Curve,
    Edge,
    Heat,
    Item,
    Lanes,
    Look,
    Node,
    Number,
    Step,
    Stretch,
    Voice,
    Web,
)
from qcode.reports.plot_web import apart
from qcode.reports.plots import draw, pixels, save_plot, type_file, unwritten

WINDOW = Look(
    "#1b1d21", "#dcdfe4", "#b0b6c0", "#3a3e45", "#8ab8f8", "#24272c", "#8ab8f8", ("#719def", "#f99f55"), 10.0, 96.0
)
LONG = "Handcuffed while waiting for the ambulance, and nobody says why, in front of all the neighbours"
NAMES = ("Fear", LONG, "Costs $5 and $6", "_hidden", "漢字 and عربي 😀", "Two\nlines")
ROWS = tuple(Item(f"r{place}", name, place) for place, name in enumerate(NAMES))
GROUPS = tuple(Item(f"c{place}", name, place) for place, name in enumerate(("Residents", LONG, "Officers")))


def _numbers(rows, columns):
    values = [[(down * 3 + across * 5) % 7 for across in range(columns)] for down in range(rows)]
    return tuple(tuple(Number(value, str(value) if value else "") for value in row) for row in values)


HEAT = Heat("Codes by group", ROWS, GROUPS, _numbers(6, 3), "participants")
WIDE = Heat("Codes by document", ROWS, tuple(Item(f"d{n}", f"INT-{n}") for n in range(130)), _numbers(6, 130), "turns")
BARS = Bars("Survey", ROWS, GROUPS, (*_numbers(5, 3), (Number(None, "n/a"),) * 3), "percent of the group", 100.0)
WEB = Web(
    "Together",
    tuple(Node(row, 3 + place, "theme" if place == 1 else "code") for place, row in enumerate(ROWS)),
    (Edge("r0", "r1", 4, "4"), Edge("r1", "r2", 1, "1"), Edge("r2", "r0", 2, "2")),
    "passages together",
)
LANES = Lanes(
    "INT-1", ROWS, (Stretch("r0", 5, 50, ("m1",)), Stretch("r5", 90, 90, ("m2",), "here")), 100, "words",
    (Voice(0, 30, "I", asks=True), Voice(30, 100, "P")),
)  # fmt: skip
CURVE = Curve(
    "Saturation",
    tuple(Step(Item(f"d{n}", name), n + 3, 1, 4.0 * n if n > 1 else None) for n, name in enumerate(NAMES)),
    2,
    5.0,
    3,
)
ALL = (HEAT, WIDE, BARS, WEB, LANES, CURVE)


@pytest.fixture(scope="module")
def drawn():
    """Every kind of plot in print and in a narrow window."""
    found = {}
    for plot in ALL:
        for look, room in ((PRINT, (6.7, 2.0)), (WINDOW, (4.0, 2.0))):
            made = draw(plot, look, room)
            made.figure.canvas.draw()
            found[type(plot).__name__, plot.title, look is PRINT] = made
    return found


def test_nothing_that_is_written_is_cut_off(drawn):
    for made in drawn.values():
        figure = made.figure
        width, height = figure.get_size_inches() * figure.dpi
        for text in _texts(figure):
            box = text.get_window_extent()
            inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
            assert inside, (text.get_text(), box, width, height)


def test_names_of_rows_lie_apart_and_type_can_be_read(drawn):
    for (kind, _title, printed), made in drawn.items():
        rows = [text for text in _texts(made.figure) if text.get_ha() == "right" and kind in ("Heat", "Bars", "Lanes")]
        boxes = sorted((text.get_window_extent() for text in rows), key=lambda box: box.y0)
        assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))
        assert all(text.get_fontsize() >= (7 if printed else 9) for text in _texts(made.figure))


def test_every_place_lies_in_the_picture_and_says_what_it_is(drawn):
    for made in drawn.values():
        assert made.spots
        width, height = made.figure.get_size_inches() * made.figure.dpi
        for spot in made.spots:
            corners = spot.axes.transData.transform([(spot.left, spot.bottom), (spot.right, spot.top)])
            assert all(-1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in corners)
            assert spot.words
    assert [spot.key for spot in drawn["Heat", "Codes by group", True].spots][:4] == [
        ("r0", "c0"), ("r0", "c1"), ("r0", "c2"), ("r1", "c0"),
    ]  # fmt: skip
    assert ("m2",) in [spot.key for spot in drawn["Lanes", "INT-1", True].spots]
    assert ("r0", "r1") in [spot.key for spot in drawn["Web", "Together", True].spots]


def test_letters_are_written_as_they_stand(drawn, caplog):
    written = {text.get_text() for text in _texts(drawn["Heat", "Codes by group", True].figure)}
    assert {"Costs $5 and $6", "_hidden", "Two lines", "Residents"} <= written
    assert not caplog.records


def test_words_that_somebody_else_writes_stand_where_they_were_drawn(drawn):
    made = drawn["Heat", "Codes by group", True]
    high = made.figure.get_size_inches()[1] * made.figure.dpi
    (_wide, _high, dots), words = unwritten(made)
    assert {"Costs $5 and $6", "Officers", "Stronger: more participants"} <= {one.words for one in words}
    for one in words:
        text = next(text for text in made.figure.axes[0].texts if text.get_text() == one.words)
        box = text.get_window_extent()
        x = {"left": box.x0, "center": (box.x0 + box.x1) / 2, "right": box.x1}
        y = {"top": box.y1, "center": (box.y0 + box.y1) / 2, "bottom": box.y0}
        if sum(text.get_text() == one.words for text in made.figure.axes[0].texts) == 1:
            assert abs(x[one.across] - one.x) < 9
            assert abs(high - y[one.down] - one.y) < 12
    assert dots != pixels(made)[2], "the words were drawn all the same"
    assert type_file().is_file()


def test_what_has_no_rows_is_still_a_picture():
    for plot in (
        replace(HEAT, rows=(), numbers=()),
        replace(HEAT, columns=(), numbers=((),) * 6),
        replace(BARS, rows=(), numbers=()),
        Web("", (), (), "x"),
        Lanes("", (), (), 0, "words"),
        Curve("", (), 4, 5.0, None),
    ):
        draw(plot).figure.canvas.draw()


def test_bars_and_lanes_are_told_apart_without_colour(drawn):
    hatches = {patch.get_hatch() for patch in drawn["Bars", "Survey", True].figure.axes[0].patches}
    assert len(hatches) == 3
    web = drawn["Web", "Together", True].figure.axes[0].collections
    discs, squares = (one for one in web if one.get_zorder() == 3)
    assert (len(discs.get_offsets()), len(squares.get_paths())) == (5, 1)
    assert len(squares.get_paths()[0].vertices) == 5, "four corners, and back to the first"


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_file_tells_its_title_and_nothing_of_who_when_and_where(tmp_path, ending):
    path = tmp_path / f"somebody.{ending}"
    save_plot(HEAT, path)
    first = path.read_bytes()
    save_plot(HEAT, path)
    assert path.read_bytes() == first, "the clock or chance is in the file"
    assert b"Codes by group" in first
    for word in (
        b"matplotlib.org",
        b"Matplotlib",
        b"Creat",
        b"Producer",
        b"uthor",
        b"somebody",
        str(tmp_path).encode(),
        b"dc:date",
    ):
        assert word not in first
    assert not re.search(rb"20[0-9]{2}-[01][0-9]-", first)


@pytest.mark.parametrize("plot", [BARS, WEB, CURVE], ids=["bars", "web", "curve"])
def test_what_is_counted_stands_under_a_saved_plot_which_is_as_large_as_without(plot):
    said = "Counted: the consensus in 3 documents, the coders' own codings, each stretch once, in 8. " * 2
    bare, noted = (draw(plot).figure for _ in range(2))
    add_note(noted, said, PRINT)
    noted.canvas.draw()
    bare.canvas.draw()
    assert " ".join(noted.texts[-1].get_text().split()) == said.strip()
    width, height = noted.get_size_inches() * noted.dpi
    assert all(box.x1 <= width and box.y0 >= 0 for box in [noted.texts[-1].get_window_extent()])
    more = height - bare.get_size_inches()[1] * bare.dpi
    for before, after in zip(_texts(bare), _texts(noted)[: len(_texts(bare))], strict=True):
        if before.get_text() == after.get_text():
            assert after.get_window_extent().y0 == pytest.approx(before.get_window_extent().y0 + more, abs=2)
    for before, after in zip(bare.axes, noted.axes, strict=True):
        assert after.get_window_extent().height == pytest.approx(before.get_window_extent().height, abs=0.01)


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UnknownExtensionError):
        save_plot(HEAT, tmp_path / "plot.docx")
    assert not list(tmp_path.iterdir())


def test_a_web_is_laid_out_alike_every_time_and_otherwise_with_another_seed():
    def places(seed):
        return [(spot.left, spot.bottom) for spot in draw(replace(WEB, seed=seed)).spots]

    assert places(1) == places(1) != places(2)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=2, max_size=7))
def test_boxes_of_a_web_end_up_side_by_side_within_their_room(points):
    sizes = {str(place): (1.0, 0.5) for place in range(len(points))}
    found = apart({str(place): point for place, point in enumerate(points)}, sizes, (10.0, 10.0))
    assert all(0.5 <= x <= 9.5 and 0.25 <= y <= 9.75 for x, y in found.values())
    for (x, y), (u, v) in combinations(found.values(), 2):
        assert abs(x - u) >= 0.97 or abs(y - v) >= 0.47


def test_names_wrap_at_words_and_end_with_an_ellipsis_where_there_is_no_more_room():
    assert wrapped("Fear of what help may bring", 12) == "Fear of what\nhelp may\nbring"
    assert wrapped(LONG, 20, 2).endswith(" …")
    assert wrapped("a" * 30, 12).split("\n") == ["a" * 12, "a" * 12, "a" * 6]


def test_plots_are_loaded_without_what_draws_them():
    said = (
        "import sys, qcode.reports.plots; print([m for m in ('matplotlib', 'networkx', 'numpy') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", said], text=True).strip() == "[]"


def _texts(figure):
    """Everything that is written and seen, ticks and titles of axes among it."""
    from matplotlib.text import Text

    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


def test_in_a_crowded_web_no_name_lies_on_a_node_or_a_number():
    items = [Item(f"c{n}", f"{NAMES[n % len(NAMES)][:14]} {n}", n) for n in range(18)]
    edges = [Edge(f"c{n}", f"c{m}", n + m, str(n + m)) for n in range(18) for m in range(n) if (n * m) % 3 == 0]
    web = Web("", tuple(Node(item, 5 + 3 * place) for place, item in enumerate(items)), tuple(edges), "turns")
    made = draw(web, WINDOW, (10.0, 2.6))
    made.figure.canvas.draw()
    words = [text.get_window_extent().padded(-1) for text in _texts(made.figure)]
    assert not any(one.overlaps(two) for one, two in combinations(words, 2))
    assert len(words) > 18 + 6 + 1, "most of the strongest have their number"
    for spot in made.spots[:18]:
        (left, low), (right, high) = spot.axes.transData.transform([(spot.left, spot.bottom), (spot.right, spot.top)])
        node = Bbox([(left, low), (right, high)]).padded(-1)
        assert not any(node.overlaps(one) for one in words), spot.words
