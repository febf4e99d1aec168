"""`qcode deid redact`: names go for good from a study and, if wished, from its copies."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qcode.cli import showing
from qcode.errors import QcodeError
from qcode.study import Study

_INSTEAD = "[name]"


class NoReplacementError(QcodeError):
    """A line of the list says nothing that stands instead, or no name."""

    def __init__(self, line: int) -> None:
        super().__init__(
            f"Line {line} of the list is not understood. Write NAME, or NAME = REPLACEMENT; "
            "spellings of one name are apart by a semicolon."
        )


class Going(NamedTuple):
    """The spellings of a name that goes, and what stands instead."""

    forms: tuple[str, ...]
    replacement: str


def goings(text: str) -> list[Going]:
    """What a list of names asks for: a name a line, with its spellings and what stands instead."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        names, equals, instead = line.partition("=")
        forms = tuple(" ".join(form.split()) for form in names.split(";") if form.strip())
        if not line.strip():
            continue
        if (
            not forms
            or not any(letter.isalnum() for form in forms for letter in form)
            or (equals and not instead.strip())
        ):
            raise NoReplacementError(number)
        found.append(Going(forms, instead.strip() or _INSTEAD))
    return found


def redact_all(path: Path, wanted: list[Going], *, copies: bool) -> int:
    """Redact each name everywhere in a study, and in its copies; tells what was done, and how many traces are left.

    Names that stand nowhere are passed over. Longer names go first, so that none is cut by another one in it.
    """
    from qcode.deidentification import find_traces, neighbours
    from qcode.operations.redaction import NothingToRedactError, redact
    from qcode.operations.redaction_copies import copies_of, redact_copies
    from qcode.queries.collecting.hand_outs import said_of_those_out, still_out

    ordered = sorted(wanted, key=lambda going: -max(map(len, going.forms)))
    places = values = 0
    with Study.open(path) as study:
        beside = copies_of(study) if copies else []
        for going in ordered:
            try:
                done = redact(study, forms=going.forms, replacement=going.replacement)
            except NothingToRedactError:
                continue
            places, values = places + done.places + done.typed, values + done.past
        for going in ordered:
            for one in redact_copies(study, beside, forms=going.forms, replacement=going.replacement):
                if one.refusal:
                    showing.say(f"  ! {one.path.name} was not redacted: {one.refusal}")
        traces = find_traces(neighbours(study.path), [form for going in ordered for form in going.forms])
        out = said_of_those_out(still_out(study))
    showing.say(f"{places:,} places and {values:,} values of the past redacted. {len(traces):,} traces are left.")
    if out:
        showing.say(out)
    for name in dict.fromkeys(trace.file for trace in traces):
        showing.say(f"  · {sum(trace.file == name for trace in traces):,} in {name}")
    return len(traces)
