"""Whose work a step may write: one's own, and what all share. What came from elsewhere is asked before it is taken."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from qcode.models.arrivals import states_of
from qcode.models.journal import ERASED, Entry, Fields, kinds
from qcode.models.typed_text import typed_fields
from qcode.models.uniting import Header, Union, Written


def strangers(union: Union, coder: str) -> set[str]:
    """The coders, other than the one given, who did what is new."""
    return {header.coder_id for header in union.steps.values()} - {coder}


def meddling(union: Union, coder_of: Callable[[str], str | None]) -> Iterator[str]:
    """The new steps that say they take back somebody else's step; `coder_of` tells whose one is that is here."""
    for header in union.steps.values():
        if header.undoes is not None:
            undone = union.steps.get(header.undoes)
            whose = coder_of(header.undoes) if undone is None else undone.coder_id
            if whose not in (None, header.coder_id):
                yield header.id


def trespasses(union: Union) -> Iterator[str]:
    """The new steps that write what belongs to somebody else, or say that it belongs to others than it does.

    A redaction alone writes everybody's rows, and in them nothing but what people typed. Raises IncompleteHistory.
    """
    states = states_of(union)
    owners = {row: _owner(history[0], states[row]) for row, history in union.histories.items()}
    for step, row in union.new:
        written, header = union.changes[step, row], union.steps.get(step)
        own = header is None or not written.scope or header.coder_id == written.scope.partition(":")[0]
        if written.scope != owners[row] or not (own or redacts(header, written)):
            yield step


def redacts(header: Header | None, written: Written) -> bool:
    """Whether a step is a redaction, of which each part names its category, and a change is what one may write."""
    if header is None or not header.barrier or "category" not in json.loads(header.args):
        return False
    return set(json.loads(written.fields)) <= {ERASED, *typed_fields(kinds()[written.kind])}


def _owner(first: Entry, columns: Fields) -> str:
    return ":".join(columns[name] for name in kinds()[first.kind].owned_by)
