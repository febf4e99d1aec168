"""What to look at in quotes before they are printed: found beside the work at the desk, and told when it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.ids import QuoteId
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.study import Study
from qcode.ui import work
from qcode.ui.bridge import StudyBridge

_SETTLED_MS = 400

type Told = Mapping[QuoteId, tuple[str, ...]]


class QuoteWarnings(QObject):
    """Finds warnings anew when the study rests; those known before stay until then."""

    found = Signal()

    def __init__(self, bridge: StudyBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._told: Told = {}
        self._task: work.Task | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self._find)
        bridge.closing.connect(self._settling.stop)

    # Methods

    def of(self, quote: QuoteId) -> tuple[str, ...]:
        """What is to be looked at in a quote, as far as it is known."""
        return self._told.get(quote, ())

    def look_again(self) -> None:
        """Find warnings anew, once nothing was done for a moment."""
        self._settling.start()

    # Private slots

    def _find(self) -> None:
        if self._task is not None:
            self._task.cancel()
        study = self._bridge.study
        self._task = work.run(
            self, lambda _progress: warnings_of(study), done=self._on_found, refused=self._bridge.refused.emit
        )

    def _on_found(self, told: Told) -> None:
        self._task = None
        if told != self._told:
            self._told = told
            self.found.emit()


def warnings_of(study: Study) -> Told:
    """What is to be looked at in each quote; one that is shortlisted is looked at as if it were chosen too."""
    rows = themes(study)
    told = _told(study, rows)
    shortlisted = quote_rows(study, status="shortlisted")
    if shortlisted:
        every = [replace(row, quotes=(*row.quotes, *(one for one in shortlisted if one.theme == row.id)))
                 for row in rows]  # fmt: skip
        known = {one.id for one in shortlisted}
        told |= {quote: said for quote, said in _told(study, every).items() if quote in known}
    return told


def _told(study: Study, rows: Sequence[ThemeRow]) -> dict[QuoteId, tuple[str, ...]]:
    from qcode.queries.attribution.cautions import attribution_cautions

    out: dict[QuoteId, tuple[str, ...]] = {}
    for warned in attribution_cautions(study, rows):
        if warned.quote is not None:
            known = out.get(warned.quote.id, ())
            out[warned.quote.id] = (*known, *(() if warned.sentence in known else (warned.sentence,)))
    return out
