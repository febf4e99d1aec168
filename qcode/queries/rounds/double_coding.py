"""How much of a round two coders or more have coded: of its documents, or of its text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import RoundId
from qcode.models import Document, Revision, Round
from qcode.models.regions import asked_of, documents_with_regions
from qcode.queries.team import assigned
from qcode.study import Study
from qcode.text.ranges import Range, union


@dataclass(frozen=True, slots=True)
class DoublyCoded:
    """How much of a round two coders or more handed in: documents, or code points of text; `of` is the round's."""

    done: int
    of: int

    @property
    def share(self) -> float:
        """Of all that the round is about; 0 where that is nothing."""
        return self.done / self.of if self.of else 0.0


def doubly_coded(study: Study, round_id: RoundId, *, of_text: bool = False) -> DoublyCoded:
    """How many of a round's documents, or how much of their text, two coders or more have handed in."""
    with study.read() as session:
        return _doubly(study, session, round_id, of_text=of_text)


def _doubly(study: Study, session: Session, round_id: str, *, of_text: bool) -> DoublyCoded:
    states = assigned(session, round_id)
    done: dict[str, set[str]] = {}
    for (document, coder), state in states.items():
        done.setdefault(document, set())
        if state == "handed in":
            done[document].add(coder)
    row = session.get_one(Round, round_id)
    wanted = select(Document.id, Revision).join(Revision, Revision.id == Document.revision_id).where(Document.alive)
    texts = [(key, text) for key, text in session.execute(wanted) if row.everyone or key in done]
    if not of_text:
        return DoublyCoded(sum(len(done.get(key, ())) > 1 for key, _text in texts), len(texts))
    regioned = documents_with_regions(session, round_id)
    sizes = [
        _regioned(study, session, key, round_id, text, done.get(key, set()))
        if key in regioned
        else (text.length if len(done.get(key, ())) > 1 else 0, text.length)
        for key, text in texts
    ]
    return DoublyCoded(sum(each for each, _of in sizes), sum(of for _each, of in sizes))


def _regioned(
    study: Study, session: Session, document: str, round_id: str, text: Revision, coders: Collection[str]
) -> tuple[int, int]:
    """How much of a document two coders were given, and how much of it counts at all."""
    words = study.shelf.text(session, text.text_sha256)
    parts, excluded = asked_of(session, document, round_id, words, coders)
    out, given = union(excluded), [union(parts.get(coder, ((0, len(words)),))) for coder in coders]
    edges = sorted({0, len(words), *(edge for ranges in (out, *given) for each in ranges for edge in each)})
    twice = counted = 0
    for start, end in pairwise(edges):
        if not _covers(out, start):
            counted += end - start
            twice += (end - start) * (sum(_covers(own, start) for own in given) > 1)
    return twice, counted


def _covers(ranges: Iterable[Range], at: int) -> bool:
    return any(start <= at < end for start, end in ranges)
