"""Names for the ids that every row carries: 32 hexadecimal digits of a UUID, never reused."""

from __future__ import annotations

from typing import NewType
from uuid import NAMESPACE_URL, uuid4, uuid5

StudyId = NewType("StudyId", str)
CoderId = NewType("CoderId", str)
DocumentId = NewType("DocumentId", str)
RevisionId = NewType("RevisionId", str)
SpeakerId = NewType("SpeakerId", str)
ParticipantId = NewType("ParticipantId", str)
CodeId = NewType("CodeId", str)
CodeVersionId = NewType("CodeVersionId", str)
CodeSetId = NewType("CodeSetId", str)
RoundId = NewType("RoundId", str)
AssignmentId = NewType("AssignmentId", str)
RegionId = NewType("RegionId", str)
DrawId = NewType("DrawId", str)
DecisionId = NewType("DecisionId", str)
AssentId = NewType("AssentId", str)
AgreementPlanId = NewType("AgreementPlanId", str)
AttributionExceptionId = NewType("AttributionExceptionId", str)
CodingId = NewType("CodingId", str)
ThemeId = NewType("ThemeId", str)
QuoteId = NewType("QuoteId", str)
QuoteUseId = NewType("QuoteUseId", str)
SummaryId = NewType("SummaryId", str)
SummaryPassageId = NewType("SummaryPassageId", str)
SavedQueryId = NewType("SavedQueryId", str)
SurveyId = NewType("SurveyId", str)
MemoId = NewType("MemoId", str)
MemoLinkId = NewType("MemoLinkId", str)
AttributeId = NewType("AttributeId", str)
LevelId = NewType("LevelId", str)
SiteId = NewType("SiteId", str)
GuideId = NewType("GuideId", str)
GuideVersionId = NewType("GuideVersionId", str)
QuestionId = NewType("QuestionId", str)
QuestionMarkId = NewType("QuestionMarkId", str)
StepId = NewType("StepId", str)


def new_id() -> str:
    """A fresh random id."""
    return uuid4().hex


def derived_id(*parts: str) -> str:
    """The id that everyone derives from the same parts, so that two copies of a study agree on the row."""
    return uuid5(NAMESPACE_URL, "qcode:" + "/".join(parts)).hex
