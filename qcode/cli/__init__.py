"""The command line: the same operations and queries, for scripts and for those who like to type."""

from __future__ import annotations

from qcode.cli.commands import main

__all__ = ["main"]
