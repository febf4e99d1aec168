"""Versions of a definition, the codebook at two moments, and another team's list beside ours."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from PySide6.QtWidgets import QLabel

from qcode.exchange.code_entries import CodeEntry
from qcode.exchange.codebook import write_codebook
from qcode.operations import codebook as operations
from qcode.operations.codebook import Definition
from qcode.queries.codebook.tree import code_entries, codebook, definitions
from qcode.queries.codebook.versions import codebook_moments, side_by_side
from qcode.queries.codings import Looking
from qcode.queries.history import history
from qcode.ui.code.codebook.matches import matched, preview

OLD = "Afraid of what help may bring."


@pytest.fixture
def side(hands):
    """The widened codebook."""
    return hands.room.side


def row_of(hands, name):
    """A code as the codebook lists it."""
    return next(row for row in codebook(hands.study) if row.name == name)


def redefine(hands, brief, reason=""):
    """Write another version of “Fear”."""
    code = hands.small.codes["Fear"]
    now = definitions(hands.study, code)[0]
    wording = Definition(**{key: getattr(now, key) for key in asdict(Definition())} | {"brief": brief})
    operations.define_code(hands.study, code, definition=wording, reason=reason)


def test_versions_stand_beside_the_current_one_with_who_when_and_why(hands, side):
    redefine(hands, "Afraid of what police may bring.", "Help was too wide")
    side.show_panel("versions", row_of(hands, "Fear of consequences"))
    panel = side.versions
    latest, first = panel.list.lines
    assert (latest.name, latest.notes) == ("Version 2 (now)", ("Help was too wide",))
    assert latest.right.startswith("Ana Lima · ")
    assert first.key == panel.list.current_key
    brief = panel.view.pairs[0]
    assert (brief.before, brief.after) == (OLD, "Afraid of what police may bring.")
    near_miss = next(pair for pair in panel.view.pairs if pair.title == "Near miss")
    assert not near_miss.differs


def test_what_changed_is_told_by_lines_and_not_by_colour_alone(hands, side):
    redefine(hands, "Afraid of what police may bring.")
    side.show_panel("versions", row_of(hands, "Fear of consequences"))
    shown = [label.text() for label in side.versions.view.findChildren(QLabel)]
    gone, new = (next(text for text in shown if mark in text) for mark in ("line-through", "underline"))
    assert ">help<" in gone
    assert ">police<" in new


def test_what_a_person_wrote_is_never_html(hands, side):
    redefine(hands, "<b>bold</b> & <img src=x>")
    side.show_panel("versions", row_of(hands, "Fear of consequences"))
    shown = "".join(label.text() for label in side.versions.view.findChildren(QLabel))
    assert "<img" not in shown
    assert "&lt;" in shown


def test_an_older_wording_is_taken_again_as_a_new_version(hands, side):
    redefine(hands, "Otherwise.")
    side.show_panel("versions", row_of(hands, "Fear of consequences"))
    side.versions.again_button.click()
    latest = definitions(hands.study, hands.small.codes["Fear"])[0]
    assert (latest.number, latest.brief, latest.reason) == (3, OLD, "As in version 1")
    hands.room.bridge.undo()
    assert definitions(hands.study, hands.small.codes["Fear"])[0].brief == "Otherwise."


def test_passages_under_older_versions_open_from_there(hands, side, qtbot):
    redefine(hands, "Otherwise.")
    side.show_panel("versions", row_of(hands, "Fear of consequences"))
    assert side.versions.older_button.text() == "2 older passages…"
    with qtbot.waitSignal(hands.room.requestPassages) as asked:
        side.versions.older_button.click()
    assert asked.args[1] == Looking(codes=[hands.small.codes["Fear"]], older=True)


def test_the_editor_leads_to_its_versions_and_keeps_what_was_typed(hands, side):
    hands.room.edit_definition(hands.small.codes["Wear"])
    hands.type("Tired of it.")
    side.editor.compare_button.click()
    assert side.versions.isVisible()
    assert [line.name for line in side.versions.list.lines] == ["Version 2 (now)", "Version 1"]


def test_the_codebook_at_two_moments_is_what_the_query_says(hands, side):
    study, codes = hands.study, hands.small.codes
    moment = codebook_moments(study)[0]
    operations.rename_code(study, codes["Wear"], name="Wearing out")
    operations.move_code(study, codes["Call"], parent=codes["Trust"])
    operations.add_code(study, name="Night")
    redefine(hands, "Otherwise.")
    operations.delete_code(study, codes["Peer"])
    hands.room.codebook.act("compare").trigger()
    panel = side.moments
    panel.before.setCurrentIndex(panel.before.findData(moment.step))
    expected = {(row.after or row.before).name: row.kinds for row in side_by_side(study, moment.step) if row.kinds}
    assert {line.name: tuple(line.right.split(", ")) for line in panel.list.lines} == expected
    assert expected == {
        "Fear of consequences": ("redefined",),
        "Trusted person": ("removed",),
        "Calling for help": ("moved",),
        "Wearing out": ("renamed",),
        "Night": ("added",),
    }
    panel.list.setFocus()
    panel.list.set_current(codes["Call"])
    assert (panel.view.pairs[0].before, panel.view.pairs[0].after) == ("Calling for help", "Trust › Calling for help")


def test_two_chosen_moments_stay_chosen_while_work_goes_on(hands, side):
    side.show_panel("compare")
    panel = side.moments
    panel.after.setCurrentIndex(2)
    chosen = panel.before.currentData(), panel.after.currentData()
    operations.add_code(hands.study, name="Night")
    assert (panel.before.currentData(), panel.after.currentData()) == chosen
    assert len(panel.list.lines) == len([row for row in side_by_side(hands.study, *chosen) if row.kinds])


def theirs(hands):
    """Another team's list: one equal, one defined otherwise, one named alike, one like nothing."""
    known = {entry.name: entry for entry in code_entries(hands.study)}
    return (
        known["Trust"],
        replace(known["Fear of consequences"], brief="Afraid of the police.", near_miss=""),
        replace(known["Wear"], path=("Wears",)),
        CodeEntry(("Sleeplessness",), brief="Lying awake before a shift"),
    )


@pytest.fixture
def matching(hands, side, qtbot, tmp_path):
    """The panel with that list, read from a file."""
    path = tmp_path / "theirs.csv"
    write_codebook(theirs(hands), path)
    hands.room.codebook.deeds.import_file(path)
    qtbot.waitUntil(side.matching.isVisible)
    return side.matching


def test_each_code_of_theirs_stands_beside_its_best_match(hands, matching):
    expected = matched(codebook(hands.study), code_entries(hands.study), theirs(hands))
    assert [(row.key, row.ours.name if row.ours else "", row.likeness) for row in matching.table.shown_rows()] == [
        (row.key, row.ours.name if row.ours else "", row.likeness) for row in expected
    ]
    assert [row.likeness for row in expected] == ["same", "same", "similar", "new"]
    assert matching.told.text() == "4 undecided"


def test_a_person_decides_each_row_by_keys_and_one_undo_takes_it_back(hands, matching):
    before = code_entries(hands.study)
    hands.press("A")
    assert [row.fate for row in matching.rows] == ["same", "", "", ""]
    matching.table.select_row(matching.rows[1].key)
    hands.press("T")
    assert matching.current.key == ("Wears",)
    hands.press("S", "N")
    assert matching.told.text() == "2 the same · 1 with definitions of theirs · 1 new"
    hands.press("Ctrl+Return")
    after = {entry.name: entry for entry in code_entries(hands.study)}
    assert set(after) == {entry.name for entry in before} | {"Sleeplessness"}
    fear = after["Fear of consequences"]
    assert (fear.brief, fear.near_miss) == ("Afraid of the police.", "Being afraid of dying: not coded here.")
    assert fear.reason == "From theirs.csv"
    assert history(hands.study)[0].label == "Merge a list of 4 codes"
    assert not matching.isVisible()
    hands.room.bridge.undo()
    assert code_entries(hands.study) == before


def test_definitions_are_taken_field_by_field(hands, matching):
    matching.table.select_row(matching.rows[1].key)
    boxes = {key: box for key, box in matching._fields.items() if box.isVisible()}
    assert set(boxes) == {"brief", "near_miss"}
    boxes["near_miss"].click()
    assert matching.current.taken == {"near_miss"}
    decision = matching.current.decision()
    assert (decision.theirs.brief, decision.theirs.near_miss, decision.take_definition) == (OLD, "", True)
    boxes["near_miss"].click()
    assert matching.current.fate == "same"


def test_undecided_rows_are_refused_and_then_shown_alone(hands, matching):
    hands.press("A", "Ctrl+Return")
    assert hands.refused == ["3 codes are undecided. Decide about them, or leave them out; then merge."]
    assert matching.undecided.isChecked()
    assert [row.fate for row in matching.table.shown_rows()] == ["", "", ""]
    hands.press("U")
    assert len(matching.table.shown_rows()) == 4
    assert len(codebook(hands.study)) == 5


def test_a_code_may_be_another_of_ours(hands, matching):
    matching.table.select_row(("Sleeplessness",))
    hands.press("S")
    assert "There is no code of ours beside it" in hands.refused[0]
    hands.press("O")
    hands.type("trusted")
    hands.press("Return")
    assert (matching.current.ours.name, matching.current.fate) == ("Trusted person", "same")
    assert hands.focus is matching.table
    hands.press("O", "Escape")
    assert matching.isVisible()
    assert hands.focus is matching.table


def test_what_is_ours_no_longer_is_undecided_again(hands, matching):
    hands.press("A")
    operations.delete_code(hands.study, hands.small.codes["Trust"])
    row = matching.rows[0]
    assert (row.fate, row.ours) == ("", None)
    assert preview(matching.rows) == "4 undecided"


def test_codes_that_are_left_out_do_not_come(hands, matching):
    matching.table.selectAll()
    hands.press("X", "Ctrl+Return")
    assert len(codebook(hands.study)) == 5
    assert hands.informed[-1] == "The list is merged: 4 left out. One undo takes it all back."


def test_a_new_name_that_is_taken_is_refused_and_decisions_stay(hands, matching):
    matching.table.selectAll()
    hands.press("N", "Ctrl+Return")
    assert "named “Trust”" in hands.refused[0]
    assert matching.isVisible()
    assert [row.fate for row in matching.rows] == ["add"] * 4
