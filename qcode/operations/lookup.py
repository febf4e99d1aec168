"""Finding the row that an operation was asked to change, or saying that it is gone."""

from __future__ import annotations

from unicodedata import category, normalize

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId
from qcode.models import Code, Row
from qcode.models.merging import merged_codes
from qcode.study import NoCoderError

_WORDS = {
    "agreement_plan": "plan of the agreement",
    "attribution_exception": "exception",
    "attribution_policy": "policy for attributions",
    "code_set": "set of codes",
    "code_set_member": "code of the set",
    "code_version": "definition",
    "guide_version": "version of the guide",
    "memo_link": "link of the memo",
    "question_mark": "mark of the question",
    "quote_use": "use of the quote",
    "framework_summary": "summary",
    "summary_passage": "passage of the summary",
    "saved_query": "query",
    "survey_theme": "item beside the theme",
    "theme_code": "code of the theme",
}


class GoneError(QcodeError):
    """The thing to change was removed, or never was in this study."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"This {_WORDS.get(kind, kind)} is no longer in the study. Undo its removal, or choose another."
        )


class NameTakenError(QcodeError):
    """A sibling has the name already."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"There is a {kind} named “{name}” in this place already. Choose another name.")


class NameEmptyError(QcodeError):
    """A name has no letters."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A {kind} needs a name.")


class NameTooLongError(QcodeError):
    """A name is a text."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The name of a {kind} can have {LONGEST_NAME} characters at most. Choose a shorter one.")


class TextTooLongError(QcodeError):
    """More was given for a text of a few lines than one writes there."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"A {kind} can have {LONGEST_TEXT:,} characters at most. Write what is longer in a memo.")


class LineTooLongError(QcodeError):
    """More was given for a line than stands on one."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The {kind} can have {LONGEST_NAME} characters at most. Write a shorter one.")


class MergedAwayError(QcodeError):
    """The code stands for another one now."""

    def __init__(self, name: str, into: str) -> None:
        super().__init__(f"“{name}” was merged into “{into}”. Use “{into}” instead.")


class NameUnreadableError(QcodeError):
    """A name holds control characters, or halves of characters."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The name of this {kind} holds characters that can't be shown. Type it anew.")


class TextUnreadableError(QcodeError):
    """A text holds halves of characters, which no file can, or a line controls nobody sees."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The {kind} holds characters that can't be shown. Type it anew.")


LONGEST_NAME = 200
LONGEST_TEXT = 20_000
_UNREADABLE = ("Cc", "Cs")


def living[R: Row](session: Session, kind: type[R], row_id: str) -> R:
    """The row with this id, which must be alive."""
    row = session.get(kind, row_id)
    if row is None or not row.alive:
        raise GoneError(kind.__tablename__)
    return row


def standing_code(session: Session, code: str) -> Code:
    """The living code with this id, which must stand for itself."""
    row = living(session, Code, code)
    stands_for = merged_codes(session).get(code) if row.status == "merged" else None
    if stands_for is not None:
        raise MergedAwayError(row.name, living(session, Code, stands_for).name)
    return row


def acting(coder: CoderId | None) -> CoderId:
    """Who acts; refuses nobody."""
    if coder is None:
        raise NoCoderError
    return coder


def tidy_name(kind: str, name: str) -> str:
    """A name on one line without outer spaces; refuses an empty, endless or unreadable one."""
    tidy = normalize("NFC", " ".join(name.split()))
    if not tidy:
        raise NameEmptyError(kind)
    if len(tidy) > LONGEST_NAME:
        raise NameTooLongError(kind)
    if any(category(letter) in _UNREADABLE for letter in tidy):
        raise NameUnreadableError(kind)
    return tidy


def tidy_text(kind: str, text: str) -> str:
    """A comment, a reason or the like without outer spaces; refuses an endless or unreadable one."""
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError(kind)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise TextUnreadableError(kind)
    return text.strip()


def tidy_line(kind: str, line: str) -> str:
    """Words that stand on one line, or none; refuses what is too long for that, and what cannot be shown."""
    tidy = normalize("NFC", " ".join(line.split()))
    if len(tidy) > LONGEST_NAME:
        raise LineTooLongError(kind)
    if any(category(letter) in _UNREADABLE for letter in tidy):
        raise TextUnreadableError(kind)
    return tidy


def last_position(session: Session, kind: type[Row], *among: ColumnElement[bool]) -> str | None:
    """The largest order key among living rows that meet the conditions."""
    position = kind.__table__.c.position
    latest: str | None = session.scalar(select(func.max(position)).where(kind.alive, *among))
    return latest
