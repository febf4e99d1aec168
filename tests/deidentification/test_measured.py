from __future__ import annotations

import json

from measuring import CASES, DIRECT, held_out

from qcode.deidentification import measured


def test_what_the_window_tells_is_what_is_measured_today() -> None:
    found = held_out()
    for group, told in ((DIRECT, measured.DIRECT), ("names", measured.NAMES)):
        assert (told.n, told.touched, told.covered) == (found[group].n, found[group].touched, found[group].covered)


def test_the_sentence_has_numbers_and_an_interval() -> None:
    said = measured.measured_sentence()
    assert f"{measured.DIRECT.touched} of {measured.DIRECT.n}" in said
    assert "97–100 %" in said


def test_the_sentences_are_those_that_were_frozen() -> None:
    lines = (CASES / "heldout.jsonl").read_text(encoding="utf-8").splitlines()
    direct = [one for line in lines for one in json.loads(line)["entities"] if one["type"] != "JOB"]
    assert len(direct) == measured.DIRECT.n
