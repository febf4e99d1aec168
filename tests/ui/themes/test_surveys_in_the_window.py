"""Surveys read in the window: beside which themes their items stand."""

from __future__ import annotations

from qcode.queries.counting.joint import surveys
from qcode.queries.themes.outline import themes
from qcode.ui.themes import ThemesRoom


def test_a_theme_that_is_none_is_refused_and_one_below_another_is_found(qtbot, show_room, made, tmp_path):
    tab = show_room(ThemesRoom, made.study, 1180, 760).show_tab("analysis")
    page = tab.show_page("joint")
    above, below = themes(made.study)[:2]
    file = tmp_path / "door.csv"
    page.ask_file = lambda *_asked: file
    refused = []
    tab.bridge.refused.connect(refused.append)
    head = "item,group,count,denominator,theme\nCalls again,Residents,31,80,"
    file.write_text(f"{head}Doors\n", encoding="utf-8")
    page.read_survey()
    qtbot.waitUntil(lambda: bool(refused))
    assert "“Doors”, which is no theme of this study" in refused[0]
    assert surveys(made.study) == []
    file.write_text(f"{head}{above.name} > {below.name}\n", encoding="utf-8")
    page.read_survey()
    qtbot.waitUntil(lambda: bool(surveys(made.study)))
    assert surveys(made.study)[0].beside == {"Calls again": (below.id,)}
    tab.bridge.undo()
    assert surveys(made.study) == []
