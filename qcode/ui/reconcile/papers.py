"""Saving papers for a meeting: the agenda of open cases, and what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.ids import RoundId
from qcode.queries.disagreements.cases import Queue
from qcode.queries.disagreements.papers import agenda_of, minutes_of
from qcode.queries.team import rounds
from qcode.reports.decisions import write_agenda, write_decisions
from qcode.ui import saving, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts.parts import counted

if TYPE_CHECKING:
    from qcode.ui.reconcile.further import Host

_NO_OPEN_CASE = (
    "There is no open case among those that are listed. Widen the filter, or put a case off for the meeting with T."
)
_NOTHING_DECIDED = "Nothing was decided in this round yet, so there is nothing to save."


class Papers(QObject):
    """Asks where a paper is to be saved, and writes it in the background."""

    def __init__(self, bridge: StudyBridge, room: QWidget, host: Host) -> None:
        super().__init__(room)
        self._bridge, self._room, self._host = bridge, room, host
        self.ask_path: saving.AskPath = saving.ask_path

    # Methods

    def save_agenda(self, queue: Queue | None) -> None:
        """Save the open cases of the queue, as they are filtered: those for the meeting alone where there are some."""
        rows = [row for row in queue.rows if row.open] if queue is not None else []
        chosen = [row for row in rows if row.decision is not None and row.decision.outcome == "meeting"] or rows
        if not chosen:
            self._bridge.refused.emit(_NO_OPEN_CASE)
            return
        study, today = self._bridge.study, _today()
        self._save(
            ("Save the agenda", "agenda", saving.PAGES),
            lambda path: write_agenda(agenda_of(study, chosen, made_on=today), path),
            f"The agenda with {counted(len(chosen), 'case')} is",
        )

    def save_minutes(self) -> None:
        """Save every decision of the round."""
        round_id, cases = self._host.round_id, self._host.cases
        nothing = cases is not None and not (cases.decisions or cases.queue().unanimous)
        if round_id is None or nothing:
            self._bridge.refused.emit(_NOTHING_DECIDED)
            return
        study, today = self._bridge.study, _today()
        self._save(
            ("Save what was decided", "decisions", saving.REPORTS),
            lambda path: write_decisions(minutes_of(study, round_id, made_on=today), path),
            "What was decided is",
        )

    # Internal

    def _ask(self, title: str, what: str, kinds: str) -> Path | None:
        path = self._bridge.study.path
        named = f"{path.stem} {self._round_name(self._host.round_id)} {what}.docx".replace("/", "-")
        return self.ask_path(self._room, title, path.with_name(named), kinds)

    def _round_name(self, round_id: RoundId | None) -> str:
        return next((row.name for row in rounds(self._bridge.study) if row.id == round_id), "")

    def _save(self, asked: tuple[str, str, str], write: Callable[[Path], None], what: str) -> None:
        """Write where the person says; `asked` is a title, a part of the name of the file, and the kinds of file."""
        path = self._ask(*asked)
        if path is None:
            return
        work.run(
            self,
            lambda _progress: write(path),
            done=lambda _none: self._bridge.informed.emit(f"{what} saved as {path}."),
            refused=self._bridge.refused.emit,
        )


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day where the person sits
