"""Where forms of a name stand in a study: in texts of today and before, and in everything that people typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.deidentification.forms import words_of
from qcode.deidentification.screening import screen
from qcode.models.documents import Document, Revision, Text
from qcode.models.typed_text import Typed, strings, typed_rows
from qcode.text.words import folded

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TextPlace:
    """`[start, end)` code points of the current revision of a document, which may have been taken out."""

    document: str
    revision: str
    start: int
    end: int


class Sought:
    """Forms to look for; a text that cannot hold any is passed over quickly."""

    def __init__(self, forms: Sequence[str]) -> None:
        self.forms = tuple(forms)
        longest = [max((word.key for word in words_of(form)), key=len, default="") for form in forms]
        self._keys = [folded(key).strip() or None for key in longest]

    def __call__(self, text: str) -> tuple[Span, ...]:
        """Where the forms stand, in order and apart.

        No form goes over the end of a line, so only the lines are looked at closely that may hold one.
        """
        if not self._possible(text):
            return ()
        found: list[Span] = []
        at = 0
        for line in text.split("\n"):
            if self._possible(line):
                found += [(at + start, at + end) for start, end in screen(line, self.forms)]
            at += len(line) + 1
        return tuple(found)

    def _possible(self, text: str) -> bool:
        if None in self._keys:
            return True
        words = folded(text)
        return any(key in words for key in self._keys if key is not None)

    def among(self, value: Any) -> bool:
        """Whether a value of the journal holds one of the forms."""
        return any(self(text) for text in strings(value))


def text_mentions(session: Session, sought: Sought) -> Iterator[tuple[TextPlace, str]]:
    """Every mention in the current text of a document, with that text; documents in the order of collection."""
    wanted = select(Document.id, Revision.id, Text.body).join(Revision, Revision.id == Document.revision_id)
    wanted = wanted.join(Text, Text.sha256 == Revision.text_sha256).order_by(Document.position, Document.id)
    for document, revision, body in session.execute(wanted):
        for start, end in sought(body):
            yield TextPlace(document, revision, start, end), body


def mentioned_before(session: Session, sought: Sought, known: Collection[str]) -> set[str]:
    """The documents of which an older text holds a form, without those that are known to be concerned."""
    wanted = select(Revision.document_id, Text.body).join(Text, Text.sha256 == Revision.text_sha256)
    wanted = wanted.where(Revision.document_id.not_in(list(known)))
    return {document for document, body in session.execute(wanted) if sought(body)}


def typed_mentions(session: Session, sought: Sought) -> Iterator[Typed]:
    """Every typed field of today that holds a form."""
    return (typed for typed in typed_rows(session.connection()) if sought.among(typed.value))
