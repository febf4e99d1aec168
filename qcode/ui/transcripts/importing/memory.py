"""What was chosen for kinds of files, from the settings and back to them."""

from __future__ import annotations

from qcode.ui.bridge import StudyBridge
from qcode.ui.transcripts.importing.arrivals import Arrival
from qcode.ui.transcripts.importing.remembered import Remembered, remembered, storable


class ImportMemory:
    """Choices by kind of file: those of this session, and those of earlier ones where there are settings."""

    def __init__(self, bridge: StudyBridge) -> None:
        self._bridge = bridge
        self._known: dict[str, Remembered] = {}

    # Properties

    @property
    def known(self) -> dict[str, Remembered]:
        """What is remembered, by kind of file."""
        settings = self._bridge.settings
        stored = remembered(settings.imports) if settings is not None else {}
        return {**stored, **self._known}

    # Methods

    def remember(self, arrival: Arrival) -> None:
        """Keep what was chosen by hand for a file that was imported."""
        if arrival.read is None or arrival.chosen.is_empty:
            return
        known, kind = self.known, arrival.kind_of_file
        before = known.pop(kind, Remembered())
        made = before.and_then(arrival.chosen, arrival.read.found, arrival.read.reading)
        if made == Remembered():
            return
        self._known[kind] = known[kind] = made
        if self._bridge.settings is not None:
            self._bridge.settings.imports = storable(known)
