"""Rare phrases in quotes: words that only whoever is quoted uses in the study, close together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from qcode.analysis.rare_phrases import LANGUAGES, Phrase, rare_phrases, stems, used_by
from qcode.deidentification.common_words import COMMON
from qcode.deidentification.lexicon import FUNCTION_WORDS, NEVER
from qcode.models import Document
from qcode.queries.attribution.anonymity import Quotable
from qcode.queries.attribution.crowd import read_crowd
from qcode.queries.attribution.policy import read_policy
from qcode.queries.people.attributes import read_sheet
from qcode.queries.transcripts.sources import sources
from qcode.study import Study

_TEAM: Final = "team"
_ORDINARY: Final[Mapping[str, frozenset[str]]] = {"en": COMMON | FUNCTION_WORDS | NEVER}


def phrases_in(study: Study, quotes: Iterable[Quotable]) -> Mapping[str, list[Phrase]]:
    """The rare phrases of each quote that has any, placed in the quote; interviewers use words as anybody does.

    Only English is looked at, whose ordinary words are listed here, and only what somebody says.
    """
    rows = list(quotes)
    if not rows:
        return {}
    with study.read() as session:
        table = read_sheet(session, "participant")
        crowd = read_crowd(session, table, read_policy(session, table))
        languages = {row.id: _tag(row.language) for row in session.query(Document).where(Document.alive)}
        known = sources(study, session, [one for one, tag in languages.items() if tag in LANGUAGES])
    talk: dict[tuple[str, str], list[str]] = {}
    for document, source in known.items():
        for turn in source.turns:
            who = crowd.by_speaker.get(turn.speaker or "", _TEAM)
            talk.setdefault((who, languages[document]), []).append(source.text[turn.start : turn.end])
    used = used_by((who, language, "\n".join(texts)) for (who, language), texts in talk.items())
    out = {}
    for row in rows:
        language = languages.get(row.document, "")
        if row.document in known and any(turn.speaker for turn in known[row.document].turns_in(row.start, row.end)):
            text = known[row.document].text[row.start : row.end]
            out[row.id] = rare_phrases(text, language, ordinary=_ordinary(language), used=used)
    return {quote: found for quote, found in out.items() if found}


def _tag(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].strip().lower()


@cache
def _ordinary(language: str) -> frozenset[str]:
    """The stems of what is ordinary in a language."""
    return frozenset(stems(_ORDINARY[language], language))
