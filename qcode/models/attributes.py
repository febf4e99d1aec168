"""What is recorded about participants, documents and sites: typed attributes, their levels and values; and sites."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference


class Attribute(Row, kw_only=True, repr=False, eq=False):
    """Something that is recorded about each participant, document or site (`subject`), or those of one group only.

    `kind` is category, number, date or text.
    """

    __tablename__ = "attribute"

    subject: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    position: Mapped[str]
    group_name: Mapped[str] = mapped_column(default="")


class AttributeLevel(Row, kw_only=True, repr=False, eq=False):
    """One of the values that a category can have, in its place among them."""

    __tablename__ = "attribute_level"

    attribute_id: Mapped[str] = mapped_column(reference("attribute"))
    name: Mapped[str]
    position: Mapped[str]


class AttributeValue(Row, kw_only=True, repr=False, eq=False):
    """What is recorded about one subject: a level, the text of a number, date or text, or that nobody knows.

    Its id is derived from the attribute and the subject. Where nothing is recorded there is no living row.
    """

    __tablename__ = "attribute_value"
    __table_args__ = (living("attribute_value", "attribute_id"),)
    together: ClassVar[dict[str, tuple[str, ...]]] = {"value": ("level_id", "content", "unknown")}

    attribute_id: Mapped[str] = mapped_column(reference("attribute"))
    participant_id: Mapped[str | None] = mapped_column(reference("participant"), default=None)
    document_id: Mapped[str | None] = mapped_column(reference("document"), default=None)
    site_id: Mapped[str | None] = mapped_column(reference("site"), default=None)
    level_id: Mapped[str | None] = mapped_column(reference("attribute_level"), default=None)
    content: Mapped[str] = mapped_column(default="")
    unknown: Mapped[bool] = mapped_column(default=False)


class Site(Row, kw_only=True, repr=False, eq=False):
    """An agency, a community or another place that documents and participants come from."""

    __tablename__ = "site"

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
