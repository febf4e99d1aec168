"""What is told about codings under the pointer."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument

from qcode.text.values import Coding
from qcode.ui.palette import DARK, LIGHT
from qcode.ui.text.tips import About, tip_for


def coding(**given):
    """A coding with some attributes."""
    return Coding(**({"id": "1", "code": "c", "name": "Fear", "colour": 0, "start": 0, "end": 5} | given))


def read(tip):
    """What a person reads in a tip."""
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_nothing_is_told_where_nothing_is_coded():
    assert tip_for([], LIGHT) == ""


def test_every_coding_is_told_with_path_definition_coder_marks_and_comment(qapp):
    about = {
        "1": About(("Trust",), "Afraid of what help may bring.", "Bo Ek", ("unsure", "negative case")),
        "2": About((), "", "you", ()),
    }
    codings = [coding(comment="of what?"), coding(id="2", code="d", name="Wear", colour=3)]
    said = read(tip_for(codings, LIGHT, lambda each: about[each.id]))
    for words in ("Trust › Fear", "Bo Ek · unsure · negative case", "Afraid of what help may bring.", "“of what?”"):
        assert words in said
    assert "Wear" in said
    assert "you" in said


HOSTILE = (
    "<b>bold</b>",
    "<img src='file:///etc/passwd'>",
    "</p><h1>x",
    "a & b &amp; c",
    "x\u202egnp.exe",
    "nul\x00\x1b[31m",
    "w" * 500,
    "line\nbreak\ttab",
    "\u2067right",
)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_people_wrote_is_read_never_followed(qapp, words, colours):
    about = About((words,), words, words, (words,))
    tip = tip_for([coding(name=words, comment=words)], colours, lambda _coding: about)
    for turned in "\u202e\u2067\x00\x1b":
        assert turned not in tip
    assert "<img" not in tip
    assert "<h1" not in tip
    said = read(tip).replace("\u200b", "")
    shown = " ".join("".join(" " if letter in "\u202e\u2067\x00\x1b" else letter for letter in words).split())
    assert shown[:60] in said
    assert max(map(len, read(tip).replace("\u200b", " ").split())) <= 40


def test_the_definition_of_a_code_that_several_used_is_told_once(qapp):
    about = {"1": About((), "Afraid.", "Bo Ek"), "2": About((), "Afraid.", "you", ("unsure",))}
    said = read(tip_for([coding(), coding(id="2", comment="of what?")], LIGHT, lambda each: about[each.id]))
    assert said.splitlines() == ["■ Fear", "Afraid.", "Bo Ek", "you · unsure “of what?”"]


def test_of_very_many_codings_the_rest_is_counted(qapp):
    said = read(
        tip_for([coding(id=str(number), code=str(number), name=f"Code {number}") for number in range(30)], LIGHT)
    )
    assert "Code 7" in said
    assert "Code 8" not in said
    assert "and 22 more" in said
