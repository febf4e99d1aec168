"""Another copy of the study: opened and read, and asked whether what it adds may be taken in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models import storage
from qcode.models.arrivals import IncompleteHistory
from qcode.models.handing_out import owner
from qcode.models.permits import meddling, strangers, trespasses
from qcode.models.rights import coder_of, leads_of, overreaching
from qcode.models.soundness import refuse_unsound
from qcode.models.team import Coder, StudyRecord
from qcode.models.uniting import DifferingHistory, Holding, Union, holding, united
from qcode.models.upgrading import migrated, schema_of


class SameFileError(QcodeError):
    """The study was to be merged with itself."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is the study that is open. Choose a colleague's copy of it.")


class OtherStudyError(QcodeError):
    """The file holds another study."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is another study, and no copy of this one. Nothing was changed.")


class CopyBusyError(QcodeError):
    """The file is being written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is being written by another window or program. Close it there and try again.")


class HistoryDiffersError(QcodeError):
    """A step that both copies know says something else in each."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” tells this study's past in another way: a step in it was altered. Nothing was changed. "
            "Ask for the file again, or for a backup of it."
        )


class NotHandedOutError(QcodeError):
    """What should be handed in is an ordinary copy."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” was not handed out to one coder. To take in a whole copy, merge it.")


class NotTheirsError(QcodeError):
    """The file changes what belongs to somebody else than who did it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” holds changes to a coder's work that somebody else made. Nothing was changed. "
            "Ask who wrote in that file."
        )


class LeadsAloneError(QcodeError):
    """The file holds what only the lead may do, done by somebody else."""

    def __init__(self, path: Path, who: str) -> None:
        super().__init__(
            f"“{path.name}” holds changes by {who} that only whoever leads the study may make: to who leads, a blind "
            "round, what is assigned or handed in, or a proposal. Nothing was changed. Ask who wrote in that file."
        )


class WorkOfOthersError(QcodeError):
    """A hand-in holds new work by others than its coder."""

    def __init__(self, path: Path, coder: str, others: str) -> None:
        super().__init__(
            f"“{path.name}” holds new work by {others}, and is handed in for {coder} only. Nothing was changed. "
            "If that is as it should be, merge the file instead."
        )


@dataclass(frozen=True, slots=True)
class OtherCopy:
    """Another copy of the study, which is only read: which study, what its journal holds, and where its texts are."""

    path: Path
    connection: Connection
    identity: frozenset[str]
    held: Holding
    owner: str | None

    def owner_of(self) -> str:
        """The coder for whom the file was handed out."""
        if self.owner is None:
            raise NotHandedOutError(self.path)
        return self.owner


def identity_of(path: Path) -> frozenset[str]:
    """Which study is in a file, which is only looked at; refuses what cannot be opened."""
    store = storage.open_file(path, oldest=storage.OLDEST)
    try:
        with storage.told(path, writing=False), store.reader.connect() as connection:
            return frozenset(connection.execute(select(StudyRecord.id)).scalars())
    finally:
        store.close()


@contextmanager
def the_copy(other: Path, *, beside: Path) -> Iterator[OtherCopy]:
    """Another file of a study that lies at `beside`, read in one go; refuses what is damaged, or that very file.

    One of an earlier schema is read as it would be after an upgrade, and stays as it is.
    """
    try:
        store = storage.open_file(other, oldest=storage.OLDEST)
    except storage.StudyBusyError as error:
        raise CopyBusyError(other) from error
    try:
        if other.samefile(beside):
            raise SameFileError(other)
        with store.reader.connect() as connection:
            yield OtherCopy(other, connection, *_look(connection, other))
    finally:
        store.close()


def _look(connection: Connection, path: Path) -> tuple[frozenset[str], Holding, str | None]:
    """Which study is in a file, what its journal holds and for whom it is, if the file is whole."""
    try:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise storage.DamagedStudyError(path)
        identity = frozenset(connection.execute(select(StudyRecord.id)).scalars())
        return identity, migrated(holding(connection), schema_of(connection)), owner(connection)
    except DatabaseError as error:
        raise (CopyBusyError(path) if "locked" in str(error.orig) else storage.DamagedStudyError(path)) from error


def refuse_other_study(session: Session, copy: OtherCopy) -> None:
    """Refuse a file that holds another study than this."""
    if not copy.identity & set(session.scalars(select(StudyRecord.id))):
        raise OtherStudyError(copy.path)


def found(session: Session, copy: OtherCopy, *, only: str | None = None) -> Union:
    """What another copy adds to the study, as long as it may; refuses another study, and a past that differs."""
    refuse_other_study(session, copy)
    try:
        union = united(holding(session.connection()), copy.held)
        if only is not None and (others := strangers(union, only)):
            raise WorkOfOthersError(copy.path, *_names(session, only, others))
        refuse_unsound(session, union)
        whose = partial(coder_of, session)
        if next(chain(trespasses(union), meddling(union, whose)), None) is not None:
            raise NotTheirsError(copy.path)
        if (who := next(overreaching(union, leads_of(session), whose), None)) is not None:
            raise LeadsAloneError(copy.path, _names(session, "", {who})[1])
    except DifferingHistory as error:
        raise HistoryDiffersError(copy.path) from error
    except (IncompleteHistory, KeyError, TypeError, ValueError, RecursionError) as error:
        # What no qcode wrote: no JSON, steps that are not there, fields of another shape.
        raise storage.DamagedStudyError(copy.path) from error
    return union


def _names(session: Session, only: str, others: set[str]) -> tuple[str, str]:
    known = {row.id: row.name for row in session.scalars(select(Coder))}
    named = sorted({known.get(other, "somebody this study does not know") for other in others})
    return known.get(only, "one coder"), ", ".join(named)
