"""Between the study and the widgets: one signal for every change, and a sentence for every refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.errors import QcodeError
from qcode.ids import CoderId, RoundId
from qcode.queries.team import RoundRow, round_to_code_in
from qcode.study import Change, Study
from qcode.ui.known_names import KnownNames

if TYPE_CHECKING:
    from qcode.ui.rulings import Rulings
    from qcode.ui.settings import Settings

_LOOK_ELSEWHERE_MS = 2_000


class StudyBridge(QObject):
    """The open study as widgets see it. Its signals arrive in the window's thread, wherever a change was written.

    `followed` comes after `changed`, for what may be shown after the rooms have followed a change. `begun` says that
    the person does something or goes elsewhere, so that what was refused before is past.
    """

    changed = Signal(object)
    followed = Signal(object)
    coderChanged = Signal(str)
    roundChanged = Signal(str)
    begun = Signal()
    refused = Signal(str)
    informed = Signal(str)
    closing = Signal()

    def __init__(self, study: Study, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.study = study
        self.names = KnownNames(self)
        self.settings: Settings | None = None
        self._round: RoundRow | None = round_to_code_in(study)
        self._unsubscribe = study.subscribe(self._on_change)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_ELSEWHERE_MS)
        self._timer.timeout.connect(self._on_look_elsewhere)
        self._timer.start()

    # Properties

    @cached_property
    def rulings(self) -> Rulings:
        """What was decided about names in this window; made when it is first needed, so that studies open sooner."""
        from qcode.ui.rulings import Rulings

        return Rulings(self.names, self)

    @property
    def coder(self) -> CoderId | None:
        """Who acts."""
        return self.study.coder

    @property
    def round(self) -> RoundRow | None:
        """The round that is coded in."""
        return self._round

    @property
    def round_id(self) -> RoundId | None:
        """The id of the round that is coded in."""
        return self._round.id if self._round else None

    # Methods

    def attempt[T](self, deed: Callable[[], T]) -> T | None:
        """Do something to the study; a refusal is told to the person and answered with None."""
        self.begun.emit()
        return self.attempt_unasked(deed)

    def attempt_unasked[T](self, deed: Callable[[], T]) -> T | None:
        """Do what nobody asked for just now, such as securing what is half typed: a refusal that one reads stays."""
        try:
            return deed()
        except QcodeError as error:
            self.refused.emit(str(error))
            return None

    def act_as(self, coder: CoderId) -> None:
        """Choose who acts from now on."""
        self.study.act_as(coder)
        self._round = round_to_code_in(self.study)
        self.coderChanged.emit(coder)
        self.roundChanged.emit(self._round.id if self._round else "")

    def code_in(self, chosen: RoundRow) -> None:
        """Choose the round that is coded in."""
        self._round = chosen
        self.roundChanged.emit(chosen.id)

    def undo(self) -> Change | None:
        """Take back the acting coder's latest step."""
        return self.attempt(self.study.undo)

    def redo(self) -> Change | None:
        """Do again what was undone last."""
        return self.attempt(self.study.redo)

    def close(self) -> None:
        """Let what is half typed be saved, stop listening, and let go of the file."""
        self.closing.emit()
        self._timer.stop()
        self._unsubscribe()
        self.study.close()

    # Private slots

    def _on_change(self, change: Change) -> None:
        if self._round is None and change.concerns("round"):
            self._round = round_to_code_in(self.study)
        self.changed.emit(change)
        self.followed.emit(change)

    def _on_look_elsewhere(self) -> None:
        self.attempt_unasked(self.study.poll)
