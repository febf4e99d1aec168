"""What hovering and the caret tell about every coding at a point, compared with what one may see."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QToolTip

from qcode.operations import assignments, codebook, coding
from qcode.operations.rounds import add_round
from qcode.queries.team import rounds


def read(tip):
    """What a person reads in a tip."""
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def hover(widget, point):
    """Rest the pointer on a point, and read what is told."""
    QToolTip.hideText()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
    return read(QToolTip.text())


def point_of(hands, words):
    """A point of the viewport on some words."""
    start = hands.room.desk.text.text.index(words)
    return hands.view.edge_places((start, start + 1))[0].center().toPoint() + QPoint(3, 0)


def test_hovering_tells_path_definition_comment_marks_and_coder_of_every_coding(hands):
    row = hands.row("Fear of consequences")
    coding.comment_coding(hands.study, row.id, comment="She says <b>why</b> later.")
    coding.doubt_codings(hands.study, [row.id], unsure=True)
    coding.flag_codings(hands.study, [row.id], illustrative=True)
    hands.mark("boots first")
    hands.type("wear")
    hands.press("Return")
    said = hover(hands.view.viewport(), point_of(hands, "boots"))
    for words in (
        "Trust › Fear of consequences",
        "Afraid of what help may bring.",
        "She says <b>why</b> later.",
        "you · unsure · illustrative",
        "Wear",
    ):
        assert words in said
    assert "Bo Ek" not in said


def test_colleagues_codings_are_told_when_they_may_be_seen_and_not_before(hands):
    study, small, bridge = hands.study, hands.small, hands.room.bridge
    blind = add_round(study, name="Blind", blind=True, everyone=True)
    study.act_as(small.bo)
    passage = small.passage("INT-1", "Take your time.")
    coding.apply_codes(study, passage=passage, codes=[small.codes["Wear"]], round_id=blind)
    study.act_as(small.ana)
    bridge.code_in(next(row for row in rounds(study) if row.id == blind))
    hands.view.setFocus()
    hands.press("Ctrl+Shift+A")
    assert hover(hands.view.viewport(), point_of(hands, "Take your")) == ""
    assignments.hand_in_round(study, round_id=blind, documents=[small.documents["INT-1"]])
    said = hover(hands.view.viewport(), point_of(hands, "Take your"))
    assert "Wear" in said
    assert "Bo Ek" in said


def test_the_stripes_tell_the_same_as_the_text(hands):
    stripes = hands.view._stripes
    stripe = next(each for each in stripes.stripes() if each.coding.name == "Fear of consequences")
    middle = QPoint(round(stripe.x), round((stripe.top + stripe.bottom) / 2))
    said = hover(stripes, middle)
    assert "Trust › Fear of consequences" in said
    assert "Afraid of what help may bring." in said


def test_the_list_at_the_caret_shows_definition_and_comment(hands):
    row = hands.row("Fear of consequences")
    coding.comment_coding(hands.study, row.id, comment="why?")
    hands.put_caret("boots first")
    (line,) = hands.room.here.list.lines
    assert line.notes == ("Afraid of what help may bring.", "why?")
    assert "Afraid of what help may bring." in line.words
    codebook.define_code(
        hands.study, hands.small.codes["Fear"], definition=codebook.Definition(brief="Another."), reason="narrower"
    )
    hands.put_caret("boots first")
    assert hands.room.here.list.lines[0].notes[0] == "Another."
