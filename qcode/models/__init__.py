"""Mapped classes, the journal that records every write to them, and the file they live in."""

from __future__ import annotations

from qcode.models.agreement_plans import AgreementPlan
from qcode.models.alignment import TurnLink
from qcode.models.attributes import Attribute, AttributeLevel, AttributeValue, Site
from qcode.models.attribution import AttributionException, AttributionPolicy
from qcode.models.base import Base, Row
from qcode.models.codebook import Code, CodeSet, CodeSetMember, CodeVersion
from qcode.models.codings import Coding
from qcode.models.documents import Document, Layout, Participant, Revision, Speaker, Text
from qcode.models.framework import FrameworkSummary, MapPlace, SummaryPassage
from qcode.models.guides import Guide, GuideVersion, Landmarks, Question, QuestionMark
from qcode.models.memos import Memo, MemoLink
from qcode.models.reconciling import Assent, Decision
from qcode.models.saved_queries import SavedQuery
from qcode.models.surveys import Survey, SurveyTheme
from qcode.models.team import Assignment, Coder, Draw, Region, Round, StudyRecord
from qcode.models.themes import Quote, QuoteUse, Theme, ThemeCode

__all__ = [
    "AgreementPlan",
    "Assent",
    "Assignment",
    "Attribute",
    "AttributeLevel",
    "AttributeValue",
    "AttributionException",
    "AttributionPolicy",
    "Base",
    "Code",
    "CodeSet",
    "CodeSetMember",
    "CodeVersion",
    "Coder",
    "Coding",
    "Decision",
    "Document",
    "Draw",
    "FrameworkSummary",
    "Guide",
    "GuideVersion",
    "Landmarks",
    "Layout",
    "MapPlace",
    "Memo",
    "MemoLink",
    "Participant",
    "Question",
    "QuestionMark",
    "Quote",
    "QuoteUse",
    "Region",
    "Revision",
    "Round",
    "Row",
    "SavedQuery",
    "Site",
    "Speaker",
    "StudyRecord",
    "SummaryPassage",
    "Survey",
    "SurveyTheme",
    "Text",
    "Theme",
    "ThemeCode",
    "TurnLink",
]
