from __future__ import annotations

import pytest
from opened_again import open_again
from PySide6.QtCore import Qt
from written_up import swap_codes

from qcode.agreement.card import PairCells
from qcode.agreement.two_by_two import TwoByTwo
from qcode.operations.rounds import add_round
from qcode.queries.agreement.details import PairRow, card_of, influences, pair_rows, printed_rows, swapped_rows
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.passages import behind_cell
from qcode.reports.printed_tables import figure
from qcode.ui import theme
from qcode.ui.agree import AgreeRoom
from qcode.ui.agree.page import CHOOSE_CODE
from qcode.ui.agree.paradox import paradox
from qcode.ui.agree.views import COEFFICIENTS

KEY = Qt.Key


@pytest.fixture
def room(show_room, made) -> AgreeRoom:
    return show_room(AgreeRoom, made.study, 1100, 760)


@pytest.fixture
def view(room, qtbot):
    """Go to a view as the menu does, and wait for its answer."""

    def show(title):
        action = next(one for one in room.room_actions() if one.text().casefold() == f"agreement: {title}".casefold())
        action.trigger()
        qtbot.waitUntil(lambda: not room.details.computing)
        return room.details.page(title)

    return show


def cells(table) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(line, column).data() for column in range(model.columnCount())] for line in range(model.rowCount())
    ]


def choose(room, made, name) -> None:
    room.tables.codes.setFocus()
    room.tables.codes.select_row(made.codes[name])


def test_the_card_has_every_coefficient_with_a_sentence(room, made, view):
    choose(room, made, "Counting water")
    page = view("Coefficients")
    card = card_of(study_agreement(made.study), made.codes["Counting water"])
    assert [line[:2] for line in cells(page.table)] == [
        [COEFFICIENTS[name][0], figure(value)] for name, value in card.coefficients.items()
    ]
    assert all(line[2].endswith(".") for line in cells(page.table))
    assert page.table.hasFocus()


def test_a_coefficient_that_is_not_defined_is_a_dash_and_says_so(room, view):
    page = view("Coefficients")
    page.table.select_row("scott_pi")
    assert cells(page.table)[6][:2] == ["Scott’s π", "–"]
    assert "not defined" in page.note.text()


def test_the_view_follows_the_cursor(room, made, view, qtbot):
    page = view("Coefficients")
    for name in made.codes:
        choose(room, made, name)
    qtbot.waitUntil(lambda: not room.details.computing)
    card = card_of(study_agreement(made.study), made.codes[list(made.codes)[-1]])
    assert cells(page.table)[0][1] == figure(card.coefficients["krippendorff_alpha"])


def test_answers_for_another_line_are_dropped(room, made, view, qtbot):
    page = view("Coefficients")
    shown = []
    keep = page.show_answer
    page.show_answer = lambda asked, rows: (shown.append(asked.row.name), keep(asked, rows))
    for name in ("Counting water", "Letting it slide", "Gates and doors"):
        choose(room, made, name)
    qtbot.waitUntil(lambda: not room.details.computing)
    assert shown == ["Gates and doors"]


def test_pairs_have_their_cells_and_each_opens_its_passages(room, made, view, qtbot):
    choose(room, made, "Being shown")
    page = view("Pairs")
    found = study_agreement(made.study)
    rows = pair_rows(found, made.codes["Being shown"])
    assert [line[8:] for line in cells(page.table)] == [
        [f"{getattr(row.pair.cells, cell):.0f}" for cell in ("both", "first", "second", "neither")] for row in rows
    ]
    second = next(row for row in rows if row.names == ("Asta Lind", "Cem Usta"))
    page.table.select_row(second.id)
    page.table.setCurrentIndex(page.table.model().index(page.table.currentIndex().row(), 9))
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, KEY.Key_Return)
    assert asked.args[0] == "Being shown, only Asta Lind"
    expected = behind_cell(made.study, found, made.codes["Being shown"], second.id, "first")
    assert asked.args[1].ids == expected.ids != []


def test_a_cell_is_opened_by_its_name(room, made, view, qtbot):
    choose(room, made, "Being shown")
    page = view("Pairs")
    page.table.select_row(next(row.id for row in page.table.shown_rows() if row.names == ("Asta Lind", "Bo Ek")))
    action = next(one for one in room.room_actions() if one.text() == "Passages that both coders of the pair marked")
    assert action in page.table.actions()
    with qtbot.waitSignal(room.requestPassages) as asked:
        action.trigger()
    assert len(asked.args[1].ids) == 6
    only = next(one for one in room.room_actions() if "only the first" in one.text())
    with qtbot.waitSignal(room.bridge.informed) as told:
        only.trigger()
    assert told.args[0] == "No passage stands behind this number."


def test_a_cell_without_a_pair_is_refused_in_a_sentence(room, qtbot):
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.show_cell("both")
    assert "Pairs" in told.args[0]


def test_of_all_codes_together_the_views_of_one_code_say_what_to_do(room, view, qtbot):
    page = view("Pairs")
    room.tables.overall.setFocus()
    qtbot.waitUntil(lambda: not room.details.computing)
    assert page.note.text() == CHOOSE_CODE
    assert not page.table.isVisible()
    page = view("Documents")
    assert [row.name for row in page.table.shown_rows()] == [row.name for row in influences(room.found, None)]


def test_merged_segments_say_why_there_is_no_card(room, view, qtbot):
    room.strip.units.setFocus()
    while room.strip.units.currentData() != "merged":
        qtbot.keyClick(room.strip.units, KEY.Key_Down)
    qtbot.waitUntil(lambda: not room.computing)
    assert "Choose another unit" in view("Pairs").note.text()


def pair(both, first, second, neither) -> PairRow:
    cells = TwoByTwo(both, first, second, neither)
    return PairRow("a", "b", ("Asta", "Bo"), None, PairCells("a", "b", cells))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (pair(5, 3, 2, 190), "κ hangs on the 10 of 200 sentences that one of them marked, of which both marked 5"),
        (pair(190, 3, 2, 5), "κ hangs on the 10 of 200 sentences that one of them left unmarked"),
        (pair(40, 60, 5, 95), "the 60 of 200 sentences that Asta alone marked"),
        (pair(40, 5, 60, 95), "the 60 of 200 sentences that Bo alone marked"),
        (pair(50, 5, 5, 50), "no cell stands out"),
    ],
)
def test_the_cell_that_drives_kappa_is_named_in_one_sentence(row, words):
    assert words in paradox(row, "sentence")


def test_documents_stand_by_how_much_they_matter_and_open_their_passages(room, made, view, qtbot):
    choose(room, made, "Letting it slide")
    page = view("Documents")
    expected = influences(study_agreement(made.study), made.codes["Letting it slide"])
    assert [line[:3] for line in cells(page.table)] == [
        [row.name, figure(row.alone), figure(row.without)] for row in expected
    ]
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, KEY.Key_Return)
    assert asked.args[1].documents == [expected[0].id]


def test_other_programs_stand_side_by_side(room, made, view, qtbot):
    page = view("Other programs")
    expected = printed_rows(study_agreement(made.study), made.codes["Being shown"])
    assert [line[2] for line in cells(page.table)] == [figure(row.printed.nvivo_kappa) for row in expected]
    assert [line[7] for line in cells(page.table)] == [figure(row.printed.qualcoder_kappa) for row in expected]
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, KEY.Key_Return)
    assert tuple(asked.args[1].coders) == expected[0].id


def test_the_matrix_of_coders_is_symmetric_and_opens_what_two_coded(room, made, view, qtbot):
    page = view("Coders")
    shown = cells(page.table)
    assert [line[0] for line in shown] == ["Asta Lind", "Bo Ek", "Cem Usta"]
    assert [shown[number][number + 1] for number in range(3)] == ["–", "–", "–"]
    assert all(shown[a][b + 1] == shown[b][a + 1] for a in range(3) for b in range(3))
    alone = study_agreement(made.study, people=["Asta Lind", "Cem Usta"])
    assert shown[0][3] == figure(alone.overall.alpha)
    page.table.setCurrentIndex(page.table.model().index(0, 3))
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, KEY.Key_Return)
    assert asked.args[0] == "All codes, Asta Lind – Cem Usta"
    assert set(asked.args[1].coders) == {made.coders["A"], made.coders["C"]}


def test_the_confusion_map_names_codes_that_stand_for_each_other(room, made, view, qtbot):
    swap_codes(made)
    qtbot.waitUntil(lambda: not room.computing)
    page = view("Confusion")
    expected = swapped_rows(study_agreement(made.study))
    assert [line[:3] for line in cells(page.table)] == [[*row.names, f"{row.units:.0f}"] for row in expected]
    page.table.select_row(next(row.id for row in expected if {"Counting water", "Letting it slide"} == set(row.names)))
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, KEY.Key_Return)
    assert len(asked.args[1].ids) == 2


def test_the_curve_shows_each_round_in_both_themes(room, made, view, qtbot):
    add_round(made.study, name="Re-check", purpose="recheck", everyone=True)
    qtbot.waitUntil(lambda: not room.computing)
    choose(room, made, "Counting water")
    page = view("Rounds")
    found = study_agreement(made.study)
    lines = {line[0]: line for line in cells(page.table)}
    assert lines["Main"][1].startswith(figure(found.codes[1].alpha))
    assert lines["Re-check"][1:] == ["–", "–"]
    assert f"Main: {lines['Main'][1]}" in page.curve.accessibleName()
    page.table.select_row(next(row.id for row in page.table.shown_rows() if row.name == "Re-check"))
    assert "nobody has handed in a document" in page.note.text()
    for name in ("light", "dark"):
        theme.choose(name)
        room.update_theme()
        image = page.curve.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 2)}
        assert theme.current().accent in seen
        assert theme.current().border in seen


def test_a_round_of_the_curve_opens_its_passages(room, made, view, qtbot):
    page = view("Rounds")
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, KEY.Key_Return)
    assert asked.args[1].rounds == [made.round]
    assert asked.args[1].codes == [made.codes["Being shown"]]


def test_the_views_are_reached_by_keys(room, qtbot):
    bar = room.details.views.tabBar()
    bar.setFocus()
    qtbot.keyClick(bar, KEY.Key_Right)
    qtbot.waitUntil(lambda: not room.details.computing)
    assert room.details.views.currentIndex() == 1
    assert len(room.details.page("Coefficients").table.shown_rows()) == len(COEFFICIENTS)


def test_a_change_of_the_study_is_seen_in_the_view(room, made, view, qtbot):
    choose(room, made, "Letting it slide")
    page = view("Pairs")
    before = cells(page.table)
    open_again(made.study, made.round, made.coders["C"], [made.documents["Plot 2"]])
    qtbot.waitUntil(lambda: not room.computing and not room.details.computing)
    assert cells(page.table) != before
    assert room.details.views.currentIndex() == 2


def test_every_view_has_a_name(room):
    assert all(page.table.accessibleName() for page in room.details.pages)
