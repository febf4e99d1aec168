"""What people say, counted: word lists, and how often hits fall on documents and groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Final, Literal

from sqlalchemy.orm import Session

from qcode.analysis.stop_words import stop_words
from qcode.analysis.word_list import Talk, Tally, WordList, spoken_words, tally, word_list
from qcode.queries.search.grounds import Ground, Opened, grounds, opened
from qcode.queries.search.searching import ANSWERS, TRANSCRIPTS, Hit
from qcode.study import Study

_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose talk is counted; None stands for all. Interviewers and events are left out unless they are asked for."""

    documents: Collection[str] | None = None
    groups: Collection[str] | None = None
    roles: Collection[str] | None = ANSWERS


def word_counts(
    study: Study,
    voices: Voices | None = None,
    *,
    without_stop_words: bool = True,
    more_stop_words: Collection[str] = (),
    shortest: int = 1,
) -> WordList:
    """The words that are said by how often, by document (its id) and group: a second's work for a million words.

    Stop words are those of the languages of the documents.
    """
    chosen = voices or Voices()
    with study.read() as session:
        where = grounds(session, study.coder, TRANSCRIPTS, chosen.documents)
        skipped = {word for more in more_stop_words for word in spoken_words(more)}
        if without_stop_words:
            skipped.update(*(stop_words(language) for language in {ground.language for ground in where}))
        return word_list(_talk(study, session, where, chosen), stop_words=skipped, shortest=shortest)


def hit_counts(
    study: Study, hits: Iterable[Hit], voices: Voices | None = None, *, by: Literal["document", "group"] = "document"
) -> tuple[Tally, ...]:
    """How many of the hits fall on each document (its id) or group, and how many on a thousand words said there.

    The voices must be those that were searched, or rates mean nothing.
    """
    sizes = word_counts(study, voices, without_stop_words=False)
    found = [hit for hit in hits if hit.kind == "transcript"]
    if by == "document":
        return tally((hit.source for hit in found), sizes.sizes)
    return tally((hit.group for hit in found), sizes.group_sizes)


def _talk(study: Study, session: Session, where: Iterable[Ground], voices: Voices) -> Iterator[Talk]:
    for batch in batched(where, _AT_ONCE):
        for one in opened(study, session, batch):
            yield from _talk_in(one, voices)


def _talk_in(one: Opened, voices: Voices) -> Iterator[Talk]:
    """What is said in a document, group by group; a document in which nobody is asked for says nothing."""
    said: dict[str, list[str]] = {}
    for piece in range(len(one.pieces)):
        voice = one.voice(piece)
        if voices.roles is not None and voice.role not in voices.roles:
            continue
        if voices.groups is None or voice.group in voices.groups:
            said.setdefault(voice.group, []).append(one.text[one.pieces.starts[piece] : one.pieces.ends[piece]])
    for group, texts in said.items():
        yield Talk(one.ground.source.owner, group, "\n".join(texts))
