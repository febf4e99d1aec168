"""The pages of the analysis in their order, before they are built."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from qcode.ui.bridge import StudyBridge
from qcode.ui.themes.analysis.kept_corpus import KeptCorpus
from qcode.ui.themes.analysis.page import AnalysisPage

SATURATION = "saturation"
_HERE = "qcode.ui.themes.analysis"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its key, its name, what it tells, and the class that makes it."""

    key: str
    title: str
    about: str
    module: str
    name: str

    def build(self, bridge: StudyBridge, kept: KeptCorpus, parent: QWidget) -> AnalysisPage:
        """Load the page and make it where it will be."""
        made: AnalysisPage = getattr(import_module(f"{_HERE}.{self.module}"), self.name)(bridge, kept, parent)
        return made


PAGES = (
    Entry(
        "documents", "Codes by document", "How often each code stands in each document", "cross_page", "CodesByDocument"
    ),
    Entry(
        "attributes", "Codes by attribute", "Of which participants each code is heard", "cross_page", "CodesByAttribute"
    ),
    Entry("groups", "Themes by group", "Of which groups each theme is heard", "cross_page", "ThemesByGroup"),
    Entry("together", "Co-occurrence", "Which codes stand together", "together_page", "Together"),
    Entry("timeline", "Timeline", "The codes along one transcript", "along_page", "Along"),
    Entry(SATURATION, "Saturation", "From which document on nothing much is new", "saturation_page", "SaturationPage"),
    Entry("queries", "Queries", "Where codes stand to each other as a query says", "query_page", "QueryPage"),
    Entry("joint", "Joint display", "What a survey counted, beside themes", "joint_page", "JointPage"),
    Entry("words", "Words", "Which words are said most, and each in its context", "words_page", "Words"),
)
