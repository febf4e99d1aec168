"""Passages whose words were replaced are read as they are and as they were, one by one."""

from __future__ import annotations

from dataclasses import replace

from qcode.operations import redaction
from qcode.operations.documents import Incoming
from qcode.operations.reimport import replace_text
from qcode.queries.codings import Looking, passages
from qcode.queries.transcripts.corrections import second_looks
from qcode.transcripts import Transcript, Turn


def rewrite(small, *changes):
    """Replace the text of the interview by a file in which some words are others."""
    turns, start = [], 0
    lines = small.texts["INT-1"]
    for old, new in changes:
        lines = lines.replace(old, new)
    for number, words in enumerate(lines.split("\n")):
        who = "P" if number % 2 else "I"
        turns.append(Turn(number, who, "participant", None, None, start, start + len(words), frozenset()))
        start += len(words) + 1
    replace_text(small.study, small.documents["INT-1"], Incoming("x", Transcript(lines, tuple(turns), ())))


def test_old_and_new_words_are_read_side_by_side_and_lost_ones_by_what_they_were(window, small_study, qtbot):
    rewrite(small_study, ("I was afraid of", "I was worried about"), (" She had been through it herself.", ""))
    window.view.show_passages("Second look", Looking(coders=[small_study.ana], altered=True))
    panel = window.view.drawer.passages
    rows = {row.text: row for row in panel.table.shown_rows()}
    assert {row.coding.id for row in rows.values()} == set(second_looks(small_study.study))
    words = [panel.table.model().index(line, 0).data() for line in range(len(rows))]
    assert "No words left. Coded on: “She had been through it herself.”" in words
    new = next(text for text in rows if text.startswith("I heard"))
    panel.table.select_row(rows[new].coding.id)
    qtbot.waitUntil(lambda: "worried about" in panel.reader.toPlainText(), timeout=5_000)
    assert "Coded on: “I heard the boots first, and I was afraid of what would follow.”" in panel.reader.toPlainText()


def test_what_a_redaction_erased_is_not_told_again(small_study):
    rewrite(small_study, ("I called them. They came at once.", "I called. They came."))
    looking = replace(Looking(layer=None), altered=True)
    assert {row.was for row in passages(small_study.study, looking)} == {
        "I called them. They came at once.",
        "I called them.",
    }
    redaction.redact(small_study.study, forms=["boots"], replacement="[shoes]")
    assert {row.was for row in passages(small_study.study, looking)} <= {""}
