"""What a random draw for a round offers: documents that were not drawn for it before, in groups by what is recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models.attributes import Attribute, AttributeLevel, AttributeValue, Site
from qcode.models.documents import Document, Participant, Speaker
from qcode.models.team import Draw, Round
from qcode.text.typed import UNKNOWN, fold

NOTHING_RECORDED: Final = "nothing recorded"
MIXED: Final = "mixed"
LARGEST_SEED: Final = 2**53
_COLUMNS: Final[Mapping[str, Mapping[str, tuple[str, Any]]]] = {
    "document": {
        "group": ("Group", Document.group_name),
        "kind": ("Kind", Document.kind),
        "language": ("Language", Document.language),
        "mode": ("Mode", Document.mode),
        "site": ("Site", Site.name),
    },
    "participant": {
        "group": ("Group", Participant.group_name),
        "role": ("Role", Participant.role),
        "site": ("Site", Site.name),
    },
}


class ShareError(QcodeError):
    """A share of documents is none."""

    def __init__(self) -> None:
        super().__init__("A share lies above 0 % and goes up to 100 %; for double coding 10 to 25 % are usual.")


class SeedError(QcodeError):
    """A seed is no whole number, or too long a one."""

    def __init__(self) -> None:
        super().__init__(f"A seed is a whole number from 0 to {LARGEST_SEED:,}.")


class NoSuchGroupingError(QcodeError):
    """Documents cannot be grouped by that."""

    def __init__(self, known: Mapping[str, str]) -> None:
        listed = ", ".join(f"{key.partition(':')[0]}:{title}" for key, title in known.items())
        super().__init__(
            f"Documents can't be grouped by that. Choose one of: {listed}."
            if listed
            else "Nothing is recorded about documents or participants yet by which they could be grouped."
        )


class EverybodysRoundError(QcodeError):
    """Everybody codes everything in the round, so there is nothing to draw."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"In “{round_name}” every coder codes every document. Draw for a round in which documents are assigned."
        )


class NothingToDrawError(QcodeError):
    """There are no documents to draw from."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"There is no document left to draw for “{round_name}”: those that you chose were drawn for it before, "
            "or you chose none."
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """Ids of documents, group by group in the order of the groups' names; `order` has them as they were collected."""

    names: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    order: tuple[str, ...]

    def in_order(self, documents: Collection[str]) -> list[str]:
        """Some of the documents, in the order of collection."""
        chosen = set(documents)
        return [document for document in self.order if document in chosen]


def refuse_numbers(share: float, seed: int) -> None:
    """Refuse a share that is none, and a seed that is no whole number."""
    if not 0 < share <= 1:
        raise ShareError
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
        raise SeedError


def offer(session: Session, round_id: str, by: str, documents: Collection[str] | None = None) -> Offer:
    """What is offered for a round of all documents, or of these: those that no draw for it has taken yet.

    `by` is empty, or the key of a grouping. Raises EverybodysRoundError, NothingToDrawError and NoSuchGroupingError.
    """
    row = session.get_one(Round, round_id)
    if row.everyone:
        raise EverybodysRoundError(row.name)
    before = session.scalars(select(Draw.drawn).where(Draw.alive, Draw.round_id == round_id))
    taken = {document for some in before for document in some}
    wanted = select(Document.id).where(Document.alive).order_by(Document.position, Document.id)
    order = [one for one in session.scalars(wanted) if one not in taken and (documents is None or one in documents)]
    if not order:
        raise NothingToDrawError(row.name)
    groups: dict[tuple[int, str], list[str]] = {}
    named = group_names(session, by)
    for document in order:
        name = named.get(document, NOTHING_RECORDED) if by else ""
        groups.setdefault((name in {MIXED, NOTHING_RECORDED}, name), []).append(document)
    ordered = sorted(groups.items(), key=lambda one: (one[0][0], fold(one[0][1])))
    return Offer(tuple(name for (_, name), _ in ordered), tuple(tuple(some) for _, some in ordered), tuple(order))


def groupings(session: Session) -> dict[str, str]:
    """By what documents can be grouped, by the keys of it, with titles: what has been recorded about any at all.

    These are columns and attributes of documents and of those who speak in them; numbers and dates make no groups.
    """
    found = {
        f"{subject}:{key}": title for subject, columns in _COLUMNS.items() for key, (title, _column) in columns.items()
    }
    kinds = Attribute.subject.in_(list(_COLUMNS)), Attribute.kind.in_(["category", "text"])
    rows = session.scalars(select(Attribute).where(Attribute.alive, *kinds).order_by(Attribute.position, Attribute.id))
    found |= {f"{row.subject}:{row.id}": row.name for row in rows}
    return {key: title for key, title in found.items() if _values(session, key)}


def group_names(session: Session, by: str) -> dict[str, str]:
    """The group of each document of which something is recorded; "mixed" where several things are.

    Who speaks in a document stands for it, save interviewers; those of whom nothing is recorded are passed over.
    """
    if not by:
        return {}
    subject = by.partition(":")[0]
    known = groupings(session)
    if by not in known:
        raise NoSuchGroupingError(known)
    values = _values(session, by)
    shown = {fold(text): text for text in sorted(values.values(), reverse=True)}
    found: dict[str, set[str]] = {}
    for document, who in session.execute(_about(subject)):
        if who in values:
            found.setdefault(document, set()).add(fold(values[who]))
    return {document: shown[next(iter(some))] if len(some) == 1 else MIXED for document, some in found.items()}


def _about(subject: str) -> Select[str, str]:
    """The documents, each with itself or with everybody who speaks in it but interviewers."""
    if subject == "document":
        return select(Document.id, Document.id.label("who"))
    wanted = select(Speaker.document_id, Participant.id).join(Participant, Participant.id == Speaker.participant_id)
    return wanted.where(Speaker.alive, Participant.alive, Speaker.role != "interviewer")


def _values(session: Session, by: str) -> dict[str, str]:
    """What is recorded about documents or participants that are alive, by their ids."""
    subject, _, key = by.partition(":")
    kind: Any = Document if subject == "document" else Participant
    if key in _COLUMNS[subject]:
        column = _COLUMNS[subject][key][1]
        wanted = select(kind.id, column).where(kind.alive)
        wanted = wanted.join(Site, Site.id == kind.site_id) if key == "site" else wanted
        return {row: text for row, text in session.execute(wanted) if text}
    about = AttributeValue.document_id if subject == "document" else AttributeValue.participant_id
    said = func.coalesce(AttributeLevel.name, AttributeValue.content)
    wanted = select(about, said, AttributeValue.unknown).join(kind, kind.id == about)
    wanted = wanted.outerjoin(AttributeLevel, AttributeLevel.id == AttributeValue.level_id)
    wanted = wanted.where(AttributeValue.alive, kind.alive, AttributeValue.attribute_id == key)
    found = session.execute(wanted)
    return {row: UNKNOWN if unknown else text for row, text, unknown in found if row and (unknown or text)}
