"""Where qcode starts: the window when nothing or a study is named, else the command line."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main() -> None:
    """Run qcode as the command line asks; the window starts without loading what only commands need."""
    if getattr(sys, "frozen", False):
        _let_readers_start()
    named = sys.argv[1:]
    if not named or (len(named) == 1 and named[0].endswith(".qcode")):
        sys.exit(open_window(Path(named[0]) if named else None))
    from qcode.cli import main as command_line

    command_line(open_window)


def open_window(study: Path | None) -> int:
    """Show the window, on a study or on the welcome, until it is closed; returns the exit code."""
    # Nothing that is loaded now is garbage: looking for some would take a tenth of the start.
    gc.disable()
    from qcode.ui.app import run

    return run(study)


def _let_readers_start() -> None:
    """A packaged program is its own Python: when it is started as a reader's process, it reads and ends here."""
    from multiprocessing import freeze_support

    freeze_support()


if __name__ == "__main__":
    main()
