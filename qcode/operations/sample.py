"""The sample study: a fictional one, built from its files exactly as a team would build it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import qcode
from qcode.analysis.guides import Wording
from qcode.errors import QcodeError
from qcode.exchange.codebook import read_codebook
from qcode.exchange.survey_counts import read_survey
from qcode.ids import (
    AttributeId,
    CodeId,
    CoderId,
    CodingId,
    DocumentId,
    GuideId,
    ParticipantId,
    QuestionId,
    RoundId,
    ThemeId,
)
from qcode.models import Guide, GuideVersion
from qcode.operations import (
    alignment,
    anonymity,
    assignments,
    attributes,
    cells,
    codebook,
    coding,
    collecting,
    documents,
    guides,
    rounds,
    saved_queries,
    sites,
    surveys,
    team,
    themes,
)
from qcode.operations.coding import Mark
from qcode.operations.guides import Asked, Attachment
from qcode.operations.passages import Passage
from qcode.operations.sample_decisions import Meeting
from qcode.operations.sample_writing import Writer
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry, NewRow
from qcode.transcripts import Transcript, read, segment

Telling = Callable[[float, str], None]
READY = "The sample study is ready"
OWN_ROUND = "Your own try"


class SampleMissingError(QcodeError):
    """The sample's files were not installed."""

    def __init__(self) -> None:
        super().__init__("The sample study's files are not installed. Install qcode again, or get its source folder.")


class SampleChangedError(QcodeError):
    """The files of the sample do not fit each other."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The sample study's files do not fit together: {what}. Install qcode again.")


def sample_folder() -> Path:
    """Where the sample's transcripts lie: inside an installed qcode, or beside the package in its source folder."""
    package = Path(qcode.__file__).parent
    for folder in (package / "samples" / "transcripts", package.parent / "sample_transcripts"):
        if (folder / "study.yaml").is_file():
            return folder
    raise SampleMissingError


def build_sample(path: Path, *, tell: Telling | None = None) -> None:
    """Make the sample study at a path where there is no file; `tell` hears of progress from 0 to 1.

    Refuses to overwrite anything.
    """
    folder = sample_folder()
    plan = _plan(folder)
    lead = plan["coders"][0]
    study = Study.create(path, title=plan["title"], coder=lead["name"], initials=lead["initials"], first_round=None)
    try:
        with study:
            _Builder(study, folder, plan, tell or _silent).build()
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@dataclass(slots=True)
class _Builder:
    """Builds one study; what it has made is kept by name."""

    study: Study
    folder: Path
    plan: dict[str, Any]
    tell: Telling
    coders: dict[str, CoderId] = field(default_factory=dict)
    documents: dict[str, DocumentId] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    participants: dict[str, ParticipantId] = field(default_factory=dict)
    codes: dict[str, CodeId] = field(default_factory=dict)
    themes: dict[str, ThemeId] = field(default_factory=dict)

    def build(self) -> None:
        self.coders = self._add_coders()
        self._add_participants()
        self._import_documents()
        self._describe_documents()
        self._add_guides()
        marks = _codings(self.folder / "codings.csv")
        imported = 0
        for number, plan in enumerate(self.plan["rounds"]):
            self.tell(0.6 + 0.1 * number, f"Coding: {plan['name']}")
            if plan["codebook"] != imported:
                imported = plan["codebook"]
                self._import_codebook(imported)
            self._code_round(plan, marks[plan["name"]])
        self.tell(0.95, "Themes and quotes")
        self._add_themes(self.plan["themes"], None)
        self._add_survey_and_queries()
        rounds.add_round(self.study, name=OWN_ROUND, purpose="practice", everyone=True)
        self._finish()

    def _add_coders(self) -> dict[str, CoderId]:
        lead, *others = self.plan["coders"]
        found = {lead["initials"]: self.study.coder} if self.study.coder else {}
        for coder in others:
            made = team.add_coder(self.study, name=coder["name"], initials=coder["initials"], role=coder["role"])
            found[coder["initials"]] = made
        return found

    def _add_participants(self) -> None:
        """Everybody with everything recorded about them, as from a spreadsheet."""
        for site in self.plan["sites"]:
            sites.add_site(self.study, name=site["name"], kind=site["kind"])
        keys = {"role": "role", "group": "group"} | {
            plan["key"]: self._add_attribute(plan) for plan in self.plan["attributes"]
        }
        people = [NewRow(person["pseudonym"]) for person in self.plan["participants"]]
        entries = [
            CellEntry(row.id, column, str(person[key]))
            for row, person in zip(people, self.plan["participants"], strict=True)
            for key, column in keys.items()
            if person[key] is not None
        ]
        cells.write_cells(self.study, "participant", Block(tuple(entries), tuple(people)))
        self.participants = {row.name: ParticipantId(row.id) for row in people}

    def _add_attribute(self, plan: dict[str, Any]) -> AttributeId:
        return attributes.add_attribute(
            self.study,
            subject="participant",
            name=plan["name"],
            kind=plan["kind"],
            levels=plan.get("levels", ()),
            group=plan.get("group", ""),
        )

    def _describe_documents(self) -> None:
        entries = [
            CellEntry(self.documents[plan["name"]], column, plan[column])
            for plan in self.plan["documents"]
            for column in ("mode", "checked_by", "site")
            if column in plan
        ]
        cells.write_cells(self.study, "document", Block(tuple(entries)))

    def _import_documents(self) -> None:
        planned = sorted(self.plan["documents"], key=lambda plan: plan["order"])
        for number, plan in enumerate(planned):
            self.tell(0.6 * number / len(planned), f"Reading {plan['name']}")
            self._import_document(plan)

    def _import_document(self, plan: dict[str, Any]) -> None:
        reading = read(self.folder / plan["file"])
        transcript = segment(reading)
        incoming = replace(
            documents.Incoming.of(
                reading,
                transcript,
                plan["name"],
                kind=plan["kind"],
                language=plan["language"],
                group=plan["group"] or "",
            ),
            translation_of=self.documents.get(plan.get("translation_of", "")),
        )
        document = documents.import_document(self.study, incoming)
        self.documents[plan["name"]], self.texts[plan["name"]] = document, transcript.text
        self._describe_speakers(document, plan, transcript)
        if incoming.translation_of is not None:
            alignment.align_turns(self.study, document)

    def _describe_speakers(self, document: DocumentId, plan: dict[str, Any], transcript: Transcript) -> None:
        labels = {turn.speaker for turn in transcript.turns if turn.speaker}
        for label, about in plan["speakers"].items():
            if label not in labels:
                raise SampleChangedError(f"nobody is called “{label}” in {plan['name']}")
            documents.describe_speaker(
                self.study,
                documents.speaker_named(self.study, document, label),
                role=about.get("role", "participant"),
                participant=self.participants.get(about.get("participant", "")),
            )
        if "participant" in plan:
            documents.link_participant(self.study, document, participant=self.participants[plan["participant"]])

    def _add_guides(self) -> None:
        for plan in self.plan["guides"]:
            first, *later = plan["versions"]
            wordings = [Wording(one["number"], one["text"]) for one in first["questions"]]
            guide = guides.add_guide(self.study, name=plan["name"], group=plan["group"], questions=wordings)
            known = self._attach(guide, first, {})
            for version in later:
                asked = [Asked(one["number"], one["text"], known.get(one["key"])) for one in version["questions"]]
                guides.revise_guide(self.study, guide, questions=asked, note=version["note"].strip())
                known = self._attach(guide, version, known)

    def _attach(
        self, guide: GuideId, version: dict[str, Any], known: dict[str | None, QuestionId]
    ) -> dict[str | None, QuestionId]:
        """Attach the questions of a version to the turns that begin as planned; answers with all questions by key."""
        with self.study.read() as session:
            current = session.get_one(GuideVersion, session.get_one(Guide, guide).version_id).questions
        keys = [one["key"] for one in version["questions"]]
        now = {**known, **{key: QuestionId(line[0]) for key, line in zip(keys, current, strict=True)}}
        guides.attach_questions(
            self.study,
            [
                Attachment(self.documents[name], self._turn(name, words), now.get(key))
                for name, asked in version["asked"].items()
                for key, words in asked.items()
            ],
        )
        return now

    def _turn(self, document: str, words: str) -> int:
        start = f"\n{self.texts[document]}".find(f"\n{words}")
        if start < 0:
            raise SampleChangedError(f"a question is not in {document}")
        return start

    def _import_codebook(self, version: int) -> None:
        file = next(book["file"] for book in self.plan["codebooks"] if book["version"] == version)
        entries = read_codebook(_beside(self.folder, file))
        paths = codebook.import_codebook(self.study, entries)
        self.codes |= {path[-1]: code for path, code in paths.items()}

    def _code_round(self, plan: dict[str, Any], marks: list[dict[str, str]]) -> None:
        """A round as a team has it: the lead deals out, everybody codes in a file of their own, the lead collects."""
        made = rounds.add_round(self.study, name=plan["name"], purpose=plan["purpose"], blind=True)
        for document, coders in plan["assignments"].items():
            people = [self.coders[coder] for coder in coders]
            assignments.assign(self.study, round_id=made, documents=[self.documents[document]], coders=people)
        working = {initials for coders in plan["assignments"].values() for initials in coders}
        own = {initials: [row for row in marks if row["coder"] == initials] for initials in sorted(working)}
        lead, *_others = self.coders
        with TemporaryDirectory() as folder:
            files = [self._coded_apart(Path(folder), made, plan, each, own[each]) for each in sorted(working - {lead})]
            self._code(self.study, made, plan, lead, own[lead])
            for file in files:
                collecting.hand_in(self.study, file)
        settled = [each for each in self.plan["decisions"] if each["round"] == plan["name"]]
        meeting = Meeting(self.study, made, self.coders, self.documents, self.texts, self.codes)
        meeting.settle(settled, plan["assignments"])

    def _coded_apart(
        self, folder: Path, made: RoundId, plan: dict[str, Any], initials: str, own: list[dict[str, str]]
    ) -> Path:
        """The file that was handed out to a coder, with their work in it."""
        file = folder / f"{initials} {plan['name']}.qcode"
        collecting.hand_out(self.study, self.coders[initials], file)
        with Study.open(file) as copy:
            self._code(copy, made, plan, initials, own)
        return file

    def _code(
        self, study: Study, made: RoundId, plan: dict[str, Any], initials: str, own: list[dict[str, str]]
    ) -> None:
        for proposal in self._proposed(plan):
            if proposal["coder"] == initials:
                self.codes[proposal["name"]] = self._propose(study, proposal)
        marks = [self._mark(row, self.coders[initials]) for row in own]
        made_of = coding.add_codings(study, round_id=made, marks=marks)
        self._flag(study, plan, {self._place(row): one for row, one in zip(own, made_of, strict=True)})
        assignments.hand_in_round(study, round_id=made)

    def _flag(self, study: Study, plan: dict[str, Any], codings: Mapping[tuple[str, ...], CodingId]) -> None:
        """What a coder marked as showing a code best, or as speaking against it."""
        for flag in self.plan["flags"]:
            coded = codings.get(self._place(flag))
            if coded is None or flag["round"] != plan["name"]:
                continue
            if flag["flag"] == "illustrative":
                coding.flag_codings(study, [coded], illustrative=True)
            else:
                coding.flag_codings(study, [coded], negative_case=True)

    @staticmethod
    def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
        """By what a coding of one round is known in the plan."""
        return tuple(str(row[key]) for key in ("document", "coder", "code", "start"))

    def _proposed(self, plan: dict[str, Any]) -> list[dict[str, Any]]:
        return [each for each in self.plan.get("proposed_codes", ()) if each["round"] == plan["name"]]

    def _propose(self, study: Study, proposal: dict[str, Any]) -> CodeId:
        return codebook.add_code(
            study,
            name=proposal["name"],
            parent=self.codes[proposal["parent"]],
            definition=codebook.Definition(brief=proposal["brief"].strip(), full=proposal["full"].strip()),
            palette_slot=proposal["colour"],
        )

    def _mark(self, row: dict[str, str], coder: CoderId) -> Mark:
        start, end = int(row["start"]), int(row["end"])
        if self.texts[row["document"]][start:end] != row["text"]:
            raise SampleChangedError(f"a coding of {row['document']} is not at its place")
        passage = Passage(self.documents[row["document"]], start, end)
        return Mark(passage, self.codes[row["code"]], coder, row["certainty"], row["comment"])

    def _add_themes(self, planned: Iterable[dict[str, Any]], parent: ThemeId | None) -> None:
        translated = {
            each["translation_of"]: each["name"] for each in self.plan["documents"] if "translation_of" in each
        }
        writer = Writer(self.study, self.documents, self.texts, translated, self.participants)
        for plan in planned:
            theme = themes.add_theme(self.study, name=plan["name"], concept=plan["concept"], parent=parent)
            self.themes[plan["name"]] = theme
            themes.gather_codes(self.study, theme, codes=[self.codes[code] for code in plan["codes"]])
            writer.write(theme, plan)
            self._add_themes(plan.get("subthemes", ()), theme)

    def _add_survey_and_queries(self) -> None:
        survey = self.plan["survey"]
        made = surveys.add_survey(self.study, name=survey["name"], counts=read_survey(self.folder / survey["file"]))
        for one in survey["beside"]:
            surveys.put_beside(self.study, made, item=one["item"], theme=self.themes[one["theme"]])
            surveys.take_from_beside(self.study, made, item=one["item"], theme=self.themes[one["instead"]])
        for query in self.plan["queries"]:
            saved_queries.save_query(self.study, name=query["name"], words=query["words"])

    def _finish(self) -> None:
        for key, steps in self.plan["ladders"].items():
            anonymity.set_ladder(self.study, key, steps=steps)
        team.describe_study(
            self.study,
            question=self.plan["question"],
            approach=self.plan["approach"],
            attribution=self.plan["attribution"],
            label=READY,
            barrier=True,
        )


def _plan(folder: Path) -> dict[str, Any]:
    import yaml

    plan: dict[str, Any] = yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))
    return plan


def _beside(folder: Path, name: str) -> Path:
    """A codebook of the sample, in the source folder or in an installed qcode."""
    file = Path(name).name
    places = (folder.parent / "codebooks" / file, folder / file)
    return next((place for place in places if place.is_file()), places[0])


def _codings(path: Path) -> dict[str, list[dict[str, str]]]:
    rounds: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rounds[row["round"]].append(row)
    return rounds


def _silent(_share: float, _words: str) -> None:
    """Nobody listens."""
