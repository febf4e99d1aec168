"""What is to be looked at before quotes are printed, each kind once, and nothing where there is nothing."""

from __future__ import annotations

import pytest
from small import transcript

from qcode.operations import anonymity, attributes, cells, corrections, documents, quotes, themes
from qcode.operations.passages import Passage
from qcode.queries.reports.cautions import cautions
from qcode.queries.team import coders
from qcode.queries.themes.outline import themes as theme_rows
from qcode.queries.transcripts.documents import documents as listed
from qcode.queries.transcripts.documents import speakers_of
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry, NewRow

TALK = {  # pseudonym: role, gender, what they say
    "Ana": ("chief", "woman", "I have been a chief for years."),
    "Bo": ("chief", "man", "They came with the quarry harmonium, and it wheezed."),
    "Cy": ("chief", "man", "I am a man of my word."),
    "Di": ("nurse", "woman", "Nobody came to the nurses. I am the only woman here."),
    "Ed": ("nurse", "man", "We all went there."),
    "Flo": ("nurse", "woman", "We went too, as you know."),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Six people in one document, of whom three share a role and three a gender; k is 3."""
    path = tmp_path_factory.mktemp("cautions") / "six.qcode"
    with Study.create(path, title="Six", coder="Ana Lima") as study:
        gender = attributes.add_attribute(
            study, subject="participant", name="Gender", kind="category", levels=["woman", "man"]
        )
        rows = {name: NewRow(name) for name in TALK}
        entries = [
            CellEntry(rows[name].id, column, value)
            for name, said in TALK.items()
            for column, value in (("role", said[0]), (gender, said[1]))
        ]
        cells.write_cells(study, "participant", Block(tuple(entries), tuple(rows.values())))
        talk = transcript([(name, "participant", said[-1]) for name, said in TALK.items()])
        group = documents.import_document(study, documents.Incoming("FG-1", talk, kind="focus group"))
        with study.read() as session:
            speakers = {row.label: row.id for row in speakers_of(session, group).values()}
        for name, row in rows.items():
            documents.describe_speaker(study, speakers[name], role="participant", participant=row.id)
        anonymity.set_k(study, k=3)
        anonymity.set_template(study, template="{role} {n}")
        themes.add_theme(study, name="Going there")
    return path


@pytest.fixture
def six(file, tmp_path):
    """A copy of it with a way to quote somebody: the words, and an attribution of its own."""
    path = tmp_path / "six.qcode"
    path.write_bytes(file.read_bytes())
    with Study.open(path) as study:
        study.act_as(coders(study)[0].id)
        document, theme = listed(study)[0].id, theme_rows(study)[0].id
        text = "\n".join(said[-1] for said in TALK.values())

        def quote(words, own=None):
            start = text.index(words)
            passage = Passage(document, start, start + len(words))
            made = quotes.pick_quote(study, theme, passage=passage)
            if own is not None:
                quotes.describe_quote(study, made, stance="supports", attribution=own)
            return passage.place

        yield study, quote


def of(study, *kinds):
    return [one for one in cautions(study) if one.kind in kinds]


ABOUT_PEOPLE = (
    "exception", "by hand", "kept back", "words tell", "two quotes", "rare phrase", "small cells", "title in vivo",
)  # fmt: skip


def test_where_nobody_is_told_nothing_is_said(six):
    study, quote = six
    quote("We all went there.")
    quote("We went too, as you know.")
    assert of(study, *ABOUT_PEOPLE) == []


def test_the_words_of_one_quote_that_tell_who_said_them_are_found_at_their_place(six):
    study, quote = six
    place = quote("I am the only woman here.")
    (told,) = of(study, "words tell")
    assert told.place == place
    assert "say Gender “woman” of Di. With what is printed under them, only 2 share that" in told.sentence
    quote("I am a man of my word.")  # two chiefs are men
    assert len(of(study, "words tell")) == 2
    anonymity.set_template(study, template="{n}")
    assert of(study, "words tell") == []  # three women and three men took part


def test_two_quotes_that_are_common_each_tell_together_who_said_them(six):
    study, quote = six
    anonymity.set_template(study, template="{n}")
    quote("Nobody came to the nurses.")
    assert of(study, "words tell", "two quotes") == []
    place = quote("I am the only woman here.")
    (told,) = of(study, "words tell", "two quotes")
    assert (told.kind, told.place) == ("two quotes", place)
    assert "say Gender “woman” and Role “nurse” of Di" in told.sentence


def test_a_phrase_that_nobody_else_says_is_told_with_who_says_it(six):
    study, quote = six
    place = quote("They came with the quarry harmonium, and it wheezed.")
    (told,) = of(study, "rare phrase")
    assert told.place == place
    assert "“quarry harmonium, and it wheezed”" in told.sentence
    assert told.sentence.endswith("who did, Bo.")


def test_words_written_by_hand_are_counted_as_far_as_anything_is_recorded(six):
    study, quote = six
    place = quote("We all went there.", own="a man who nurses people, a nurse")
    (told,) = of(study, "by hand")
    assert told.place == place
    assert "tells Gender and Role of Ed, which nobody else shares" in told.sentence
    quote("We went too, as you know.", own="somebody who knows")
    (_told, uncounted) = of(study, "by hand")
    assert uncounted.sentence.startswith("1 attribution is written by hand.")


def test_who_is_kept_back_and_the_table_that_would_tell_it_are_named(six):
    study, quote = six
    quote("We all went there.")
    anonymity.set_k(study, k=4)
    assert "of 1 person, so that at least 4 share it: Ed." in of(study, "kept back")[0].sentence
    assert "keep Role back, but the report Participants" in of(study, "small cells")[0].sentence


def test_an_exception_is_told_as_long_as_it_is_in_force(six):
    study, quote = six
    quote("We all went there.")
    anonymity.set_k(study, k=4)
    allowed = anonymity.allow_exception(study, reason="They agreed.", about="role", value="nurse")
    (told,) = of(study, "exception")
    assert "for those whose Role is “nurse”. One person is printed that fewer than 4 share." in told.sentence
    assert told.sentence.endswith("Ana Lima allowed it: They agreed.")
    assert of(study, "kept back") == []
    anonymity.lift_exception(study, allowed)
    assert of(study, "exception") == []


def test_a_title_in_vivo_whose_quote_reads_otherwise_now_is_told(six):
    study, quote = six
    quote("We all went there.")
    (row,) = theme_rows(study)[0].quotes
    quotes.title_in_vivo(study, row.id)
    assert of(study, "title in vivo") == []
    corrections.correct_turn(study, row.document, turn=4, text="We all drove there.")
    (told,) = of(study, "title in vivo")
    assert told.sentence == "“We all went there.” was named in the words of a quote that no longer reads so."
