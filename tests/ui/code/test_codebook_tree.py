"""The tree of codes by keys and mouse: several at once, sets, numbers, and names that are refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from qcode.operations import code_sets as sets
from qcode.operations import codebook as operations
from qcode.operations import memos
from qcode.queries.codebook.code_sets import code_sets
from qcode.queries.codebook.tree import code_counts, codebook
from qcode.queries.history import history
from qcode.ui import theme
from qcode.ui.code.codebook.counting import Counting
from qcode.ui.code.codebook.model import EVERYBODYS, MIME, MINE, carried_codes
from qcode.ui.palette import DARK, LIGHT


@pytest.fixture
def tree(hands):
    """The tree, with the focus."""
    hands.room.codebook.tree.setFocus()
    return hands.room.codebook.tree


@pytest.fixture
def side(hands):
    """The widened codebook."""
    return hands.room.side


def paths(hands):
    """The codes with the names above them, as the study has them."""
    return [row.path for row in codebook(hands.study)]


def shown(tree, parent=None):
    """The names on the lines below a line, all of them from the root."""
    model = tree.model()
    above = parent if parent is not None else tree.rootIndex()
    names = []
    for place in range(model.rowCount(above)):
        index = model.index(place, 0, above)
        names += [index.data(), *shown(tree, index)]
    return names


def test_several_codes_are_carried_at_one_stroke(hands, tree, qtbot):
    model, codes = hands.room.codebook.model, hands.small.codes
    before = paths(hands)
    data = model.mimeData([model.index_of(codes[name]) for name in ("Wear", "Fear")])
    assert carried_codes(data) == [codes["Fear"], codes["Wear"]], "in the order of the tree"
    foreign = QMimeData()
    foreign.setText("no code")
    assert not model.canDropMimeData(foreign, Qt.DropAction.MoveAction, -1, -1, model.index_of(codes["Call"]))
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(codes["Call"]))
    qtbot.waitUntil(lambda: ("Calling for help", "Wear") in paths(hands))
    assert paths(hands)[-3:] == [
        ("Calling for help",),
        ("Calling for help", "Fear of consequences"),
        ("Calling for help", "Wear"),
    ]
    assert [row.id for row in tree.chosen_codes] == [codes["Fear"], codes["Wear"]]
    hands.room.bridge.undo()
    assert paths(hands) == before


def test_what_goes_with_its_parent_is_not_carried_apart(hands, tree, qtbot):
    model, codes = hands.room.codebook.model, hands.small.codes
    data = model.mimeData([model.index_of(codes[name]) for name in ("Trust", "Fear")])
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(codes["Wear"]))
    qtbot.waitUntil(lambda: ("Wear", "Trust") in paths(hands))
    assert ("Wear", "Trust", "Fear of consequences") in paths(hands)


def test_when_one_of_several_cannot_go_none_goes(hands, tree, qtbot):
    codes = hands.small.codes
    operations.add_code(hands.study, name="Wear", parent=codes["Trust"])
    before = paths(hands)
    hands.room.codebook.model.moveAsked.emit([codes["Call"], codes["Wear"]], codes["Trust"], "")
    qtbot.waitUntil(lambda: bool(hands.refused))
    assert "named “Wear” in this place already" in hands.refused[0]
    assert paths(hands) == before


@pytest.mark.parametrize("first", ["Alt", "Ctrl+Shift"])
def test_several_codes_move_by_keys_and_stay_chosen(hands, tree, first):
    codes = hands.small.codes
    tree.choose([codes["Call"], codes["Wear"]])
    hands.press(f"{first}+Up")
    assert [path[0] for path in paths(hands) if len(path) == 1] == ["Calling for help", "Wear", "Trust"]
    assert len(tree.chosen_codes) == 2
    hands.press(f"{first}+Down", f"{first}+Right")
    assert paths(hands)[-2:] == [("Trust", "Calling for help"), ("Trust", "Wear")]
    hands.press(f"{first}+Left")
    assert [path[0] for path in paths(hands) if len(path) == 1] == ["Trust", "Calling for help", "Wear"]
    steps = len(history(hands.study))
    hands.press(f"{first}+Down", f"{first}+Left")
    assert len(history(hands.study)) == steps, "there is no further place"


def test_codes_of_different_parents_do_not_move_by_a_step(hands, tree):
    codes = hands.small.codes
    tree.choose([codes["Fear"], codes["Wear"]])
    hands.press("Alt+Up")
    assert hands.refused == [
        "Codes of different parents can't be moved by a step. Cut them, and paste them where they go."
    ]


def test_codes_are_cut_and_pasted_below_another(hands, tree):
    codes = hands.small.codes
    before = paths(hands)
    hands.press("Ctrl+V")
    assert hands.refused == ["Nothing was cut. Choose codes and cut them first."]
    tree.choose([codes["Fear"], codes["Call"]])
    hands.press("Ctrl+X")
    assert paths(hands) == before
    tree.set_current(codes["Wear"])
    hands.press("Ctrl+V")
    assert paths(hands)[-3:] == [("Wear",), ("Wear", "Fear of consequences"), ("Wear", "Calling for help")]
    tree.set_current(codes["Trust"])
    hands.press("Ctrl+X")
    tree.set_current(codes["Fear"])
    hands.press("Ctrl+V")
    hands.room.bridge.undo()
    hands.room.bridge.undo()
    assert paths(hands) == before


def test_a_code_is_not_pasted_below_itself(hands, tree):
    codes = hands.small.codes
    before = paths(hands)
    tree.set_current(codes["Trust"])
    hands.press("Ctrl+X")
    tree.set_current(codes["Fear"])
    hands.press("Ctrl+V")
    assert "can't be moved below itself" in hands.refused[0]
    assert paths(hands) == before


IMPOSSIBLE = [
    ("x" * 10_000, "200 characters at most"),
    ("bell\x07", "can't be shown"),
    ("wear", "named “wear” in this place already"),
]


@pytest.mark.parametrize(("typed", "told"), IMPOSSIBLE)
def test_impossible_names_are_refused_and_nothing_changes(hands, tree, typed, told):
    before = paths(hands)
    tree.set_current(hands.small.codes["Call"])
    hands.press("Insert")
    hands.focus.setText(typed)
    hands.press("Return")
    assert [told in sentence for sentence in hands.refused] == [True]
    assert hands.focus.text() == typed, "it can be typed again"
    hands.press("Escape")
    assert paths(hands) == before
    tree.setFocus()
    tree.set_current(hands.small.codes["Call"])
    hands.press("F2")
    hands.focus.setText(typed)
    hands.press("Return")
    assert told in hands.refused[-1]
    assert paths(hands) == before
    assert shown(tree) == [path[-1] for path in before]
    hands.press("Insert")
    hands.focus.setText(typed)
    hands.press("Return")
    hands.focus.setText("Calling anybody")
    hands.press("Return")
    assert ("Calling anybody",) in paths(hands)


def test_an_empty_name_is_no_code_and_no_other_name(hands, tree):
    before = paths(hands)
    tree.set_current(hands.small.codes["Call"])
    hands.press("Insert")
    hands.type("   ")
    hands.press("Return")
    assert (paths(hands), hands.refused) == (before, [])
    tree.setFocus()
    tree.set_current(hands.small.codes["Call"])
    hands.press("F2", "Delete", "Return")
    assert hands.refused == ["A code needs a name."]
    assert paths(hands) == before


def test_numbers_count_one_coder_or_this_document(hands, tree):
    study, small, model = hands.study, hands.small, hands.room.codebook.model
    filters = hands.room.codebook.filters
    here = small.documents["INT-1"]

    def numbers():
        return {row.id: (row.mine, row.everybodys) for row in model.rows}

    def expected(coder, document):
        mine, everybodys = code_counts(study, document=document)
        others = code_counts(study, coder=coder, document=document)[1] if coder else everybodys
        return {row.id: (mine[row.id], others[row.id]) for row in codebook(study)}

    filters.count(Counting(here=True))
    assert numbers() == expected(None, here)
    assert numbers()[small.codes["Wear"]] == (0, 0)
    filters.count(Counting(small.bo, "Bo Ek", "BE", here=False))
    assert numbers() == expected(small.bo, None)
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in (MINE, EVERYBODYS)] == ["Mine", "BE"]
    filters.count(Counting(here=True))
    hands.open("FG-1")
    assert numbers() == expected(None, small.documents["FG-1"])
    filters.count(Counting())
    assert numbers() == {row.id: (row.mine, row.everybodys) for row in codebook(study)}


def test_numbers_of_this_document_follow_what_is_coded(hands, tree, qtbot):
    model, wear = hands.room.codebook.model, hands.small.codes["Wear"]
    hands.room.codebook.filters.count(Counting(here=True))
    hands.small.apply("INT-1", "somebody knocked", "Wear")
    qtbot.waitUntil(lambda: model.row_at(model.index_of(wear)).mine == 1)


def test_a_set_is_made_of_what_is_chosen_and_shown_alone(hands, tree, side):
    codes = hands.small.codes
    tree.choose([codes["Fear"], codes["Wear"]])
    hands.room.codebook.act("sets").trigger()
    panel = side.sets
    assert hands.focus is panel.name
    hands.type("For the report")
    hands.press("Return")
    made = code_sets(hands.study)[0]
    assert (made.name, [code for code, _path in made.codes]) == ("For the report", [codes["Fear"], codes["Wear"]])
    panel.only_button.click()
    assert shown(tree) == ["Trust", "Fear of consequences", "Wear"]
    assert hands.room.codebook.code_set == made.id
    hands.room.codebook.filters.choose(None)
    assert len(shown(tree)) == 5


def test_a_set_is_filled_by_keys_renamed_and_removed(hands, tree, side):
    codes = hands.small.codes
    made = sets.add_set(hands.study, name="Night")
    tree.set_current(codes["Call"])
    hands.room.codebook.act("put in set").trigger()
    panel = side.sets
    assert hands.focus is panel.list
    hands.press("Return")
    assert hands.informed[-1] == "1 code put into “Night”."
    hands.press("Return")
    assert hands.informed[-1] == "“Night” holds it already."
    hands.press("F2")
    hands.type("Day")
    hands.press("Return")
    assert [(row.id, row.name, len(row.codes)) for row in code_sets(hands.study)] == [(made, "Day", 1)]
    panel.exclusive.click()
    assert hands.informed[-1] == "The codes of “Day” exclude each other now."
    assert (code_sets(hands.study)[0].exclusive, panel.exclusive.isChecked()) == (True, True)
    hands.room.bridge.undo()
    assert (code_sets(hands.study)[0].exclusive, panel.exclusive.isChecked()) == (False, False)
    panel.codes.setFocus()
    panel.codes.set_current(codes["Call"])
    hands.press("Delete")
    assert code_sets(hands.study)[0].codes == ()
    panel.list.setFocus()
    hands.press("Delete")
    assert code_sets(hands.study) == []
    hands.room.bridge.undo()
    assert len(code_sets(hands.study)) == 1


def test_a_set_of_a_name_that_is_taken_is_refused(hands, tree, side):
    sets.add_set(hands.study, name="Night")
    side.show_panel("sets", [])
    side.sets.name.setFocus()
    hands.type("night")
    hands.press("Return")
    assert "set of codes named “night”" in hands.refused[0]
    assert side.sets.name.text() == "night"
    hands.press("Escape")
    assert (side.sets.name.text(), side.isVisible()) == ("", True)


def test_codes_are_dropped_onto_a_set(hands, tree, side):
    model, codes = hands.room.codebook.model, hands.small.codes
    sets.add_set(hands.study, name="Night")
    side.show_panel("sets", [])
    panel = side.sets
    QApplication.processEvents()
    place = QPointF(panel.list.visualRect(panel.list.model().index(0)).center())
    data = model.mimeData([model.index_of(codes["Fear"]), model.index_of(codes["Wear"])])
    panel.list.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.NoModifier))
    assert [code for code, _path in code_sets(hands.study)[0].codes] == [codes["Fear"], codes["Wear"]]
    foreign = QMimeData()
    foreign.setText("no code")
    panel.list.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, foreign, Qt.MouseButton.LeftButton, Qt.NoModifier))
    assert not foreign.hasFormat(MIME)
    assert len(code_sets(hands.study)[0].codes) == 2


def test_a_code_is_taken_out_of_the_set_that_is_shown(hands, tree):
    codes = hands.small.codes
    made = sets.add_set(hands.study, name="Night", codes=[codes["Wear"], codes["Call"]])
    tree.set_current(codes["Wear"])
    hands.room.codebook.act("take from set").trigger()
    assert hands.refused == ["Show a set of codes first; then codes can be taken out of it."]
    hands.room.codebook.filters.choose(made)
    tree.set_current(codes["Wear"])
    hands.room.codebook.act("take from set").trigger()
    assert shown(tree) == ["Calling for help"]
    sets.remove_set(hands.study, made)
    assert len(shown(tree)) == 5


def test_folding_stays_through_search_sets_and_other_rooms(hands, tree):
    model, codes = hands.room.codebook.model, hands.small.codes
    hands.room.codebook.act("fold").trigger()
    assert not tree.isExpanded(model.index_of(codes["Trust"]))
    hands.room.codebook.search.setText("fear")
    assert tree.isExpanded(model.index_of(codes["Trust"]))
    tree.set_current(codes["Trust"])  # what is current stays in sight
    hands.room.codebook.search.clear()
    assert not tree.isExpanded(model.index_of(codes["Trust"]))
    hands.room.hide()
    operations.add_code(hands.study, name="Night")
    hands.room.show()
    assert not tree.isExpanded(model.index_of(codes["Trust"]))
    hands.small.apply("INT-1", "somebody knocked", "Wear")
    assert not tree.isExpanded(model.index_of(codes["Trust"]))
    hands.room.codebook.act("unfold").trigger()
    assert tree.isExpanded(model.index_of(codes["Trust"]))


def test_folding_stays_when_the_study_is_closed_and_opened_again(window, small_study):
    path, trust = small_study.study.path, small_study.codes["Trust"]
    before = window.current_room.codebook
    assert before.tree.isExpanded(before.model.index_of(trust))
    before.tree.collapse(before.model.index_of(trust))
    window.close_study()
    assert window.settings.folded(path) == {trust}
    assert window.open_study(path)
    again = window.show_room("code").codebook
    assert not again.tree.isExpanded(again.model.index_of(trust))
    again.act("unfold").trigger()
    window.close_study()
    assert window.settings.folded(path) == frozenset()


def test_memos_about_a_code_open_in_the_drawer(window, small_study):
    code = small_study.codes["Fear"]
    memos.write_memo(small_study.study, title="On fear", about=[memos.Target("code", code)])
    room = window.show_room("code")
    room.codebook.tree.set_current(code)
    room.codebook.act("memos").trigger()
    drawer = window.view.drawer
    assert (drawer.is_open, drawer.shown) == (True, "memos")
    assert drawer.memos.isAncestorOf(QApplication.focusWidget())


def test_colour_is_never_the_only_cue():
    for colours in (LIGHT, DARK):
        looks = [(colour.name, colour.pattern) for colour in colours.codes]
        assert len(set(looks)) == len(looks) == 12
        assert len({pattern for _name, pattern in looks}) >= 6


def test_everything_in_the_menu_has_a_lasting_id(hands):
    for action in hands.room.codebook.actions_of_codebook:
        assert action.objectName().startswith("codebook."), action.text()


def test_names_are_drawn_in_the_size_that_type_has_now(tree):
    tree.setFixedSize(320, 300)  # what stands around it in the room may still find its height
    QApplication.processEvents()
    before = tree.viewport().grab().toImage()
    try:
        for zoom in (1.5, 1.0):
            theme.set_zoom(zoom)
            shown = tree.viewport().grab().toImage()
            assert tree._painter._letters().small == theme.font("small")
            assert (shown == before) == (zoom == 1.0)
    finally:
        theme.set_zoom(1.0)


def test_a_name_that_has_no_room_is_shortened_and_comes_back_with_the_room(hands, tree):
    row = hands.room.codebook.model.row_at(hands.room.codebook.model.index_of(hands.small.codes["Fear"]))
    letters = tree._painter._letters()
    assert letters.name(row, 400)[1] == row.name
    assert letters.name(row, 60)[1].endswith("…")
    assert letters.name(row, 400)[1] == row.name
