"""What is told by names of documents that several people speak in, and by quotes that print in another language."""

from __future__ import annotations

import csv
import io

import pytest
from small import transcript

from qcode.operations import alignment, anonymity, attributes, cells, documents, quotes, themes
from qcode.operations.passages import Passage
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.reports.themes_report import themes_report
from qcode.queries.transcripts.documents import document_text, speakers_of
from qcode.reports.outputs import report_bytes
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry, NewRow

MEN, WOMEN = ("Gus", "Hal", "Jim", "Ken", "Leo", "Dan"), ("Cat", "Eve")
TELLING = ("ZZ", "Cat", "Eve")


class _Made:
    def __init__(self, study: Study) -> None:
        self.study, self.theme = study, themes.add_theme(study, name="Theme")
        gender = attributes.add_attribute(study, subject="participant", name="Gender", kind="text")
        self.people = {name: NewRow(name) for name in (*MEN, *WOMEN)}
        genders = [
            CellEntry(row.id, gender, "man" if name in MEN else "woman") for name, row in self.people.items()
        ]  # fmt: skip
        cells.write_cells(study, "participant", Block(tuple(genders), tuple(self.people.values())))
        for number, name in enumerate(MEN[:-1]):
            self.talk(f"CD-XA-{number}", (name, "We went."))

    def talk(self, title, *turns, language=""):
        said = [(who, "participant", words) for who, words in turns]
        incoming = documents.Incoming(title, transcript(said), kind="interview", language=language)
        document = documents.import_document(self.study, incoming)
        with self.study.read() as session:
            speakers = {row.label: row.id for row in speakers_of(session, document).values()}
        for who, speaker in speakers.items():
            documents.describe_speaker(
                self.study, speaker, role="participant", participant=self.people[who].id
            )  # fmt: skip
        return document

    def pick(self, document, words, language="picked"):
        start = document_text(self.study, document).text.index(words)
        passage = Passage(document, start, start + len(words))
        quote = quotes.pick_quote(self.study, self.theme, passage=passage)
        if language != "picked":
            quotes.show_language(self.study, quote, language=language)

    def printed(self, ending):
        report = themes_report(self.study, with_codebook=False)
        return report_bytes(report, ending).decode("utf-8-sig")


@pytest.fixture
def made(tmp_path):
    with Study.create(tmp_path / "k.qcode", title="K", coder="Ana Lima") as study:
        yield _Made(study)


@pytest.mark.parametrize("language", ["original", "both"])
def test_who_speaks_in_the_other_language_is_counted_and_so_is_its_document(made, language):
    original = made.talk("CD-ZZ-9", ("Cat", "Ella habla."), ("Eve", "Y yo."), language="es")
    english = made.talk("CD-ZZ-9-en", ("Cat", "She speaks. And me."), language="en")
    alignment.set_original(made.study, english, original=original)
    alignment.link_turns(made.study, english, translation=[0], original=[0, 1])
    made.pick(english, "She speaks.", language)
    for template in ("{pseudonym}", "{id}", ""):
        anonymity.set_template(made.study, template=template)
        for ending in (".md", ".csv"):
            printed = made.printed(ending).rpartition("# 1 Theme")[2]
            assert "Ella habla." in printed
            assert not [word for word in TELLING if word in printed]


@pytest.mark.parametrize("language", ["original", "both"])
def test_a_name_that_no_template_asks_for_stands_nowhere_where_one_person_speaks_in_two_languages(made, language):
    original = made.talk("CD-XB-9", ("Dan", "Él habla."), language="es")
    english = made.talk("CD-XB-9-en", ("Dan", "He speaks."), language="en")
    alignment.set_original(made.study, english, original=original)
    alignment.link_turns(made.study, english, translation=[0], original=[0])
    made.pick(english, "He speaks.", language)
    area = attributes.add_attribute(made.study, subject="participant", name="Area", kind="text")
    north = [CellEntry(made.people[name].id, area, "north") for name in ("Dan", "Gus", "Hal", *WOMEN)]
    cells.write_cells(made.study, "participant", Block(tuple(north), ()))
    anonymity.set_template(made.study, template="{Area} {n}")  # five share it, but only three who have a man's name
    printed = made.printed(".md").rpartition("# 1 Theme")[2]
    assert "north 1" in printed
    assert "Dan" not in printed


@pytest.mark.parametrize("last", ["Dan", "Eve"])
def test_the_name_of_a_document_tells_no_more_of_anybody_than_of_all_who_are_quoted_from_it(made, last):
    both = made.talk("CD-XA-9", ("Eve", "Eve says it."), ("Dan", "Dan says."))
    made.talk("CD-ZZ-8", ("Eve", "Elsewhere."))
    for words in ("Dan says.", "Eve says it.") if last == "Eve" else ("Eve says it.", "Dan says."):
        made.pick(both, words)
    anonymity.set_template(made.study, template="")
    assert "XA" not in made.printed(".csv")


def test_an_id_under_question_and_answer_tells_something_of_whoever_else_speaks(made):
    both = made.talk("CD-XA-9", ("Eve", "Eve."), ("Dan", "Dan says more."))
    made.talk("CD-ZZ-8", ("Eve", "Elsewhere."))
    made.pick(both, "Eve.\nDan says more.")
    anonymity.set_template(made.study, template="{id}")
    assert "XA" not in made.printed(".md")


def test_notes_with_words_of_their_own_print_them(made):
    notes = documents.import_document(
        made.study, documents.Incoming("FN-1", transcript([(None, "other", "We saw it.")]), kind="field notes")
    )
    made.pick(notes, "We saw it.")
    assert [row["attribution"] for row in csv.DictReader(io.StringIO(made.printed(".csv")))] == ["Field notes, FN-1"]
    [row] = quote_rows(made.study)
    quotes.describe_quote(made.study, row.id, stance="supports", attribution="from our notes")
    assert "from our notes" in made.printed(".md")
