"""Tables of codes and themes: every number is what counting word by word comes to, and leads to its passages."""

from __future__ import annotations

from dataclasses import replace

import counted
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.corpus import Corpus, Recorded
from qcode.analysis.crosstab import (
    ALL,
    COUNTS,
    NothingToCountError,
    OneLevelError,
    UnknownDivisionError,
    crosstab,
    divisions,
)

BELOW = {"scene": {"call", "fear"}, "call": {"call"}, "fear": {"fear"}, "wear": {"wear"}, "gone": {"gone"}}
BELOW |= {"boots": {"call", "fear", "wear"}, "home": {"wear"}}
GROUPS = {one.id: one.group for one in counted.PEOPLE}
AGES = {one.id: one.attributes.get("age", "") for one in counted.PEOPLE}
SITES = (("participant", ("D0",)), ("document", ("D0", "D1")))
COLUMNS = {
    "document": lambda text, turn: text.document,
    "group": lambda text, turn: GROUPS.get(turn.participant) or text.group,
    "Age": lambda text, turn: AGES.get(turn.participant),
    "Site": lambda text, turn: text.attributes.get("site", ""),
}


def words_of(corpus):
    """Every word that is counted: its document, the number of its turn, the turn, and the codes on its first letter."""
    for text in corpus.texts:
        for number, turn in enumerate(text.turns):
            for at in range(turn.start, turn.end):
                begins = not text.text[at].isspace() and (at == 0 or text.text[at - 1].isspace())
                if begins and turn.role != "interviewer":
                    on = {mark.code for mark in corpus.marks[text.document] if mark.start <= at < mark.end}
                    yield text, number, turn, at, on


def touching(corpus, codes):
    """Which marks of these codes share a character with which turns that are counted."""
    for text in corpus.texts:
        for mark in corpus.marks[text.document]:
            for number, turn in enumerate(text.turns):
                overlap = max(mark.start, turn.start) < min(mark.end, turn.end)
                if mark.code in codes and overlap and turn.role != "interviewer":
                    yield text, number, turn, mark


def brute(corpus, by, count, codes, column):
    """One number, counted plainly."""
    where = COLUMNS[by]

    def there(text, turn):
        return column == ALL or where(text, turn) == column

    if count == "words":
        return sum(bool(on & codes) for text, _number, turn, _at, on in words_of(corpus) if there(text, turn))
    found = [one for one in touching(corpus, codes) if there(one[0], one[2])]
    if count == "turns":
        return len({(text.document, number) for text, number, _turn, _mark in found})
    if count == "participants":
        return len({turn.participant for _text, _number, turn, _mark in found} - {""})
    heard = [mark for *_turn, mark in found]
    if column == ALL or by == "document":
        known = {id(mark) for *_turn, mark in touching(corpus, codes)}
        listed = corpus.texts if column == ALL else [corpus.text[column]]
        unheard = [mark for text in listed for mark in corpus.marks[text.document] if mark.code in codes]
        heard += [mark for mark in unheard if id(mark) not in known]
    return len({(mark.document, mark.start, mark.end) for mark in heard})


def all_there(corpus, by, count, column):
    turns = [(text, turn) for text in corpus.texts for turn in text.turns if turn.role != "interviewer"]
    inside = [(text, turn) for text, turn in turns if column == ALL or COLUMNS[by](text, turn) == column]
    return {
        "turns": len(inside),
        "words": sum(len(text.text[turn.start : turn.end].split()) for text, turn in inside),
        "participants": len({turn.participant for _text, turn in inside} - {""}),
    }[count]


@given(counted.corpora(), st.sampled_from(list(COLUMNS)), st.sampled_from(COUNTS), st.sampled_from(["codes", "themes"]))
def test_every_number_is_what_counting_word_by_word_comes_to(corpus, by, count, rows):
    try:
        table = crosstab(corpus, by, rows=rows, count=count)
    except OneLevelError:
        said = {COLUMNS[by](text, turn) for text in corpus.texts for turn in text.turns if turn.counted} - {None}
        assert len(said) < 2
        return
    for heading in table.columns:
        if count != "passages":
            assert heading.of == all_there(corpus, by, count, heading.key)
        every = frozenset().union(*(row.codes for row in table.rows))
        assert table.cell(ALL, heading.key).count == brute(corpus, by, count, every, heading.key)
        for row in table.rows:
            cell = table.cell(row.key, heading.key)
            assert cell.count == brute(corpus, by, count, BELOW[row.key], heading.key), (row, heading)
            assert {mark.code for mark in cell.passages} <= BELOW[row.key]
            assert cell.count == 0 or cell.passages
            assert len({id(mark) for mark in cell.passages}) == len(cell.passages), "a passage twice"
            share = table.share(cell)
            assert share is None if not heading.of else 0 <= share <= 1


@given(counted.corpora())
@settings(max_examples=20)
def test_rows_are_what_is_in_use_and_columns_say_of_how_many(corpus):
    table = crosstab(corpus, "document", count="passages")
    used = {mark.code for mark in corpus.all_marks()}
    assert [row.key for row in table.rows] == ["scene", "call", "fear", "wear", *(["gone"] if "gone" in used else [])]
    assert [row.depth for row in table.rows][:3] == [0, 1, 1]
    assert [one.name for one in table.columns] == [*(text.name for text in corpus.texts), "All"]
    assert (
        sum(one.of for one in table.columns[:-1])
        == table.columns[-1].of
        == len({mark[:3] for mark in corpus.all_marks()})
    )
    assert table.said == corpus.said
    assert "passages" in table.note


@pytest.fixture(scope="module")
def corpus():
    """Two documents in which Ana and Bo speak, of which nothing is coded."""
    turn, text = counted.Turn, counted.Text
    turns = [(turn(0, 4, 2, "Ana", "participant", "ana"),), (turn(0, 4, 2, "Bo", "participant", "bo"),)]
    found = tuple(
        text(
            f"D{number}",
            f"D{number}",
            "interview",
            "en",
            number,
            "",
            "a bc",
            own,
            word_starts=counted.word_starts("a bc"),
        )
        for number, own in enumerate(turns)
    )
    years = Recorded("years", "participant", "Years", "number", ("1", "2", "3", "5", "7.5", "30", "unknown"))
    since = Recorded("since", "participant", "Since", "date", ("2019-03", "2019-04-01", "2021"))
    note = Recorded("note", "participant", "Note", "text", ("one", "two"))
    typed = ({"years": "3", "since": "2019-03", "note": "one"}, {"years": "7.5", "since": "2021", "note": "two"})
    people = [one._replace(attributes=own) for one, own in zip(counted.PEOPLE, typed, strict=False)]
    marks = dict.fromkeys(("D0", "D1"), ())
    codes, themes = counted.CODES, counted.THEMES
    return Corpus(found, marks, codes, themes, tuple(people), (), (years, since, note), "Counted: nothing.")


def test_many_numbers_are_divided_in_the_middle_and_dates_by_their_years(corpus):
    names = [[one.name for one in crosstab(corpus, by).columns] for by in ("years", "Since")]
    assert names == [["up to 3", "over 3", "All"], ["2019", "2021", "All"]]
    assert divisions(corpus) == ("document", "group", "Years", "Since")


def test_of_two_attributes_of_one_name_the_one_that_tells_apart_is_meant(corpus):
    texts = tuple(replace(text, attributes={"site": text.name}) for text in corpus.texts)
    sites = [Recorded("site", subject, "Site", "text", levels) for subject, levels in SITES]
    table = crosstab(replace(corpus, texts=texts, attributes=tuple(sites)), "site")
    assert [one.name for one in table.columns] == ["D0", "D1", "All"]


def test_what_cannot_be_counted_is_refused_in_a_sentence(corpus):
    with pytest.raises(
        UnknownDivisionError, match=r"“shoe” does not divide this study\. Use one of: document, group, Y"
    ):
        crosstab(corpus, "shoe")
    alike, nameless = ([one._replace(group=group) for one in corpus.people] for group in ("Residents", ""))
    with pytest.raises(OneLevelError, match="says “Residents” of everybody"):
        crosstab(replace(corpus, people=tuple(alike)), "group")
    with pytest.raises(OneLevelError, match="Nothing is recorded as “group” yet"):
        crosstab(replace(corpus, people=tuple(nameless)), "group")
    with pytest.raises(NothingToCountError, match="There are no themes yet"):
        crosstab(replace(corpus, themes=()), rows="themes")
    with pytest.raises(NothingToCountError, match="The codebook is empty"):
        crosstab(replace(corpus, codes=()))
