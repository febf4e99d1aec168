"""Annotation in tiers, as ELAN and Praat keep it: which tiers are talk, and their talk in the order of time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.columns import OPTION
from qcode.transcripts.reader import Parsed
from qcode.transcripts.roles import folded, role_word
from qcode.transcripts.values import Block, Column, Layout
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qcode.transcripts.values import Counts, Role

TIER_LIMIT: Final = 500
_SAMPLE: Final = 120
_PIECES: Final = re.compile(r"[\W_]+")
_WORDS: Final = (
    "note notes comment comments nota notas comentario comentarios kommentar kommentare notizen remark "
    "remarks gesture gestures gaze gloss glosses translation translations traduccion traduction ubersetzung "
    "ft phone phones phoneme phonemes phon mau kan syllable syllables word words token tokens pos morph "
    "morphs lemma noise noises silence silences pause pauses music event events topic topics code codes "
    "coding activity"
)
_ASIDE: Final = frozenset(_WORDS.split())


class TierUseError(QcodeError):
    """A tier is to be used as something that tiers are not."""

    def __init__(self, use: str) -> None:
        super().__init__(f"A tier cannot be used as “{use}”. It can be used as: text, ignore.")


class TooManyTiersError(QcodeError):
    """A file has more tiers than any recording has voices."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(
            f"{name} has {count:,} tiers, more than {TIER_LIMIT}. Keep only those with talk and save it again."
        )


@dataclass(frozen=True, slots=True)
class Span:
    """What one annotation says, and when; times are None where the file gives none."""

    start_ms: int | None
    end_ms: int | None
    text: str
    line_no: int | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: its name, who speaks in it, its annotations, and whether it explains another tier."""

    name: str
    speaker: str
    spans: tuple[Span, ...]
    depends: bool = False


def parsed_tiers(
    name: str,
    given: Sequence[Tier],
    options: Mapping[str, str],
    *,
    layout: str,
    encoding: str | None = None,
    metadata: Mapping[str, str],
    warnings: Iterable[str],
    rules: Counts = (),
) -> Parsed:
    """What a reader gives for tiers, with those left out as columns that are not used.

    The option `column:TIER` set to "text" or "ignore" says whether a tier is talk. Raises TierUseError,
    TooManyTiersError.
    """
    if len(given) > TIER_LIMIT:
        raise TooManyTiersError(name, len(given))
    tiers = _told_apart(given)
    used = _used(tiers, options)
    spoken = [tier for tier in tiers if tier.name in used]
    blocks = tuple(_blocks(spoken))
    spans = sum(len(tier.spans) for tier in tiers)
    return Parsed(
        blocks=blocks,
        encoding=encoding,
        metadata=metadata,
        warnings=(*warnings, *_warnings(tiers, used)),
        rules=rules,
        layout=Layout(layout, len(blocks), spans, "annotations"),
        columns=tuple(_column(tier, used) for tier in tiers),
        roles=_roles(spoken),
    )


def _told_apart(given: Sequence[Tier]) -> list[Tier]:
    """The tiers with names of their own; one without a name is called by its place."""
    seen: set[str] = set()
    made = []
    for place, tier in enumerate(given, 1):
        name = wanted = " ".join(tier.name.split()) or f"Tier {place}"
        while name in seen:
            name = f"{wanted} ({place})"
            wanted += "'"
        seen.add(name)
        made.append(replace(tier, name=name, speaker=" ".join(tier.speaker.split()) or name))
    return made


def _used(tiers: Sequence[Tier], options: Mapping[str, str]) -> set[str]:
    """The names of tiers that are talk: as somebody chose, else by their names, else the one with most words."""
    asked = {tier.name: options[OPTION + tier.name] for tier in tiers if OPTION + tier.name in options}
    for use in asked.values():
        if use not in {"text", "ignore"}:
            raise TierUseError(use)
    likely = {tier.name for tier in tiers if tier.spans and not tier.depends and not _is_aside(tier.name)}
    if not likely:
        fullest = max((tier for tier in tiers if tier.spans), key=_words, default=None)
        likely = {fullest.name} if fullest else set()
    return {tier.name for tier in tiers if asked.get(tier.name, "text" if tier.name in likely else "ignore") == "text"}


def _is_aside(name: str) -> bool:
    return not _ASIDE.isdisjoint(_PIECES.split(folded(name)))


def _words(tier: Tier) -> int:
    return sum(len(span.text.split()) for span in tier.spans)


def _blocks(tiers: Sequence[Tier]) -> Iterator[Block]:
    """The talk in the order of time; what has no time stays behind what comes before it in its tier."""
    timed = []
    for tier in tiers:
        since = 0
        for span in tier.spans:
            since = since if span.start_ms is None else span.start_ms
            timed.append((since, tier.speaker, span))
    for _, speaker, span in sorted(timed, key=lambda entry: entry[0]):
        end = span.end_ms if span.start_ms is not None and (span.end_ms or 0) >= span.start_ms else None
        yield Block(span.text, "para", span.start_ms, end, speaker, line_no=span.line_no)


def _column(tier: Tier, used: set[str]) -> Column:
    sample = next((" ".join(span.text.split()) for span in tier.spans), "")
    return Column(tier.name, "text" if tier.name in used else "ignore", sample[:_SAMPLE], len(tier.spans))


def _roles(tiers: Sequence[Tier]) -> dict[str, Role]:
    """The parts that tiers are named for where their speakers have other names."""
    known = ((tier.speaker, role_word(tier.name)) for tier in tiers if tier.speaker != tier.name)
    return {speaker: role for speaker, role in known if role}


def _warnings(tiers: Sequence[Tier], used: set[str]) -> Iterator[str]:
    left = [tier for tier in tiers if tier.spans and tier.name not in used]
    if left:
        spans = sum(len(tier.spans) for tier in left)
        yield (
            f"{counted(len(left), 'tier')} with {counted(spans, 'annotation')} left out as not being talk. "
            "Choose the tiers to read if that is wrong."
        )
    untimed = sum(span.start_ms is None for tier in tiers if tier.name in used for span in tier.spans)
    if untimed:
        yield f"{counted(untimed, 'annotation')} without a time kept behind the one before in the same tier."
    shared = [
        speaker
        for speaker, same in groupby(sorted(tier.speaker for tier in tiers if tier.name in used))
        if len(list(same)) > 1
    ]
    if shared:
        yield f"{counted(len(shared), 'speaker')} with more than one tier; check that no talk is in there twice."
