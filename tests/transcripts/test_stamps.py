"""Times in the text become times of the talk, wherever a layout puts them, and clock times stay what people said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.transcripts import read, segment
from qcode.transcripts.times import loose_milliseconds


@pytest.fixture
def timed(text_file):
    def turns(text):
        made = segment(read(text_file(text)))
        return [(turn.speaker, turn.start_ms, made.text[turn.start : turn.end]) for turn in made.turns]

    return turns


@pytest.mark.parametrize(
    ("stamp", "time_ms"),
    [
        ("0:0:3.640", 3_640),
        ("0:0:10.20", 10_200),
        ("1:02:30", 3_750_000),
        ("00:00:04:12", 4_000),
        ("61:05", 3_665_000),
        ("00:04,5", 4_500),
        ("4", None),
        ("1:2:3:4:5", None),
    ],
)
def test_stamps_are_read_however_they_are_padded(stamp, time_ms):
    assert loose_milliseconds(stamp) == time_ms


LONG = ("00:00:04", "00:00:31", "00:01:07")
SHORT = ("0:04", "0:31", "1:07")
"""Minutes and seconds, which are times only beside a mark or a name."""

FORMS = [
    "[{}] Ann: {}",
    "({}) Ann: {}",
    "{} Ann: {}",
    "[{}] - Ann: {}",
    "Ann [{}]: {}",
    "Ann ({}): {}",
    "Ann: [{}] {}",
    "[{}] Ann:\n{}",
    "{} Ann\n{}",
    "[{}] - Ann\n{}",
    "Ann  {}\n{}",
    "{}\nAnn: {}",
    "[{}]\nAnn: {}",
    "[Ann] {}\n{}",
]
TIMED = [(form, LONG) for form in FORMS] + [(form, SHORT) for form in FORMS if form.startswith(("[", "(", "Ann"))]


@pytest.mark.parametrize(("form", "stamps"), TIMED)
def test_every_order_of_time_and_name_gives_the_same_turns(timed, form, stamps):
    said = ["The hay was wet.", "Look: I said so.", "All of it."]
    script = "\n".join(
        form.replace("Ann", name).format(stamp, talk)
        for name, stamp, talk in zip(("Ann", "Bo", "Ann"), stamps, said, strict=True)
    )
    wanted = list(zip(("Ann", "Bo", "Ann"), (4_000, 31_000, 67_000), said, strict=True))
    assert timed(script + "\n") == wanted


def test_times_inside_a_paragraph_are_anchors(text_file):
    made = segment(read(text_file("I: a\nP: one [00:00:05] two [00:00:09] three\nI: b [00:00:12] c\n")))
    assert made.text == "a\none two three\nb c"
    assert [(made.text[at:].split()[0], ms) for at, ms in made.anchors] == [
        ("two", 5000),
        ("three", 9000),
        ("c", 12000),
    ]


def test_times_that_close_paragraphs_give_begin_and_end(text_file):
    made = segment(read(text_file("I: a #00:00:02-5#\nP: b #00:00:04-0# c\nd #00:00:09-1#\n")))
    assert [(turn.speaker, turn.start_ms, turn.end_ms) for turn in made.turns] == [("I", 0, 2_500), ("P", 2_500, 9_100)]
    assert made.text == "a\nb c\nd"


@pytest.mark.parametrize(
    "text",
    [
        "I: When?\nP: At 7:45\nor 8:15.\n9:30\nI: So?\nP: Yes.\n",
        "I: When?\nP: (10:05) was the bus, and (9:12) the train.\nI: So?\nP: b\n",
        "I: When?\nP: yes [inaudible 00:12:31] then\nI: So?\nP: [crosstalk 00:11:00]\n",
        "I: When?\nP: a ratio of 3:10 or [4:20].\nI: So?\nP: b\n",
    ],
)
def test_clock_times_and_times_of_events_stay_in_the_talk(text_file, text):
    made = segment(read(text_file(text)))
    assert made.text == text.replace("I: ", "").replace("P: ", "").strip()
    assert all(turn.start_ms is None for turn in made.turns)


def test_short_answers_behind_times_are_no_names(timed):
    script = "[00:00:05] Yes\n[00:00:07] Sure\n[00:00:09] we were at the lake\n[00:00:12] Maybe\n"
    assert [(who, said) for who, _, said in timed(script)] == [
        (None, "Yes"),
        (None, "Sure"),
        (None, "we were at the lake"),
        (None, "Maybe"),
    ]


def test_times_on_their_own_lines_without_names_begin_turns(timed):
    assert timed("0:04  \nFirst.\n\n0:31  \nSecond.\n\n1:02  \nThird.\n\nTranscribed by https://otter.ai\n") == [
        (None, 4_000, "First."),
        (None, 31_000, "Second."),
        (None, 62_000, "Third."),
    ]


words = st.lists(
    st.sampled_from(["we", "went", "7:45", "home", "Note:", "oh—", "[laughs]", "a:b"]), min_size=1, max_size=8
)


@given(st.lists(st.tuples(st.sampled_from(["I", "P1"]), words, words), min_size=2, max_size=12), st.booleans())
@settings(deadline=None, max_examples=60)
def test_no_word_is_lost_and_no_time_stays_whether_times_open_or_close(tmp_path_factory, script, closing):
    lines, said, seconds = [], [], 0
    for label, first, second in script:
        a, b = f"#00:{seconds // 60:02d}:{seconds % 60:02d}-1#", f"#00:{seconds // 60:02d}:{seconds % 60:02d}-9#"
        parts = [*first, a, *second, b] if closing else [a, *first, b, *second]
        lines.append(f"{label}: {' '.join(parts)}" if closing else f"{parts[0]} {label}: {' '.join(parts[1:])}")
        said += first + second
        seconds += 7
    path = tmp_path_factory.mktemp("stamped") / "talk.txt"
    path.write_text("\n".join(lines))
    made = segment(read(path))
    assert made.text.split() == said
    assert "#" not in made.text
    starts = [turn.start_ms for turn in made.turns]
    assert starts == sorted(starts)
