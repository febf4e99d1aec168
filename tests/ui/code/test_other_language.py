"""What the other language says where the caret is, by keys."""

from __future__ import annotations

import pytest

from qcode.operations import alignment, corrections
from qcode.queries.transcripts.alignment import counterparts
from qcode.study import Place

SPANISH = (
    "¿Qué pasó esa noche? Tómese su tiempo.",
    "Los llamé. Vinieron enseguida. 😀 Oí primero las botas, y tuve miedo de lo que vendría después.",
    "¿Y después?",
    "Dos días después alguien tocó. Ella misma había pasado por eso. Eso cambió todo.",
)


@pytest.fixture
def aligned(hands):
    """INT-1 is open, with the Spanish it was made from."""
    hands.read("INT-1 es", *SPANISH)
    translation, original = hands.small.documents["INT-1"], hands.small.documents["INT-1 es"]
    alignment.set_original(hands.study, translation, original=original)
    alignment.align_turns(hands.study, translation)
    hands.open("INT-1")
    hands.put_caret("called them")
    return hands


def told(hands):
    return hands.room.editing.other.told


def test_it_is_shown_and_hidden_by_a_key(aligned):
    assert told(aligned) == ""
    aligned.press("Ctrl+Shift+T")
    caret = aligned.view.caret()
    (said,) = counterparts(aligned.study, aligned.small.documents["INT-1"], caret, caret)
    assert told(aligned) == f"The original, INT-1 es, says here\nP: {said.words}"
    assert aligned.focus is aligned.view
    aligned.press("Ctrl+Shift+T")
    assert told(aligned) == ""


def test_it_follows_the_caret_and_the_selection(aligned, qtbot):
    aligned.press("Ctrl+Shift+T")
    aligned.put_caret("And afterwards?")
    qtbot.waitUntil(lambda: told(aligned).endswith("I: ¿Y después?"))
    aligned.mark("I was afraid of what would follow.\nAnd afterwards?")
    qtbot.waitUntil(lambda: told(aligned).count("\n") == 2)
    assert told(aligned).endswith("vendría después.\nI: ¿Y después?")


def test_the_original_tells_what_was_made_of_it(aligned):
    aligned.press("Ctrl+Shift+T")
    aligned.open("INT-1 es")
    assert told(aligned).startswith("The translation, INT-1, says here\nI: What happened that night?")


def test_a_document_without_another_language_hides_it_until_the_next_that_has_one(aligned):
    aligned.press("Ctrl+Shift+T")
    aligned.open("FG-1")
    assert told(aligned) == ""
    aligned.open("INT-1")
    assert told(aligned).startswith("The original, INT-1 es, says here")


def test_where_there_is_none_it_is_said_so(hands):
    hands.press("Ctrl+Shift+T")
    assert told(hands) == ""
    assert hands.refused[-1].startswith("“INT-1” is no translation")
    hands.press("Ctrl+Shift+Y")
    assert len(hands.refused) == 2


def test_a_turn_without_a_counterpart_is_told(aligned, qtbot):
    aligned.press("Ctrl+Shift+T")
    alignment.unlink_turns(aligned.study, aligned.small.documents["INT-1"], translation=[1])
    qtbot.waitUntil(lambda: told(aligned) == "The original, INT-1 es, says nothing here\n")
    aligned.press("Ctrl+Shift+Y")
    assert aligned.refused == ["The other language says nothing here."]
    aligned.study.undo()
    qtbot.waitUntil(lambda: "Los llamé." in told(aligned))


def test_a_correction_of_the_original_is_seen(aligned, qtbot):
    aligned.press("Ctrl+Shift+T")
    original = aligned.small.documents["INT-1 es"]
    corrections.correct_turn(aligned.study, original, turn=1, text="Los llamé a ellos. Vinieron enseguida.")
    qtbot.waitUntil(lambda: told(aligned).endswith("P: Los llamé a ellos. Vinieron enseguida."))


def test_the_place_in_the_other_language_is_gone_to(aligned):
    aligned.press("Ctrl+Shift+Y")
    assert aligned.room.desk.document == aligned.small.documents["INT-1 es"]
    assert aligned.view.caret() == aligned.room.desk.text.text.index("Los llamé.")
    aligned.press("Ctrl+Shift+Y")
    assert aligned.room.desk.document == aligned.small.documents["INT-1"]
    assert aligned.view.caret() == aligned.room.desk.text.text.index("I called them.")


def test_two_translations_are_told_apart(aligned):
    aligned.read("INT-1 fr", *(words.upper() for words in SPANISH))
    french, original = aligned.small.documents["INT-1 fr"], aligned.small.documents["INT-1 es"]
    alignment.set_original(aligned.study, french, original=original)
    alignment.align_turns(aligned.study, french)
    aligned.open("INT-1 es")
    aligned.put_caret("¿Y después?")
    aligned.press("Ctrl+Shift+T")
    assert told(aligned) == (
        "The other languages say\nINT-1, translation:\nI: And afterwards?\nINT-1 fr, translation:\nI: ¿Y DESPUÉS?"
    )


def test_the_text_keeps_its_place_when_it_comes_and_goes(aligned):
    aligned.read(
        "Long", *(f"Turn {number}: a sentence that fills a line of the text, more or less." for number in range(120))
    )
    aligned.read(
        "Long es",
        *(f"Turno {number}: una frase que llena una línea del texto, poco más o menos." for number in range(120)),
    )
    long, original = aligned.small.documents["Long"], aligned.small.documents["Long es"]
    alignment.set_original(aligned.study, long, original=original)
    alignment.align_turns(aligned.study, long)
    aligned.open("Long")
    aligned.put_caret("Turn 60:")
    before = aligned.view.verticalScrollBar().value()
    strip = aligned.room.editing.other
    aligned.press("Ctrl+Shift+T")
    aligned.press("Ctrl+Shift+T")
    assert aligned.view.verticalScrollBar().value() - before < strip.height()
    aligned.press("Ctrl+Shift+T")
    height = strip.height()
    aligned.room.go_to(Place(long, 0, 0))
    assert strip.height() == height


def test_what_is_said_can_be_read_by_keys_and_has_names(aligned):
    aligned.press("Ctrl+Shift+T")
    strip = aligned.room.editing.other
    strip.words.setFocus()
    assert strip.words.hasFocus()
    assert strip.words.accessibleName() == "What the other language says here"
    strip.close_button.setFocus()
    aligned.press("Space")
    assert told(aligned) == ""
    assert aligned.focus is aligned.view
