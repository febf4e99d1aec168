"""Reading the cases of a round in the background."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from qcode.ids import RoundId
from qcode.queries.disagreements.cases import Cases, DecisionRow, decided_elsewhere
from qcode.study import Study
from qcode.ui import work


class CaseReading(QObject):
    """Reads cases, and tells them by `ready` with what was decided in other rounds; an older answer is dropped."""

    ready = Signal(object, object)
    refused = Signal(str)

    def __init__(self, study: Study, parent: QObject) -> None:
        super().__init__(parent)
        self._study = study
        self._task: work.Task | None = None

    # Properties

    @property
    def active(self) -> bool:
        """Whether cases are being read."""
        return self._task is not None

    # Methods

    def begin(self, round_id: RoundId | None, before: Cases | None) -> None:
        """Read the cases of a round, or of the one that is to be reconciled; those from before make it quicker."""
        self.give_up()
        study = self._study
        self._task = work.run(
            self, lambda _progress: _read(study, round_id, before), done=self._on_read, refused=self._on_refused
        )

    def give_up(self) -> None:
        """Wait for nothing any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    # Private slots

    def _on_read(self, read: tuple[Cases, tuple[DecisionRow, ...]]) -> None:
        self._task = None
        self.ready.emit(*read)

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self.refused.emit(sentence)


def _read(study: Study, round_id: RoundId | None, before: Cases | None) -> tuple[Cases, tuple[DecisionRow, ...]]:
    """Read in a worker: the cases of a round, and what was decided in other rounds."""
    cases = Cases.of(study, round_id, before=before)
    return cases, decided_elsewhere(study, cases.round)
