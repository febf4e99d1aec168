"""Which files are out with whom, what each coder would be given, and whose file this is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CoderId
from qcode.models import Assignment, Code, Coder, Document, Round
from qcode.models.blindness import hidden_codes
from qcode.models.hand_outs import hand_out_notes
from qcode.models.handing_out import owner
from qcode.queries.team import CoderRow, coders
from qcode.study import Study

_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_") | {chr(code): None for code in range(32)})


@dataclass(frozen=True, slots=True)
class HandOut:
    """One file that was handed out: to whom, the file's name, when, and when it was collected (ISO, in UTC)."""

    id: str
    coder: CoderId
    name: str
    file: str
    at: str
    collected_at: str | None


@dataclass(frozen=True, slots=True)
class HandOutChoice:
    """What a coder would get: all documents and codes; `waiting` is how many of the documents they still have to code.

    `out` is how many of their files are out and were not collected yet.
    """

    coder: CoderRow
    waiting: int
    documents: int
    codes: int
    out: int

    @property
    def id(self) -> CoderId:
        """The coder."""
        return self.coder.id


def hand_outs(study: Study) -> list[HandOut]:
    """The files that were handed out from this copy of the study, the latest first."""
    with study.read() as session:
        names = {row.id: row.name for row in session.execute(select(Coder.id, Coder.name))}
        return [
            HandOut(note.id, CoderId(note.coder), names.get(note.coder, ""), note.file, note.at, note.collected_at)
            for note in hand_out_notes(session)
        ]


def still_out(study: Study) -> list[HandOut]:
    """The files that were handed out and were not collected yet."""
    return [one for one in hand_outs(study) if one.collected_at is None]


def said_of_those_out(out: Sequence[HandOut]) -> str:
    """What a redaction has to say of files that are with coders; empty if there are none."""
    if not out:
        return ""
    named = ", ".join(f"“{one.file}” ({one.name})" for one in out)
    which, them = ("file is", "it") if len(out) == 1 else ("files are", "them")
    return (
        f"{len(out):,} {which} still out and may hold the words: {named}. Collecting does not bring them back; "
        f"have {them} deleted there afterwards."
    )


def handed_out_to(study: Study) -> CoderRow | None:
    """The coder for whom this very file was handed out; None for an ordinary study."""
    with study.read() as session:
        coder = owner(session.connection())
    return next((row for row in coders(study) if row.id == coder), None) if coder is not None else None


def hand_out_choices(study: Study) -> list[HandOutChoice]:
    """The coders to whom a file can be handed out, first those who have something to code; not who asks."""
    known = [row for row in coders(study) if row.id != study.coder]
    out = Counter(one.coder for one in still_out(study))
    with study.read() as session:
        documents = session.scalars(select(Document.id).where(Document.alive)).all()
        alive, hidden = session.scalars(select(Code.id).where(Code.alive)), hidden_codes(session, study.coder)
        codes = sum(code not in hidden for code in alive)
        waiting = _waiting(session, documents)
    rows = [HandOutChoice(row, waiting.get(row.id, 0), len(documents), codes, out[row.id]) for row in known]
    return sorted(rows, key=lambda row: (not row.waiting, row.coder.name))


def hand_out_file(study: Study, coder: CoderRow, folder: Path) -> Path:
    """A file for a coder in a folder, named after study and coder, where there is none yet."""
    base = f"{study.path.stem} – {coder.name}".translate(_NOT_IN_NAMES).strip(" .")
    named = (folder / f"{base}{f' {number}' if number > 1 else ''}.qcode" for number in count(1))
    return next(path for path in named if not path.exists())


def _waiting(session: Session, documents: Sequence[str]) -> dict[str, int]:
    """In how many documents each coder has something to code that is not handed in."""
    columns = Assignment.round_id, Assignment.coder_id, Assignment.document_id, Assignment.state
    known = {tuple(row[:3]): row.state for row in session.execute(select(*columns).where(Assignment.alive))}
    rounds = session.execute(select(Round.id, Round.everyone).where(Round.alive)).all()

    def waits(coder: str, document: str) -> bool:
        states = (known.get((row.id, coder, document), "open" if row.everyone else _NONE) for row in rounds)
        return not _UNFINISHED.isdisjoint(states)

    everyone = session.scalars(select(Coder.id).where(Coder.alive)).all()
    return {coder: sum(waits(coder, document) for document in documents) for coder in everyone}


_NONE: Final = "not assigned"
_UNFINISHED: Final = frozenset({"open", "done"})
