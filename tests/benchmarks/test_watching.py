"""The process that measures a start ends in any case, and says why where there is nothing to measure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small import small_study

_ROOT = Path(__file__).parents[2]


def _started(study: Path, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.window", str(study)]
    own = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    return subprocess.run(
        command, cwd=_ROOT, env=os.environ | own, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_study_that_is_not_there_ends_the_measurement_with_the_sentence(tmp_path: Path) -> None:
    done = _started(tmp_path / "none.qcode", tmp_path)
    assert done.returncode != 0
    assert "There is no study at “none.qcode”." in done.stderr


def test_a_study_is_seen_and_then_the_first_key_does_something(tmp_path: Path) -> None:
    path = tmp_path / "small.qcode"
    small_study(path).study.close()
    told = json.loads(_started(path, tmp_path).stdout.splitlines()[-1])
    assert told["visible"] <= told["shown"] <= told["usable"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux hands a parent's memory down")
def test_memory_is_that_of_the_process_and_not_of_the_one_that_started_it():
    said = "from benchmarks.window import most_memory; print(most_memory())"
    held = bytearray(400_000_000)
    held[::4096] = bytes([1]) * len(held[::4096])
    done = subprocess.run([sys.executable, "-c", said], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < len(held) / 2
