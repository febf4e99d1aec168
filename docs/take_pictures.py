"""Photographs every room of the real window, and what people do most in them, light and dark, into docs/pictures/.

Give it a study to photograph; without one it builds the sample study in a temporary folder. The study itself is never
written to: a copy is opened. Two runs on one machine and day make the same pictures.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from unittest.mock import patch
from uuid import NAMESPACE_OID, uuid5

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings
from PySide6.QtGui import QPixmap

from qcode.operations.sample import build_sample
from qcode.queries.codings import CodingRow, Looking, codings
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.team import rounds
from qcode.study import Place
from qcode.ui import work
from qcode.ui.app import application, make_window
from qcode.ui.rooms import ROOMS
from qcode.ui.settings import Settings
from qcode.ui.window import MainWindow

PICTURES = Path(__file__).parent / "pictures"
SPECIMENS = Path(__file__).parents[1] / "tests" / "cases" / "transcripts"
SIZE = (1280, 800)
THEMES = ("light", "dark")
_LONGEST_WAIT = 60.0


def main() -> int:
    """Take the pictures and say where they are."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("study", nargs="?", type=Path, help="the study to photograph; the sample if none is named")
    asked.add_argument("--into", type=Path, default=PICTURES, help="the folder for the pictures")
    given = asked.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for picture in photograph(_study(given.study, Path(folder)), given.into, Path(folder)):
            print(picture)
    return 0


def photograph(study: Path, into: Path, folder: Path) -> list[Path]:
    """Drive the window through its rooms in both themes; answers with the files that were written."""
    app = application()
    app.setCursorFlashTime(0)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    settings.theme = "light"
    window = make_window(settings)
    window.resize(*SIZE)
    window.show()
    taken: list[Path] = []
    if not window.open_study(study):
        sys.exit(window.welcome.sentence)
    _choose_main_round(window)
    for room in ROOMS:
        window.show_room(room.key)
        settle()
        prepare = _PREPARE.get(room.key)
        if prepare is not None:
            prepare(window)
        taken += _both(window, room.key, into)
    for name, arrange in _SCENES.items():
        arrange(window)
        taken += _both(window, name, into)
    window.close()
    return taken


def settle() -> None:
    """Let everything that was begun come to its end and be painted."""
    until = time.monotonic() + _LONGEST_WAIT
    while True:
        for _round in range(5):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()
        if not work.is_busy():
            return
        if time.monotonic() > until:
            sys.exit("The window was still at work after a minute; no picture was taken of that.")
        time.sleep(0.01)


def _study(given: Path | None, folder: Path) -> Path:
    place = folder / "study.qcode"
    if given is None:
        # Ids decide what stands first among equals, so they must be the same in every run.
        numbers = count()
        with patch("qcode.ids.uuid4", lambda: uuid5(NAMESPACE_OID, str(next(numbers)))):
            build_sample(place)
    else:
        shutil.copyfile(given, place)
    return place


def _both(window: MainWindow, name: str, into: Path) -> list[Path]:
    taken = []
    for theme in THEMES:
        window.choose_theme(theme)
        settle()
        picture = QPixmap(window.size())
        window.render(picture)
        path = into / f"{name}-{theme}.png"
        if not picture.save(str(path)):
            sys.exit(f"“{path}” could not be written.")
        taken.append(path)
    window.choose_theme("light")
    settle()
    return taken


def _choose_main_round(window: MainWindow) -> None:
    main = [row for row in rounds(window.bridge.study) if row.purpose == "main"]
    if main:
        window.bridge.code_in(main[-1])


def _show_disagreement(window: MainWindow) -> None:
    """Select the passage that most coders and codes meet on, with everybody's codings shown."""
    room = window.show_room("code")
    room.show_whose("everyone")
    rows = codings(window.bridge.study, Looking(rounds=[window.bridge.round_id]))
    busiest = max(rows, key=lambda row: (_variety(row, rows), -row.start), default=None)
    if busiest is not None:
        window.go_to(Place(busiest.document, busiest.start, busiest.end))
    settle()


def _variety(row: CodingRow, rows: list[CodingRow]) -> int:
    there = [other for other in rows if other.document == row.document]
    meeting = [other for other in there if other.start < row.end and row.start < other.end]
    return len({(other.coder, other.code) for other in meeting})


def _show_passages(window: MainWindow) -> None:
    window.show_room("code")
    window.view.show_passages("All passages", Looking())


def _show_answers(window: MainWindow) -> None:
    room = window.show_room("transcripts")
    room.tabs.setCurrentWidget(room.guide)


def _show_translation(window: MainWindow) -> None:
    room = window.show_room("transcripts")
    room.tabs.setCurrentWidget(room.documents)
    for row in room.documents.table.shown_rows():
        room.documents.table.select_row(row.id)
        settle()
        if "translation" in row.name:
            room.documents.show_side_by_side()
            return


def _show_team(window: MainWindow) -> None:
    room = window.show_room("transcripts")
    room.tabs.setCurrentWidget(room.team)
    main = [row for row in rounds(window.bridge.study) if row.purpose == "main"]
    if main:
        room.team.show_round(main[-1].id)


def _show_proposals(window: MainWindow) -> None:
    window.view.show_proposals()


def _show_import(window: MainWindow) -> None:
    room = window.show_room("transcripts")
    files = sorted(path for path in SPECIMENS.iterdir() if not path.name.endswith(".truth.json"))
    room.import_files([path for path in files if path.name[:2] in _ARRIVING])


def _show_names(window: MainWindow) -> None:
    window.show_room("transcripts").documents.importing.show_step(1)


def _show_case(window: MainWindow) -> None:
    """A case about two codes, which tells more than where a passage ends."""
    room = window.show_room("reconcile")
    settle()
    rows = room.queue.list.rows
    told = next((row for row in rows if len(row.code_names) > 1 and len(row.lanes) > 2), rows[0] if rows else None)
    if told is not None:
        room.go_to_case(told.id)


def _show_many(window: MainWindow) -> None:
    window.show_room("reconcile").further.show_rule()


def _show_decisions(window: MainWindow) -> None:
    window.show_room("reconcile").further.show_page("decisions")


def _show_before_after(window: MainWindow) -> None:
    window.show_room("reconcile").further.show_page("before_after")


def _show_themes(view: str) -> Callable[[MainWindow], None]:
    """A view of the themes: their board, their map or the framework."""

    def arrange(window: MainWindow) -> None:
        window.show_room("themes").show_tab("themes").middle.show_view(view)

    return arrange


def _show_desk(window: MainWindow) -> None:
    """The desk for quotes, with a chosen quote at the right."""
    desk = window.show_room("themes").show_tab("quotes")
    settle()
    chosen = quote_rows(window.bridge.study, status="chosen")
    if chosen:
        desk.show_quote(chosen[0].id)


def _show_analysis(page: str) -> Callable[[MainWindow], None]:
    """A page of the Analysis tab."""

    def arrange(window: MainWindow) -> None:
        window.show_room("themes").show_tab("analysis").show_page(page)

    return arrange


_SCENES: dict[str, Callable[[MainWindow], None]] = {
    "themes-desk": _show_desk,
    "themes-board": _show_themes("board"),
    "themes-map": _show_themes("map"),
    "themes-framework": _show_themes("framework"),
    "analysis-groups": _show_analysis("groups"),
    "analysis-saturation": _show_analysis("saturation"),
    "analysis-joint": _show_analysis("joint"),
    "team": _show_team,
    "proposals": _show_proposals,
    "answers": _show_answers,
    "translation": _show_translation,
    "import": _show_import,
    "names": _show_names,
    "reconcile-many": _show_many,
    "reconcile-decisions": _show_decisions,
    "reconcile-before-after": _show_before_after,
    "passages": _show_passages,  # last: it opens the drawer
}
_ARRIVING = {"01", "02", "08", "10", "21", "24", "28", "30", "40", "43", "57"}

_PREPARE: dict[str, Callable[[MainWindow], None]] = {
    "code": _show_disagreement,
    "reconcile": _show_case,
}


if __name__ == "__main__":
    sys.exit(main())
