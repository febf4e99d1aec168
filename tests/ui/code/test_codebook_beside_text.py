"""The codebook beside the text: search, names, moves, definitions, files."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcode.exchange.codebook import read_codebook, write_codebook
from qcode.operations import codebook as operations
from qcode.queries.codebook.deletion import deletion_effect
from qcode.queries.codebook.tree import code_entries, codebook, definitions
from qcode.queries.codings import Looking
from qcode.queries.history import history
from qcode.study import Study


@pytest.fixture
def tree(hands):
    """The tree, with the focus."""
    hands.room.codebook.tree.setFocus()
    return hands.room.codebook.tree


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


def test_searching_shows_matches_below_what_stands_above_them(hands, tree):
    hands.room.codebook.act("find").trigger()
    hands.type("trusted")
    assert shown(tree) == ["Trust", "Trusted person"]
    hands.press("Down")
    assert tree.current_code.name == "Trusted person"
    hands.room.codebook.search.setFocus()
    hands.press("Escape")
    assert len(shown(tree)) == 5


def test_a_code_is_added_in_place_and_escape_adds_none(hands, tree):
    tree.set_current(hands.small.codes["Wear"])
    hands.press("Insert")
    hands.type("Turnover")
    hands.press("Return")
    assert ("Turnover",) in paths(hands)
    assert tree.current_code.name == "Turnover"
    before = paths(hands)
    hands.press("Insert")
    hands.type("nothing")
    hands.press("Escape")
    assert paths(hands) == before
    assert shown(tree) == [path[-1] for path in before]


def test_a_code_is_added_below_another(hands, tree):
    tree.set_current(hands.small.codes["Trust"])
    hands.press("Shift+Insert")
    hands.type("Being seen")
    hands.press("Return")
    assert ("Trust", "Being seen") in paths(hands)


def test_f2_renames_in_the_tree_and_the_text_follows(hands, tree):
    tree.set_current(hands.small.codes["Call"])
    hands.press("F2")
    hands.type("Calling anybody")
    hands.press("Return")
    assert ("Calling anybody",) in paths(hands)
    assert "Calling anybody" in {row.name for row in hands.view.codings_in_sight()}


def test_a_code_cannot_be_carried_below_itself(hands, tree, qtbot):
    model, codes = hands.room.codebook.model, hands.small.codes
    data = model.mimeData([model.index_of(codes["Trust"])])
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(codes["Fear"]))
    qtbot.waitUntil(lambda: bool(hands.refused))
    assert "can't be moved below itself" in hands.refused[0]


def test_a_code_carried_between_two_others_stands_there(hands, tree, qtbot):
    model, codes = hands.room.codebook.model, hands.small.codes
    data = model.mimeData([model.index_of(codes["Wear"])])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, model.index_of(codes["Trust"]))
    qtbot.waitUntil(lambda: [path[-1] for path in paths(hands)][:3] == ["Trust", "Fear of consequences", "Wear"])


def test_removing_tells_what_is_hidden_and_undo_brings_it_back(hands, tree):
    before = hands.codings()
    tree.set_current(hands.small.codes["Trust"])
    hands.press("Delete")
    removal = hands.room.side.removal
    assert removal.effect.text() == deletion_effect(hands.study, [hands.small.codes["Trust"]]).sentence
    assert hands.codings() == before
    removal.remove_button.click()
    assert hands.informed[-1] == (
        "“Trust” and 2 codes below are removed, which hides 2 of your codings and 1 of your colleagues’. "
        "Undo brings everything back."
    )
    assert [name for name, _words in hands.codings()] == ["Calling for help"]
    assert {row.name for row in hands.view.codings_in_sight()} == {"Calling for help"}
    hands.room.bridge.undo()
    assert hands.codings() == before
    assert len(hands.view.codings_in_sight()) == 3


def test_a_retired_code_is_not_offered_and_can_be_used_again(hands, tree):
    tree.set_current(hands.small.codes["Wear"])
    hands.room.codebook.act("retire").trigger()
    assert tree.current_code.status == "retired"
    hands.mark("somebody knocked")
    hands.type("wear")
    assert "Wear" not in [row.name for row in hands.room.applying.palette.rows() if row.code]
    hands.press("Escape")
    hands.room.codebook.act("retire").trigger()
    assert tree.current_code.status == "active"


def test_enter_asks_for_the_passages_of_a_code_and_of_those_below(hands, tree, qtbot):
    tree.set_current(hands.small.codes["Trust"])
    with qtbot.waitSignal(hands.room.requestPassages) as asked:
        hands.press("Return")
    title, looking = asked.args
    codes = hands.small.codes
    assert title == "Trust"
    assert looking == Looking(codes=[codes["Trust"], codes["Fear"], codes["Peer"]])


def test_a_double_click_puts_the_code_on_the_selection(hands, tree):
    hands.mark("somebody knocked")
    model = hands.room.codebook.model
    place = tree.visualRect(model.index_of(hands.small.codes["Wear"])).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ("Wear", "somebody knocked") in hands.codings()


def test_ctrl_enter_in_the_tree_puts_the_code_on_the_selection(hands, tree):
    hands.mark("somebody knocked")
    tree.setFocus()
    tree.set_current(hands.small.codes["Wear"])
    hands.press("Ctrl+Return")
    assert ("Wear", "somebody knocked") in hands.codings()


def test_a_category_is_refused_with_its_sentence(hands, tree):
    hands.mark("somebody knocked")
    tree.setFocus()
    tree.set_current(hands.small.codes["Trust"])
    hands.press("Ctrl+Return")
    assert "is a category that gathers codes" in hands.refused[0]


def test_only_lines_that_differ_are_told(hands, tree, qtbot):
    model = hands.room.codebook.model
    told, resets = [], []
    model.dataChanged.connect(lambda first, _last: told.append(first.data()))
    model.modelReset.connect(lambda: resets.append(True))
    hands.small.apply("INT-1", "somebody knocked", "Wear")
    assert (told, resets) == (["Wear"], [])


def test_the_codebook_widens_into_its_editor(hands, tree):
    tree.set_current(hands.small.codes["Fear"])
    hands.press("Ctrl+D")
    editor = hands.room.editor
    assert editor.isVisible()
    assert hands.focus is editor.fields.field("brief")
    assert editor.fields.definition.near_miss == "Being afraid of dying: not coded here."
    hands.press("Escape")
    assert not editor.isVisible()


def test_a_new_definition_is_a_version_with_a_reason(hands, tree):
    tree.set_current(hands.small.codes["Fear"])
    hands.press("Ctrl+D")
    editor = hands.room.editor
    hands.press("Ctrl+End")
    hands.type(" Or cost.")
    assert editor.unsaved
    editor.reason.setFocus()
    hands.type("cost came up twice")
    hands.press("Ctrl+S")
    latest, first = definitions(hands.study, hands.small.codes["Fear"])
    assert latest.brief == "Afraid of what help may bring. Or cost."
    assert (latest.number, latest.reason, latest.author) == (2, "cost came up twice", "Ana Lima")
    assert first.brief == "Afraid of what help may bring."
    assert [line.name for line in editor.versions.lines] == ["Version 2 (now)", "Version 1"]
    assert not editor.unsaved


def test_an_older_version_is_read_and_not_written(hands, tree):
    code = hands.small.codes["Fear"]
    operations.define_code(hands.study, code, definition=operations.Definition(brief="Newer."))
    hands.room.edit_definition(code)
    editor = hands.room.editor
    editor.versions.setFocus()
    editor.versions.set_current("1")
    hands.press("Return")
    assert editor.fields.definition.brief == "Afraid of what help may bring."
    assert editor.fields.field("brief").isReadOnly()
    editor.leave()
    assert definitions(hands.study, code)[0].brief == "Newer."


def test_what_was_typed_is_kept_when_one_leaves_or_turns_to_another_code(hands, tree):
    codes = hands.small.codes
    hands.room.edit_definition(codes["Wear"])
    hands.type("Tired of it.")
    hands.room.edit_definition(codes["Fear"])
    assert definitions(hands.study, codes["Wear"])[0].brief == "Tired of it."
    hands.type("First: ")
    hands.press("Escape")
    assert definitions(hands.study, codes["Fear"])[0].brief == "First: Afraid of what help may bring."


def test_what_was_typed_is_kept_when_the_study_is_closed(window, small_study):
    code, path = small_study.codes["Wear"], small_study.study.path
    room = window.show_room("code")
    room.edit_definition(code)
    QTest.keyClicks(room.editor.fields.field("brief"), "Tired of it.")
    window.close_study()
    with Study.open(path) as study:
        assert definitions(study, code)[0].brief == "Tired of it."


def test_discarding_shows_the_current_version_again(hands):
    code = hands.small.codes["Fear"]
    hands.room.edit_definition(code)
    hands.type("x")
    hands.room.editor.discard_button.click()
    assert hands.room.editor.fields.definition.brief == "Afraid of what help may bring."
    hands.room.editor.leave()
    assert len(definitions(hands.study, code)) == 1


def test_name_colour_and_kind_change_at_once(hands):
    code = hands.small.codes["Wear"]
    hands.room.edit_definition(code)
    editor = hands.room.editor
    editor.name.setFocus()
    editor.name.selectAll()
    hands.type("Wearing out")
    hands.press("Return")
    editor.colours.go(7)
    editor.category.click()
    row = hands.room.desk.code(code)
    assert (row.name, row.colour, row.kind) == ("Wearing out", 7, "category")


def test_a_name_that_is_taken_is_put_back(hands):
    hands.room.edit_definition(hands.small.codes["Wear"])
    editor = hands.room.editor
    editor.name.setFocus()
    editor.name.selectAll()
    hands.type("calling for help")
    hands.press("Return")
    assert editor.name.text() == "Wear"
    assert "already" in hands.refused[0]


def test_the_editor_closes_when_its_code_is_removed(hands):
    hands.room.edit_definition(hands.small.codes["Wear"])
    operations.delete_code(hands.study, hands.small.codes["Wear"])
    assert not hands.room.editor.isVisible()


def test_ctrl_d_in_the_palette_opens_the_definition(hands):
    hands.mark("somebody knocked")
    hands.type("fear")
    hands.press("Ctrl+D")
    assert hands.room.editor.code.name == "Fear of consequences"
    assert not hands.room.applying.palette.isVisible()
    assert hands.room.editor.isAncestorOf(hands.focus)
    hands.press("Escape")
    assert hands.focus is hands.view


@pytest.mark.parametrize("ending", ["csv", "yaml"])
def test_a_codebook_is_exported_and_imported(hands, qtbot, tmp_path, ending):
    deeds, path = hands.room.codebook.deeds, tmp_path / f"book.{ending}"
    deeds.ask_path = lambda *_question: path
    hands.room.codebook.act("export").trigger()
    qtbot.waitUntil(lambda: hands.informed == [f"5 codes saved in book.{ending}."])
    assert [entry.path for entry in read_codebook(path).entries] == paths(hands)
    operations.delete_code(hands.study, hands.small.codes["Wear"])
    deeds.ask_file = lambda _parent: path
    matching = hands.room.side.matching
    hands.room.codebook.act("import").trigger()
    qtbot.waitUntil(matching.isVisible)
    assert hands.focus is matching.table
    hands.press("A", "Shift+N", "Ctrl+Return")
    assert hands.informed[-1] == "The list is merged: 4 the same · 1 new. One undo takes it all back."
    assert ("Wear",) in paths(hands)
    assert history(hands.study)[0].label == "Merge a list of 5 codes"


def test_a_codebook_is_imported_at_once_where_there_is_none(make_hands, bridge, small_study, qtbot, tmp_path):
    hands = make_hands(bridge, small_study)
    path = tmp_path / "book.csv"
    write_codebook(code_entries(hands.study), path)
    with hands.study.grouped():
        for row in codebook(hands.study):
            if not row.depth:
                operations.delete_code(hands.study, row.id)
    hands.room.codebook.deeds.import_file(path)
    qtbot.waitUntil(lambda: bool(hands.informed))
    assert hands.informed == ["5 codes added."]
    assert len(paths(hands)) == 5


def test_a_file_that_is_no_codebook_is_refused_with_a_sentence(hands, qtbot, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("")
    hands.room.codebook.deeds.import_file(path)
    qtbot.waitUntil(lambda: bool(hands.refused))
    assert "book.csv" in hands.refused[0]
    assert len(paths(hands)) == 5


def test_what_is_done_without_a_current_code_says_so(hands):
    tree = hands.room.codebook.tree
    tree.setCurrentIndex(tree.rootIndex())
    hands.room.codebook.act("delete").trigger()
    assert hands.refused == ["Choose a code in the codebook first."]
