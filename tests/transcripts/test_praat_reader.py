from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.transcripts import read
from qcode.transcripts.praat import READER, PraatDamagedError, PraatKindError
from qcode.transcripts.reader import Source
from qcode.transcripts.reading import NoTextError
from qcode.transcripts.tiers import TooManyTiersError


def short(*tiers, kind="IntervalTier"):
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", "9", "<exists>", str(len(tiers))]
    for name, spans in tiers:
        lines += [f'"{kind}"', f'"{name}"', "0", "9", str(len(spans))]
        for *times, text in spans:
            lines += [*map(str, times), '"' + text.replace('"', '""') + '"']
    return "\n".join(lines) + "\n"


def said(reading):
    return [(block.voice, block.text, block.start_ms, block.end_ms) for block in reading.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "mac-roman"])
@pytest.mark.parametrize("name", ["talk.TextGrid", "talk.txt", "talk"])
def test_a_textgrid_is_told_by_its_content(text_file, encoding, name):
    content = short(("P1", [(0, 1.5, "Sí, así pasó, señora."), (1.5, 2, "")]), ("INT", [(2, 3.25, 'Said "no"?')]))
    reading = read(text_file(content.replace("\n", "\r\n"), name, encoding))
    assert reading.reader == "praat 1"
    assert said(reading) == [("P1", "Sí, así pasó, señora.", 0, 1500), ("INT", 'Said "no"?', 2000, 3250)]
    assert not any(warning.startswith("The name says") for warning in reading.warnings)


def test_points_are_no_talk_unless_somebody_asks(text_file):
    path = text_file(short(("clicks", [(1, "click")]), kind="TextTier"), "talk.TextGrid")
    assert said(read(path)) == [("clicks", "click", 1000, None)]
    assert read(text_file(short(("clicks", []), ("P1", [(0, 1, "Yes.")])))).columns[0].use == "ignore"


@pytest.mark.parametrize("wrong", ["-1", "1e300", "9e12"])
def test_a_time_that_cannot_be_one_is_left_out_and_that_is_said(text_file, wrong):
    reading = read(text_file(short(("P1", [(0, 1, "one"), (wrong, 2, "two")])), "talk.TextGrid"))
    assert said(reading) == [("P1", "one", 0, 1000), ("P1", "two", None, None)]
    assert "1 time that cannot be one left out." in reading.warnings


@given(st.integers(min_value=60, max_value=200))
def test_a_file_that_was_cut_off_is_refused_wherever_it_was(cut):
    whole = short(
        ("P1", [(0, 1, "one"), (1, 2, 'two "and" three')]), ("P2", [(3, 4, "four"), (4, 5, "five"), (6, 7, "six")])
    )
    part = whole[: min(cut, len(whole) - 3)].encode()
    with pytest.raises(PraatDamagedError, match=r"talk\.TextGrid is damaged or was cut off"):
        READER.parse(Source("talk.TextGrid", part))


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12), max_size=5))
def test_texts_come_back_as_they_were_written(texts):
    content = short(("P1", [(number, number + 1, text) for number, text in enumerate(texts)])).encode()
    blocks = READER.parse(Source("talk.TextGrid", content)).blocks
    from qcode.text.canonical import normalise

    wanted = [normalise(text)[0].strip() for text in texts]
    assert [block.text for block in blocks] == [text for text in wanted if text]


@pytest.mark.parametrize(
    "content",
    [
        'File type = "ooTextFile"\nObject class = "PitchTier"\n\n0\n1\n',
        "ooBinaryFile\x08TextGrid",
        '"Praat chronological TextGrid text file"\n0 1\n',
    ],
)
def test_other_files_of_praat_are_refused(text_file, content):
    with pytest.raises(PraatKindError, match="Save as text file"):
        read(text_file(content, "talk.TextGrid"))


def test_a_grid_without_words_is_refused(text_file):
    with pytest.raises(NoTextError):
        read(text_file(short(("P1", [(0, 1, "")])), "talk.TextGrid"))
    with pytest.raises(NoTextError):
        read(text_file('File type = "ooTextFile"\nObject class = "TextGrid"\n0\n1\n<absent>\n', "talk.TextGrid"))


@pytest.mark.parametrize("count", ["1000000", "1e9"])
def test_more_tiers_than_voices_are_refused(text_file, count):
    content = short().replace("<exists>\n0", f"<exists>\n{count}")
    with pytest.raises(TooManyTiersError):
        read(text_file(content, "talk.TextGrid"))


@pytest.mark.parametrize("count", ["-1", "1.5", "<exists>", '"P1"', "9999999999"])
def test_counts_that_do_not_fit_are_damage(text_file, count):
    content = short(("P1", [(0, 1, "one")])).replace('"P1"\n0\n9\n1\n', f'"P1"\n0\n9\n{count}\n')
    with pytest.raises(PraatDamagedError):
        read(text_file(content, "talk.TextGrid"))


def test_thirty_thousand_intervals_know_their_lines(text_file):
    spans = [(n / 100, (n + 1) / 100, f"w{n}") for n in range(30_000)]
    reading = read(text_file(short(("P1", spans)), "talk.TextGrid"))
    assert reading.blocks[-1].line_no == 12 + 3 * len(spans)
