"""The drawer at the bottom, the same in every room: passages, search, memos and history."""

from __future__ import annotations

from qcode.ui.drawer.drawer import Drawer

__all__ = ["Drawer"]
