"""The room where a team settles what its coders saw differently."""

from __future__ import annotations

from qcode.ui.reconcile.room import ReconcileRoom

__all__ = ["ReconcileRoom"]
