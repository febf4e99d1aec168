"""A small study for tests, made through the operations that people use."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from qcode.ids import CodeId, CoderId, CodingId, DocumentId, RoundId, ThemeId
from qcode.operations import codebook, coding, documents, team, themes
from qcode.operations.passages import Passage
from qcode.queries.team import rounds
from qcode.study import Study
from qcode.transcripts.values import Transcript, Turn

FIRST = (
    ("I", "interviewer", "What happened that night?"),
    ("P", "participant", "I rang them. 😀 They came at once, four of them. I was afraid."),
    ("I", "interviewer", "Afraid of what?"),
    ("P", "participant", "Of the letter. Three letters and you are out. My sister said: go."),
)
SECOND = (
    ("Moderator", "interviewer", "Who wants to begin?"),
    ("Deputy", "participant", "Nobody ever thanks you at the door. That is all right."),
    (None, "event", "[laughter]"),
    ("Medic", "participant", "He wears it well. I take it home with me."),
)


def transcript(turns) -> Transcript:
    """A transcript of (speaker, role, text) turns."""
    spans, position = [], 0
    for ordinal, (speaker, role, text) in enumerate(turns):
        start_ms = None if ordinal % 2 else ordinal * 1000
        spans.append(Turn(ordinal, speaker, role, start_ms, None, position, position + len(text), frozenset()))
        position += len(text) + 1
    return Transcript("\n".join(text for _speaker, _role, text in turns), tuple(spans), ())


@dataclass
class Small:
    """An open study with two coders, two documents, four codes, some codings and a theme."""

    study: Study
    lead: CoderId
    other: CoderId
    round: RoundId
    documents: list[DocumentId] = field(default_factory=list)
    codes: dict[str, CodeId] = field(default_factory=dict)
    codings: list[CodingId] = field(default_factory=list)
    theme: ThemeId | None = None

    def passage(self, words: str, document: int = 0) -> Passage:
        """Where these words stand."""
        text = transcript((FIRST, SECOND)[document]).text
        start = text.index(words)
        return Passage(self.documents[document], start, start + len(words))

    def apply(self, words: str, *names: str, document: int = 0, **more) -> list[CodingId]:
        """Put codes on these words as the acting coder."""
        codes = [self.codes[name] for name in names]
        passage = self.passage(words, document)
        return coding.apply_codes(self.study, passage=passage, codes=codes, round_id=self.round, **more)


def small_study(path: Path, *, another: bool = False) -> Small:
    """The small study at a path. It is made once, since a closed study is one file that can be copied; unless it is to
    be another study than the one before.
    """
    if another or not _MADE:
        made = _make(path)
        if another:
            return made
        made.study.close()
        _MADE.append((path.read_bytes(), made))
    file, made = _MADE[0]
    path.write_bytes(file)
    study = Study.open(path)
    study.act_as(made.lead)
    return replace(made, study=study, documents=[*made.documents], codes={**made.codes}, codings=[*made.codings])


_MADE: list[tuple[bytes, Small]] = []


def _make(path: Path) -> Small:
    study = Study.create(path, title="Small", coder="Ana Lima")
    made = Small(study, study.coder, team.add_coder(study, name="Bo Ek"), rounds(study)[0].id)
    for name, kind, turns in (("INT-1", "interview", FIRST), ("FG-1", "focus group", SECOND)):
        incoming = documents.Incoming(name, transcript(turns), kind=kind, group="Residents")
        made.documents.append(documents.import_document(study, incoming))
    made.codes["Scene"] = codebook.add_code(study, name="Scene", kind="category")
    for name in ("Calling", "Fear"):
        made.codes[name] = codebook.add_code(study, name=name, parent=made.codes["Scene"])
    made.codes["Wear"] = codebook.add_code(study, name="Wear", definition=codebook.Definition(brief="What it costs."))
    made.codings += made.apply("I rang them.", "Calling")
    made.codings += made.apply("I was afraid.", "Fear", comment="of what?", certainty="unsure")
    made.codings += made.apply("I take it home with me.", "Wear", document=1)
    study.act_as(made.other)
    made.codings += made.apply("I rang them. 😀 They came at once", "Calling")
    study.act_as(made.lead)
    made.theme = themes.add_theme(study, name="Boots", concept="Help arrives as noise.")
    themes.gather_codes(study, made.theme, codes=[made.codes["Fear"]])
    return made
