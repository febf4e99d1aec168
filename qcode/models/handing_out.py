"""A study for one coder: a new file with what all share and what is theirs, and nothing of colleagues' work.

Rows go whole or not at all, with all their changes; blindness so does not hang on what a program shows. Left out are
rows that belong to others, quotes and summaries (which tell how somebody reads), what others were given to code with
how far they are, which documents were drawn for double coding, colleagues' proposals that were not adopted, what was
decided about documents that the coder has not handed in, whatever ever referred to one of these, the steps that wrote
nothing else, and ids of all of them in what steps say of themselves.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, select
from sqlalchemy.orm import Session

from qcode.models.agreement_plans import AgreementPlan, planned_codes
from qcode.models.arrivals import store
from qcode.models.blindness import SUGGESTED
from qcode.models.journal import dump, field_columns, fold, kinds
from qcode.models.uniting import Holding, Union, Written, histories_of, holding

_LOCAL: Final = MetaData()
_OWNER: Final = Table(
    "handed_out_to", _LOCAL, Column("coder", String, primary_key=True), Column("hand_out", String, nullable=False)
)
_TELLING: Final = frozenset({"quote", "framework_summary", "summary_passage"})
_GIVEN: Final = frozenset({"assignment", "region"})
_LEADS: Final = frozenset({"draw"})
_SETTLED: Final = "decision"
_NEVER_IN_USE: Final = frozenset({*SUGGESTED, "merged"})
_CODES_IN: Final = frozenset({"code_id", "parent_id", "merged_into_id", "split_from_id"})


def visible(held: Holding, coder: str) -> Holding:
    """What one coder may be given of a journal: the whole rows that are shared or theirs."""
    left_out = _left_out(held, coder)
    changes = {key: written for key, written in held.changes.items() if key[1] not in left_out}
    steps = {step: held.steps[step] for step in dict.fromkeys(step for step, _row in changes)}
    unknown = left_out | (held.steps.keys() - steps.keys())
    return Holding({step: header._replace(args=_told(header.args, unknown)) for step, header in steps.items()}, changes)


def _left_out(held: Holding, coder: str) -> set[str]:
    """The rows that somebody else owns, the quotes others picked, and whatever ever referred to such a row."""
    out = {row for (step, row), written in held.changes.items() if _others(held, step, written, coder)}
    out |= _proposed(held, coder) | _settled_elsewhere(held, coder)
    referring = _references(held)
    waiting = list(out)
    while waiting:
        new = set(referring.get(waiting.pop(), ())) - out
        out |= new
        waiting += new
    return out


def _others(held: Holding, step: str, written: Written, coder: str) -> bool:
    if written.scope:
        return written.scope.partition(":")[0] != coder
    if written.kind in _GIVEN:
        return json.loads(written.fields).get("coder_id") not in (None, coder)
    return written.kind in _LEADS or (written.kind in _TELLING and held.steps[step].coder_id != coder)


def _proposed(held: Holding, coder: str) -> set[str]:
    """Colleagues' proposals that were not adopted, save those on which something stands that this coder is given."""
    out = _not_adopted(held, coder)
    named = list(_named_codes(held, coder)) if out else []
    while spared := {target for row, target in named if row not in out} & out:
        out -= spared
    return out


def _settled_elsewhere(held: Holding, coder: str) -> set[str]:
    """Decisions about documents that the coder has not handed in, in the round that they are about."""
    decisions = {key: written for key, written in held.changes.items() if written.kind == _SETTLED}
    done = _handed_in(held, coder) if decisions else set()
    places = ((row, json.loads(written.fields)) for (_step, row), written in decisions.items() if not written.parents)
    return {row for row, fields in places if (fields["round_id"], fields["document_id"]) not in done}


def _handed_in(held: Holding, coder: str) -> set[tuple[str, str]]:
    """The rounds and documents that a coder has handed in."""
    given = {row for (_step, row), written in held.changes.items() if written.kind == "assignment"}
    states = [fold(history) for history in histories_of(held, given).values()]
    mine = [state for state in states if state["alive"] and state["coder_id"] == coder]
    return {(state["round_id"], state["document_id"]) for state in mine if state["state"] == "handed in"}


def _not_adopted(held: Holding, coder: str) -> set[str]:
    said: dict[str, list[tuple[int, str, str]]] = {}
    for (step, row), written in held.changes.items():
        if written.kind == "code" and '"status"' in written.fields:
            status = json.loads(written.fields).get("status", "")
            said.setdefault(row, []).append((held.steps[step].lamport, step, status))
    histories = {row: sorted(found) for row, found in said.items()}
    return {
        row
        for row, found in histories.items()
        if held.steps[found[0][1]].coder_id != coder
        if found[-1][2] in SUGGESTED or all(status in _NEVER_IN_USE for _lamport, _step, status in found)
    }


def _named_codes(held: Holding, coder: str) -> Iterator[tuple[str, str]]:
    """What names codes, of the codebook and of the coder's own: which row, and the code that it ever named."""
    for (_step, row), written in held.changes.items():
        if written.kind == "code" or written.scope.partition(":")[0] == coder:
            for name, target in json.loads(written.fields).items():
                if name in _CODES_IN and isinstance(target, str):
                    yield row, target


def _references(held: Holding) -> dict[str, list[str]]:
    """The rows that may be left out, as far as they are referred to: by whom they ever were."""
    out: dict[str, list[str]] = {}
    for (_step, row), written in held.changes.items():
        if names := _naming(written.kind):
            fields = json.loads(written.fields)
            for name in names:
                if isinstance(target := fields.get(name), str):
                    out.setdefault(target, []).append(row)
        if written.kind == AgreementPlan.__tablename__:
            for code in planned_codes(json.loads(written.fields)):
                out.setdefault(code, []).append(row)
    return out


@cache
def _naming(kind: str) -> tuple[str, ...]:
    """The fields of a kind that name rows which may belong to somebody."""
    table = kinds()[kind].__table__
    return tuple(
        name
        for name, columns in field_columns(kinds()[kind]).items()
        for column in columns
        if any(_ownable(key.column.table.name, kind) for key in table.c[column].foreign_keys)
    )


def _ownable(kind: str, by: str) -> bool:
    """Whether rows of a kind may be left out, as far as rows of another name them that are not owned themselves."""
    ownable = bool(kinds()[kind].owned_by) or kind in {*_TELLING, _SETTLED}
    return ownable or (kind == "code" and not kinds()[by].owned_by)


def _told(args: str, unknown: Container[str]) -> str:
    """What a step says of itself, without ids of what is left out; as it was where there is none."""
    loaded = json.loads(args)
    kept = _without(loaded, unknown)
    return args if kept == loaded else dump(kept)


def _without(value: Any, unknown: Container[str]) -> Any:
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if key not in unknown and not _holds(inner, unknown)}
        return {key: _without(inner, unknown) for key, inner in kept.items()}
    if isinstance(value, list):
        return [_without(inner, unknown) for inner in value if not _holds(inner, unknown)]
    return value


def _holds(value: Any, unknown: Container[str]) -> bool:
    """Whether a value is such an id, or a list with one, such as a place, or what was erased where."""
    return any(isinstance(one, str) and one in unknown for one in (value if isinstance(value, list) else [value]))


def fill(session: Session, source: Connection, coder: str, hand_out: str) -> int:
    """Write the coder's part of a study into a new, empty file, with the id of the hand-out; says how many rows."""
    held = visible(holding(source), coder)
    histories = histories_of(held, {row for _step, row in held.changes})
    store(session, Union(steps=held.steps, changes=held.changes, histories=histories), source)
    _LOCAL.create_all(session.connection())
    session.execute(insert(_OWNER), {"coder": coder, "hand_out": hand_out})
    return len(histories)


def owner(connection: Connection) -> str | None:
    """For whom a file was handed out; None for any other."""
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'handed_out_to'")
    return connection.execute(select(_OWNER.c.coder)).scalar() if there.first() is not None else None


def hand_out_of(connection: Connection) -> str | None:
    """Which hand-out a file is; None for any other, and for files from before hand-outs were noted."""
    known = connection.exec_driver_sql("SELECT 1 FROM pragma_table_info('handed_out_to') WHERE name = 'hand_out'")
    return connection.execute(select(_OWNER.c.hand_out)).scalar() if known.first() is not None else None
