"""What attributes are recorded about, and which columns of those rows are shown and written beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qcode.models.attributes import Site
from qcode.models.documents import Document, Participant
from qcode.text.blocks import Subject

MODES = ("recorded", "notes", "written")


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of subject: its rows, the column with their name, that of the values about them, and the other columns.

    `columns` leads from the key of a column to its name in the table; `titles` from the same key to its heading.
    """

    rows: type[Participant | Document | Site]
    name: str
    title: str
    value_column: str
    columns: Mapping[str, str]
    titles: Mapping[str, str]


SHAPES: Mapping[Subject, Shape] = {
    "participant": Shape(
        Participant,
        "pseudonym",
        "Pseudonym",
        "participant_id",
        {"role": "role", "group": "group_name", "site": "site_id"},
        {"role": "Role", "group": "Group", "site": "Site"},
    ),
    "document": Shape(
        Document,
        "name",
        "Document",
        "document_id",
        {"group": "group_name", "mode": "mode", "checked_by": "checked_by", "site": "site_id"},
        {"group": "Group", "mode": "Mode", "checked_by": "Checked by", "site": "Site"},
    ),
    "site": Shape(Site, "name", "Site", "site_id", {"kind": "kind"}, {"kind": "Kind"}),
}
