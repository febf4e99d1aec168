"""Entries beside the talk: what may name somebody is left out unless a person says otherwise."""

from __future__ import annotations

import pytest

from qcode.transcripts.beside import identifies, known_key


@pytest.mark.parametrize(("key", "value"), [("Length", "40 minutes"), ("Audio quality", "good"), ("Idioma", "es")])
def test_what_tells_nothing_about_anyone_is_kept(key, value):
    assert not identifies(key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Interviewer", "A. Person"),
        ("Interview ID", "INT-1"),
        ("Date", "Monday"),
        ("Length", "recorded on 3.4.2021"),
        ("Media", "someone.wav"),
        ("Key", "I = somebody"),
        ("Length of Ines's talk", "40 minutes"),
        ("Notes", "x"),
        ("", "x"),
        ("Language", "x" * 61),
    ],
)
def test_what_is_not_known_to_be_harmless_is_left_out(key, value):
    assert identifies(key, value)


def test_only_keys_that_forms_have_everywhere_are_known():
    assert known_key("Fecha de la entrevista") == "fecha de la entrevista"
    assert known_key("DATE") == "date"
    assert known_key("Ines") == ""
    assert known_key("Date for Ines") == ""
    assert known_key("  ") == ""
