"""Laws that hold for any script of labels and paragraphs: where turns lie, and what is in the text and what is not."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.text.canonical import normalise
from qcode.transcripts import read, segment

LABELS = ("INT", "P01", "Ana María", "Police Chief #1", "מראיין", "Nurse 2")
WORDS = (
    "yes",
    "no",
    "é",
    "e\u0301",
    "👩‍👧",
    "🇲🇽",
    "שלום",
    "مرحبا",
    "a\u00a0b",
    "so\u00adft",
    "…",
    "7:45",
    "//no//",
    "ﬁ",
    "x.",
    "why?",
)
ENDS = ("\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\n\n")

labels = st.sampled_from(LABELS)
talk = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
paragraphs = st.lists(talk, min_size=1, max_size=3)
scripts = st.lists(st.tuples(labels, st.sampled_from(["", "[0:01] ", "00:00:02 "]), paragraphs), min_size=1, max_size=8)
texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("IP: \t\n\r[]()/.?!-1a\u2028"), st.characters(codec="utf-8", exclude_characters="\0")
    ),
    min_size=1,
    max_size=200,
)


def written(content, name="talk.txt"):
    folder = tempfile.mkdtemp(prefix="qcode-laws-")
    path = Path(folder) / name
    path.write_bytes(content.encode())
    return path


def lines_of(script, end):
    """The script three times over, so that each label comes back."""
    lines = [
        f"{time_stamp}{label}: {paragraph}" if first else paragraph
        for label, time_stamp, spoken in script * 3
        for first, paragraph in [(index == 0, text) for index, text in enumerate(spoken)]
    ]
    return end.join(lines)


def assert_laid_out(transcript):
    turns = transcript.turns
    assert "\n".join(transcript.text[turn.start : turn.end] for turn in turns) == transcript.text
    assert [turn.ordinal for turn in turns] == list(range(len(turns)))
    assert all(0 <= turn.start < turn.end <= len(transcript.text) for turn in turns)
    assert all(before.end + 1 == after.start for before, after in pairwise(turns))
    assert all(
        transcript.text[turn.start : turn.end].strip() == transcript.text[turn.start : turn.end] for turn in turns
    )
    assert normalise(transcript.text) == (transcript.text, ())
    positions = [at for at, _ in transcript.anchors]
    assert positions == sorted(positions)
    assert all(0 <= at < len(transcript.text) for at in positions)


@given(scripts, st.sampled_from(ENDS))
@settings(deadline=None, max_examples=120)
def test_a_script_comes_back_as_its_speakers_and_their_talk(script, end):
    path = written(lines_of(script, end))
    try:
        reading = read(path)
        transcript = segment(reading)
    finally:
        path.unlink()
        path.parent.rmdir()
    assert_laid_out(transcript)
    assert segment(reading) == transcript
    wanted = [(label, "\n".join(normalise(text)[0] for text in spoken)) for label, _, spoken in script * 3]
    got = [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]
    assert got == wanted
    for label in {label for label, _, _ in script}:
        assert f"{label}:" not in transcript.text


@given(texts)
@settings(deadline=None, max_examples=200)
def test_any_text_whatever_is_read_or_refused_with_a_sentence_and_laid_out(text):
    from qcode.errors import QcodeError

    path = written(text)
    try:
        reading = read(path, encoding="utf-8")
    except QcodeError as refusal:
        sentence = str(refusal)
        reading = None
    finally:
        path.unlink()
        path.parent.rmdir()
    if reading is None:
        assert path.name in sentence
        return
    transcript = segment(reading)
    assert_laid_out(transcript)
    unticked = segment(reading, [replace(row, accepted=False) for row in reading.labels])
    assert_laid_out(unticked)
    assert len(unticked.text.split()) >= len(transcript.text.split())


@given(st.lists(st.tuples(labels, talk, st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=10))
@settings(deadline=None, max_examples=80)
@pytest.mark.parametrize("join_cues", ["off", "near", "always"])
def test_captions_keep_every_word_in_order_however_they_are_joined(join_cues, cues):
    at, lines = 0, ["WEBVTT", ""]
    for label, text, gap, length in cues:
        start, end = at + gap, at + gap + length
        lines += [f"00:00:{start / 1000:06.3f} --> 00:00:{end / 1000:06.3f}", f"<v {label}>{text}</v>", ""]
        at = end
    if at >= 60_000:
        return
    path = written("\n".join(lines), "talk.vtt")
    try:
        transcript = segment(read(path), join_cues=join_cues)
    finally:
        path.unlink()
        path.parent.rmdir()
    assert_laid_out(transcript)
    assert transcript.text.split() == normalise(" ".join(text for _, text, _, _ in cues))[0].split()
    assert [turn.speaker for turn in transcript.turns if turn.speaker] == [turn.speaker for turn in transcript.turns]
    starts = [turn.start_ms for turn in transcript.turns]
    assert starts == sorted(starts)


@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_time_grows_in_step_with_length(tmp_path, kind):
    def seconds(turns):
        path = tmp_path / f"{turns}.{kind}"
        lines = [f"{('INT', 'P1')[n % 2]}: {'so it was, in the end, said nobody. ' * 7}" for n in range(turns)]
        if kind == "txt":
            path.write_text("\n".join(lines))
        else:
            import docx

            document = docx.Document()
            for line in lines:
                document.add_paragraph(line)
            document.save(str(path))
        read(path)
        began = time.process_time()
        segment(read(path))
        return time.process_time() - began

    small, large = min(seconds(180) for _ in range(3)), min(seconds(1440) for _ in range(2))
    assert small < 0.5
    assert large < 8 * 2 * small + 0.05
