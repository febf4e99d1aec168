"""Passages of the current text, and the anchors that codings and quotes keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import DocumentId
from qcode.models import Document, Revision
from qcode.models.statements import ask
from qcode.models.texts import Shelf
from qcode.operations.lookup import GoneError
from qcode.study import Place
from qcode.text.ranges import Range, trim


class NothingSelectedError(QcodeError):
    """The passage has no characters."""

    def __init__(self) -> None:
        super().__init__("Select some text first: a passage needs at least one character that is not a space.")


class OutsideTextError(QcodeError):
    """The passage does not lie in the transcript."""

    def __init__(self, document: str) -> None:
        super().__init__(f"That passage lies outside “{document}”. Select it again in the current text.")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch `[start, end)` of a document's current text, in code points."""

    document: DocumentId
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where undo returns to."""
        return Place(self.document, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of one revision, without spaces at its ends: what is stored."""

    document: str
    revision: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CurrentText:
    """The text of a document as it stands."""

    document: str
    name: str
    revision: str
    text: str

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor for a stretch of this text; refuses one outside it, or without a visible character."""
        self.refuse_outside([(start, end)])
        trimmed = trim(self.text, start, end)
        if trimmed is None:
            raise NothingSelectedError
        return Anchor(self.document, self.revision, *trimmed)

    def refuse_outside(self, ranges: Iterable[Range]) -> None:
        """Refuse stretches that do not lie in this text."""
        if any(not 0 <= start <= end <= len(self.text) for start, end in ranges):
            raise OutsideTextError(self.name)


_CURRENT = (
    select(Document.name, Revision.id, Revision.text_sha256)
    .join(Revision, Revision.id == Document.revision_id)
    .where(Document.alive, Document.id == bindparam("document"))
)


def current_text(session: Session, shelf: Shelf, document: str) -> CurrentText:
    """The current text of a living document."""
    found = ask(session, _CURRENT, document=document).one_or_none()
    if found is None:
        raise GoneError(Document.__tablename__)
    name, revision, text = found
    return CurrentText(document, name, revision, shelf.text(session, text))


def anchored(session: Session, shelf: Shelf, passage: Passage) -> Anchor:
    """The anchor for a passage of the current text."""
    return current_text(session, shelf, passage.document).anchor(passage.start, passage.end)
