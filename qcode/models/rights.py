"""What only the lead may write, asked of steps that come from another copy: who leads, hand-ins, blindness, proposals.

In the window and on the command line operations refuse all of this; here a file is asked that anybody may have
written. Whoever ever led counts as a lead, so that what somebody did while they led arrives however late. Where it is
told what stood before, that is what the step itself knew of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.models.journal import Change, Entry, Fields, Step, fold, known_to
from qcode.models.permits import redacts
from qcode.models.team import Coder
from qcode.models.uniting import Header, Union

_STATES: Final = frozenset({"open", "done", "handed in"})
_LOCKS_SINCE: Final = 3
"""The schema since which only the lead opens what is handed in."""


class _Deed(NamedTuple):
    """A change that somebody made who does not lead: `known` are the changes of the row that its step knew of."""

    header: Header
    fields: Fields
    known: list[Entry]
    apart: list[Entry]
    owner: str

    @property
    def before(self) -> Fields:
        """What the row was to whoever changed it; nothing if they made it."""
        return fold(self.known)

    def changes(self, name: str) -> bool:
        """Whether a field of a row that was there is given another value."""
        before = self.before
        return bool(before) and name in self.fields and self.fields[name] != before.get(name)

    @property
    def ends(self) -> bool:
        """Whether a row is taken out that stood, for all that the step knew of."""
        return self.fields.get("alive") is False and all(entry.fields.get("alive") is not False for entry in self.known)

    def says(self, name: str, value: str) -> bool:
        """Whether a field is given this value, which nothing that the step knew of gave it."""
        return self.fields.get(name) == value and all(entry.fields.get(name) != value for entry in self.known)


def overreaching(union: Union, leads: Collection[str], coder_of: Callable[[str], str | None]) -> Iterator[str]:
    """The coders who do not lead and did in new steps what the lead alone may do.

    `leads` are those of this copy, and `coder_of` tells whose a step is that is here already.
    """
    leading = set(leads)
    new = ((union.steps[step], row) for step, row in union.new if step in union.steps)
    guarded = [(header, row) for header, row in new if union.changes[header.id, row].kind in _RULES]
    for header, row in sorted(guarded, key=lambda one: (one[0].lamport, one[0].id)):
        written, history = union.changes[header.id, row], union.histories[row]
        if header.coder_id in leading:
            leading |= {row} if written.kind == "coder" and '"lead"' in written.fields else set()
            continue
        allowed = redacts(header, written) or _takes_back(union, header, history, coder_of)
        if not allowed and _RULES[written.kind](_deed(header, history)):
            yield header.coder_id


def leads_of(session: Session) -> set[str]:
    """All who lead the study, or once did."""
    made = Change.row_id.in_(select(Coder.id)), func.json_extract(Change.fields, "$.role") == "lead"
    return set(session.scalars(select(Change.row_id).where(*made)))


def coder_of(session: Session, step: str) -> str | None:
    """Whose step it is, if it is in this copy."""
    return session.scalar(select(Step.coder_id).where(Step.id == step))


def _deed(header: Header, history: list[Entry]) -> _Deed:
    known = known_to(history)
    own = next(entry for entry in history if entry.step == header.id)
    before = [entry for entry in history if entry.step in known[header.id]]
    apart = [entry for entry in history if entry is not own and entry.step not in known[header.id]]
    return _Deed(header, own.fields, before, apart, str(history[0].fields.get("coder_id", "")))


def _takes_back(union: Union, header: Header, history: list[Entry], known_coder: Callable[[str], str | None]) -> bool:
    """Whether a step takes back one of the same coder's, and no more than that, and no hand-in."""
    undone = next((entry for entry in history if entry.step == header.undoes), None)
    if undone is None or undone.barrier:
        return False
    there = union.steps.get(undone.step)
    whose = known_coder(undone.step) if there is None else there.coder_id
    own = next(entry for entry in history if entry.step == header.id)
    return whose == header.coder_id and own.fields.keys() <= undone.fields.keys()


def _made_twice(deed: _Deed) -> bool:
    """Whether a row of a random id is made that somebody else made."""
    return not deed.known and any(not entry.parents for entry in deed.apart)


def _coder(deed: _Deed) -> bool:
    leads = not deed.known and deed.fields.get("role") != "coder"
    return leads or _made_twice(deed) or deed.changes("role") or deed.ends


def _round(deed: _Deed) -> bool:
    opened = deed.changes("blind") and not deed.fields["blind"]
    return opened or _made_twice(deed) or deed.ends


def _code(deed: _Deed) -> bool:
    decides = deed.says("status", "active") or deed.says("status", "declined")
    return (decides and deed.before.get("status") == "proposed") or _made_twice(deed)


def _assignment(deed: _Deed) -> bool:
    if any(deed.changes(name) for name in ("coder_id", "round_id", "document_id", "reason", "seen_others")):
        return True
    state, before = deed.fields.get("state"), deed.before.get("state", "open")
    if deed.ends or state not in {None, *_STATES}:
        return True
    if deed.owner != deed.header.coder_id:
        return state not in {None, before} or bool(deed.fields.get("seen_codes") and deed.changes("seen_codes"))
    locked = before == "handed in" and state not in {None, before}
    return locked and deed.header.schema_number >= _LOCKS_SINCE


def _exception(deed: _Deed) -> bool:
    """To take back what may tell who people are is for everybody."""
    return not deed.ends


def _card(deed: _Deed) -> bool:
    return deed.changes("k")


def _anything(_deed: _Deed) -> bool:
    return True


def _assent(deed: _Deed) -> bool:
    foreign = deed.owner != deed.header.coder_id
    return foreign or any(deed.changes(name) for name in ("coder_id", "decision_id"))


_RULES: Final[dict[str, Callable[[_Deed], bool]]] = {
    "coder": _coder,
    "round": _round,
    "code": _code,
    "assignment": _assignment,
    "agreement_plan": _anything,
    "attribution_policy": _anything,
    "attribution_exception": _exception,
    "study": _card,
    "decision": _anything,
    "assent": _assent,
}
