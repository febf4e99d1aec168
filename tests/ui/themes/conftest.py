"""The Themes room on a study in which themes are written up."""

from __future__ import annotations

import pytest

from qcode.ui.themes import ThemesRoom


@pytest.fixture
def open_room(show_room):
    """Show the room on a study."""
    return lambda study: show_room(ThemesRoom, study, 1180, 720)


@pytest.fixture
def room(open_room, made) -> ThemesRoom:
    return open_room(made.study)
