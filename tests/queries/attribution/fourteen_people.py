"""A study of fourteen people who share little, and passages of it to be printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from small import transcript

from qcode.operations import attributes, cells, documents
from qcode.queries.attribution.anonymity import attributions
from qcode.queries.transcripts.documents import speakers_of
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry, NewRow

PEOPLE = {  # pseudonym: role, group, gender, age, the document they speak in
    "Ana": ("chief", "CityOnly", "woman", "34", "CD-XA-01"),
    "Bo": ("chief", "CityOnly", "man", "51", "CD-XA-02"),
    "Cy": ("chief", "Rural", "man", "38", "CD-XB-03"),
    "Di": ("chief", "Rural", "woman", "47", "CD-XB-04"),
    "Ed": ("officer", "CityOnly", "man", "31", "CD-XA-05"),
    "Flo": ("officer", "CityOnly", "woman", "36", "EF-YA-06"),
    "Gil": ("officer", "Rural", "man", "39", "EF-YA-07"),
    "Hal": ("officer", "Rural", "man", "42", "EF-YA-08"),
    "Ian": ("officer", "CityOnly", "man", "45", "FG-1"),
    "Jo": ("nurse", "CityOnly", "man", "", "FG-1"),
    "Kai": ("nurse", "Rural", "other", "58", "FG-1"),
    "Lex": ("nurse", "Rural", "man", "52", "FG-1"),
    "Max": ("nurse", "Rural", "man", "33", "FG-1"),
    "Ned": ("", "Rural", "man", "29", "FG-1"),
}


@dataclass(frozen=True)
class Printed:
    """A passage to be printed, as a quote is."""

    id: str
    document: str
    start: int
    end: int
    attribution: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    speech: bool = True


@dataclass(frozen=True)
class Made:
    study: Study
    keys: dict[str, str]
    places: dict[str, tuple[str, str, int, int]]

    def quote(self, name: str, number: int = 0, own: str | None = None) -> Printed:
        document, title, start, end = self.places[name]
        fields = {"document": title, "id": title, "page": "", "pseudonym": name}
        return Printed(f"{name} {number}", document, start, end, own, fields)

    def words(self, template: str | None, *names: str, **more) -> list[str]:
        quotes = [self.quote(name, number) for number, name in enumerate(names)]
        found = attributions(self.study, quotes, template=template, **more)
        return [found.of(quote.id) for quote in quotes]


def referral(path: Path) -> Made:
    """A study of them all, open."""
    study = Study.create(path, title="Referral", coder="Ana Lima")
    keys = {
        "gender": attributes.add_attribute(
            study, subject="participant", name="Gender", kind="category", levels=["woman", "man", "other"]
        ),
        "age": attributes.add_attribute(study, subject="participant", name="Age in years", kind="number"),
    }
    rows = {name: NewRow(name) for name in PEOPLE}
    columns = ("role", "group", keys["gender"], keys["age"])
    entries = [
        CellEntry(rows[name].id, column, value)
        for name, said in PEOPLE.items()
        for column, value in zip(columns, said, strict=False)
        if value
    ]
    cells.write_cells(study, "participant", Block(tuple(entries), tuple(rows.values())))
    places = {}
    for title in sorted({said[-1] for said in PEOPLE.values()}):
        here = [name for name, said in PEOPLE.items() if said[-1] == title]
        talk = transcript([("I", "interviewer", "How was it?"), *((name, "participant", "We went.") for name in here)])
        document = documents.import_document(study, documents.Incoming(title, talk, kind="interview", group="Talk"))
        with study.read() as session:
            speakers = {row.label: row.id for row in speakers_of(session, document).values()}
        for turn in talk.turns[1:]:
            documents.describe_speaker(
                study, speakers[turn.speaker], role="participant", participant=rows[turn.speaker].id
            )
            places[turn.speaker] = document, title, turn.start, turn.end
    return Made(study, keys, places)
