"""Transcripts on their way into the study: where names may stand in them, and how they are written without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qcode import nlp
from qcode.deidentification import Category, Entity, Recognised
from qcode.deidentification.labels import words_apart
from qcode.deidentification.languages import ordinary_words
from qcode.deidentification.replacing import Replacing
from qcode.deidentification.strings import LABEL, Looked, Source, look_through
from qcode.deidentification.transcripts import transcript_replaced_by
from qcode.operations.deidentification import CHECKED
from qcode.transcripts import Transcript
from qcode.ui.transcripts.words import FILES

_ENDINGS = frozenset(pattern.removeprefix("*").lower() for pattern in FILES.split())


@dataclass(frozen=True, slots=True)
class Arriving:
    """A transcript as it would be imported.

    `key` is what the import knows its file by, `title` the document's name, `file` the name of the file.
    """

    key: str
    title: str
    transcript: Transcript
    language: str = "en"
    file: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A transcript with every replacement made, and how many there were of each category in its talk.

    `changed` says whether anything differs, also in a title, a label or the metadata: then nothing that would let one
    try names, such as the hash of the file, may be kept.
    """

    title: str
    file: str
    transcript: Transcript
    counts: tuple[tuple[Category, int], ...]
    changed: bool
    state: str = CHECKED


class Writing:
    """The answers of one moment, to write transcripts by; values alone, so that a worker can use it."""

    def __init__(self, decisions: Sequence[Entity]) -> None:
        self._replacing = Replacing(decisions)

    def written(self, arriving: Arriving) -> Written:
        """A transcript as it is imported."""
        transcript, done = transcript_replaced_by(arriving.transcript, self._replacing, document=arriving.key)
        stem, ending = split_name(arriving.file)
        title, file = self.clean(arriving.title), self.clean(stem) + ending
        changed = (title, file) != (arriving.title, arriving.file) or transcript != arriving.transcript
        return Written(title, file, transcript, done.counts, changed)

    def clean(self, text: str) -> str:
        """Any other text, such as the name of a file; words run together are parted where that shows more names."""
        read = (self._replacing(text.replace("_", " ")), self._replacing(words_apart(text)))
        done = max(read, key=lambda one: sum(name.end - name.start for name in one.replacements))
        return done.text if done.replacements else text


def split_name(file: str) -> tuple[str, str]:
    """A file's name and its ending; what stands behind a dot and is no ending of transcripts may name somebody."""
    ending = Path(file).suffix
    return (file.removesuffix(ending), ending) if ending.lower() in _ENDINGS else (file, "")


def sources_of(arriving: Arriving) -> tuple[Source, ...]:
    """Where names may stand: the talk first, then labels, title, questions and metadata, each text once."""
    turns = arriving.transcript.turns
    parts = [("", arriving.transcript.text)]
    parts += [(LABEL, speaker) for speaker in dict.fromkeys(turn.speaker for turn in turns) if speaker]
    names = dict.fromkeys(words_apart(name) for name in (arriving.title, split_name(arriving.file)[0]))
    parts += [("title", name) for name in names if name.strip()]
    parts += [("question", question) for question in dict.fromkeys(turn.question for turn in turns) if question]
    parts += [(name, value) for name, value in arriving.transcript.metadata.items() if value.strip()]
    return tuple(Source(arriving.key, part, text) for part, text in parts)


def looked_through(arriving: Arriving, names: Sequence[str], *, ask_model: bool) -> Looked:
    """What may identify someone in a transcript; call it in a worker. Without a model its part says so."""
    asked = ask_model and nlp.may_know_names(arriving.language)
    found = nlp.entities(arriving.transcript.text, arriving.language) if asked else None
    recognised = None if found is None else [Recognised(*one) for one in found]
    ordinary = ordinary_words(arriving.transcript.text, arriving.language)
    return look_through(arriving.key, sources_of(arriving), key_list=names, recognised=recognised, ordinary=ordinary)
