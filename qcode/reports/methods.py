"""A draft of the methods section, and reporting checklists filled as far as the study knows the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from qcode.files import extension, write_file
from qcode.reports.blocks import Block, Cell, Paragraph, Run, Table, plain
from qcode.reports.captions import Captions
from qcode.reports.checklists import COREQ, SRQR, Checklist, Item, Topic
from qcode.reports.formats import PAGES, file_bytes
from qcode.reports.word_styles import TEXT_WIDTH

if TYPE_CHECKING:
    from pathlib import Path

    from qcode.reports.house_template import Template
    from qcode.reports.values import StudyFacts

YOURS: Final = "For you to write: "
_SECTIONS: Final[tuple[tuple[str, tuple[Topic, ...]], ...]] = (
    ("Participants and data", ("people", "recorded", "documents", "notes", "languages", "duration", "guide")),
    ("Protection of participants", ("identifiers",)),
    ("Coding", ("approach", "codebook", "coders", "rounds", "counting", "memos", "trail")),
    ("Agreement and disagreements", ("agreement", "decisions")),
    ("Themes", ("themes", "subthemes", "quotes", "dissent", "saturation")),
    ("Software", ("software",)),
)  # fmt: skip

type State = Literal["told", "partly", "yours"]
_STATES: Final[Mapping[State, str]] = {"told": "Told", "partly": "Told in part", "yours": "For you"}


@dataclass(frozen=True, slots=True)
class MethodsDraft:
    """What a study can tell of its own methods: sentences by topic; a topic that it knows nothing about is missing."""

    facts: StudyFacts
    told: Mapping[Topic, str]

    def sections(self) -> Iterator[tuple[str, str]]:
        """The headings of the draft with their sentences; those about which nothing is known are left out."""
        for heading, topics in _SECTIONS:
            said = " ".join(self.told[topic] for topic in topics if topic in self.told)
            if said:
                yield heading, said


@dataclass(frozen=True, slots=True)
class Answer:
    """An item of a checklist with what the study tells of it, and what is left for people to write."""

    item: Item
    told: str
    yours: str

    @property
    def state(self) -> State:
        """Whether the study tells all of it, a part, or nothing."""
        if not self.told:
            return "yours"
        return "partly" if self.yours else "told"


def answered(item: Item, told: Mapping[Topic, str]) -> Answer:
    """What is known of an item; where the study could tell and cannot, that is for people to write, too."""
    known = [told[topic] for topic in item.told_by if topic in told]
    missing = [topic for topic in item.told_by if topic not in told]
    nothing = item.otherwise or "The study holds nothing about this."
    left = item.yours or (nothing if missing and not known else "")
    return Answer(item, " ".join(known), left)


def write_methods(draft: MethodsDraft, path: Path, *, template: Template | None = None) -> None:
    """Write the draft and both checklists as a Word document, a web page or Markdown.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, PAGES)
    write_file(path, file_bytes(ending, draft.facts, methods_blocks(draft), (), template=template))


def methods_blocks(draft: MethodsDraft) -> Iterator[Block]:
    """The draft, section by section, then COREQ and SRQR with a state for every item."""
    captions = Captions()
    yield plain("Title", draft.facts.title or "Untitled study")
    yield plain("Subtitle", "Methods: a draft from what the study holds")
    yield plain(
        "Study Facts",
        "Every sentence below was made from the study as it stands. Read it as you would a colleague’s draft.",
    )
    for heading, said in draft.sections():
        yield plain("heading 1", heading)
        yield plain("Normal", said)
    for checklist in (COREQ, SRQR):
        yield from _checklist(checklist, draft.told, captions)


def _checklist(checklist: Checklist, told: Mapping[Topic, str], captions: Captions) -> Iterator[Block]:
    answers = [answered(item, told) for _heading, items in checklist.parts for item in items]
    counts = [f"{sum(one.state == state for one in answers)} {name.lower()}" for state, name in _STATES.items()]
    yield plain("Appendix Heading", f"{checklist.name} checklist")
    yield plain("Normal", f"{checklist.title} ({checklist.source}). Of {len(answers)} items: {', '.join(counts)}.")
    for heading, items in checklist.parts:
        yield captions.next(f"{checklist.name}: {heading.lower()}")
        yield _table(f"{checklist.name}, {heading}", [answered(item, told) for item in items])


def _table(summary: str, answers: list[Answer]) -> Table:
    widths = (TEXT_WIDTH * 7 // 100, TEXT_WIDTH * 25 // 100, TEXT_WIDTH * 54 // 100, TEXT_WIDTH * 14 // 100)
    rows = tuple(
        (_cell(one.item.number), _cell(one.item.name), _told(one), _cell(_STATES[one.state])) for one in answers
    )
    return Table(("No.", "Item", "What the study tells", "State"), widths, rows, summary)


def _told(answer: Answer) -> Cell:
    told = (plain("Table Text", answer.told),) if answer.told else ()
    yours = Paragraph("Table Text", (Run(YOURS, "Strong"), Run(answer.yours)))
    return (*told, yours) if answer.yours else told


def _cell(text: str) -> Cell:
    return (plain("Table Text", text),)
