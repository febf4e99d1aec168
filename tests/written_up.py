"""A small invented study, coded by three and written up: gardeners of a shared plot and the rota for its one pump."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from opened_again import open_again

from qcode.ids import CodeId, CoderId, DocumentId, ParticipantId, RoundId, ThemeId
from qcode.operations import assignments, codebook, coding, documents, quotes, team, themes
from qcode.operations.passages import Passage
from qcode.operations.rounds import add_round
from qcode.queries.transcripts.documents import speakers_of
from qcode.study import Study
from qcode.transcripts.values import Transcript, Turn

TALK = {
    "Plot 1": (
        "I: How did you come to the rota?",
        "P: My mother put my name on it. I did not ask for a turn.",
        "I: And your first turn?",
        "P: Six in the morning. Nobody had said that the handle sticks. I nearly cried.",
        "P: Then Odell came over and leaned on it. He never said a word. That is how I learned it.",
    ),
    "Plot 2": (
        "I: Who looks after the pump?",
        "P: Whoever is angry enough. I wrote the dates on the shed door. People read a door.",
        "P: But I skip my own turn. I do. My beans forgive me.",
    ),
    "Plot 3": (
        "I: What happens when somebody forgets?",
        "P: Nothing happens. That is the trouble. The barrels stay empty and everyone is polite.",
        "P: I leave a can at their gate. It is not a gift, it is a remark.",
    ),
    "Plot 4": (
        "I: Do you share tools?",
        "P: We share the fork. The fork has three owners and no home 😀.",
        "P: With water it is different. Water I count.",
    ),
    "Plot 5": (
        "I: Would you change the rota?",
        "P: I would burn it. Look at the sky and ask your neighbour, that is a rota.",
        "P: I never needed a list to be decent.",
    ),
    "Shed talk": (
        "Moderator: Who was here in the dry year?",
        "Yusra: All of us. We carried it from the canal.",
        "Bram: She carried it. I held the gate and gave advice.",
        "Yusra: He did hold the gate very well.",
    ),
}
PEOPLE = {
    "Plot 1": {"P": ("Ines", "newcomer", "Lower field")},
    "Plot 2": {"P": ("Odell", "founder", "Upper field")},
    "Plot 3": {"P": ("Marit", "newcomer", "Lower field")},
    "Plot 4": {"P": ("Teo", "", "Upper field")},
    "Shed talk": {"Yusra": ("Yusra", "founder", "Upper field"), "Bram": ("Bram", "newcomer", "Lower field")},
}
CODES = ("Being shown", "Counting water", "Letting it slide", "Gates and doors")
# One line a coding: the coders by initial, the document, the words, the code.
CODED = (
    ("ABC", "Plot 1", "Then Odell came over and leaned on it.", "Being shown"),
    ("AB", "Plot 1", "That is how I learned it.", "Being shown"),
    ("C", "Plot 1", "I nearly cried.", "Letting it slide"),
    ("ABC", "Plot 2", "I wrote the dates on the shed door.", "Gates and doors"),
    ("AB", "Plot 2", "But I skip my own turn.", "Letting it slide"),
    ("ABC", "Plot 3", "I leave a can at their gate.", "Gates and doors"),
    ("AC", "Plot 3", "It is not a gift, it is a remark.", "Counting water"),
    ("B", "Plot 3", "Nothing happens.", "Letting it slide"),
    ("ABC", "Plot 4", "Water I count.", "Counting water"),
    ("A", "Plot 4", "The fork has three owners and no home 😀.", "Counting water"),
    ("BC", "Plot 5", "I would burn it.", "Letting it slide"),
    ("ABC", "Shed talk", "I held the gate and gave advice.", "Gates and doors"),
    ("AB", "Shed talk", "He did hold the gate very well.", "Being shown"),
)


@dataclass(frozen=True, slots=True)
class WrittenUp:
    """The study and the ids of what is in it, by name."""

    study: Study
    coders: dict[str, CoderId]
    round: RoundId
    documents: dict[str, DocumentId]
    participants: dict[str, ParticipantId]
    codes: dict[str, CodeId]
    themes: dict[str, ThemeId]

    def passage(self, document: str, words: str) -> Passage:
        """Where these words stand."""
        text = transcript(TALK[document]).text
        start = text.index(words)
        return Passage(self.documents[document], start, start + len(words))


def write_up(path: Path, *, done: bool = True) -> WrittenUp:
    """The study in a file of one's own: six documents, four codes in a category, thirteen passages, three themes, four
    quotes. It is made once, since a closed study is one file that can be copied.
    """
    if done not in _MADE:
        made = _make(path, done=done)
        made.study.close()
        _MADE[done] = path.read_bytes(), made
    file, made = _MADE[done]
    path.write_bytes(file)
    study = Study.open(path)
    study.act_as(made.coders["A"])
    return replace(made, study=study)


def swap_codes(made: WrittenUp) -> None:
    """Let B, who acts from then on, mark the fork, where A counts water, as letting it slide, and hand that in."""
    open_again(made.study, made.round, made.coders["B"], [made.documents["Plot 4"]])
    made.study.act_as(made.coders["B"])
    passage = made.passage("Plot 4", "The fork has three owners and no home 😀.")
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Letting it slide"]], round_id=made.round)
    assignments.hand_in_round(made.study, round_id=made.round)


_MADE: dict[bool, tuple[bytes, WrittenUp]] = {}


def _make(path: Path, *, done: bool) -> WrittenUp:
    study = Study.create(path, title="The pump at Sallow Lane", coder="Asta Lind")
    people = {"A": study.coder, "B": team.add_coder(study, name="Bo Ek"), "C": team.add_coder(study, name="Cem Usta")}
    team.describe_study(study, question="How do gardeners share one pump?", approach="coding reliability")
    round_id = add_round(study, name="Main", everyone=True)
    made = WrittenUp(study, people, round_id, {}, {}, {}, {})
    _import(made)
    category = codebook.add_code(study, name="Sharing", kind="category")
    for name in CODES:
        brief = codebook.Definition(brief=f"Talk about {name.lower()}.")
        made.codes[name] = codebook.add_code(study, name=name, parent=category, definition=brief)
    _code(made, done=done)
    _gather(made)
    return made


def transcript(lines: tuple[str, ...]) -> Transcript:
    """Talk as a transcript, one turn a line, with its speaker before the colon."""
    turns, start = [], 0
    for number, line in enumerate(lines):
        speaker, said = line.split(": ", 1)
        role = "interviewer" if speaker in ("I", "Moderator") else "participant"
        turns.append(Turn(number, speaker, role, None, None, start, start + len(said), frozenset()))
        start += len(said) + 1
    return Transcript("\n".join(line.split(": ", 1)[1] for line in lines), tuple(turns), ())


def _import(made: WrittenUp) -> None:
    for name, lines in TALK.items():
        group = "focus group" if name == "Shed talk" else "interview"
        made.documents[name] = documents.import_document(
            made.study, documents.Incoming(name, transcript(lines), kind=group)
        )
        with made.study.read() as session:
            speakers = {row.label: row.id for row in speakers_of(session, made.documents[name]).values()}
        for label, (pseudonym, role, field) in PEOPLE.get(name, {}).items():
            who = documents.add_participant(made.study, pseudonym=pseudonym, role=role, group=field)
            made.participants[pseudonym] = who
            documents.describe_speaker(made.study, speakers[label], role="participant", participant=who)


def _code(made: WrittenUp, *, done: bool) -> None:
    for initial, coder in made.coders.items():
        made.study.act_as(coder)
        for who, document, words, code in CODED:
            if initial in who:
                passage = made.passage(document, words)
                coding.apply_codes(made.study, passage=passage, codes=[made.codes[code]], round_id=made.round)
        for document in made.documents.values() if done else ():
            assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    made.study.act_as(made.coders["A"])


def _gather(made: WrittenUp) -> None:
    concept = "Decency is measured in cans, and never called that."
    ledger = themes.add_theme(made.study, name="A ledger nobody keeps", concept=concept)
    gates = themes.add_theme(made.study, name="Gates that speak", parent=ledger)
    shown = themes.add_theme(made.study, name="Learning by leaning")
    made.themes.update({"ledger": ledger, "gates": gates, "shown": shown})
    themes.gather_codes(made.study, ledger, codes=[made.codes["Counting water"], made.codes["Letting it slide"]])
    themes.gather_codes(made.study, gates, codes=[made.codes["Gates and doors"]])
    quotes.pick_quote(made.study, ledger, passage=made.passage("Plot 4", "With water it is different. Water I count."))
    quotes.pick_quote(made.study, ledger, passage=made.passage("Plot 5", "I would burn it."), stance="dissents")
    quotes.pick_quote(made.study, gates, passage=made.passage("Plot 3", "I leave a can at their gate."))
    shed = "I held the gate and gave advice.\nHe did hold the gate very well."
    quotes.pick_quote(made.study, gates, passage=made.passage("Shed talk", shed))
