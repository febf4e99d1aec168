"""Cases for tests of decisions, made from what the two coders of the small study handed in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from qcode.models.journal import kinds
from qcode.operations.assignments import hand_in_round
from qcode.queries.codings import Looking, codings
from qcode.reconciliation import Mark

LONG = "Three letters and you are out. My sister said: go."
SHORT = "Three letters and you are out."


@dataclass(frozen=True)
class Known:
    id: str


@dataclass(frozen=True)
class Judged:
    """A case as the queue would show it."""

    round: str
    document: str
    kind: str
    start: int
    end: int
    codes: tuple[str, ...]
    asked: tuple[str, ...]
    marks: tuple[Mark, ...]
    words: int = 4
    agreed: tuple = ()
    decision: Known | None = None
    others: tuple[Known, ...] = ()
    gone: bool = False


def hand_in(made):
    """Both coders hand in everything; the lead acts."""
    for coder in (made.other, made.lead):
        made.study.act_as(coder)
        hand_in_round(made.study, round_id=made.round)


def disagree(made):
    """The two coders mark other extents of Fear, put different codes on one passage and one the same, and hand in."""
    made.study.act_as(made.other)
    made.apply(SHORT, "Fear")
    made.apply("Afraid of what?", "Wear")
    made.apply("Nobody ever thanks you at the door.", "Wear", document=1)
    made.study.act_as(made.lead)
    made.apply(LONG, "Fear")
    made.apply("Afraid of what?", "Calling")
    made.apply("Nobody ever thanks you at the door.", "Wear", document=1)
    hand_in(made)
    return [
        case_of(made, LONG, "boundary", "Fear"),
        case_of(made, "Afraid of what?", "different code", "Calling", "Wear"),
        case_of(made, "Nobody ever thanks you at the door.", "unanimous", "Wear", document=1),
    ]


def case_of(made, words, kind, *names, document=0, decision=None):
    """The case of what lies on these words with these codes."""
    passage, codes = made.passage(words, document), tuple(made.codes[name] for name in names)
    rows = codings(made.study, Looking(documents=[passage.document], codes=codes))
    rows = [row for row in rows if passage.start <= row.start < passage.end]
    marks = tuple(sorted(Mark(row.id, row.coder_id, row.code, row.start, row.end) for row in rows))
    coders, known = (made.lead, made.other), Known(decision) if decision else None
    ends = passage.start, passage.end
    return Judged(made.round, passage.document, kind, *ends, codes, coders, marks, decision=known)


def standing(study):
    """Every row that is alive, as it stands."""
    with study.read() as session:
        return {
            row["id"]: dict(row) | {"head": ""}
            for kind in kinds().values()
            for row in session.connection().execute(select(kind.__table__).where(kind.__table__.c.alive)).mappings()
        }
