"""Merging, splitting, looking again and removing, beside the text: what the panels say is what queries say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qcode.operations import assignments, merging
from qcode.operations import codebook as operations
from qcode.operations.codebook import Definition
from qcode.queries.codebook.deletion import deletion_effect
from qcode.queries.codebook.merge_effect import merge_effect
from qcode.queries.codebook.rechecks import rechecks, waiting, walk
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings
from qcode.queries.history import history


@pytest.fixture
def tree(hands):
    """The tree, with the focus."""
    hands.room.codebook.tree.setFocus()
    return hands.room.codebook.tree


@pytest.fixture
def side(hands):
    """The widened codebook."""
    return hands.room.side


def names(hands):
    """The names of the codes in their order."""
    return [row.name for row in codebook(hands.study)]


def counts(hands, code):
    """How many codings a code shows, and how many of them are one's own."""
    rows = codings(hands.study, Looking(codes=[code]))
    return len(rows), sum(row.mine for row in rows)


def test_codes_are_merged_by_keys_and_the_effect_is_told_before(hands, tree, side):
    codes = hands.small.codes
    tree.choose([codes["Fear"], codes["Peer"]])
    hands.press("Ctrl+J")
    assert hands.focus is side.merging.chooser.line
    hands.type("wear")
    told = merge_effect(hands.study, [codes["Fear"], codes["Peer"]], codes["Wear"]).sentence
    assert side.merging.effect.text() == told
    assert "2 of yours, 1 of Bo Ek" in told
    before = counts(hands, codes["Wear"])
    made_with = {row.made_with for row in codings(hands.study, Looking(codes=[codes["Fear"], codes["Peer"]]))}
    hands.press("Return")
    assert names(hands) == ["Trust", "Calling for help", "Wear"]
    assert counts(hands, codes["Wear"]) == (before[0] + 3, before[1] + 2)
    assert made_with <= {row.made_with for row in codings(hands.study, Looking(codes=[codes["Wear"]]))}
    assert not side.isVisible()
    assert hands.focus is tree
    assert history(hands.study)[0].label.startswith("Merge 2 codes into")
    hands.room.bridge.undo()
    assert len(names(hands)) == 5


def test_a_merged_code_can_be_seen_and_found_under_the_one_it_stands_for(hands, tree, side):
    codes = hands.small.codes
    merging.merge_codes(hands.study, [codes["Peer"]], into=codes["Wear"])
    index = hands.room.codebook.model.index_of(codes["Wear"])
    assert "merged from “Trusted person”" in index.data(Qt.ItemDataRole.ToolTipRole)
    hands.room.codebook.search.setText("trusted person")
    assert tree.current_code.id == codes["Wear"]
    hands.room.edit_definition(codes["Wear"])
    assert "Merged from “Trusted person”" in side.editor._merged.text()


def test_arrows_choose_the_target_and_escape_changes_nothing(hands, tree, side):
    tree.set_current(hands.small.codes["Wear"])
    steps = len(history(hands.study))
    hands.press("Ctrl+J")
    first = side.merging.chooser.current.name
    hands.press("Down")
    assert side.merging.chooser.current.name != first
    offered = [line.name for line in side.merging.chooser.list.lines]
    assert "Wear" not in offered
    assert "Trust" not in offered, "a category can't stand for a code"
    hands.press("Escape")
    assert not side.isVisible()
    assert len(history(hands.study)) == steps


def test_a_merge_that_makes_two_of_one_name_siblings_is_refused(hands, tree, side):
    codes = hands.small.codes
    below = operations.add_code(hands.study, name="Night", parent=codes["Wear"])
    operations.add_code(hands.study, name="Night", parent=codes["Call"])
    side.show_panel("merge", [row for row in codebook(hands.study) if row.id == codes["Wear"]])
    hands.type("calling")
    hands.press("Return")
    assert "named “Night”" in hands.refused[0]
    assert side.merging.isVisible()
    assert below in {row.id for row in codebook(hands.study)}


def split(hands, tree, *new):
    """Split “Wear” into new codes by keys."""
    tree.set_current(hands.small.codes["Wear"])
    hands.press("Ctrl+K")
    for name in new:
        hands.type(name)
        hands.press("Return")
    hands.press("Ctrl+Return")


def test_who_looks_later_is_offered_what_was_split_off_and_not_all_that_is_beside(hands, tree, side):
    split(hands, tree, "Tiredness", "Taking it home")
    hands.press("Escape")
    side.look.begin(hands.small.codes["Wear"])
    assert [line.name for line in side.look.choices.lines] == ["Tiredness", "Taking it home", "Keep “Wear”"]
    side.look.begin(hands.small.codes["Call"])
    assert not side.look.current


def test_a_code_is_split_and_ones_own_passages_are_gone_through_by_digits(hands, tree, side):
    codes = hands.small.codes
    split(hands, tree, "Tiredness", "Taking it home")
    assert names(hands)[-3:] == ["Wear", "Tiredness", "Taking it home"]
    look = side.look
    assert look.isVisible()
    assert hands.focus is look.choices
    assert [line.name for line in look.choices.lines] == ["Tiredness", "Taking it home", "Keep “Wear”"]
    assert look.current.text == "Tired, mostly."
    assert "1 of 2 · 2 left · FG-1 · Dee" in look.progress.text()
    hands.press("1")
    assert look.current.text == "I take it home with me."
    hands.press("0")
    assert waiting(hands.study) == 0
    assert "All 2 are looked at." in look.progress.text()
    mine = Looking(documents=[hands.small.documents["FG-1"]], coders=[hands.small.ana], older=False)
    assert [row.name for row in codings(hands.study, mine)] == ["Tiredness", "Wear"]
    assert [(row.mine, row.others) for row in rechecks(hands.study)] == [(0, (("Bo Ek", 1),))]
    hands.press("Escape")
    assert not side.isVisible()
    assert codes["Wear"] in {row.id for row in codebook(hands.study)}


def test_undo_leads_back_to_the_passage_that_was_decided(hands, tree, side):
    split(hands, tree, "Tiredness")
    look = side.look
    first = look.current.coding.id
    hands.press("1")
    assert look.current.coding.id != first
    hands.room.bridge.undo()
    assert look.current.coding.id == first
    assert len(walk(hands.study, hands.small.codes["Wear"]).mine) == 2


def test_one_goes_back_and_decides_otherwise_or_later(hands, tree, side):
    split(hands, tree, "Tiredness")
    look = side.look
    first = look.current.coding.id
    hands.press("1", "Left")
    assert look.current.coding.id == first
    assert "decided: Tiredness" in look.progress.text()
    hands.press("0")
    rows = codings(hands.study, Looking(ids=[first]))
    assert (rows[0].name, rows[0].older) == ("Wear", False)
    hands.press("Right")
    hands.press("Down", "Return")
    assert waiting(hands.study) == 0


def test_colleagues_see_what_waits_for_them(hands, tree, side):
    split(hands, tree, "Tiredness")
    hands.press("Escape")
    line = hands.room.codebook.waiting
    hands.room.bridge.act_as(hands.small.bo)
    line._on_count()
    assert (line.count, line.button.text()) == (1, "1 of your passages waits for a second look…")
    line.button.click()
    panel = side.rechecks
    assert [(entry.name, entry.right) for entry in panel.list.lines] == [("Wear", "1 of yours")]
    assert "2 of Ana Lima" in panel.list.lines[0].notes[0]
    hands.press("Return")
    assert side.look.current.text.startswith("I take it home with me. My wife")
    assert [entry.name for entry in side.look.choices.lines][-1] == "Keep “Wear”"
    hands.press("0")
    assert waiting(hands.study) == 0


def test_what_waits_opens_as_passages(hands, side, qtbot):
    code = hands.small.codes["Fear"]
    operations.define_code(hands.study, code, definition=Definition(brief="Newer."))
    hands.room.codebook.act("again").trigger()
    with qtbot.waitSignal(hands.room.requestPassages) as asked:
        hands.press("Ctrl+Return")
    assert asked.args == ["Fear of consequences, older definitions", Looking(codes=[code], older=True)]


def test_what_is_handed_in_is_told_and_not_asked_for(hands, tree, side):
    assignments.hand_in_round(hands.study, round_id=hands.small.round, documents=[hands.small.documents["FG-1"]])
    split(hands, tree, "Tiredness")
    assert side.look.current is None
    assert "2 passages of yours: in documents that you handed in." in side.look.rest.text()
    assert waiting(hands.study) == 0
    assert not side.look.choices.isVisible()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("wear", "named “wear”"), ("x" * 10_000, "200 characters"), ("bad\x07name", "can't be shown")],
)
def test_a_split_into_an_impossible_name_is_refused(hands, tree, side, typed, told):
    before = names(hands)
    tree.set_current(hands.small.codes["Wear"])
    hands.press("Ctrl+K")
    side.splitting.names.setPlainText(typed)
    side.splitting.split()
    assert told in hands.refused[0]
    assert names(hands) == before
    assert side.splitting.isVisible()
    assert side.splitting.names.toPlainText() == typed


def test_nothing_is_split_into_nothing(hands, tree, side):
    tree.set_current(hands.small.codes["Wear"])
    hands.press("Ctrl+K", "Ctrl+Return")
    assert hands.refused == ["Name at least one code to split off."]


def test_before_removing_one_may_retire_instead(hands, tree, side):
    code = hands.small.codes["Fear"]
    tree.set_current(code)
    hands.press("Delete")
    effect = deletion_effect(hands.study, [code])
    assert side.removal.effect.text() == effect.sentence
    assert [line.name for line in side.removal.list.lines] == [
        f"{row.coder_name} · {row.document_name}" for row in effect.affected
    ]
    assert hands.focus is side.removal.retire_button
    hands.press("Space")
    row = next(row for row in codebook(hands.study) if row.id == code)
    assert row.status == "retired"
    assert not side.isVisible()
    hands.room.bridge.undo()
    assert next(row for row in codebook(hands.study) if row.id == code).status == "active"


def test_several_codes_are_removed_at_one_stroke(hands, tree, side):
    codes = hands.small.codes
    tree.choose([codes["Trust"], codes["Fear"], codes["Wear"]])
    hands.press("Delete")
    side.removal.remove_button.click()
    assert names(hands) == ["Calling for help"]
    hands.room.bridge.undo()
    assert len(names(hands)) == 5


def test_an_unused_code_is_removed_at_once(hands, tree, side):
    made = operations.add_code(hands.study, name="Unused")
    tree.set_current(made)
    hands.press("Delete")
    assert "Unused" not in names(hands)
    assert not side.isVisible()


def test_a_panel_leaves_when_its_code_is_gone(hands, tree, side):
    for key in ("merge", "split", "remove", "versions"):
        made = operations.add_code(hands.study, name="Passing")
        row = next(row for row in codebook(hands.study) if row.id == made)
        side.show_panel(key, [row] if key in ("merge", "remove") else row)
        assert side.isVisible()
        operations.delete_code(hands.study, made)
        assert not side.isVisible(), key
