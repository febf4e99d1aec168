"""A check is planned, read and compared in the Agree room, by keys and by clicks, as the queries say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcode.agreement.plans import Terms
from qcode.operations import agreement_plans, code_sets, codebook, team
from qcode.operations.rounds import add_round
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.plan_comparison import compare_with_plan
from qcode.queries.agreement.plans import plan_of
from qcode.ui.agree import AgreeRoom
from qcode.ui.agree.plan_view import HOLDS, plan_lines

KEY = Qt.Key
TICK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def open_room(show_room):
    return lambda study: show_room(AgreeRoom, study, 1180, 740)


@pytest.fixture
def room(open_room, made):
    return open_room(made.study)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(box, value):
    """Choose by the keys of a chooser."""
    box.setFocus()
    while box.currentData() != value:
        QTest.keyClick(box, KEY.Key_Down if box.findData(value) > box.currentIndex() else KEY.Key_Up)


def settle(room, qtbot):
    qtbot.waitUntil(lambda: not (room.computing or room.details.computing))


def cells(table) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(line, column).data() for column in range(model.columnCount())] for line in range(model.rowCount())
    ]


def test_a_check_is_planned_before_there_are_any_figures(open_room, small_study, qtbot):
    study, codes = small_study.study, small_study.codes
    heading = codebook.add_code(study, name="Place", kind="category")
    room = open_room(study)
    page, form = room.planning, room.planning.form
    click(qtbot, room.nothing.also)
    assert (page.isVisible(), room.strip.isVisible(), page.focusWidget()) == (True, False, page.rounds)
    assert page.history.text() == "Nothing is planned for this round yet."
    click(qtbot, form.lines[0])
    form.share.selectAll()
    QTest.keyClicks(form.share, "25")
    choose(form.which, "some")
    assert (page.said.text(), page.save_button.isEnabled()) == ("Tick at least one code, or plan all codes.", False)
    boxes = {
        form.codes.item(place).data(Qt.ItemDataRole.UserRole): form.codes.item(place)
        for place in range(form.codes.count())
    }
    assert boxes[heading].data(TICK) is None
    click(qtbot, form.below)
    assert boxes[heading].data(TICK) is not None
    click(qtbot, form.below)
    wanted = next(code for code in codes.values() if boxes[code].data(TICK) is not None)
    form.codes.setCurrentItem(boxes[wanted])
    QTest.keyClick(form.codes, KEY.Key_Space)
    QTest.keyClick(page.save_button, KEY.Key_Space)
    plan = plan_of(study, small_study.round)
    assert plan.terms == Terms(codes=(wanted,), threshold=0.667, share=0.25)
    assert (page.history.text(), page.said.text()) == (" ".join(plan.history()), "This is what is planned.")
    study.undo()
    qtbot.waitUntil(lambda: "yet" in page.history.text())
    settle(room, qtbot)
    QTest.keyClick(form.threshold, KEY.Key_Escape)
    assert room.nothing.isVisible()
    assert room.strip.isVisible()
    assert room.nothing.also.hasFocus()


def test_what_is_chosen_and_not_saved_stays_when_the_study_changes(room, made, qtbot):
    room.make_plan()
    page, form = room.planning, room.planning.form
    form.threshold.setValue(0.75)
    codebook.add_code(made.study, name="Rain")
    choose(form.which, "some")
    qtbot.waitUntil(lambda: form.codes.count() == 6)
    settle(room, qtbot)
    assert page.isVisible()
    assert (form.threshold.value(), form.which.currentData()) == (0.75, "some")
    choose(page.rounds, next(row.id for row in page._rounds if row.name != "Main"))
    assert (form.threshold.value(), page.changed) == (0.8, False)


def test_figures_begin_as_planned_and_are_held_against_the_plan(open_room, made, qtbot):
    terms = Terms(unit="turn", without_interviewers=True, threshold=0.6, by_interval=False, draws=200, seed=9)
    agreement_plans.save_plan(made.study, made.round, terms)
    room = open_room(made.study)
    assert (room.found.unit, room.found.without_interviewers, room.found.draws, room.found.seed) == (
        "turn",
        True,
        200,
        9,
    )
    room.show_view("Plan")
    settle(room, qtbot)
    table, lines = room.details.page("Plan").table, plan_lines(compare_with_plan(made.study, room.found))
    assert cells(table) == [[row.name, row.planned, row.found, HOLDS[row.holds]] for row in lines]
    table.select_row(made.codes["Letting it slide"])
    assert "The probability that α lies below 0.600" in room.details.page("Plan").note.text()
    with qtbot.waitSignal(room.requestPassages) as asked:
        QTest.keyClick(table, KEY.Key_Return)
    assert asked.args[0] == "Letting it slide, Main"
    # Another choice is one's own, until the plan is changed.
    choose(room.strip.units, "sentence")
    settle(room, qtbot)
    assert "no" in {row[3] for row in cells(table) if row[0] == "Unit"}
    click(qtbot, room.strip.make_plan)
    choose(room.planning.form.unit, "paragraph")
    QTest.keyClick(room.planning.save_button, KEY.Key_Space)
    settle(room, qtbot)
    room.show_view("Plan")
    settle(room, qtbot)
    assert room.figures.isVisible()
    assert room.found.unit == "paragraph"
    assert ["Unit", "paragraph", "paragraph", "yes"] in cells(table)


def test_a_coder_reads_the_plan_and_changes_nothing(open_room, made, qtbot):
    tools = code_sets.add_set(made.study, name="Tools", codes=[made.codes["Gates and doors"]])
    code_sets.make_exclusive(made.study, tools, exclusive=True)
    agreement_plans.save_plan(made.study, made.round, Terms(domains=(tools,)))
    made.study.act_as(made.coders["B"])
    room = open_room(made.study)
    room.make_plan()
    page = room.planning
    assert page.said.text() == "Only whoever leads the study plans: Asta Lind."
    assert page.history.text().startswith("Planned: by sentence; all codes; α of each code ≥ 0.800")
    assert not page.save_button.isEnabled()
    assert not any(each.isEnabled() for each in page.form.controls())
    assert page.form.terms == plan_of(made.study, made.round).terms
    with qtbot.waitSignal(room.bridge.refused):
        page.save()


def test_where_reading_is_the_instrument_nothing_is_planned(open_room, made, qtbot):
    room = open_room(made.study)
    room.make_plan()
    team.describe_study(made.study, approach="reflexive")
    qtbot.waitUntil(room.reading.isVisible)
    assert not room.strip.isVisible()
    assert not next(action for action in room.room_actions() if action.text().startswith("Plan")).isEnabled()


def test_a_round_without_a_plan_says_so(room, made, qtbot):
    add_round(made.study, name="Next")
    room.show_view("Plan")
    settle(room, qtbot)
    assert "Nothing is planned for this round" in room.details.page("Plan").note.text()
    assert compare_with_plan(made.study, study_agreement(made.study)) is None
