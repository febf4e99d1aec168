"""Reading in another process: the same readings and the same sentences, and an end to what does not end."""

from __future__ import annotations

import pickle
import threading
from pathlib import Path

import pytest

from qcode.transcripts import apart, read, read_apart
from qcode.transcripts.gate import EmptyFileError, MissingFileError, NulBytesError

CASES = Path(__file__).parent.parent / "cases" / "transcripts"


@pytest.fixture(scope="module", autouse=True)
def ended() -> object:
    yield
    apart.send_home()


@pytest.mark.parametrize("name", ["07_docx_tracked_comments_hidden.docx", "41_teams.vtt", "21_txt_windows1252.txt"])
def test_another_process_reads_the_same(name: str) -> None:
    assert read_apart(CASES / name) == read(CASES / name)


def test_an_encoding_that_is_asked_for_arrives(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("P1: café\nI: ¿por qué?\n".encode("cp1252"))
    assert read_apart(file, encoding="mac_roman") == read(file, encoding="mac_roman")


def test_refusals_keep_their_kind_and_their_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(EmptyFileError, match=r"empty\.txt is empty"):
        read_apart(empty)
    with pytest.raises(MissingFileError, match=r"There is no file nobody\.docx"):
        read_apart(tmp_path / "nobody.docx")


def test_a_refusal_made_from_several_things_survives_the_journey() -> None:
    refusal = pickle.loads(pickle.dumps(NulBytesError("a.txt")))
    assert type(refusal) is NulBytesError
    assert str(refusal) == str(NulBytesError("a.txt"))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("long") / "long.txt"
    file.write_text("P1: and so on and on\n" * 190_000)
    return file


def test_what_takes_too_long_is_stopped_and_the_next_file_is_read(long: Path) -> None:
    with pytest.raises(apart.ReadingTooLongError, match="could not be read within"):
        read_apart(long, seconds=0.1)
    assert read_apart(CASES / "41_teams.vtt").labels


def test_what_nobody_waits_for_is_stopped(long: Path) -> None:
    with pytest.raises(apart.ReadingCancelledError):
        read_apart(long, cancelled=lambda: True)


def test_a_reader_that_dies_is_a_sentence() -> None:
    worker = apart._Worker()
    worker._process.kill()
    worker._process.join()
    with pytest.raises(apart.ReaderCrashedError, match="made its reader crash"):
        worker.read(CASES / "41_teams.vtt", apart.Asked(), 5, lambda: False)
    worker.kill()


def test_a_reader_that_wants_too_much_memory_is_a_sentence(long: Path) -> None:
    pytest.importorskip("resource", reason="only where the system limits memory")
    worker = apart._Worker(memory=160 * 1024 * 1024)
    try:
        answer = worker.read(long, apart.Asked(), 30, lambda: False)
    except apart.ReaderCrashedError as crashed:  # a library in C may not survive that memory ends
        answer = crashed
    worker.kill()
    assert isinstance(answer, apart.ReadingTooLargeError | apart.ReaderCrashedError)


def test_several_threads_read_at_once() -> None:
    found: list[object] = []
    names = ["40_zoom.vtt", "41_teams.vtt", "42_noscribe.vtt"]
    threads = [threading.Thread(target=lambda name=name: found.append(read_apart(CASES / name))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(names)
    assert {reading.file_name for reading in found} == set(names)
