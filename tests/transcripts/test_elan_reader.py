from __future__ import annotations

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.captions import TimesUnreadError
from qcode.transcripts.elan import ElanDamagedError
from qcode.transcripts.gate import UnsafeFileError
from qcode.transcripts.reading import NoTextError
from qcode.transcripts.tiers import TierUseError, TooManyTiersError


def tier(name, *annotations, more=""):
    spans = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}{number}" TIME_SLOT_REF1="{start}" '
        f'TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>'
        for number, (start, end, text) in enumerate(annotations)
    )
    return f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="t" {more}>{spans}</TIER>'


@pytest.fixture
def eaf(text_file):
    def write(*tiers, slots=(("a", 0), ("b", 1000), ("c", 2000), ("d", 3000)), name="talk.eaf"):
        order = "".join(
            f'<TIME_SLOT TIME_SLOT_ID="{slot}"' + ("/>" if time is None else f' TIME_VALUE="{time}"/>')
            for slot, time in slots
        )
        return text_file(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT>\n<TIME_ORDER>{order}</TIME_ORDER>\n'
            f"{''.join(tiers)}</ANNOTATION_DOCUMENT>",
            name,
        )

    return write


def said(reading):
    return [(block.voice, block.text, block.start_ms, block.end_ms) for block in reading.blocks]


def test_tiers_are_speakers_and_talk_is_in_the_order_of_time(eaf):
    reading = read(eaf(tier("INT", ("a", "b", "When?"), ("c", "d", "Oh.")), tier("P1", ("b", "c", "Then."))))
    assert said(reading) == [("INT", "When?", 0, 1000), ("P1", "Then.", 1000, 2000), ("INT", "Oh.", 2000, 3000)]
    assert [turn.role for turn in segment(reading).turns] == ["interviewer", "participant", "interviewer"]
    assert str(reading.layout) == "ELAN annotation, 3 of 3 annotations read"


def test_tiers_that_are_not_talk_are_offered_as_columns(eaf):
    path = eaf(tier("P1", ("a", "b", "Yes.")), tier("notes", ("b", "c", "camera\n bumps")), tier("empty"))
    reading = read(path)
    assert [(column.name, column.use, column.sample, column.answered) for column in reading.columns] == [
        ("P1", "text", "Yes.", 1),
        ("notes", "ignore", "camera bumps", 1),
        ("empty", "ignore", "", 0),
    ]
    assert any(warning.startswith("1 tier with 1 annotation left out") for warning in reading.warnings)


def test_somebody_chooses_the_tiers(eaf):
    path = eaf(tier("P1", ("a", "b", "Yes.")), tier("notes", ("b", "c", "camera bumps")))
    reading = read(path, options={"column:notes": "text", "column:P1": "ignore"})
    assert said(reading) == [("notes", "camera bumps", 1000, 2000)]
    with pytest.raises(TierUseError, match="text, ignore"):
        read(path, options={"column:notes": "speaker"})


def test_where_every_tier_looks_aside_the_fullest_is_talk(eaf):
    reading = read(eaf(tier("notes", ("a", "b", "one")), tier("words", ("a", "b", "one two"))))
    assert [block.voice for block in reading.blocks] == ["words"]


def test_times_between_known_ones_are_spread_and_those_at_the_end_stay_open(eaf):
    slots = (("a", 1000), ("b", None), ("c", None), ("d", 4000), ("e", None))
    reading = read(
        eaf(tier("P1", ("a", "b", "one"), ("c", "d", "two"), ("d", "e", "three"), ("e", "e", "four")), slots=slots)
    )
    assert said(reading) == [
        ("P1", "one", 1000, 2000),
        ("P1", "two", 3000, 4000),
        ("P1", "three", 4000, None),
        ("P1", "four", None, None),
    ]
    assert "2 times that the file leaves open put between the times around it." in reading.warnings
    assert "1 annotation without a time kept behind the one before in the same tier." in reading.warnings


@pytest.mark.parametrize("time", ["-5", "soon", "1e9", "9" * 20, ""])
def test_a_time_that_is_none_stops_the_import(eaf, time):
    with pytest.raises(TimesUnreadError, match=r"line 3 of talk\.eaf"):
        read(eaf(tier("P1", ("a", "b", "secret")), slots=(("a", 0), ("b", time))))


def test_a_dependent_tier_takes_its_times_from_what_it_refers_to(eaf):
    given = (("x", "P10", "Yes."), ("y", "x", "Indeed."), ("z", "z", "Round."))
    spans = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{own}" ANNOTATION_REF="{other}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for own, other, text in given
    )
    depends = f'<TIER TIER_ID="en" PARENT_REF="P1">{spans}</TIER>'
    path = eaf(tier("P1", ("b", "c", "Sí.")), depends)
    assert said(read(path)) == [("P1", "Sí.", 1000, 2000)]
    assert said(read(path, options={"column:P1": "ignore", "column:en": "text"})) == [
        ("en", "Yes.", 1000, 2000),
        ("en", "Indeed.", 1000, 2000),
        ("en", "Round.", None, None),
    ]


def test_two_tiers_of_one_name_are_told_apart(eaf):
    reading = read(eaf(tier("P1", ("a", "b", "one")), tier("P1", ("b", "c", "two")), tier("", ("c", "d", "three"))))
    assert [column.name for column in reading.columns] == ["P1", "P1 (2)", "Tier 3"]


def test_a_participant_with_two_tiers_is_one_speaker_and_that_is_said(eaf):
    more = 'PARTICIPANT="Ana"'
    reading = read(eaf(tier("left", ("a", "b", "one"), more=more), tier("right", ("b", "c", "two"), more=more)))
    assert [block.voice for block in reading.blocks] == ["Ana", "Ana"]
    assert any(warning.startswith("1 speaker with more than one tier") for warning in reading.warnings)


def test_a_document_without_talk_is_refused(eaf):
    with pytest.raises(NoTextError):
        read(eaf(tier("P1", ("a", "b", "  "))))


def test_a_file_that_was_cut_off_is_refused(text_file, eaf):
    whole = eaf(tier("P1", ("a", "b", "secret"))).read_text()
    with pytest.raises(ElanDamagedError, match=r"cut\.eaf is damaged or was cut off\. Open it in ELAN"):
        read(text_file(whole[:-60], "cut.eaf"))


def test_more_tiers_than_voices_are_refused(eaf):
    with pytest.raises(TooManyTiersError, match="501 tiers"):
        read(eaf(*(tier(f"P{number}") for number in range(501))))


@pytest.mark.parametrize(
    "entity", ['<!ENTITY a SYSTEM "file:///etc/hostname">', '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">']
)
def test_a_document_type_is_refused(text_file, entity):
    content = (
        f'<?xml version="1.0"?><!DOCTYPE x [{entity}]><ANNOTATION_DOCUMENT><TIER TIER_ID="&a;"/></ANNOTATION_DOCUMENT>'
    )
    with pytest.raises(UnsafeFileError, match="document type"):
        read(text_file(content, "talk.eaf"))
