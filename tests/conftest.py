"""What every test gets."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import settings
from offline import stay_offline

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.addaudithook(stay_offline)
# No test is about time: a busy machine must not fail one.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the fast tests first, so that a mistake shows early; the order is the same in every run."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
