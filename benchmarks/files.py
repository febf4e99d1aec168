"""Word files of generated interviews, as a transcription service delivers them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.studies import SEED
from benchmarks.talk import interview


def write_interviews(folder: Path, count: int, words: int) -> None:
    """Write `count` interviews of `words` words each into a new folder."""
    folder.mkdir()
    for number in range(count):
        write_interview(folder / f"INT-{number + 1:03}.docx", SEED + number, words)


def write_interview(path: Path, seed: int, words: int) -> None:
    """Write an interview with the speaker ahead of each turn; `words` counts the talk alone."""
    from docx import Document

    text = interview(seed, words)
    file = Document()
    file.add_heading("Interview", level=1)
    for turn in text.turns:
        said = text.text[turn.start : turn.end]
        file.add_paragraph(said if turn.speaker is None else f"{turn.speaker}: {said}")
    file.save(str(path))
