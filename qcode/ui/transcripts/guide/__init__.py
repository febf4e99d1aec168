"""The Guide tab: what is asked, where it is asked, and all answers to a question."""

from __future__ import annotations

from qcode.ui.transcripts.guide.tab import GuideTab

__all__ = ["GuideTab"]
