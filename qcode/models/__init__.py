"""Mapped classes, the journal that records every write to them, and the file they live in."""

from __future__ import annotations

from qcode.models.base import Base, Row
from qcode.models.codebook import Code, CodeVersion
from qcode.models.codings import Coding
from qcode.models.documents import Document, Layout, Participant, Revision, Speaker, Text
from qcode.models.team import Assignment, Coder, Round, StudyRecord
from qcode.models.themes import Quote, Theme, ThemeCode

__all__ = [
    "Assignment",
    "Base",
    "Code",
    "CodeVersion",
    "Coder",
    "Coding",
    "Document",
    "Layout",
    "Participant",
    "Quote",
    "Revision",
    "Round",
    "Row",
    "Speaker",
    "StudyRecord",
    "Text",
    "Theme",
    "ThemeCode",
]
