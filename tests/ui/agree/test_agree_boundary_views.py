"""Boundaries, segments, domains and sets of codes in the Agree room, each open to its passages."""

from __future__ import annotations

import pytest
from opened_again import open_again
from PySide6.QtCore import Qt

from qcode.operations import assignments, code_sets, coding
from qcode.queries.agreement.boundaries import boundary_rows, whole_boundaries
from qcode.queries.agreement.domains import domain_figures
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.sets import set_figures
from qcode.queries.codings import passages
from qcode.reports.printed_tables import figure
from qcode.ui.agree import AgreeRoom


def overlap(made):
    """Let Bo put two codes of an exclusive set on one sentence."""
    open_again(made.study, made.round, made.coders["B"], [made.documents["Plot 3"]])
    made.study.act_as(made.coders["B"])
    for words, code in (("It is not a gift, it is a remark.", "Letting it slide"), ("a remark.", "Counting water")):
        passage = made.passage("Plot 3", words)
        coding.apply_codes(made.study, passage=passage, codes=[made.codes[code]], round_id=made.round)
    assignments.hand_in_round(made.study, round_id=made.round)
    made.study.act_as(made.coders["A"])
    for name, codes in (
        ("Stances", ("Counting water", "Letting it slide")),
        ("Places", ("Being shown", "Gates and doors")),
    ):
        held = code_sets.add_set(made.study, name=name, codes=[made.codes[code] for code in codes])
        code_sets.make_exclusive(made.study, held, exclusive=True)


@pytest.fixture
def room(show_room, made) -> AgreeRoom:
    overlap(made)
    return show_room(AgreeRoom, made.study, 1100, 760)


@pytest.fixture
def view(room, qtbot):
    """Go to a view as the menu does, and wait for its answer."""

    def show(title):
        next(one for one in room.room_actions() if one.text() == f"Agreement: {title.lower()}").trigger()
        qtbot.waitUntil(lambda: not room.details.computing)
        return room.details.page(title)

    return show


def column(table, place) -> list[str]:
    return [table.model().index(line, place).data() for line in range(table.model().rowCount())]


def visible(room) -> list[str]:
    views = room.details.views
    return [views.tabText(place) for place in range(views.count()) if views.isTabVisible(place)]


def test_boundaries_of_a_code_open_the_passages_without_a_partner(room, made, view, qtbot):
    found = study_agreement(made.study)
    room.tables.codes.select_row(made.codes["Being shown"])
    page = view("Boundaries")
    rows = boundary_rows(found, made.codes["Being shown"])
    assert column(page.table, 1) == [figure(row.alpha) for row in rows]
    assert column(page.table, 7) == [str(row.unmatched) for row in rows] == ["4", "0", "2", "2"]
    assert column(page.table, 8) == ["–", "0", "2", "2"]
    line = next(line for line in page.table.shown_rows() if line.name == "Asta Lind – Cem Usta")
    page.table.select_row(line.id)
    page.table.setCurrentIndex(page.table.model().index(page.table.currentIndex().row(), 8))
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args[0] == "Being shown, Asta Lind – Cem Usta, without a partner"
    assert {row.text for row in passages(made.study, asked.args[1])} == {
        "That is how I learned it.",
        "He did hold the gate very well.",
    }
    assert "means over pairs" in page.note.text()

    page = view("Segments")
    assert column(page.table, 1)[:4] == ["only Asta Lind", "only Bo Ek", "only Asta Lind", "only Bo Ek"]
    page.table.select_row(page.table.shown_rows()[0].id)
    assert page.note.text().startswith("Cem Usta marked nothing of what Asta Lind marked here")
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert len(passages(made.study, asked.args[1])) == 1

    room.tables.overall.setFocus()
    page = view("Boundaries")
    assert column(page.table, 0) == [row.code[-1] for row in whole_boundaries(found)]


def test_a_domain_in_which_codes_overlap_shows_the_sentence_and_the_way_to_them(room, made, view, qtbot):
    page = view("Domains")
    refused, whole = domain_figures(made.study, study_agreement(made.study))
    assert column(page.table, 0) == ["Stances", "Places", "› Being shown", "› Gates and doors"]
    assert column(page.table, 3) == ["–", *(figure(row.coding) for row in whole.rows)]
    page.table.select_row(page.table.shown_rows()[0].id)
    assert page.note.text() == refused.refusal
    assert "Bo Ek" in refused.refusal
    assert page.link.isVisible()
    with qtbot.waitSignal(room.requestPassages) as asked:
        page.link.click()
    assert {row.text for row in passages(made.study, asked.args[1])} == {
        "It is not a gift, it is a remark.",
        "a remark.",
    }
    page.table.select_row(page.table.shown_rows()[3].id)
    assert not page.link.isVisible()
    assert page.open()
    for held in (refused, whole):
        code_sets.make_exclusive(made.study, held.id, exclusive=False)
    qtbot.waitUntil(lambda: "tick “Exclusive”" in page.note.text())
    assert not page.table.isVisible()


def test_views_of_one_code_and_of_all_stand_apart_with_a_switch_between_them(room, made, view, qtbot):
    details = room.details
    assert visible(room)[0] == "In words"
    assert {"Domains", "Coders"}.isdisjoint(visible(room))
    page = view("Code sets")
    (by_sentence,) = set_figures(made.study, study_agreement(made.study))
    assert column(page.table, 2) == [figure(row.alpha) for row in by_sentence.rows]
    assert (visible(room), details.heading.text()) == (
        ["Domains", "Code sets", "Coders", "Confusion", "Plan"],
        "All codes",
    )
    with qtbot.waitSignal(room.requestPassages):
        details.passages.click()
    details.of_code.click()
    assert (details.views.tabText(details.views.currentIndex()), details.of_code.isChecked()) == ("In words", True)
    details.of_all.click()
    assert details.views.tabText(details.views.currentIndex()) == "Code sets"
    room.strip.units.setCurrentIndex(room.strip.units.findData("merged"))
    room.strip.units.activated.emit(room.strip.units.currentIndex())
    qtbot.waitUntil(lambda: not room.computing and not details.computing)
    assert column(page.table, 2) == [figure(row.alpha) for row in by_sentence.rows]
