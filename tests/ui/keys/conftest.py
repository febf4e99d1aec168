"""Keys as they are at first after each test, and the panel in which they are changed."""

from __future__ import annotations

import pytest

from qcode.ui.keys import keymap


@pytest.fixture(autouse=True)
def first_keys():
    yield
    keymap.take({})


@pytest.fixture
def panel(window):
    """The panel of keys, open in the real window."""
    window.change_keys()
    return window.keys_chooser
