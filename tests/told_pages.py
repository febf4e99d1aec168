"""Pages of the manual that show what is typed and what is printed: read so that a test can do both."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

HOUSE = Path(__file__).parents[1]


def commands(page):
    """Each command of a page, with the lines that it is said to print."""
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        number = 0
        lines = [(number := number + line.startswith("$ "), line) for line in block.splitlines()]
        for _number, some in groupby(lines, key=lambda each: each[0]):
            (_first, command), *told = some
            yield command.removeprefix("$ qcode "), [line for _number, line in told]


def as_said(lines):
    """What is printed, as a pattern: an ellipsis alone is any lines, within a line any words."""
    parts = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\s*\n" for line in lines]
    return re.compile("".join(parts))


def beside_the_sample(folder, monkeypatch):
    """Stand in a folder that has the files of the sample study, as the pages do."""
    for name in ("sample_transcripts", "codebooks"):
        (folder / name).symlink_to(HOUSE / name, target_is_directory=True)
    monkeypatch.chdir(folder)
    return folder
