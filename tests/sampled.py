"""The sample study, built once in each process that tests, and copied for whoever needs it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qcode.operations.sample import build_sample


def copy_sample(path: Path) -> Path:
    """The sample study as a file at a path, to be changed at will."""
    path.write_bytes(_built())
    return path


@cache
def _built() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.qcode"
        build_sample(path)
        return path.read_bytes()
