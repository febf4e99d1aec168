"""The processes in which files are read reach for no network: one that did would end at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qcode.errors import QcodeError
from qcode.transcripts import read_apart
from qcode.transcripts.apart import ReaderCrashedError, send_home

CASES = Path(__file__).parents[1] / "cases" / "transcripts"
SPECIMENS = [path for path in sorted(CASES.iterdir()) if not path.name.endswith(".truth.json")]
WATCH = """
import os, socket, sys

def watch(event, args):
    reaching = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
                "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
    made = event == "socket.__new__" and args[1] in (socket.AF_INET, socket.AF_INET6)
    if made or event in reaching:
        os._exit(97)

sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """Python processes that are started from now on end when they reach for a network."""
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    send_home()
    yield
    send_home()


@pytest.mark.parametrize(
    "deed",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_the_watch_ends_a_process_that_reaches_out(watched, deed):
    done = subprocess.run([sys.executable, "-c", f"import socket; {deed}"], capture_output=True, check=False)
    assert done.returncode == 97


def test_no_reader_reaches_for_a_network_whatever_it_reads(watched):
    read = 0
    for path in SPECIMENS:
        try:
            read_apart(path)
        except ReaderCrashedError:
            pytest.fail(f"the reader of {path.name} ended, as one does that reaches out")
        except QcodeError:
            continue
        read += 1
    assert read > len(SPECIMENS) // 2
