"""Interview guides from files: lines of text and Word, or a table with a column of questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qcode.analysis.guides import Found, Wording, questions_in
from qcode.errors import QcodeError
from qcode.exchange.spreadsheets import EXTENSIONS as TABLES
from qcode.exchange.spreadsheets import read_table

LONGEST_GUIDE: Final = 100_000
_NUMBERS: Final = ("number", "no", "nr", "no.", "nr.", "#", "q", "id", "número", "nummer")
_TEXTS: Final = ("question", "questions", "text", "wording", "pregunta", "frage", "item", "prompt")
_LISTED: Final = ("list number", "listnumber")


class GuideTooLongError(QcodeError):
    """More text than any guide has."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"This text has {length:,} characters, and a guide can have {LONGEST_GUIDE:,}. Is it the right text? "
            "Nothing was taken."
        )


class NoQuestionColumnError(QcodeError):
    """A table does not say which of its columns the questions are in."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” has no column named “question”. Name it so in the first row, and try again.")


def questions_of_text(text: str) -> Found:
    """The questions in a text, one on each line; refuses one that is too long to be a guide."""
    if len(text) > LONGEST_GUIDE:
        raise GuideTooLongError(len(text))
    return questions_in(text.splitlines())


def read_guide(path: Path) -> Found:
    """The questions in a file: .csv, .tsv and .xlsx by columns, Word and every other text by lines.

    Texts are read in a process of their own, within the limits of transcripts; what is no guide is refused.
    """
    if path.suffix.lower() in TABLES:
        return _of_table(path)
    from qcode.transcripts import read_apart

    blocks = read_apart(path).blocks
    length = sum(len(block.text) for block in blocks)
    if length > LONGEST_GUIDE:
        raise GuideTooLongError(length)
    listed = [block.text for block in blocks if (block.style or "").lower().startswith(_LISTED)]
    talk = [block.text if block.voice is None else f"{block.voice}: {block.text}" for block in blocks]
    if not listed:
        return questions_in(line for text in talk for line in text.splitlines())
    found = questions_in(listed)
    return Found(found.questions, found.left_out + len(blocks) - len(listed))


def _of_table(path: Path) -> Found:
    table = read_table(path)
    headings = [" ".join(heading.lower().split()) for heading in table.headings]
    texts = _place(headings, _TEXTS)
    numbers = _place(headings, _NUMBERS)
    if texts is None:
        raise NoQuestionColumnError(path)
    rows = [row for row in table.rows if row[texts].strip()]
    if numbers is None:
        return questions_in(" ".join(row[texts].split()) for row in rows)
    return Found(
        tuple(Wording(row[numbers].strip().rstrip(".").lower(), row[texts].strip()) for row in rows),
        len(table.rows) - len(rows),
    )


def _place(headings: Sequence[str], names: Sequence[str]) -> int | None:
    return next((place for name in names for place, heading in enumerate(headings) if heading == name), None)
