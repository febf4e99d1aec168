"""The held-out sentences were written before any rule and stay as they were: rules fit to them would prove nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

CASES = Path(__file__).parent.parent / "cases" / "deid"
FROZEN = {
    "heldout.jsonl": "0906c3ce54bae2e6bf975215052604bd0ce8e4138814f76b77aa6666bb917808",
    "heldout_spanish.jsonl": "f118545f6ff5409d37bef58c3da4deba5b7477d54163757f4d8f3973275a8629",
    "talk_spanish.txt": "f519542f285793013ab11d4dea905fcf69900d4d882375ffcf20cafb64cc125b",
    "talk.txt": "c644eaa544db07d77a6807249d7b2391b0982012f326dd4f7d1fb5bd0a65ac62",
}


def test_the_held_out_sentences_and_the_neutral_talk_are_frozen() -> None:
    assert {name: sha256((CASES / name).read_bytes()).hexdigest() for name in FROZEN} == FROZEN


@pytest.mark.parametrize("name", ["heldout.jsonl", "heldout_spanish.jsonl"])
def test_the_held_out_sentences_say_truly_where_their_identifiers_are(name: str) -> None:
    sentences = [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]
    labelled = [(sentence["text"], entity) for sentence in sentences for entity in sentence["entities"]]
    assert all(text[entity["start"] : entity["end"]] == entity["text"] for text, entity in labelled)
    assert labelled


def test_there_are_enough_held_out_sentences() -> None:
    sentences = [json.loads(line) for line in (CASES / "heldout.jsonl").read_text(encoding="utf-8").splitlines()]
    labelled = [entity for sentence in sentences for entity in sentence["entities"]]
    assert len(sentences) >= 150
    assert len(labelled) >= 150
    assert sum(not sentence["entities"] for sentence in sentences) >= 0.3 * len(sentences)
