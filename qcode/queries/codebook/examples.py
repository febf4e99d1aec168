"""Examples of codes as they leave the house: without the document or the person that somebody wrote before them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from qcode.models import Document, Participant
from qcode.queries.codebook.tree import code_entries
from qcode.queries.memos import memos
from qcode.queries.transcripts.documents import document_text, documents
from qcode.study import Study

_QUOTED: Final = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“]+)“")
_STRAIGHT: Final = str.maketrans("‘’“”", "''\"\"")
_LEAST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Sources:
    """What documents and people are called, as they may be written before or behind an example."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, study: Study) -> Sources:
        """The names of all documents and participants of a study, the longest first."""
        with study.read() as session:
            found = {*session.scalars(select(Document.name).where(Document.alive))}
            found |= {*session.scalars(select(Participant.pseudonym).where(Participant.alive))}
        return cls(
            tuple(sorted((name for name in found if len(name.strip()) > 1), key=lambda name: (-len(name), name)))
        )

    def left_out(self, text: str) -> str:
        """A text without them where they say whose words it has: ``INT-1: …``, ``… (INT-1, p. 4)``, ``… – INT-1``."""
        if not self.names or not text:
            return text
        name = f"(?:{'|'.join(map(re.escape, self.names))})(?!\\w)"
        before = rf"^[ \t]*[(\[]?{name}(?:[ \t]*[,;/][^\n:“\"«]{{0,40}})?[)\]]?[ \t]*:[ \t]*"
        within = rf"[ \t]*[(\[][ \t]*{name}[^()\[\]\n]{{0,60}}[)\]]"
        behind = rf"[ \t]*[–—-][ \t]*{name}(?:,[^\n“\"«]{{0,40}})?[ \t]*$"
        for cited in (before, within, behind):
            text = re.sub(cited, "", text, flags=re.MULTILINE)
        return text.strip()


@dataclass(frozen=True, slots=True)
class Typed:
    """In how many examples of the codebook, and in how many memos, words stand as they do in a document."""

    examples: int
    memos: int


def typed_words(study: Study) -> Typed:
    """Where words of documents were typed into examples and memos; of memos, only what stands in quotation marks."""
    left_out = Sources.of(study).left_out
    fields = [left_out(text) for one in code_entries(study) for text in (one.typical_example, one.near_miss) if text]
    examples = [_stretches(text) or (text,) for text in fields]
    quoting = [found for one in memos(study) if (found := _stretches(one.text))]
    wanted = {_plain(words) for said in (*examples, *quoting) for words in said if len(words.split()) >= _LEAST_WORDS}
    there = _standing(study, wanted)
    return Typed(*(sum(_is_there(said, there) for said in among) for among in (examples, quoting)))


def _stretches(text: str) -> tuple[str, ...]:
    """What stands in quotation marks."""
    return tuple(next(filter(None, found.groups())) for found in _QUOTED.finditer(text))


def _is_there(said: Iterable[str], there: Collection[str]) -> bool:
    return any(_plain(words) in there for words in said)


def _standing(study: Study, wanted: Collection[str]) -> set[str]:
    """Those words that stand in a document."""
    found: set[str] = set()
    for text in _texts(study) if wanted else ():
        found |= {words for words in wanted if words not in found and words in text}
    return found


def _texts(study: Study) -> Iterator[str]:
    for row in documents(study, counted=False):
        yield _plain(document_text(study, row.id).text)


def _plain(words: str) -> str:
    """Words that can be compared, however their marks and spaces were typed."""
    return " ".join(words.translate(_STRAIGHT).split()).strip(" .,;:…")
