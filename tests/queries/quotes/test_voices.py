from __future__ import annotations

from dataclasses import replace

from written_up import transcript

from qcode.operations import documents, quotes
from qcode.operations.passages import Passage
from qcode.queries.quotes.voices import balance_of_voices, branch, everybody
from qcode.queries.themes.outline import themes as theme_rows


def test_each_voice_has_its_quotes_and_dissent(made):
    balance = balance_of_voices(made.study)
    counted = {voice.name: (voice.quotes, voice.dissenting) for voice in balance.voices if voice.quotes}
    assert counted == {"Teo": (1, 0), "P (Plot 5)": (1, 1), "Marit": (1, 0), "Bram": (1, 0), "Yusra": (1, 0)}
    assert (balance.quotes, balance.dissenting) == (4, 1)


def test_who_is_never_quoted_is_named(made):
    assert {voice.name for voice in balance_of_voices(made.study).never} == {"Ines", "Odell"}


def test_everybody_who_could_be_quoted_is_known_without_reading_quotes(made):
    counted = balance_of_voices(made.study).voices
    assert {voice.id for voice in everybody(made.study)} == {voice.id for voice in counted}
    assert not any(voice.quotes for voice in everybody(made.study))


def test_interviewers_are_no_voices(made):
    names = {voice.name for voice in balance_of_voices(made.study).voices}
    assert not any("I (" in name or "Moderator" in name for name in names)


def test_a_quote_with_two_people_of_a_group_counts_once_for_the_group(made):
    quotes.pick_quote(
        made.study,
        made.themes["shown"],
        passage=made.passage("Shed talk", "He did hold the gate very well."),
    )
    assert balance_of_voices(made.study).groups == (("Upper field", 3), ("Lower field", 2))


def test_quotes_of_people_without_a_group_are_counted_too(made):
    balance = balance_of_voices(made.study)
    assert [(voice.name, voice.quotes) for voice in balance.voices if not voice.group and voice.quotes] == [
        ("P (Plot 5)", 1)
    ]
    assert balance.ungrouped == 1
    assert balance_of_voices(made.study, below=made.themes["shown"]).ungrouped == 0


def test_groups_that_nobody_quotes_are_listed(made):
    documents.add_participant(made.study, pseudonym="Hild", group="Committee")
    assert balance_of_voices(made.study).groups[-1] == ("Committee", 0)


def test_a_theme_is_counted_with_those_below_it(made):
    of_gates = balance_of_voices(made.study, below=made.themes["gates"])
    of_ledger = balance_of_voices(made.study, below=made.themes["ledger"])
    assert (of_gates.quotes, of_ledger.quotes) == (2, 4)
    assert balance_of_voices(made.study, below=made.themes["shown"]).quotes == 0


def test_a_theme_that_is_gone_has_no_branch(made):
    assert branch(theme_rows(made.study), "gone") == []


def test_a_document_without_speakers_is_a_voice_but_no_person(made):
    note = documents.import_document(
        made.study, documents.Incoming("Field note", _silent("The rota hangs upside down."), kind="field notes")
    )
    quotes.pick_quote(made.study, made.themes["shown"], passage=Passage(note, 0, 8))
    voice = next(voice for voice in balance_of_voices(made.study).voices if voice.name == "Field note")
    assert (voice.quotes, voice.person) == (1, False)


def _noted(made, *speakers):
    """Notes that begin with a line of the researcher's own, with a line of each speaker after it."""
    talk = transcript((": The rota hangs upside down.", *(f"{name}: So it does." for name in speakers)))
    own = replace(talk.turns[0], speaker=None)
    notes = documents.Incoming("Notes", replace(talk, turns=(own, *talk.turns[1:])), kind="field notes")
    document = documents.import_document(made.study, notes)
    quotes.pick_quote(made.study, made.themes["shown"], passage=Passage(document, 0, 8))
    return {voice.name: voice.quotes for voice in balance_of_voices(made.study).voices}


def test_notes_about_one_participant_are_that_ones_voice(made):
    counted = _noted(made, "Hild")
    assert counted["Hild (Notes)"] == 1
    assert "Notes" not in counted


def test_notes_about_several_speak_for_none_of_them(made):
    counted = _noted(made, "Hild", "Gert")
    assert (counted["Notes"], counted["Hild (Notes)"], counted["Gert (Notes)"]) == (1, 0, 0)


def test_a_translation_speaks_with_the_voice_of_its_original(made):
    lines = ("I: ¿Y tú?", "P: Yo cuento.")
    original = documents.import_document(made.study, documents.Incoming("Plot 7", transcript(lines), language="es"))
    english = documents.Incoming(
        "Plot 7 in English",
        transcript(("I: And you?", "P: I count.")),
        kind="translation",
        translation_of=original,
    )
    copy = documents.import_document(made.study, english)
    for document in (original, copy):
        quotes.pick_quote(made.study, made.themes["shown"], passage=Passage(document, 10, 15))
    found = [voice for voice in balance_of_voices(made.study).voices if "Plot 7" in voice.name]
    assert [(voice.name, voice.quotes) for voice in found] == [("P (Plot 7)", 2)]


def test_a_removed_document_takes_its_voices_along(made):
    documents.remove_document(made.study, made.documents["Plot 5"])
    balance = balance_of_voices(made.study)
    assert all("Plot 5" not in voice.name for voice in balance.voices)
    assert balance.quotes == 3


def _silent(text):
    from qcode.transcripts.values import Transcript, Turn

    return Transcript(text, (Turn(0, None, "other", None, None, 0, len(text), frozenset()),), ())
