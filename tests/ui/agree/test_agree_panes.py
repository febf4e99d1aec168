"""Above an open drawer the table of codes keeps its rows, and what one works in stays in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qcode.ui import theme
from qcode.ui.agree.panes import FigurePanes


@pytest.fixture
def panes(qtbot):
    theme.choose("light")
    panes = FigurePanes()
    qtbot.addWidget(panes)
    panes.resize(1000, 640)
    panes.show()
    panes.activateWindow()
    qtbot.waitActive(panes)
    return panes


def test_there_is_room_for_both_or_the_table_alone_is_shown(panes, qtbot):
    assert panes.details.isVisible()
    panes.tables.codes.setFocus()
    panes.resize(1000, 300)
    qtbot.waitUntil(lambda: not panes.details.isVisible())
    qtbot.waitUntil(lambda: panes.tables.height() == panes.height())
    panes.resize(1000, 640)
    qtbot.waitUntil(panes.details.isVisible)
    rows = 6 * panes.tables.codes.verticalHeader().defaultSectionSize()
    qtbot.waitUntil(lambda: panes.tables.codes.viewport().height() >= rows)


def test_the_details_stay_while_one_works_in_them_and_come_when_asked_for(panes, qtbot):
    panes.details.views.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
    panes.resize(1000, 300)
    qtbot.wait(20)
    assert panes.details.isVisible()
    panes.tables.codes.setFocus()
    panes.resize(1000, 640)
    panes.resize(1000, 300)
    qtbot.waitUntil(lambda: not panes.details.isVisible())
    panes.show_details()
    assert panes.details.isVisible()
