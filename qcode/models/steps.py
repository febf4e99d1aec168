"""Steps as they are stored in the journal, and the questions that undo asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, insert, select
from sqlalchemy.orm import Session, aliased

from qcode.ids import new_id
from qcode.models.journal import Step
from qcode.models.receipts import ground
from qcode.models.recording import Recorder, journalled, set_heads
from qcode.models.statements import ask
from qcode.models.storage import SCHEMA
from qcode.models.undoing import Done

_INSERT_STEP = insert(Step)
_LATEST = select(func.max(Step.lamport))
LATEST_OF = select(func.max(Step.lamport)).where(Step.coder_id == bindparam("coder"))


def latest_lamport(session: Session) -> int:
    """The Lamport number of the latest step that the file holds or held."""
    return max(ask(session, _LATEST).scalar() or 0, ground(session).floor)


def steps_of(coder: str) -> Select[str, str | None, bool, str | None]:
    """What undo has to know of a coder's steps, in order."""
    columns = Step.id, Step.undoes, Step.barrier, Step.group_id
    return select(*columns).where(Step.coder_id == coder).order_by(Step.lamport, Step.id)


# The undo that holds of a step; one that was itself taken back because its group failed does not.
_AGAIN = aliased(Step)
_FAILED = exists().where(_AGAIN.undoes == Step.id, _AGAIN.group_id == Step.group_id)
TAKEN_BACK = select(Step.id).where(Step.undoes == bindparam("step"), ~_FAILED)


def header_of(coder: str, label: str, args: dict[str, Any], done: Done) -> dict[str, Any]:
    """What a step says of itself, but for its id and its place in the order."""
    return {
        "coder_id": coder,
        "label": label,
        "args": args,
        "undoes": done.undoes,
        "group_id": done.group,
        "barrier": done.barrier,
        "schema_number": SCHEMA,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def store_steps(
    session: Session, recorder: Recorder, header: dict[str, Any], lamport: int, *, apart: bool
) -> list[str]:
    """Store what was recorded as one step or, apart, as one for each scope; says which steps were written."""
    connection, parts = session.connection(), recorder.apart(new_id) if apart else [recorder]
    for number, part in enumerate(parts):
        # Of several steps the first alone holds the lists that all were done with.
        told = header if number == 0 else header | {"args": _plain(header["args"])}
        with journalled(connection):
            connection.execute(_INSERT_STEP, told | {"id": part.step, "lamport": lamport + number})
            part.write(connection)
        if number:
            set_heads(session, part)
    return [part.step for part in parts]


def _plain(args: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if isinstance(value, str | int)}
