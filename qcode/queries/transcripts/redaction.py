"""Where words stand in the study, before they are redacted: every place, so that each can be looked at and left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.models import Coder, Document
from qcode.models.journal import kinds
from qcode.models.labels import NAMES
from qcode.models.mentions import Sought, TextPlace, mentioned_before, text_mentions, typed_mentions
from qcode.models.typed_text import Typed, TypedPlace, strings
from qcode.study import Study

__all__ = ["Mention", "Mentions", "TextPlace", "TypedPlace", "mentions"]

_AROUND: Final = 60
_WORDS: Final = {
    "attribute": "an attribute",
    "attribute_level": "a level of an attribute",
    "attribute_value": "what is recorded about somebody",
    "assent": "how somebody takes a decision",
    "attribution_exception": "an exception for attributions",
    "attribution_policy": "how attributions become coarser",
    "code": "a code",
    "code_set": "a set of codes",
    "code_version": "a definition",
    "coder": "a coder",
    "coding": "a comment on a coding",
    "decision": "the note of a decision",
    "document": "a document",
    "framework_summary": "a summary of the framework",
    "guide": "a guide",
    "guide_version": "the questions of a guide",
    "memo": "a memo",
    "participant": "a participant",
    "question_mark": "a question that is asked",
    "quote": "the attribution of a quote",
    "round": "a round",
    "saved_query": "a saved query",
    "site": "a site",
    "speaker": "a speaker",
    "survey": "a survey",
    "survey_theme": "an item of a survey",
    "study": "the study itself",
    "theme": "a theme",
}
_FIELDS: Final = {"name": "name", "pseudonym": "name", "label": "label", "provenance": "where it comes from"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that can be redacted or left out; `where` says in words what it is in.

    What a colleague wrote for themselves is counted and not shown. A coder is proposed to be left out: the names of
    those who do the research are no participants'.
    """

    place: TextPlace | TypedPlace
    where: str
    before: str
    words: str
    after: str
    proposed: bool = True


@dataclass(frozen=True, slots=True)
class Mentions:
    """All places of today, and how many documents hold the words in an older text alone."""

    places: tuple[Mention, ...]
    only_before: int

    @property
    def in_texts(self) -> int:
        """How many of the places are in the texts of documents."""
        return sum(isinstance(one.place, TextPlace) for one in self.places)

    @property
    def documents(self) -> int:
        """How many documents have such places in their texts."""
        return len(Counter(one.place.document for one in self.places if isinstance(one.place, TextPlace)))


def mentions(study: Study, forms: Sequence[str]) -> Mentions:
    """Where the forms stand in texts and in what people typed, documents first, with 60 characters around them."""
    sought = Sought([form for form in forms if any(letter.isalnum() for letter in form)])
    if not sought.forms:
        return Mentions((), 0)
    with study.read() as session:
        documents: Mapping[str, Document] = {row.id: row for row in session.scalars(select(Document))}
        texts = [_in_text(place, body, documents[place.document]) for place, body in text_mentions(session, sought)]
        today = {one.place.document for one in texts if isinstance(one.place, TextPlace)}
        typed = [_in_row(session, one, sought, study.coder) for one in typed_mentions(session, sought)]
        return Mentions((*texts, *typed), len(mentioned_before(session, sought, today)))


def _in_text(place: TextPlace, body: str, document: Document) -> Mention:
    where = document.name if document.alive else f"{document.name} (taken out)"
    return _mention(place, where, body, place.start, place.end)


def _mention(place: TextPlace | TypedPlace, where: str, body: str, start: int, end: int) -> Mention:
    before, after = body[max(0, start - _AROUND) : start], body[end : end + _AROUND]
    return Mention(place, where, _one_line(before), _one_line(body[start:end]), _one_line(after))


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _in_row(session: Session, typed: Typed, sought: Sought, viewer: str | None) -> Mention:
    kind, row = typed.place.kind, session.get_one(kinds()[typed.place.kind], typed.place.row)
    where = _where(typed.place, row)
    owner = next((getattr(row, column) for column in type(row).owned_by if column != "round_id"), None)
    if owner is not None and owner != viewer:
        who = session.get(Coder, owner)
        return Mention(typed.place, f"{where} by {who.name if who else 'a colleague'}", "", "", "")
    body = next(text for text in strings(typed.value) if sought(text))
    start, end = sought(body)[0]
    found = _mention(typed.place, where, body, start, end)
    return Mention(found.place, where, found.before, found.words, found.after, proposed=kind != "coder")


def _where(place: TypedPlace, row: Any) -> str:
    what = _WORDS.get(place.kind, place.kind.replace("_", " "))
    field = _FIELDS.get(place.field, "") if place.kind in NAMES else ""
    found = f"The {field} of {what}" if field else what[:1].upper() + what[1:]
    return found if row.alive else f"{found} (taken out)"
