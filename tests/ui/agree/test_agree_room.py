from __future__ import annotations

import csv

import pytest
from opened_again import open_again
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from written_up import write_up

from qcode.operations import assignments, codebook, coding, team
from qcode.operations.rounds import add_round
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codings import passages
from qcode.reports.printed_tables import figure
from qcode.ui import theme
from qcode.ui.agree import AgreeRoom
from qcode.ui.agree.tables import COLUMNS

KEY = Qt.Key


@pytest.fixture
def open_room(show_room):
    """Show the room on a study and wait until it has computed."""
    return lambda study: show_room(AgreeRoom, study, 1100, 700)


@pytest.fixture
def room(open_room, made) -> AgreeRoom:
    return open_room(made.study)


def cells(table) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(line, column).data() for column in range(model.columnCount())] for line in range(model.rowCount())
    ]


def test_each_code_has_its_figures_as_the_query_says(room, made):
    found = study_agreement(made.study)
    shown = cells(room.tables.codes)
    assert [line[0] for line in shown] == [row.code[-1] for row in found.codes]
    assert [line[1] for line in shown] == [f"{row.alpha:.2f}".replace("-", "−") for row in found.codes]
    assert shown[0][3:6] == [f"{found.codes[0].n}", "6", f"{100 * found.codes[0].prevalence:.1f} %"]
    first = found.codes[0]
    assert shown[0][2] == f"{first.low:.2f} to {first.high:.2f}".replace("-", "−")


def test_all_codes_stand_apart_and_stay_below_when_the_table_is_sorted(room, made):
    overall = study_agreement(made.study).overall
    assert cells(room.tables.overall)[0][:2] == ["All codes", f"{overall.alpha:.2f}"]
    room.tables.codes.sort(1, descending=True)
    alphas = [row.alpha for row in room.tables.codes.shown_rows()]
    assert alphas == sorted(alphas, reverse=True)
    assert len(cells(room.tables.overall)) == 1


def test_the_columns_of_both_tables_stand_under_each_other(room):
    room.tables.codes.setColumnWidth(0, 300)
    assert room.tables.overall.columnWidth(0) == 300


def test_enter_on_a_code_asks_for_its_passages_of_this_round(room, made, qtbot):
    table = room.tables.codes
    table.setFocus()
    table.select_row(made.codes["Gates and doors"])
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(table, KEY.Key_Return)
    title, looking = asked.args
    assert title == "Gates and doors, Main"
    assert (looking.codes, looking.rounds) == ([made.codes["Gates and doors"]], [made.round])
    found = passages(made.study, looking)
    assert len(found) == 9
    assert {row.coding.name for row in found} == {"Gates and doors"}


def test_a_double_click_does_the_same(room, made, qtbot):
    table = room.tables.codes
    place = table.visualRect(table.model().index(1, 1)).center()
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args[1].codes == [made.codes["Counting water"]]


def test_enter_on_all_codes_asks_for_everything(room, made, qtbot):
    room.tables.overall.setFocus()
    with qtbot.waitSignal(room.requestPassages) as asked:
        qtbot.keyClick(room.tables.overall, KEY.Key_Return)
    assert set(asked.args[1].codes) == set(made.codes.values())


def test_the_details_follow_the_cursor_and_say_everything_in_sentences(room, made, qtbot):
    room.tables.codes.setFocus()
    room.tables.codes.select_row(made.codes["Being shown"])
    assert room.details.heading.text() == "Sharing › Being shown"
    words = room.details.words.text()
    row = study_agreement(made.study).codes[0]
    assert f"α {row.alpha:.2f}" in words
    assert "below 0.667" in words
    assert "Never used by" not in words
    qtbot.keyClick(room.tables.codes, KEY.Key_Down)
    assert room.details.heading.text() == "Sharing › Counting water"
    room.tables.overall.setFocus()
    assert room.details.heading.text() == "All codes"
    found = study_agreement(made.study)
    assert f"(macro) is {figure(found.overall.macro_alpha)}." in room.details.words.text()
    notes = room.tables.overall.model().index(0, len(COLUMNS) - 1).data()
    assert notes.startswith(f"Macro α {figure(found.overall.macro_alpha)}")


def test_only_one_table_shows_a_cursor(room):
    room.tables.codes.setFocus()
    assert room.tables.overall.selected_rows() == []
    room.tables.overall.setFocus()
    assert room.tables.codes.selected_rows() == []
    assert len(room.tables.overall.selected_rows()) == 1


def test_what_is_not_defined_is_a_dash_with_its_reason(room, made, qtbot):
    for coder in made.coders.values():
        open_again(made.study, made.round, coder, made.documents.values())
    made.study.act_as(made.coders["A"])
    unused = codebook.add_code(made.study, name="Frost")
    for coder in made.coders.values():
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round)
    qtbot.waitUntil(lambda: not room.computing)
    line = next(line for line in cells(room.tables.codes) if line[0] == "Frost")
    assert (line[1], line[2], line[6]) == ("–", "–", "–")
    assert line[7] == "No variation"
    room.tables.codes.setFocus()
    room.tables.codes.select_row(unused)
    assert room.details.words.text() == "There is no α. No variation: nothing to be reliable about."
    assert room.tables.overall.shown_rows()[0].means[-1] == "1 code has no alpha, and no mean contains it."


def test_the_strip_says_who_took_part_and_where(room):
    assert room.strip.who.text() == (
        "Asta Lind, Bo Ek and Cem Usta · 6 documents coded by at least two of them: "
        "Plot 1, Plot 2, Plot 3, Plot 4, Plot 5 and Shed talk"
    )
    assert room.strip.round_name == "Main"


def test_what_is_left_out_as_unfinished_is_named(made, open_room):
    open_again(made.study, made.round, made.coders["B"], [made.documents["Plot 2"]])
    room = open_room(made.study)
    assert "Left out, not handed in yet: Bo Ek Plot 2." in room.strip.left_out.text()
    assert room.strip.left_out.isVisible()


def test_the_unit_can_be_chosen_by_keys(room, made, qtbot):
    sentences = cells(room.tables.codes)[0][3]
    room.strip.units.setFocus()
    for _step in range(4):
        qtbot.keyClick(room.strip.units, KEY.Key_Down)
    assert room.computing
    assert room.strip.busy.text() == "Computing…"
    qtbot.waitUntil(lambda: not room.computing)
    assert room.strip.busy.text() == ""
    found = study_agreement(made.study, unit="character")
    assert cells(room.tables.codes)[0][3] == f"{found.codes[0].n:,}" != sentences
    assert room.found.unit == "character"


def test_a_round_can_be_chosen_and_one_without_shared_work_says_what_to_do(room, made, qtbot):
    add_round(made.study, name="Re-check", purpose="recheck", everyone=True)
    qtbot.waitUntil(lambda: not room.computing)
    assert room.strip.rounds.findData("Re-check") >= 0
    assert room.strip.round_name == "Main"
    room.strip.choose_round("Re-check")
    room.strip.changed.emit()
    qtbot.waitUntil(lambda: not room.computing)
    assert room.nothing.isVisible()
    assert "Re-check" in room.nothing.sentence
    with qtbot.waitSignal(room.requestRoom) as asked:
        qtbot.mouseClick(room.nothing.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["code"]
    assert not room.strip.save.isEnabled()
    room.strip.choose_round("Main")
    room.strip.changed.emit()
    qtbot.waitUntil(lambda: not room.computing)
    assert room.tables.isVisible()


def test_before_two_coders_are_done_the_room_says_what_is_missing(tmp_path, open_room):
    made = write_up(tmp_path / "early.qcode", done=False)
    room = open_room(made.study)
    assert room.nothing.isVisible()
    assert "Asta Lind, Bo Ek and Cem Usta have not handed in Plot 1, Plot 2," in room.nothing.sentence
    made.study.close()


@pytest.mark.parametrize("approach", ["reflexive", "grounded theory"])
def test_some_approaches_see_no_coefficients(made, open_room, approach):
    team.describe_study(made.study, approach=approach)
    room = open_room(made.study)
    assert room.reading.isVisible()
    assert approach in room.reading.sentence
    assert not room.strip.isVisible()
    assert room.found is None


def test_a_change_is_computed_anew_and_keeps_the_cursor(room, made, qtbot):
    room.tables.codes.select_row(made.codes["Letting it slide"])
    before = study_agreement(made.study).codes[2].alpha
    made.study.act_as(made.coders["C"])
    open_again(made.study, made.round, made.coders["C"], [made.documents["Plot 2"]])
    coding.apply_codes(
        made.study,
        passage=made.passage("Plot 2", "But I skip my own turn."),
        codes=[made.codes["Letting it slide"]],
        round_id=made.round,
    )
    assignments.hand_in_round(made.study, round_id=made.round)
    qtbot.waitUntil(lambda: not room.computing)
    row = room.tables.codes.current_row()
    assert row.id == made.codes["Letting it slide"]
    assert row.alpha == study_agreement(made.study).codes[2].alpha > before


def test_an_answer_that_is_out_of_date_is_dropped(room, made, qtbot):
    answers = []
    shown = room._on_answer
    room._on_answer = lambda answer: (answers.append(answer), shown(answer))
    for _again in range(4):
        room.mark_stale()
    qtbot.waitUntil(lambda: not room.computing)
    assert len(answers) == 1


def test_the_table_is_copied_as_it_is_read(room, made, qtbot):
    room.tables.codes.setFocus()
    room.tables.codes.select_row(made.codes["Being shown"])
    qtbot.keyClick(room.tables.codes, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\t")
    assert copied == cells(room.tables.codes)[0]


def test_the_report_is_saved_as_csv(room, made, qtbot, tmp_path):
    asked = []
    target = tmp_path / "figures.csv"
    room.ask_path = lambda _parent, _title, suggested, _kind: (asked.append(suggested), target)[1]
    with qtbot.waitSignal(room.bridge.informed) as told:
        qtbot.mouseClick(room.strip.save, Qt.MouseButton.LeftButton)
    assert str(target) in told.args[0]
    assert asked == [tmp_path / "pump agreement.docx"]
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    found = study_agreement(made.study)
    assert [float(row["alpha"]) for row in rows] == [row.alpha for row in found.codes] + [found.overall.alpha]


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(room, qtbot, tmp_path):
    room.ask_path = lambda *_asked: tmp_path / "nowhere" / "figures.csv"
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.save_report()
    assert "does not exist" in told.args[0]


def test_changing_ones_mind_saves_nothing(room, tmp_path):
    before = set(tmp_path.iterdir())
    room.ask_path = lambda *_asked: None
    room.save_report()
    assert set(tmp_path.iterdir()) == before


def test_plots_are_drawn_in_both_themes(room):
    for name in ("light", "dark"):
        theme.choose(name)
        room.update_theme()
        table = room.tables.codes
        place = table.visualRect(table.model().index(0, 2))
        image = table.viewport().grab(place).toImage()
        assert theme.current().text in _colours(image, image.height() // 2)
        assert theme.current().border in _colours(image, 2)


def _colours(image, line: int) -> set[str]:
    return {image.pixelColor(x, line).name() for x in range(image.width())}


def test_every_control_has_a_name_and_every_action_words(room):
    named = (room.tables.codes, room.tables.overall, room.strip.rounds, room.strip.units)
    assert all(widget.accessibleName() for widget in named)
    assert all(action.text() for action in room.room_actions())


def test_a_study_with_nothing_in_it_says_what_to_do(small_study, open_room):
    room = open_room(small_study.study)
    assert room.nothing.isVisible()
    assert "Round 1" in room.nothing.sentence
