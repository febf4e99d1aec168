"""The studies that are measured, made through the operations that people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import marks, talk, words
from qcode.exchange.codebook import CodeEntry
from qcode.ids import RoundId
from qcode.operations import assignments, coding, team
from qcode.operations.codebook import import_codebook
from qcode.operations.documents import Incoming, import_documents
from qcode.operations.passages import Passage
from qcode.queries.codebook.tree import codebook
from qcode.queries.team import coders, rounds
from qcode.queries.transcripts.documents import documents
from qcode.study import Study
from qcode.transcripts import Transcript

SEED = 20_250


@dataclass(frozen=True, slots=True)
class Team:
    """Interviews that several coders have coded: data A."""

    documents: int = 100
    words: int = 10_000
    codes: int = 60
    codings: int = 20_000
    coders: int = 3


@dataclass(frozen=True, slots=True)
class Long:
    """One long document under overlapping codings: data B."""

    characters: int = 1_000_000
    codings: int = 5_000
    codes: int = 60
    coders: int = 3

    def times(self, factor: float) -> Long:
        """The same density of codings on a shorter or longer text."""
        return Long(round(self.characters * factor), round(self.codings * factor), self.codes, self.coders)


Size = Team | Long


def build(path: Path, size: Size) -> None:
    """Make a study of this size at a path that nobody has coded yet."""
    with Study.create(path, title="Generated", coder=words.CODERS[0]) as study:
        for name in words.CODERS[1 : size.coders]:
            team.add_coder(study, name=name)
        import_codebook(study, _entries(size.codes))
        texts = transcripts(size)
        import_documents(study, [Incoming(f"INT-{number:03}", text) for number, text in enumerate(texts, 1)])


def code(path: Path, size: Size) -> None:
    """Let the coders code a study of this size, in one step, and hand in all but the last document."""
    with Study.open(path) as study:
        coding.add_codings(study, round_id=current_round(study), marks=placed_marks(study, size))
        _hand_in(study)


def transcripts(size: Size) -> list[Transcript]:
    """The texts of a study of this size."""
    if isinstance(size, Long):
        return [talk.long_interview(SEED, size.characters)]
    return [talk.interview(SEED + number, size.words) for number in range(size.documents)]


def marks_of(size: Size, texts: Sequence[Transcript]) -> list[list[marks.Mark]]:
    """For each text what the coders mark in it; together exactly as many as promised."""
    if isinstance(size, Long):
        return [marks.overlapping_marks(SEED, texts[0].text, size.codings, codes=size.codes, coders=size.coders)]
    each, more = divmod(size.codings, size.documents)
    counts = [each + (number < more) for number in range(size.documents)]
    return [
        marks.shared_marks(SEED + number, text.text, count, codes=size.codes, coders=size.coders)
        for number, (text, count) in enumerate(zip(texts, counts, strict=True))
    ]


def current_round(study: Study) -> RoundId:
    """The only round of a generated study."""
    return rounds(study)[0].id


def placed_marks(study: Study, size: Size) -> list[coding.Mark]:
    """Everything that the coders of a study of this size mark, at its places in the study."""
    people = sorted(coders(study), key=lambda row: words.CODERS.index(row.name))
    codes = [row for row in codebook(study) if row.codable]
    return [
        coding.Mark(Passage(row.id, mark.start, mark.end), codes[mark.code].id, people[mark.coder].id)
        for row, found in zip(documents(study), marks_of(size, transcripts(size)), strict=True)
        for mark in found
    ]


def _entries(count: int) -> list[CodeEntry]:
    """Codes below categories; their brief definitions are enough to be read."""
    paths = [(category, f"{category} {aspect}") for category in words.CATEGORIES for aspect in words.ASPECTS][:count]
    categories = [CodeEntry((category,), kind="category") for category in dict.fromkeys(path[0] for path in paths)]
    return [*categories, *(CodeEntry(path, brief=f"What people say about {path[1].lower()}.") for path in paths)]


def _hand_in(study: Study) -> None:
    chosen, first = current_round(study), study.coder
    for person in coders(study):
        study.act_as(person.id)
        for row in documents(study)[:-1]:
            assignments.hand_in_round(study, round_id=chosen, documents=[row.id])
    if first is not None:
        study.act_as(first)
