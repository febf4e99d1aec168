"""The study that is written up, for what is asked of it."""

from __future__ import annotations

import pytest
from written_up import write_up


@pytest.fixture
def made(tmp_path):
    """The study that is written up, open."""
    made = write_up(tmp_path / "pump.qcode")
    yield made
    made.study.close()
