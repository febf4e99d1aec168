"""A study of an earlier qcode, opened in the window."""

from __future__ import annotations

import zipfile
from pathlib import Path

from qcode.queries.integrity import check

OLDER = Path(__file__).parents[2] / "cases" / "older" / "schema-2.zip"


def test_it_is_upgraded_and_told_where_it_is_kept_and_only_once(window, tmp_path):
    with zipfile.ZipFile(OLDER) as files:
        files.extract("study.qcode", tmp_path)
    assert window.open_study(tmp_path / "study.qcode")
    assert window.messages.sentence.endswith("kept as “study (before upgrade).qcode”.")
    assert check(window.bridge.study).problems == ()
    window.messages.close_message()
    window.close_study()
    assert window.open_study(tmp_path / "study.qcode")
    assert window.messages.sentence == ""


def test_a_damaged_one_is_refused_with_a_sentence_and_left_as_it_is(window, tmp_path):
    with zipfile.ZipFile(OLDER) as files:
        body = files.read("study.qcode")
    path = tmp_path / "study.qcode"
    path.write_bytes(body[: 4096 * 20] + b"\xff" * 4096 * 10 + body[4096 * 30 :])
    before = path.read_bytes()
    assert not window.open_study(path)
    assert "damaged" in window.messages.sentence
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("*study*")] == ["study.qcode"]
