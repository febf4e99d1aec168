"""Transcripts: documents, the revisions of their text, and who speaks in them."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Base, Row, reference


class Text(Base, kw_only=True, repr=False, eq=False):
    """A canonical text, stored once under its SHA-256; the journal names it by that hash only."""

    __tablename__ = "text_store"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class Layout(Base, kw_only=True, repr=False, eq=False):
    """The turns and sentences of a text, an immutable value stored once under its SHA-256."""

    __tablename__ = "layout_store"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class Document(Row, kw_only=True, repr=False, eq=False):
    """A transcript, a set of notes or another source; `revision_id` points to its current text.

    `mode` says how talk became text: recorded, notes or written; `checked_by` who compared it with the recording.
    `deidentification` is "not checked", "checked by computer", "reviewed" or "second review", and `reviews` says by
    whom and when: the id of a coder and an ISO date for each.
    """

    __tablename__ = "document"
    together: ClassVar[dict[str, tuple[str, ...]]] = {"deidentification": ("deidentification", "reviews")}

    name: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str]
    position: Mapped[str]
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    group_name: Mapped[str] = mapped_column(default="")
    translation_of_id: Mapped[str | None] = mapped_column(reference("document"), default=None)
    deidentification: Mapped[str] = mapped_column(default="not checked")
    reviews: Mapped[list[Any]] = mapped_column(default_factory=list)
    provenance: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    mode: Mapped[str] = mapped_column(default="")
    checked_by: Mapped[str] = mapped_column(default="")
    site_id: Mapped[str | None] = mapped_column(reference("site"), default=None)


class Revision(Row, kw_only=True, repr=False, eq=False):
    """One state of a document's text: which text, and where its turns and sentences are."""

    __tablename__ = "revision"

    document_id: Mapped[str] = mapped_column(reference("document"))
    number: Mapped[int]
    text_sha256: Mapped[str]
    layout_sha256: Mapped[str]
    length: Mapped[int]
    words: Mapped[int]
    parent_id: Mapped[str | None] = mapped_column(reference("revision"), default=None)
    edits: Mapped[list[Any]] = mapped_column(default_factory=list)


class Participant(Row, kw_only=True, repr=False, eq=False):
    """Somebody who took part, known by a pseudonym."""

    __tablename__ = "participant"

    pseudonym: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    group_name: Mapped[str] = mapped_column(default="")
    site_id: Mapped[str | None] = mapped_column(reference("site"), default=None)


class Speaker(Row, kw_only=True, repr=False, eq=False):
    """A label in one document and, if known, the participant behind it."""

    __tablename__ = "speaker"

    document_id: Mapped[str] = mapped_column(reference("document"))
    label: Mapped[str]
    role: Mapped[str] = mapped_column(default="participant")
    participant_id: Mapped[str | None] = mapped_column(reference("participant"), default=None)
