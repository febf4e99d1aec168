"""What every test gets."""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the fast tests first, so that a mistake shows early; the order is the same in every run."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
