"""The key file that is open: what it tells is known in the window, and what is answered there is written back to it.

Its path, its passphrase and what it holds are in memory alone; no setting and no study remembers them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.deidentification.key_file import Key, change_passphrase, create_key, destroy_key, open_key, save_key
from qcode.errors import QcodeError
from qcode.queries.team import coders
from qcode.ui import work
from qcode.ui.bridge import StudyBridge

_REST_MS = 1_500

type _Mark = tuple[int, int]


class NoKeyOpenError(QcodeError):
    """Something is to be done with the key file, and none is open."""

    def __init__(self) -> None:
        super().__init__("No key file is open. Open it first, from the menu Study.")


class KeyOpenAlreadyError(QcodeError):
    """Another key file is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is open. Close it first: names of two keys would mix.")


class KeyChangedElsewhereError(QcodeError):
    """Somebody wrote the file since it was opened, or took it away."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was changed or taken away since it was opened, so nothing was written to it. "
            "Your answers stay in this window: open the file again to join both."
        )


class KeyKeeping(QObject):
    """At most one key file for a study. Slow work, which makes keys from passphrases, is done elsewhere."""

    changed = Signal()

    def __init__(self, bridge: StudyBridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._rulings = bridge.rulings
        self.path: Path | None = None
        self._key: Key | None = None
        self._passphrase = ""
        self._mark: _Mark | None = None
        self._is_due = False
        self._writing: work.Task | None = None
        self._one_at_a_time = Lock()
        self._written: _Mark | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self._rulings.changed.connect(self._on_answers)
        self._rulings.listChanged.connect(self._on_answers)
        bridge.closing.connect(self._on_closing)

    # Properties

    @property
    def is_saved(self) -> bool:
        """Whether the file holds all that was answered."""
        return not self._is_due and self._writing is None

    @property
    def destroy_by(self) -> date | None:
        """Until when the key that is open may be kept."""
        return self._key.destroy_by if self._key is not None else None

    # Methods

    def open(self, path: Path, passphrase: str, *, done: Callable[[], None], refused: Callable[[str], None]) -> None:
        """Open a key file, and know what it tells."""
        if self._refuses(path, refused):
            return
        work.run(
            self,
            lambda _progress: (open_key(path, passphrase), _mark_of(path)),
            done=lambda found: self._on_opened(path, passphrase, *found, done=done, refused=refused),
            refused=refused,
        )

    def create(
        self,
        path: Path,
        passphrase: str,
        *,
        confirmed: bool,
        destroy_by: date | None,
        done: Callable[[], None],
        refused: Callable[[str], None],
    ) -> None:
        """Make a key file of what was answered so far, away from the study unless that is `confirmed`."""
        if self._refuses(path, refused):
            return
        now, study = datetime.now(UTC), self._bridge.study.path
        key = self._as_it_stands(Key(now, now, self._by(), destroy_by=destroy_by))

        def deed(_progress: work.Progress) -> _Mark | None:
            create_key(path, key, passphrase, study=study, confirmed=confirmed)
            return _mark_of(path)

        def made(mark: _Mark | None) -> None:
            self._hold(path, passphrase, key, mark)
            done()

        work.run(self, deed, done=made, refused=refused)

    def change_passphrase(
        self, old: str, new: str, *, done: Callable[[], None], refused: Callable[[str], None]
    ) -> None:
        """Lock the open file with another passphrase."""
        path = self.path
        if path is None:
            refused(str(NoKeyOpenError()))
            return

        def deed(_progress: work.Progress) -> _Mark | None:
            change_passphrase(path, old, new)
            return _mark_of(path)

        def changed(mark: _Mark | None) -> None:
            self._passphrase, self._mark = new, mark
            done()

        if self._save_now(refused):
            work.run(self, deed, done=changed, refused=refused)

    def close(self) -> bool:
        """Write what is due, and forget the file and all names; says whether that was possible."""
        if self.path is None:
            self._bridge.refused.emit(str(NoKeyOpenError()))
            return False
        if not self._save_now(self._bridge.refused.emit):
            return False
        self._forget()
        return True

    def destroy(self) -> bool:
        """Overwrite and delete the open file, and forget all names; says whether that was possible."""
        if self.path is None:
            self._bridge.refused.emit(str(NoKeyOpenError()))
            return False
        try:
            self._settle()
            destroy_key(self.path)
        except QcodeError as error:
            self._bridge.refused.emit(str(error))
            return False
        self._forget()
        return True

    # Private slots

    def _on_answers(self) -> None:
        if self.path is not None:
            self._is_due = True
            self._rest.start()
            self.changed.emit()

    def _on_rest(self) -> None:
        """Write in another thread; what is answered meanwhile is written after it."""
        path, key = self.path, self._key
        if path is None or key is None or self._writing is not None or not self._is_due:
            return
        key, passphrase, mark = self._as_it_stands(key), self._passphrase, self._mark
        self._is_due = False

        def deed(_progress: work.Progress) -> _Mark | None:
            with self._one_at_a_time:
                self._written = _saved(path, key, passphrase, mark)
                return self._written

        self._writing = work.run(
            self,
            deed,
            done=lambda made: self._on_written(key, made),
            refused=self._on_not_written,
        )

    def _on_written(self, key: Key, mark: _Mark | None) -> None:
        self._writing = self._written = None
        if self.path is not None:
            self._key, self._mark = key, mark
        if self._is_due:
            self._rest.start()
        self.changed.emit()

    def _on_not_written(self, sentence: str) -> None:
        self._writing, self._is_due = None, True
        self._bridge.refused.emit(sentence)
        self.changed.emit()

    def _on_opened(
        self,
        path: Path,
        passphrase: str,
        key: Key,
        mark: _Mark | None,
        *,
        done: Callable[[], None],
        refused: Callable[[str], None],
    ) -> None:
        try:
            self._rulings.take_key(key.entities, key.names)
        except QcodeError as error:
            refused(str(error))
            return
        self._hold(path, passphrase, key, mark)
        self._is_due = self._as_it_stands(key, moment=key.changed, by=key.by) != key
        if self._is_due:
            self._rest.start()
        done()

    def _on_closing(self) -> None:
        if self.path is not None:
            self._save_now(self._bridge.refused.emit)

    # Internal

    def _refuses(self, path: Path, refused: Callable[[str], None]) -> bool:
        """Refuse a second key; the one that is open may be opened again, when somebody else changed it."""
        if self.path is not None and self.path.resolve() != path.resolve():
            refused(str(KeyOpenAlreadyError(self.path)))
            return True
        return False

    def _hold(self, path: Path, passphrase: str, key: Key, mark: _Mark | None) -> None:
        self.path, self._passphrase, self._key, self._mark = path, passphrase, key, mark
        self._is_due = False
        self.changed.emit()

    def _forget(self) -> None:
        self._rest.stop()
        self.path, self._passphrase, self._key, self._mark, self._is_due = None, "", None, None, False
        self._rulings.forget()
        self._bridge.names.forget()
        self.changed.emit()

    def _as_it_stands(self, key: Key, *, moment: datetime | None = None, by: str | None = None) -> Key:
        """The key with the answers of now; places of this session's files are left out, as are strings put off."""
        ours = [replace(one, places=()) for one in self._rulings.decisions if one.decision != "later"]
        known = {one.id for one in ours}
        alone = [one for one in key.entities if one.decision == "here" and one.id not in known]
        return replace(
            key,
            changed=moment or datetime.now(UTC),
            by=self._by() if by is None else by,
            entities=(*ours, *alone),
            names=self._rulings.names,
        )

    def _by(self) -> str:
        return next((row.name for row in coders(self._bridge.study) if row.id == self._bridge.coder), "")

    def _settle(self) -> None:
        """Let a writing that is under way end; one that did not begin finds another file then, and writes nothing."""
        if self._writing is not None:
            self._writing.cancel()
            self._writing, self._is_due = None, True
            with self._one_at_a_time:
                self._mark, self._written = self._written or self._mark, None

    def _save_now(self, refused: Callable[[str], None]) -> bool:
        path, key = self.path, self._key
        self._rest.stop()
        if path is None or key is None:
            return True
        self._settle()
        if not self._is_due:
            return True
        key = self._as_it_stands(key)
        try:
            self._mark = _saved(path, key, self._passphrase, self._mark)
        except QcodeError as error:
            refused(str(error))
            return False
        self._key, self._is_due = key, False
        return True


def _saved(path: Path, key: Key, passphrase: str, mark: _Mark | None) -> _Mark | None:
    """Write the key unless somebody else did since; answers with how the file can be known again."""
    if _mark_of(path) != mark:
        raise KeyChangedElsewhereError(path)
    save_key(path, key, passphrase)
    return _mark_of(path)


def _mark_of(path: Path) -> _Mark | None:
    """When the file was written last and how long it is; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
