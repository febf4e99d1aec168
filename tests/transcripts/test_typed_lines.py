"""Lines that were typed or printed: numbers at the margin, running heads, broken lines and broken words."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.transcripts import hyphens, read, segment

TALK = [
    ("INT", "How many of the old barns were still standing when you came back to the valley after the war?"),
    ("P05", "Four of them, or five, because the one by the mill had lost only a part of its roof in the storms."),
    ("INT", "And who lived in the one by the mill?"),
    ("P05", "Nobody did. My uncle kept 12 goats there, and in winter he slept above them to keep himself warm."),
]


def printed(number="{:>3}  ", width=58, talk=TALK):
    lines = [
        line for label, said in talk for line in textwrap.wrap(f"{label}:  {said}", width, subsequent_indent="      ")
    ]
    return [number.format(place) + line for place, line in enumerate(lines, 1)]


@pytest.mark.parametrize("number", ["{:>3}  ", "{:03d}  ", "{}\t", "{:>3} "])
def test_typed_line_numbers_go_and_broken_lines_are_joined(text_file, turns_of, number):
    assert turns_of(text_file("\n".join(printed(number, width=50)))) == TALK


def test_numbers_may_begin_anew_on_every_page_below_a_running_head(text_file, turns_of):
    lines = printed("{:>3}  ")
    half = len(lines) // 2
    again = [f"{place:>3}  {line[5:]}" for place, line in enumerate(lines[half:], 1)]
    pages = ["\n".join(lines[:half]), "\n".join(["        Interview P05       Page 2", *again])]
    assert turns_of(text_file("\n\f".join(pages))) == TALK


def test_numbers_of_word_paragraphs_go_as_well(word_file, turns_of):
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in printed())
    assert turns_of(word_file(body)) == TALK
    in_one = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in printed())
    assert turns_of(word_file(f"<w:p><w:r>{in_one}</w:r></w:p>", "one.docx")) == TALK


@pytest.mark.parametrize(
    "text",
    [
        "I: a\n12  geese\nP: b\nI: c\n3  hens\nP: d\n",
        "1. One\n2. Two\n3. Three\n4. Four\n5. Five\n6. Six\n",
        "I: Which years?\nP: 1990\n1991\n1992\nI: a\nP: b\n",
    ],
)
def test_numbers_that_belong_to_the_talk_stay(text_file, text):
    words = segment(read(text_file(text))).text.split()
    assert [word for word in words if word.strip(".").isdigit()] == [
        word for word in text.split() if word.strip(".").isdigit()
    ]


def test_lines_that_count_pages_go_only_if_they_count(text_file, turns_of):
    counted = "I: a\nPage 1 of 2\nP: b\nI: c\nPage 2 of 2\nP: d\n"
    assert turns_of(text_file(counted)) == [("I", "a"), ("P", "b"), ("I", "c"), ("P", "d")]
    once = "I: Which page?\nP: well\nPage 7\nI: ah\nP: yes\n"
    assert ("P", "well\nPage 7") in turns_of(text_file(once, "once.txt"))


def test_what_repeats_at_the_edge_of_every_page_goes_and_talk_that_repeats_stays(text_file, turns_of):
    pages = [f"Valley study, draft {n}\nI: And then?\nP: We went on to place {n}.\n" for n in range(1, 5)]
    made = turns_of(text_file("\f".join(pages)))
    assert made == [pair for n in range(1, 5) for pair in (("I", "And then?"), ("P", f"We went on to place {n}."))]


def test_pages_are_known_where_form_feeds_part_them(text_file):
    made = segment(read(text_file("I: a\nP: b\n\fI: c\nP: d\n\fP: e\n")))
    assert [(made.text[at], page) for at, page in made.pages] == [("a", 1), ("c", 2), ("e", 3)]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["and no-", "body came"], "and nobody came"),
        (["a hand-", "drawn map"], "a hand-drawn map"),
        (["ne-", "gotiation"], "negotiation"),
        (["no-", "one knew"], "no-one knew"),
        (["th-", "the baby"], "th- the baby"),
        (["I w-", "I was"], "I w- I was"),
        (["pre-", "and post-war"], "pre- and post-war"),
        (["the Anglo-", "American"], "the Anglo-American"),
        (["a mother-in-", "law"], "a mother-in-law"),
        (["wide –", "open"], "wide – open"),
        (["the end.", "Then"], "the end. Then"),
        (["", "alone"], "alone"),
        (["señ-", "ora"], "señora"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_only_where_it_broke_a_word(lines, whole):
    assert hyphens.joined(lines) == whole


def test_words_elsewhere_in_the_file_decide_about_hyphens():
    known = hyphens.words_of("the timber-frame and the bookcase")
    assert hyphens.joined(["a timber-", "frame"], known) == "a timber-frame"
    assert hyphens.joined(["a book-", "case"], known) == "a bookcase"


@given(
    st.lists(
        st.sampled_from(
            ["we", "went", "on", "to", "see", "if", "the", "hens", "were", "there", "and", "nobody", "knew", "then"]
        ),
        min_size=60,
        max_size=90,
    )
)
@settings(deadline=None, max_examples=40)
def test_numbering_and_breaking_lines_loses_no_word(tmp_path_factory, words):
    said = " ".join(words)
    path = tmp_path_factory.mktemp("typed") / "talk.txt"
    path.write_text("\n".join(printed(talk=[("INT", "Go on?"), ("P1", said), ("INT", "And?"), ("P1", said)])))
    made = segment(read(path))
    spoken = [(turn.speaker, made.text[turn.start : turn.end].split()) for turn in made.turns]
    assert spoken == [("INT", ["Go", "on?"]), ("P1", words), ("INT", ["And?"]), ("P1", words)]
