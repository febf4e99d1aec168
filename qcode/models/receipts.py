"""What arrived in this copy from which file: local notes that are never journalled, so that a merge can be taken back.

A receipt names steps and changes, and nothing of what they say. Putting one away takes them out of this copy's
journal; they are still in the file they came from, and merging it again brings them back. Their Lamport numbers are
not given again (`floor`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from itertools import batched, chain
from typing import Final, NamedTuple

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, func, insert, inspect, select, update
from sqlalchemy.orm import Session

_LOCAL: Final = MetaData()
_RECEIPT: Final = Table(
    "receipt",
    _LOCAL,
    Column("id", Integer, primary_key=True),
    Column("coder", String, nullable=False),
    Column("source", String, nullable=False),
    Column("at", String, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("floor", Integer, nullable=False),
    Column("mark", Integer, nullable=False),
)
_PART: Final = Table(
    "receipt_part",
    _LOCAL,
    Column("receipt", Integer, primary_key=True),
    Column("step", String, primary_key=True),
    Column("row", String, primary_key=True),
)
_IS_THERE: Final = "SELECT 1 FROM sqlite_master WHERE name = 'receipt'"
_KNOWN: Final = select(func.max(_RECEIPT.c.mark), func.max(_RECEIPT.c.floor))


class Receipt(NamedTuple):
    """One merge: by whom, from which file, when (ISO, in UTC), and whether it is "held" or was "put away".

    What is `final` brought a redaction, and stays.
    """

    id: int
    coder: str
    source: str
    at: str
    final: bool
    state: str


class Ground(NamedTuple):
    """How often something arrived or was put away, and the greatest Lamport number that was."""

    mark: int
    floor: int


def ground(session: Session) -> Ground:
    """What this copy's receipts say to whoever follows the journal."""
    connection = session.connection()
    if connection.exec_driver_sql(_IS_THERE).first() is None:
        return Ground(0, 0)
    mark, floor = connection.execute(_KNOWN).one()
    return Ground(mark or 0, floor or 0)


def keep(
    session: Session, *, coder: str, source: str, final: bool, steps: Iterable[str], changes: Iterable[tuple[str, str]]
) -> int:
    """Note what arrived: whole steps, and changes by step and row. Says the receipt's number."""
    _LOCAL.create_all(session.connection())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    held = {"coder": coder, "source": source, "at": now, "final": final, "state": "held", "floor": 0}
    mark = ground(session).mark + 1
    session.execute(insert(_RECEIPT), held | {"id": mark, "mark": mark})
    parts = [{"receipt": mark, "step": step, "row": ""} for step in steps]
    parts += [{"receipt": mark, "step": step, "row": row} for step, row in changes]
    if parts:
        session.execute(insert(_PART), parts)
    return mark


def receipts(session: Session) -> list[Receipt]:
    """All receipts, the latest first."""
    if not inspect(session.connection()).has_table(_RECEIPT.name):
        return []
    columns = (_RECEIPT.c[name] for name in Receipt._fields)
    return [Receipt(*row) for row in session.execute(select(*columns).order_by(_RECEIPT.c.id.desc()))]


def parts_of(session: Session, receipt: int) -> tuple[set[str], set[tuple[str, str]]]:
    """The steps, and the changes by step and row, that arrived with a receipt."""
    rows = session.execute(select(_PART.c.step, _PART.c.row).where(_PART.c.receipt == receipt)).all()
    return {step for step, row in rows if not row}, {(step, row) for step, row in rows if row}


def arrived(session: Session, steps: Collection[str]) -> set[str]:
    """Those of some steps that came from other files and were not done in this one."""
    if not inspect(session.connection()).has_table(_PART.name):
        return set()
    whole = select(_PART.c.step).where(_PART.c.row == "")
    found = (session.scalars(whole.where(_PART.c.step.in_(some))) for some in batched(steps, 500))
    return set(chain.from_iterable(found))


def put_away(session: Session, receipt: int, floor: int) -> None:
    """Note that what arrived with a receipt was taken out again; its latest step had this Lamport number."""
    mark = ground(session).mark + 1
    changed = {"state": "put away", "floor": floor, "mark": mark}
    session.execute(update(_RECEIPT).where(_RECEIPT.c.id == receipt).values(**changed))
