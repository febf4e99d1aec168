"""The Team tab: coders, rounds, who codes what, and how far they are."""

from __future__ import annotations

from qcode.ui.transcripts.team.tab import TeamTab

__all__ = ["TeamTab"]
