"""The window: the only part of qcode that knows Qt."""

from __future__ import annotations

import builtins
from importlib import import_module

# PySide6 puts an import of its own in Python's place, which reads the source of every module, and keeps it, to find
# those that ask for its `__feature__`: none does, and it would cost a twelfth of the start and 20 MB.
_import = builtins.__import__
import_module("PySide6.QtCore")
builtins.__import__ = _import
