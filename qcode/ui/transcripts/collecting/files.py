"""The files that are about to be collected: what is known of each, and what workers do with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qcode.deidentification import find_traces
from qcode.errors import QcodeError
from qcode.operations.collecting import Merged, collect
from qcode.queries.collecting.collected import Preview, conflicts, preview
from qcode.queries.transcripts.redaction import mentions
from qcode.study import Study
from qcode.ui import work
from qcode.ui.transcripts.collecting.telling import NOTHING, summed

_LISTED = 5

type State = Literal["waiting", "ready", "nothing", "refused", "collected"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file: what it would bring, once that is known, or the sentence of why it cannot be taken in."""

    path: Path
    state: State = "waiting"
    preview: Preview | None = None
    sentence: str = ""

    @property
    def id(self) -> Path:
        """What the file is known by."""
        return self.path

    @property
    def whose(self) -> str:
        """For whom it was handed out."""
        if self.preview is None:
            return ""
        return self.preview.owner_name or "an ordinary copy"

    @property
    def told(self) -> str:
        """What it brings, or why not."""
        if self.state == "waiting":
            return "Looking…"
        if self.state == "collected":
            return f"Collected. {self.sentence}"
        return self.sentence


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of the files; how many conflicts there are now, and where names that this window knows stand."""

    files: tuple[FileRow, ...]
    receipts: int
    conflicts: int = 0
    names: str = ""


def looked_at(study: Study, path: Path) -> FileRow:
    """What a file would bring; a refusal is its sentence, and others go on."""
    try:
        seen = preview(study, path, handed_in=None)
    except QcodeError as refusal:
        return FileRow(path, "refused", None, str(refusal))
    if seen.is_nothing:
        return FileRow(path, "nothing", seen, NOTHING)
    return FileRow(path, "ready", seen, summed(seen))


def collected(study: Study, rows: Sequence[FileRow], names: Sequence[str], progress: work.Progress) -> Collected:
    """Take the files in one after the other, each with a receipt of its own; then look for names that are known."""
    done, receipts = list[FileRow](), 0
    for number, row in enumerate(rows):
        progress.report(number / len(rows), f"Collecting “{row.path.name}”, {number + 1} of {len(rows)}…")
        taken = _collected(study, row)
        receipts += taken.state == "collected"
        done.append(taken)
    if not receipts:
        return Collected(tuple(done), 0)
    return Collected(tuple(done), receipts, len(conflicts(study)), _names_again(study, names) if names else "")


def _collected(study: Study, row: FileRow) -> FileRow:
    try:
        merged: Merged = collect(study, row.path)
    except QcodeError as refusal:
        return FileRow(row.path, "refused", row.preview, str(refusal))
    if merged.receipt is None:
        return FileRow(row.path, "nothing", row.preview, NOTHING)
    return FileRow(row.path, "collected", row.preview, row.sentence)


def _names_again(study: Study, names: Sequence[str]) -> str:
    """Where known names stand in the study, or in the bytes of its file; empty if nowhere."""
    found = Counter(place.where for place in mentions(study, list(names)).places)
    if found:
        listed = ", ".join(f"{where} ({count:,})" for where, count in found.most_common(_LISTED))
        more = f", and {len(found) - _LISTED:,} more" if len(found) > _LISTED else ""
        return f"Names found again in {listed}{more}. Redact them in the Code room."
    if find_traces((study.path,), list(names)):
        return "Names found again in the bytes of the study’s file. Search for them, and redact them in the Code room."
    return ""
