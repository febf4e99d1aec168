"""Another user of the computer, for tests of permissions."""

from __future__ import annotations

import os
from contextlib import contextmanager


@contextmanager
def somebody_else():
    """Run as a user who owns nothing; a test run by an ordinary user stays that user."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
