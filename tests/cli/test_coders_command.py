"""Who works in a study, listed and added as a person types it."""

from __future__ import annotations

import json
import os

import pytest
import small
from test_commands import refused, run


@pytest.fixture
def path(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    return made.study.path


def names(path):
    return [row["name"] for row in json.loads(run("coders", path, "--json").stdout)]


def test_coders_are_added_and_listed_with_their_roles(path):
    before = names(path)
    told = run("coders", path, "--add", "Cleo Ruiz", "--add", "Dov Katz").stdout
    assert "Cleo Ruiz (CR), coder" in told
    assert sorted(names(path)) == sorted([*before, "Cleo Ruiz", "Dov Katz"])
    assert "Eva Lund (EL), lead" in run("coders", path, "--add", "Eva Lund", "--role", "lead").stdout


def test_of_several_coders_all_are_added_or_none(path):
    before = names(path)
    assert "There is a coder named" in refused("coders", path, "--add", "Cleo Ruiz", "--add", before[0])
    assert names(path) == before


def test_a_coder_without_a_name_is_refused(path):
    before = names(path)
    refused("coders", path, "--add", "  ")
    assert names(path) == before


def test_a_role_for_nobody_is_refused(path):
    assert "Say who has that role" in refused("coders", path, "--role", "lead")


def test_what_is_no_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.qcode")
    assert "is not a qcode study" in refused("coders", tmp_path / "pipe.qcode")


def test_a_folder_is_named_in_the_refusal(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = refused("handout", path, "--coder", names(path)[0], "-o", ".")
    assert f"“{tmp_path.name}” is a folder" in told
