"""The map and the framework, worked by keys and by mouse, against what the study says then."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from themes_by_hand import ALT, CTRL, KEY, LEFT, choose

from qcode.operations import framework, themes
from qcode.queries.themes.framework import framework as matrix
from qcode.queries.themes.map import theme_map
from qcode.ui import theme
from qcode.ui.themes.framework.table import FrameworkTable

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shown(qtbot, room):
    """Show a view of the middle, once it has counted."""

    def show(key):
        room.middle.show_view(key)
        room.middle.view.setFocus()
        qtbot.waitUntil(lambda: not room.computing)
        return room.middle.view

    return show


def settle(qtbot, room) -> None:
    qtbot.waitUntil(lambda: not room.computing)


# The framework


def test_a_summary_is_written_by_keys_linked_and_taken_back(qtbot, room, made, shown):
    choose(room, made, "gates")
    view = shown("framework")
    assert view.theme == made.themes["gates"]
    table = view.table
    table.put_cursor((made.participants["Marit"], made.themes["gates"]))
    qtbot.keyClick(table, KEY.Key_Return)
    field = table.findChild(type(table._cells.editor))
    qtbot.keyClicks(field, "A can is a remark.")
    qtbot.keyClick(field, KEY.Key_Return)
    settle(qtbot, room)
    assert table.cell.words == "A can is a remark."
    assert table.hasFocus()
    view.pane.list.setFocus()
    qtbot.keyClick(view.pane.list, KEY.Key_L)
    settle(qtbot, room)
    linked = matrix(made.study).cell(made.participants["Marit"], made.themes["gates"]).links
    assert [link.text for link in linked] == [view.pane.list.row.text] == ["I leave a can at their gate."]
    assert view.pane.link.text() == "Unlink"
    with qtbot.waitSignal(room.requestPlace) as asked:
        qtbot.keyClick(view.pane.list, KEY.Key_Return, CTRL)
    assert asked.args[0].start == linked[0].start
    table.setFocus()
    with qtbot.waitSignal(room.requestPassages) as told:
        qtbot.keyClick(table, KEY.Key_P)
    assert told.args[0] == "Marit, “Gates that speak”: 1 passage"
    room.bridge.undo()
    room.bridge.undo()
    settle(qtbot, room)
    assert matrix(made.study).written == 0


def test_what_comes_meanwhile_waits_and_what_is_half_written_is_kept(qtbot, room, made, shown):
    choose(room, made, "gates")
    view = shown("framework")
    subject = framework.Subject("participant", made.participants["Odell"])
    view.table.put_cursor((made.participants["Marit"], made.themes["gates"]))
    qtbot.keyClick(view.table, KEY.Key_F2)
    field = view.table._cells.editor
    qtbot.keyClicks(field, "A can")
    framework.summarise(made.study, made.themes["gates"], subject, words="A door.")
    assert view.table.writing
    room.middle.show_view("outline")
    settle(qtbot, room)
    found = matrix(made.study)
    assert found.cell(made.participants["Marit"], made.themes["gates"]).words == "A can"
    assert found.cell(made.participants["Odell"], made.themes["gates"]).words == "A door."


def test_who_is_not_named_is_told_and_documents_are_rows_too(qtbot, room, made, shown):
    view = shown("framework")
    unnamed = next(row for row in view.table.matrix.subjects if not row.named)
    view.table.put_cursor((unnamed.id, made.themes["ledger"]))
    with qtbot.waitSignal(room.bridge.refused) as told:
        qtbot.keyClick(view.table, KEY.Key_Return)
    assert "nobody named" in told.args[0]
    view.show_rows("document")
    settle(qtbot, room)
    assert [row.name for row in view.table.matrix.subjects] == list(made.documents)
    assert all(index.data(Qt.ItemDataRole.AccessibleTextRole) for index in [view.table.currentIndex()])


def test_rows_are_not_fitted_anew_for_every_theme(room, made, shown, monkeypatch):
    for number in range(30):
        themes.add_theme(made.study, name=f"Theme {number}")
    fits, fit = [], FrameworkTable._fit
    monkeypatch.setattr(FrameworkTable, "_fit", lambda table: (fits.append(table), fit(table)))
    table = shown("framework").table
    assert table.model().columnCount() > 30
    assert 0 < len(fits) < 5
    table.setColumnWidth(0, 80)
    assert len(fits) < 6


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_framework_is_saved_as_a_table(qtbot, room, made, shown, tmp_path, ending):
    framework.summarise(
        made.study,
        made.themes["gates"],
        framework.Subject("participant", made.participants["Marit"]),
        words="=A can",
    )
    view = shown("framework")
    path = tmp_path / f"out{ending}"
    view.ask_path = lambda *_asked: path
    with qtbot.waitSignal(room.bridge.informed):
        view.export()
    if ending == ".csv":
        assert "'=A can [1]" in path.read_text(encoding="utf-8-sig")
    view.ask_path = lambda *_asked: tmp_path / "out.odd"
    with qtbot.waitSignal(room.bridge.refused):
        view.export()


# The map


def test_things_are_gone_to_and_moved_by_keys_and_their_places_kept(qtbot, room, made, shown):
    choose(room, made, "gates")
    view = shown("map")
    canvas = view.canvas
    assert view.theme == made.themes["gates"]
    assert {node.thing for node in theme_map(made.study).nodes} == canvas.nodes.keys()
    first = canvas.nodes["theme", made.themes["gates"]].pos()
    qtbot.keyClick(canvas, KEY.Key_Right, ALT)
    qtbot.keyClick(canvas, KEY.Key_Right, ALT)
    canvas.keep_places()
    settle(qtbot, room)
    at = {node.thing: node.place for node in theme_map(made.study).nodes}
    assert at["theme", made.themes["gates"]] == (round(first.x()) + 32, round(first.y()))
    assert all(at.values())
    room.bridge.undo()
    settle(qtbot, room)
    assert canvas.nodes["theme", made.themes["gates"]].pos() == first
    before = canvas.node
    for key in (KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down):
        qtbot.keyClick(canvas, key)
    assert canvas.node != before or len(canvas.nodes) == 1
    with qtbot.waitSignal(room.requestPassages):
        canvas.put_cursor(("code", made.codes["Gates and doors"]))
        qtbot.keyClick(canvas, KEY.Key_Return)


def test_a_node_is_dragged_by_mouse_as_one_step(qtbot, room, made, shown):
    canvas = shown("map").canvas
    item = canvas.nodes["theme", made.themes["shown"]]
    start = canvas.mapFromScene(item.pos())
    qtbot.mousePress(canvas.viewport(), LEFT, pos=start)
    for by in (QPoint(20, 10), QPoint(60, 30)):
        there = QPointF(start + by)
        where = QPointF(canvas.viewport().mapToGlobal(start + by))
        move = QMouseEvent(QEvent.Type.MouseMove, there, where, Qt.MouseButton.NoButton, LEFT, NONE)
        QApplication.sendEvent(canvas.viewport(), move)
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=start + QPoint(60, 30))
    settle(qtbot, room)
    placed = {node.thing: node.place for node in theme_map(made.study).nodes}
    assert placed["theme", made.themes["shown"]] is not None
    assert canvas.node.thing == ("theme", made.themes["shown"])


def test_the_map_is_saved_without_a_word_about_who_made_it(qtbot, room, made, shown, tmp_path):
    view = shown("map")
    for ending, start in ((".svg", b"<?xml"), (".png", b"\x89PNG")):
        path = tmp_path / f"map{ending}"
        view.ask_path = lambda *_asked, path=path: path
        with qtbot.waitSignal(room.bridge.informed):
            view.save()
        found = path.read_bytes()
        assert found.startswith(start)
        assert str(tmp_path).encode() not in found
        assert b"Asta" not in found
        assert not re.search(rb"tEXt|iTXt|zTXt|tIME|eXIf", found)
    assert "Gates that speak" in (tmp_path / "map.svg").read_text(encoding="utf-8")
    view.ask_path = lambda *_asked: tmp_path / "map.bmp"
    with qtbot.waitSignal(room.bridge.refused) as told:
        view.save()
    assert ".svg" in told.args[0]


def test_the_map_takes_every_theme_and_follows_new_themes(qtbot, room, made, shown):
    view = shown("map")
    for name in ("dark", "white-on-black", "light"):
        theme.choose(name)
        room.update_theme()
        image = view.canvas.grab().toImage()
        assert image.pixelColor(3, 3).name() == theme.current().background
    before = {thing: item.pos() for thing, item in view.canvas.nodes.items()}
    added = themes.add_theme(made.study, name="Rain")
    settle(qtbot, room)
    assert ("theme", added) in view.canvas.nodes
    assert all(view.canvas.nodes[thing].pos() == at for thing, at in before.items())
