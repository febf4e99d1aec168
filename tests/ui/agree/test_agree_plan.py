from __future__ import annotations

import json
import zipfile

import pytest
from PySide6.QtCore import Qt

from qcode.operations import code_sets, codebook
from qcode.queries.agreement.figures import study_agreement
from qcode.ui.agree import AgreeRoom
from qcode.ui.agree.plan import UNIT_NAMES
from qcode.ui.saving import ending_of

KEY = Qt.Key


@pytest.fixture
def room(show_room, made) -> AgreeRoom:
    return show_room(AgreeRoom, made.study, 1100, 700)


def choose(qtbot, room, chooser, data) -> None:
    """Choose with the keys that a person has: down or up until it is there."""
    chooser.setFocus()
    wanted = chooser.findData(data)
    while chooser.currentIndex() != wanted:
        qtbot.keyClick(chooser, KEY.Key_Down if chooser.currentIndex() < wanted else KEY.Key_Up)
    qtbot.waitUntil(lambda: not room.computing)


def alphas(room) -> list[float | None]:
    return [row.alpha for row in room.tables.codes.shown_rows()]


@pytest.mark.parametrize("unit", [unit for unit in UNIT_NAMES if unit not in ("segment", "sentence")])
def test_each_unit_is_computed_as_the_query_says(room, made, qtbot, unit):
    choose(qtbot, room, room.strip.units, unit)
    found = study_agreement(made.study, unit=unit)
    assert alphas(room) == [row.alpha for row in found.codes]
    assert room.found.unit == unit


def test_segments_are_offered_only_where_the_round_hands_out_some(room):
    item = room.strip.units.model().item(room.strip.units.findData("segment"))
    assert not item.isEnabled()


def test_codes_are_compared_with_what_stands_below_them(room, made, qtbot):
    choose(qtbot, room, room.strip.lines, "branches")
    found = study_agreement(made.study, with_descendants=True)
    assert room.tables.codes.shown_rows()[0].name == "Sharing"
    assert alphas(room) == [row.alpha for row in found.codes]
    with qtbot.waitSignal(room.requestPassages) as asked:
        room.tables.codes.setFocus()
        room.tables.codes.select_row(found.codes[0].id)
        qtbot.keyClick(room.tables.codes, KEY.Key_Return)
    assert set(asked.args[1].codes) == set(made.codes.values())


def test_sets_are_compared_where_there_are_some(room, made, qtbot):
    item = room.strip.lines.model().item(room.strip.lines.findData("sets"))
    assert not item.isEnabled()
    members = [made.codes["Being shown"], made.codes["Counting water"]]
    code_sets.add_set(made.study, name="Learning", codes=members)
    qtbot.waitUntil(lambda: not room.computing)
    assert item.isEnabled()
    choose(qtbot, room, room.strip.lines, "sets")
    assert alphas(room) == [row.alpha for row in study_agreement(made.study, by_set=True).codes]
    assert room.things() == ()
    with qtbot.waitSignal(room.requestPassages) as asked:
        room.show_passages()
    assert set(asked.args[1].codes) == set(members)
    code_sets.remove_set(made.study, code_sets_of(made)[0])
    qtbot.waitUntil(lambda: not room.computing)
    assert room.strip.plan.lines == "codes"
    assert len(alphas(room)) == len(made.codes)


def code_sets_of(made) -> list[str]:
    from qcode.queries.codebook.code_sets import code_sets as read

    return [row.id for row in read(made.study)]


def test_interviewers_are_left_out_by_a_tick(room, made, qtbot):
    room.strip.interviewers.setFocus()
    qtbot.keyClick(room.strip.interviewers, KEY.Key_Space)
    qtbot.waitUntil(lambda: not room.computing)
    found = study_agreement(made.study, without_interviewers=True)
    assert room.found.without_interviewers
    assert [row.n for row in room.tables.codes.shown_rows()] == [row.n for row in found.codes]


def test_documents_are_drawn_again_from_a_seed(room, made, qtbot):
    assert not room.strip.seed.isVisible()
    room.strip.again.setFocus()
    qtbot.keyClick(room.strip.again, KEY.Key_Space)
    qtbot.waitUntil(lambda: not room.computing)
    assert room.strip.seed.isVisible()
    room.strip.seed.setFocus()
    qtbot.keyClick(room.strip.seed, KEY.Key_Up)
    qtbot.waitUntil(lambda: not room.computing)
    found = study_agreement(made.study, draws=1000, seed=2)
    assert (room.found.draws, room.found.seed) == (1000, 2)
    assert [row.drawn for row in room.tables.codes.shown_rows()] == [row.drawn for row in found.codes]
    room.tables.codes.setFocus()
    assert "With documents drawn again, the 95 % interval is" in room.details.words.text()


def test_a_code_without_alpha_is_drawn_without_harm(room, made, qtbot):
    codebook.add_code(made.study, name="Frost")
    room.strip.again.setChecked(True)
    qtbot.waitUntil(lambda: not room.computing)
    assert room.tables.codes.shown_rows()[-1].alpha is None


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".csv", ".json"])
def test_the_report_is_saved_in_each_format(room, qtbot, tmp_path, ending):
    target = tmp_path / f"agreed{ending}"
    kinds = []
    room.ask_path = lambda _parent, _title, _suggested, kind: (kinds.append(kind), target)[1]
    with qtbot.waitSignal(room.bridge.informed):
        qtbot.keyClick(room, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert f"*{ending}" in kinds[0]
    if ending == ".json":
        assert json.loads(target.read_text("utf-8"))["round"] == "Main"
    elif ending == ".csv":
        assert "alpha" in target.read_text("utf-8-sig")
    else:
        assert zipfile.is_zipfile(target)


def test_an_ending_that_is_no_format_is_refused_in_a_sentence(room, qtbot, tmp_path):
    room.ask_path = lambda *_asked: tmp_path / "agreed.pdf"
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.save_report()
    assert "agreed.pdf" in told.args[0]


def test_the_kind_that_was_chosen_gives_the_ending():
    assert ending_of("Workbooks (*.xlsx)") == ".xlsx"
    assert ending_of("Codebooks (*.csv *.yaml)") == ""
    assert ending_of("All files (*)") == ""
