"""Files made to do harm are refused, or read, soon and within little memory; none of them reaches beyond itself."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from benchmarks.hostile import HOSTILE, write_hostile
from benchmarks.reading import MEMORY, attempted
from qcode.transcripts import read
from qcode.transcripts.apart import send_home

REFUSED = {
    "bomb.docx": "UnsafeFileError",
    "bomb.odt": "UnsafeFileError",
    "bomb.xlsx": "UnsafeFileError",
    "packed.docx": "UnsafeFileError",
    "runs.docx": "UnsafeFileError",
    "laughs.docx": "UnsafeFileError",
    "laughs.odt": "UnsafeFileError",
    "laughs.xlsx": "UnsafeFileError",
    "laughs.eaf": "UnsafeFileError",
    "outside.docx": "UnsafeFileError",
    "outside.odt": "UnsafeFileError",
    "outside.eaf": "UnsafeFileError",
    "climbing.docx": "UnsafeFileError",
    "deep.docx": "DamagedFileError",
    "deep.eaf": "ElanDamagedError",
    "deep.json": "NestedJsonError",
    "deep.rtf": "UnsafeFileError",
    "one line.txt": "LineTooLongError",
    "many turns.txt": "TooManyLinesError",
    "many cues.srt": "TooManyLinesError",
    "many segments.json": "NestedJsonError",
    "arrows.srt": "TimesUnreadError",
    "quotes.TextGrid": "PraatDamagedError",
    "pages.pdf": "TooManyPagesError",
}
"""What must not be read at all; of the others it is enough that reading them ends soon."""

LOADED = 4
"""How many times as long as on a quiet machine a test may take."""


@pytest.fixture(scope="module")
def attempts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "files"
    write_hostile(folder)
    made = {attempt.name: attempt for attempt in attempted(folder)}
    send_home()
    return folder, made


def test_every_hostile_file_was_tried(attempts):
    assert attempts[1].keys() == HOSTILE.keys() >= REFUSED.keys()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little_time_and_memory(attempts, name):
    attempt = attempts[1][name]
    assert attempt.refusal not in {"ReadingTooLongError", "ReaderCrashedError", "ReadingTooLargeError"}
    assert attempt.wall < 2 * LOADED
    assert attempt.peak is None or attempt.peak < MEMORY


@pytest.mark.parametrize(("name", "refusal"), REFUSED.items())
def test_what_is_built_to_do_harm_is_refused(attempts, name, refusal):
    assert attempts[1][name].refusal == refusal


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.startswith(("outside", "climbing", "laughs"))])
def test_nothing_outside_the_file_is_read_written_or_called(attempts, name, monkeypatch):
    opened = []
    monkeypatch.setattr(socket, "create_connection", opened.append)
    beyond = Path("/tmp/climbed")
    with pytest.raises(Exception, match="was refused for safety") as caught:
        read(attempts[0] / name)
    assert not beyond.exists()
    assert not opened
    assert socket.gethostname() not in str(caught.value)
