"""What every test gets."""

from __future__ import annotations

import os
import sys

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_LEADING = ("socket.connect", "socket.sendto", "socket.sendmsg")
_REACHING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


class NetworkReachedError(BaseException):
    """Something that was tested reached for a network; no `except Exception` may swallow it."""


def _stay_offline(event: str, args: tuple[object, ...]) -> None:
    # Libraries may look whether the computer knows IPv6 by making a socket; what counts is where one leads.
    reached = event in _LEADING and isinstance(args[1], tuple)
    if reached or event in _REACHING:
        raise NetworkReachedError(event)


sys.addaudithook(_stay_offline)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the fast tests first, so that a mistake shows early; the order is the same in every run."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
