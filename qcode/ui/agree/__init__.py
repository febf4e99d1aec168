"""The Agree room: how far coders agree, code by code."""

from __future__ import annotations

from qcode.ui.agree.room import AgreeRoom

__all__ = ["AgreeRoom"]
