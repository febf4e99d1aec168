"""The study: one handle through which everything is read, written, undone and announced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId, StepId, new_id
from qcode.models import Coder, Round, StudyRecord, erasure, storage
from qcode.models.alike import KNOWN, KnownSpare
from qcode.models.changes import ELSEWHERE, Change, Origin, Place, Subscriber, change_of, together
from qcode.models.hand_ins import locked
from qcode.models.handing_out import owner as handed_out_to
from qcode.models.journal import Step, entries_of_step_rows, kinds
from qcode.models.receipts import ground
from qcode.models.recording import Recorder, StudySession, recorder_of, watch, write_fields
from qcode.models.references import standing_on
from qcode.models.statements import ask
from qcode.models.steps import LATEST_OF, TAKEN_BACK, header_of, latest_lamport, steps_of, store_steps
from qcode.models.taking_back import (
    BehindRedactionError,
    CannotUndoError,
    HeldUpError,
    NothingToUndoError,
    NotYourStepError,
    blocked,
    misplaced,
    nothing_left,
    refusal,
)
from qcode.models.texts import Shelf
from qcode.models.undoing import Blocked, Done, Following, Stacks, by_kind, inverse, top, with_group
from qcode.models.upgrading import upgrade
from qcode.text.ordering import between

if TYPE_CHECKING:
    from qcode.models.search_index import PieceShelf

__all__ = [
    "BehindRedactionError",
    "CannotUndoError",
    "Change",
    "NoCoderError",
    "NothingToUndoError",
    "Origin",
    "Place",
    "Study",
    "Subscriber",
    "UnknownCoderError",
]


class NoCoderError(QcodeError):
    """Nobody was chosen to act."""

    def __init__(self) -> None:
        super().__init__("Choose who you are before you change the study.")


class UnknownCoderError(QcodeError):
    """The coder is not in this study."""

    def __init__(self) -> None:
        super().__init__("This study does not know that coder. Add the coder first.")


class Study:
    """An open study. Reading sessions and writing steps live for one call; any thread may use them."""

    def __init__(self, store: storage.Storage) -> None:
        self._store = store
        self._lock = RLock()
        self._subscribers: list[Subscriber] = []
        self._following: Following | None = None
        self._latest = self._mark = self._stacked = 0
        self._group: str | None = None
        self.shelf = Shelf()
        self.coder: CoderId | None = None
        self.kept: Path | None = None
        self._spare = KnownSpare()

    # Opening and closing ------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, *, title: str, coder: str, initials: str = "", first_round: str | None = "Round 1"
    ) -> Self:
        """Make a new study file with its first coder, who leads, and an open round for everyone.

        Refuses to overwrite anything. With None as `first_round` the study begins without one.
        """
        study = cls(storage.create(path))
        try:
            first = Coder(name=coder, initials=initials or _initials(coder), role="lead")
            study.coder = CoderId(first.id)
            with study.transact("Create the study", barrier=True) as session:
                session.add_all([StudyRecord(title=title), first])
                if first_round is not None:
                    session.add(Round(name=first_round, position=between(None, None), everyone=True))
        except BaseException:
            study.close()
            path.unlink(missing_ok=True)
            raise
        return study

    @classmethod
    def open(cls, path: Path, *, keep: bool = True) -> Self:
        """Open a study; refuses what is missing, damaged, newer or no study with a sentence.

        One of an earlier qcode is upgraded first. If it is to be kept as it was, `kept` says where.
        """
        kept = upgrade(path, keep=keep)
        study = cls(storage.open_file(path))
        study.kept = kept
        with study.read() as session:
            leads = select(Coder.id).where(Coder.alive).order_by(Coder.role != "lead", Coder.name)
            first = handed_out_to(session.connection()) or session.scalar(leads.limit(1))
            study._latest, study._mark = latest_lamport(session), ground(session).mark
        study.coder = CoderId(first) if first else None
        study.finish_erasing()
        return study

    @cached_property
    def pieces(self) -> PieceShelf:
        """The pieces of texts that were searched; made when first needed, as it brings the index along."""
        from qcode.models.search_index import PieceShelf

        return PieceShelf()

    @property
    def path(self) -> Path:
        """The study's file."""
        return self._store.path

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def act_as(self, coder: CoderId) -> None:
        """Choose who acts from now on: steps, undo and redo are that coder's."""
        with self.read() as session:
            if session.get(Coder, coder) is None:
                raise UnknownCoderError
        self.coder = coder

    # Reading and writing ------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state and cannot write."""
        reading = Session(self._store.reader, autoflush=False, info={KNOWN: self._spare})
        with storage.told(self.path, writing=False), reading as session:
            yield session

    @contextmanager
    def transact(
        self,
        label: str,
        *,
        args: Mapping[str, Any] | None = None,
        place: Place | None = None,
        barrier: bool = False,
    ) -> Iterator[Session]:
        """Write one step: everything in the block is saved and announced together, or not at all.

        `label` is a template whose names in braces stand for ids in `args`. A `barrier` cannot be undone.
        """
        packed = dict(args or {}) | ({"place": [place.document, place.start, place.end]} if place else {})
        with self._step(label, packed, barrier=barrier) as session:
            yield session

    @contextmanager
    def local(self, *, patience: float = 10.0) -> Iterator[Session]:
        """Write tables of this copy alone, such as an index: no step is made and nobody is told.

        Journalled tables cannot be written here. Refuses when another writer is not done within `patience` seconds.
        """
        if not self._lock.acquire(timeout=patience):
            raise storage.StudyBusyError
        try:
            with (
                storage.told(self.path),
                storage.writing(self._store.writer, patience) as connection,
                Session(connection, autoflush=False) as session,
            ):
                yield session
        finally:
            self._lock.release()

    @contextmanager
    def redact(self, label: str, args: dict[str, Any]) -> Iterator[Session]:
        """Write a step for each scope, all in one commit, after which nobody goes back; then rid the file of the past.

        The caller may add to `args` within the block, and erases what has to go in the same session.
        """
        with self._step(label, args, barrier=True, apart=True) as session:
            erasure.note(session, recorder_of(session).step)
            yield session
        self.shelf = Shelf()
        self.__dict__.pop("pieces", None)
        self.finish_erasing()

    def finish_erasing(self) -> bool:
        """Write the file anew after a redaction, so that no free page holds what was erased.

        False if that has to wait, as another program reads the file or the disk is full: it is done at the next
        opening.
        """
        with self._lock:
            with self.read() as session:
                steps = erasure.unfinished(session)
            if steps and not erasure.write_anew(self._store):
                return False
            if steps:
                with self.local() as session:
                    erasure.forget(session, steps)
        return True

    @contextmanager
    def exchange(self) -> Iterator[Session]:
        """Take steps of other copies in, or out again, all of it or nothing: no step is made of that itself.

        The caller keeps the journal and the rows in accord, and notes a receipt.
        """
        with self._lock:
            with storage.told(self.path), Session(self._store.writer, autoflush=False) as session, session.begin():
                yield session
            if self.poll():
                self.shelf = Shelf()
                self.__dict__.pop("pieces", None)

    @contextmanager
    def grouped(self) -> Iterator[None]:
        """Steps that are written in this block are undone together.

        If one fails, those before it are taken back within the group, so that neither undo nor redo offers them.
        """
        with self._lock:
            outer, self._group = self._group, self._group or new_id()
            written: list[StepId] = []
            stop = self.subscribe(lambda change: written.extend([change.step] if change.step else []))
            try:
                yield
            except BaseException:
                for step in reversed(tuple(written)):
                    self._take_back(step, "undone")
                self._following = None
                raise
            finally:
                stop()
                self._group = outer

    @contextmanager
    def _step(
        self,
        label: str,
        args: dict[str, Any],
        *,
        barrier: bool = False,
        undoes: str | None = None,
        origin: Origin = "done",
        apart: bool = False,
    ) -> Iterator[Session]:
        recorder, missed = Recorder(new_id()), False
        with self._lock:
            if self.coder is None:
                raise NoCoderError
            done = Done(recorder.step, undoes, barrier, self._group or (new_id() if apart else None))
            header = header_of(self.coder, label, args, done)
            with storage.told(self.path), StudySession(self._store.writer) as session, session.begin():
                watch(session, recorder)
                yield session
                session.flush()
                lamport = 1 + latest_lamport(session)
                missed = lamport > self._latest + 1
                written = store_steps(session, recorder, header, lamport, apart=apart) if recorder.rows else []
            for number, step in enumerate(written):
                self._follow(replace(done, id=step), lamport + number)
        if recorder.rows:
            self._announce(change_of(label, recorder, origin, args))
        if recorder.rows and missed:
            self._announce(ELSEWHERE)

    # Undo and redo ------------------------------------------------------------------------------------------------

    def undo(self) -> Change:
        """Take back the acting coder's latest step, with its group; refuses when later work stands on it."""
        return self._take_back_top("undone")

    def redo(self) -> Change:
        """Do again what was undone last."""
        return self._take_back_top("redone")

    def undo_step(self, step: StepId) -> Change:
        """Take back one of the acting coder's steps, with its group, even if others came after it.

        Refused where `why_not_undo` gives a reason.
        """
        with self._lock:
            with self.read() as session:
                wanted = session.get(Step, step)
                if wanted is None or wanted.coder_id != self.coder:
                    raise NotYourStepError
                refused = misplaced(session, self._stacks(), wanted)
            if refused is not None:
                raise refused
            return self._take_back_all(with_group(self._stacks().undo, step), "undone")

    def why_not_undo(self, steps: Iterable[StepId]) -> dict[StepId, QcodeError | None]:
        """Why each of these steps cannot be taken back now; None for those that can. Looks, and writes nothing."""
        found: dict[StepId, QcodeError | None] = {}
        stacks = self._stacks()
        with self.read() as session:
            for step in session.scalars(select(Step).where(Step.id.in_(list(steps)))):
                reason = NotYourStepError() if step.coder_id != self.coder else misplaced(session, stacks, step)
                together = [] if reason else with_group(stacks.undo, step.id)
                if together and (later := blocked(session, together)):
                    reason = refusal(session, self.coder, step, later, "undone")
                found[StepId(step.id)] = reason
        return found

    def next_undo(self) -> StepId | None:
        """The step that undo would take back."""
        stacks = self._stacks()
        return StepId(stacks.undo[-1].id) if stacks.undo else None

    def next_redo(self) -> StepId | None:
        """The step that redo would take back: an undo."""
        stacks = self._stacks()
        return StepId(stacks.redo[-1].id) if stacks.redo else None

    def _take_back_top(self, origin: Origin) -> Change:
        with self._lock:
            stacks = self._stacks()
            steps = top(stacks.undo if origin == "undone" else stacks.redo)
            if not steps:
                with self.read() as session:
                    raise nothing_left(session, stacks, origin)
            return self._take_back_all(steps, origin)

    def _take_back_all(self, steps: Sequence[str], origin: Origin) -> Change:
        try:
            if len(steps) == 1:
                return self._take_back(steps[0], origin)
            with self.grouped():
                changes = [self._take_back(step, origin) for step in steps]
        except HeldUpError as held:
            # What a coder may be told is looked up when all is as it was: what was tried may have ended a blind round.
            with self.read() as session:
                raise refusal(session, self.coder, held.target, held.blocked, origin) from None
        return together(changes)

    def _take_back(self, step: str, origin: Origin) -> Change:
        with self.read() as reading:
            target = reading.get_one(Step, step)
        with self._step(target.label, target.args, undoes=step, origin=origin) as session:
            if ask(session, TAKEN_BACK, step=step).first() is not None:
                raise NothingToUndoError("undo" if origin == "undone" else "redo")
            edits = inverse(step, entries_of_step_rows(session.connection(), step))
            if isinstance(edits, Blocked):
                raise HeldUpError(target, edits)
            # What fails midway is taken back within its own group, whatever it wrote.
            whole = target.group_id is not None and target.group_id == self._group
            if not whole and (held := locked(session, target, edits)):
                raise HeldUpError(target, held)
            for kind, rows in by_kind(edits).items():
                write_fields(session, kinds()[kind], rows)
            if standing := standing_on(session, session.get_one(Step, step), edits):
                raise HeldUpError(target, standing)
            recorder = recorder_of(session)
        return change_of(target.label, recorder, origin, target.args)

    def _stacks(self) -> Stacks:
        if self.coder is None:
            raise NoCoderError
        with self._lock, self.read() as session:
            latest, mark = ask(session, LATEST_OF, coder=self.coder).scalar() or 0, ground(session).mark
            known = self._following and (self._following.coder, self._following.latest, self._stacked)
            if self._following is None or known != (self.coder, latest, mark):
                self._stacked = mark
                done = (Done(*step) for step in session.execute(steps_of(self.coder)))
                self._following = Following.of(self.coder, latest, done)
            return self._following.stacks

    def _follow(self, step: Done, lamport: int) -> None:
        self._latest = max(self._latest, lamport)
        if self._following is not None and self._following.coder == self.coder:
            self._following.take(step, lamport)

    # Announcing ---------------------------------------------------------------------------------------------------

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call the subscriber after every committed step, in the thread that wrote it; returns how to stop."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def poll(self) -> bool:
        """Announce a change from elsewhere if another program has written this file since the last look."""
        with self.read() as session:
            latest, mark = latest_lamport(session), ground(session).mark
        if latest <= self._latest and mark == self._mark:
            return False
        self._latest, self._mark = latest, mark
        self._announce(ELSEWHERE)
        return True

    def _announce(self, change: Change) -> None:
        for subscriber in tuple(self._subscribers):
            subscriber(change)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())[:3].upper() or "?"
