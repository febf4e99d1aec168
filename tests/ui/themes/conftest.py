"""The Themes room on a study in which themes are written up."""

from __future__ import annotations

import pytest

from qcode.ui.themes import ThemesRoom
from qcode.ui.themes.tab import ThemesTab


@pytest.fixture
def open_room(show_room):
    """Show the room on a study; the answer is its first tab."""
    return lambda study: show_room(ThemesRoom, study, 1180, 720).themes


@pytest.fixture
def room(open_room, made) -> ThemesTab:
    return open_room(made.study)
