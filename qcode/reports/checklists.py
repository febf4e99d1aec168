"""What a paper is asked to report, item by item: COREQ and SRQR, with what a study can answer of each by itself.

The numbers and topics are those of Tong, Sainsbury and Craig (2007), Int J Qual Health Care 19(6):349-357, and of
O'Brien and others (2014), Acad Med 89(9):1245-1251; the wording of what is asked is qcode's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

type Topic = Literal[
    "agreement", "approach", "codebook", "coders", "counting", "decisions", "dissent", "documents", "duration",
    "guide", "identifiers", "languages", "memos", "notes", "people", "question", "quotes", "recorded", "rounds",
    "saturation", "software", "subthemes", "themes", "title", "trail",
]  # fmt: skip
"""What a study can tell a sentence about."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to report: its number and name, what is asked, what a study may tell, and what only people know.

    Where `yours` is empty, what the study tells is all that is asked; `otherwise` is to be written where it tells
    nothing.
    """

    number: str
    name: str
    told_by: tuple[Topic, ...] = ()
    yours: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist: its short name, what it is, where it was published, and its items by heading."""

    name: str
    title: str
    source: str
    parts: tuple[tuple[str, tuple[Item, ...]], ...]


COREQ: Final = Checklist(
    "COREQ",
    "Consolidated criteria for reporting qualitative research",
    "Tong, Sainsbury and Craig 2007, 32 items",
    (
        (
            "Research team and reflexivity",
            (
                Item("1", "Interviewer or facilitator", yours="Who led each interview and focus group."),
                Item("2", "Credentials", yours="Degrees of those who did the research."),
                Item("3", "Occupation", yours="What they worked as during the study."),
                Item("4", "Gender", yours="Their gender, where they want it told."),
                Item("5", "Experience and training", yours="What prepared them for interviewing and for the topic."),
                Item("6", "Relationship with participants", yours="Whether they knew each other before."),
                Item("7", "What participants knew", yours="What they were told of the researcher and the reasons."),
                Item("8", "Interviewer’s standpoint", yours="Assumptions, interests and possible bias."),
            ),
        ),
        (
            "Study design",
            (
                Item("9", "Orientation and theory", ("approach",), "The theory behind the approach."),
                Item("10", "Sampling", yours="How participants were selected."),
                Item("11", "Method of approach", yours="How they were asked: in person, by telephone, by letter."),
                Item("12", "Sample size", ("people",)),
                Item("13", "Non-participation", yours="How many refused or left, and why."),
                Item("14", "Setting of data collection", yours="Where people were talked with."),
                Item("15", "Others present", yours="Whether anybody else was there."),
                Item("16", "Description of the sample", ("people", "recorded"), "Dates, and what else matters."),
                Item("17", "Interview guide", ("guide",), "Who wrote it, and whether it was piloted."),
                Item("18", "Repeat interviews", yours="Whether anybody was interviewed again, and how often."),
                Item("19", "Recording", ("documents",), "How it was recorded, and who transcribed."),
                Item("20", "Field notes", ("notes",), "When they were made, and by whom."),
                Item("21", "Duration", ("duration",), "Where transcripts carry no times, how long they took."),
                Item("22", "Data saturation", ("saturation",), otherwise="Whether and how it was discussed."),
                Item("23", "Transcripts returned", yours="Whether participants saw and corrected them."),
            ),
        ),
        (
            "Analysis and findings",
            (
                Item("24", "Number of coders", ("coders",)),
                Item("25", "Coding tree", ("codebook",)),
                Item("26", "Derivation of themes", ("themes",), "Whether they were set beforehand."),
                Item("27", "Software", ("software",)),
                Item("28", "Participant checking", yours="Whether participants commented on the findings."),
                Item("29", "Quotations", ("quotes",)),
                Item("30", "Data and findings consistent", ("dissent",), "Whether one follows from the other."),
                Item("31", "Major themes", ("themes",)),
                Item("32", "Minor themes and diverse cases", ("subthemes", "dissent")),
            ),
        ),
    ),
)  # fmt: skip

SRQR: Final = Checklist(
    "SRQR",
    "Standards for reporting qualitative research",
    "O'Brien and others 2014, 21 items",
    (
        (
            "Title, abstract and introduction",
            (
                Item("S1", "Title", ("title",), "That it says qualitative, or names the approach."),
                Item("S2", "Abstract", yours="Background, purpose, methods, results and conclusions."),
                Item("S3", "Problem", yours="Why it matters, and what was known."),
                Item("S4", "Purpose or question", ("question",)),
            ),
        ),
        (
            "Methods",
            (
                Item("S5", "Approach and paradigm", ("approach",), "The paradigm, and why it was chosen."),
                Item("S6", "Researchers and reflexivity", ("memos",), "Who they are, and how that bears on the study."),
                Item("S7", "Context", yours="The setting and what mattered in it."),
                Item("S8", "Sampling", ("people", "saturation"), "How and why people, places and events were chosen."),
                Item("S9", "Ethics", ("identifiers",), "Approval, consent, and how data are kept safe."),
                Item("S10", "Data collection methods", ("documents", "notes"), "When and how, and what changed."),
                Item("S11", "Instruments and technologies", ("guide",), "Recorders, and who wrote the questions."),
                Item("S12", "Units of study", ("people", "documents")),
                Item("S13", "Data processing", ("identifiers", "languages"), "Transcription, and how it was checked."),
                Item("S14", "Data analysis", ("coders", "counting", "codebook", "rounds"), "How themes were found."),
                Item("S15", "Trustworthiness", ("agreement", "decisions", "dissent", "trail"), "What else was done."),
            ),
        ),
        (
            "Results, discussion and other",
            (
                Item("S16", "Synthesis and interpretation", ("themes", "subthemes"), "What they come to together."),
                Item("S17", "Links to data", ("quotes",)),
                Item("S18", "Prior work and contribution", yours="How the findings stand to what was known."),
                Item("S19", "Limitations", yours="What the findings cannot carry."),
                Item("S20", "Conflicts of interest", yours="Who could gain, and how that was handled."),
                Item("S21", "Funding", yours="Who paid, and what part they had."),
            ),
        ),
    ),
)  # fmt: skip
