"""A process of its own: qcode as it starts, until its window, or a study in it, is painted; prints what it took.

`python -m benchmarks.window [STUDY]` prints one line of JSON: `visible` and `shown` are readings of the system's
monotonic clock, `usable` one of when a key that was pressed as soon as text was shown had selected its first sentence,
`cpu` seconds of the processor and `memory` the most that the process held, in bytes. A study that cannot be opened
ends it with what qcode says about it.
"""

from __future__ import annotations

import gc
import json
import re
import resource
import sys
from pathlib import Path

from qcode.__main__ import main

_STATUS = Path("/proc/self/status")


def watched() -> None:
    """Start qcode and print what was seen; everything is loaded in the order in which qcode does."""
    gc.disable()
    import qcode.ui.app  # noqa: F401
    from benchmarks.watching import Watch

    watch = Watch(for_study=len(sys.argv) > 1)
    try:
        main()
    finally:
        if watch.refusal:
            sys.exit(watch.refusal)
        print(json.dumps(watch.told | {"memory": most_memory()}))


def most_memory() -> int:
    """The most bytes that this process held; Linux counts in `ru_maxrss` what held its parent before this began."""
    if _STATUS.exists() and (peak := re.search(r"VmHWM:\s*(\d+) kB", _STATUS.read_text(encoding="utf-8"))):
        return int(peak[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    watched()
