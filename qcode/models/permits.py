"""Whose work a step may write: one's own, and what all share. What came from elsewhere is asked before it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from qcode.models.arrivals import states_of
from qcode.models.journal import Entry, Fields, kinds
from qcode.models.uniting import Union


def strangers(union: Union, coder: str) -> set[str]:
    """The coders, other than the one given, who did what is new."""
    return {header.coder_id for header in union.steps.values()} - {coder}


def trespasses(union: Union) -> Iterator[str]:
    """The new steps that write what belongs to somebody else, or say that it belongs to others than it does.

    A redaction alone writes everybody's rows. Raises IncompleteHistory.
    """
    states = states_of(union)
    owners = {row: _owner(history[0], states[row]) for row, history in union.histories.items()}
    for step, row in union.new:
        scope, header = union.changes[step, row].scope, union.steps.get(step)
        own = header is None or header.barrier or not scope or header.coder_id == scope.partition(":")[0]
        if scope != owners[row] or not own:
            yield step


def _owner(first: Entry, columns: Fields) -> str:
    return ":".join(columns[name] for name in kinds()[first.kind].owned_by)
