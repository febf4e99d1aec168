"""Where the walk-throughs begin: a folder with the files of the sample study, and the real window on request."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from by_keys import focus
from told_pages import beside_the_sample
from walked import opened


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Stand in a folder that has sample_transcripts and codebooks, as the pages do."""
    return beside_the_sample(tmp_path, monkeypatch)


@pytest.fixture
def seated(qtbot, window_on):
    """Open the real window on a study, as its lead, to work in it by keys."""

    @contextmanager
    def seat(path, room):
        with opened(path) as study:
            window = window_on(study)
            shown = window.show_room(room)
            if focus() is None:
                shown.setFocus()
            qtbot.waitUntil(lambda: focus() is not None)
            yield window, study
            window.close()

    return seat
