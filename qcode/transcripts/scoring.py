"""Which candidates are speakers: points for and against, then the label table.

Accepted from 3 points, offered unticked at 1 or 2, dropped below.

    +3  seen three times or more, or named by the file's own markup (a voice tag)
    +2  seen twice
    +2  beside a time stamp
    +2  in brackets before a colon
    +2  in bold at the start of its paragraph
    +2  in a heading or speaker style, alone on its line
    +2  shaped like a code or a word for a part (P03, INT, Moderadora, Speaker A), or one of a numbered series that
        recurs (Police Chief #1, #2)
    +2  explained in a key line
    +2  another spelling of a label accepted without this
    +2  seen once but like a name, where nearly every line (half of the captions) begins with a label
    +1  all capitals
    +1  others speak between its turns
    +1  seen once but like a name: so that it is offered
    +1  in capitals with two spaces behind, where every accepted label is (oral history); those with one get no support
    -1  a word in lower case that is no particle of a name
    -2  a verb of saying; -2  another word of running speech, in lower case
    -2  seen once and nothing else
    -3  begins with a word of the stop list
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.labels import is_code
from qcode.transcripts.notation import word_count
from qcode.transcripts.preamble import announced
from qcode.transcripts.roles import folded, role_word, spelling
from qcode.transcripts.values import LabelChoice
from qcode.transcripts.words import PARTICLES, RUNNING, SAYING, STOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qcode.transcripts.labels import Candidate, Line
    from qcode.transcripts.values import Role

ACCEPTED: Final = 3
OFFERED: Final = 1
LABEL_LIMIT: Final = 500
CANDIDATE_LIMIT: Final = 20_000
FIRST_LINE: Final = 120
_MOST_LINES: Final = 0.9
_MOST_CUES: Final = 0.5
_ENOUGH_LINES: Final = 10


class TooManyLabelsError(QcodeError):
    """More labels seem to be speakers than any conversation has."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(
            f"{name} seems to have {count} speakers, more than {LABEL_LIMIT}. It may not be a transcript; "
            "check the file, or save its talk as plain text."
        )


@dataclass(slots=True)
class _Evidence:
    """Everything that is known about one label."""

    label: str
    candidates: list[Candidate]
    places: list[int]
    first_line: str
    in_caption: bool
    words: int = 0
    alternates: bool = False
    in_series: bool = False
    wide: bool = False

    @property
    def count(self) -> int:
        return len(self.candidates)

    def has(self, feature: str) -> bool:
        return any(getattr(candidate, feature) for candidate in self.candidates)

    def shaped(self, *shapes: str) -> bool:
        return any(candidate.shape in shapes for candidate in self.candidates)


def choose(lines: Sequence[Line], header: int, known: Mapping[str, Role] | None = None) -> tuple[LabelChoice, ...]:
    """The label table for lines, of which the first `header` are a form: accepted labels first, then offered ones.

    `known` are roles that the layout gives.
    """
    found = _evidence(lines, header)
    roles = {**(known or {}), **announced(lines)}
    scores = {label: _score(evidence, label in roles) for label, evidence in found.items()}
    _add_support(scores, found, lines[header:])
    accepted = {label for label, score in scores.items() if score >= ACCEPTED}
    ordered = _in_order(scores, found, accepted)
    proposals = _proposals(ordered, found, accepted)
    return tuple(
        LabelChoice(
            label=label,
            count=found[label].count,
            words=found[label].words,
            first_line=found[label].first_line,
            role=roles.get(label) or role_word(label) or "participant",
            accepted=label in accepted,
            score=scores[label],
            name=label,
            proposal=proposals.get(label),
        )
        for label in ordered
    )


def _in_order(scores: Mapping[str, int], found: Mapping[str, _Evidence], accepted: set[str]) -> list[str]:
    """Accepted labels as they come, then those to offer, frequent ones first, without what only precedes the talk."""
    by_place = sorted(accepted, key=lambda label: found[label].places[0])
    begins = found[by_place[0]].places[0] if by_place else -1
    offered = [
        label
        for label, score in scores.items()
        if OFFERED <= score < ACCEPTED and (found[label].places[-1] > begins or found[label].in_caption)
    ]
    offered.sort(key=lambda label: (-found[label].count, found[label].places[0]))
    return [*by_place, *offered[:LABEL_LIMIT]]


def _evidence(lines: Sequence[Line], header: int) -> dict[str, _Evidence]:
    found: dict[str, _Evidence] = {}
    order: list[str] = []
    for place, line in enumerate(lines[header:], header):
        candidate = line.candidate
        if candidate is None or line.block.goes_on:
            continue
        talk = line.text[candidate.talk_at :]
        if (evidence := found.get(candidate.label)) is None:
            in_caption = line.block.kind == "cue"
            evidence = found[candidate.label] = _Evidence(candidate.label, [], [], talk[:FIRST_LINE], in_caption)
        evidence.candidates.append(candidate)
        evidence.places.append(place)
        evidence.words += word_count(talk)
        evidence.wide |= line.text[: candidate.talk_at].endswith("  ")
        order.append(candidate.label)
    for label in _alternating(order):
        found[label].alternates = True
    for label in _in_series(found.values()):
        found[label].in_series = True
    return found


def _alternating(order: Sequence[str]) -> set[str]:
    """The labels between two of whose places another label stands."""
    last: dict[str, int] = {}
    alternating = set()
    for place, label in enumerate(order):
        if place - last.get(label, place) > 1:
            alternating.add(label)
        last[label] = place
    return alternating


def _in_series(found: Iterable[_Evidence]) -> set[str]:
    """The labels that differ only in their number from others, where at least one of the series comes back."""
    series: dict[str, list[_Evidence]] = {}
    for evidence in found:
        stem = evidence.label.rstrip("0123456789")
        if stem != evidence.label and stem.strip(" #"):
            series.setdefault(stem, []).append(evidence)
    return {
        evidence.label
        for members in series.values()
        if sum(member.count for member in members) > len(members)
        for evidence in members
    }


def _score(evidence: _Evidence, explained: bool) -> int:
    points = _points_for(evidence) + 2 * explained
    once = evidence.count == 1
    if once and _is_like_a_name(evidence) and not evidence.shaped("bold", "alone"):
        points += 1
    elif once and points <= 0:
        points -= 2
    return points - _points_against(evidence)


def _points_for(evidence: _Evidence) -> int:
    label = evidence.label
    return (
        (3 if evidence.count >= 3 else 2 if evidence.count == 2 else 0)
        + 3 * evidence.shaped("voice")
        + 2 * any(candidate.time_ms is not None for candidate in evidence.candidates)
        + 2 * evidence.shaped("bracket")
        + 2 * (evidence.has("bold") and (evidence.count > 1 or is_code(label) or not evidence.shaped("bold", "alone")))
        + 2 * (evidence.has("styled") and evidence.shaped("alone"))
        + 2 * (is_code(label) or evidence.in_series)
        + (label.isupper())
        + evidence.alternates
    )


def _points_against(evidence: _Evidence) -> int:
    if evidence.shaped("voice"):
        return 0
    words = evidence.label.split()
    lower = [word for word in words if word[0].islower() and word not in PARTICLES]
    plain = {folded(word).strip(",.") for word in words}
    part = role_word(evidence.label) is not None
    return (
        3 * (folded(words[0]).strip(",.") in STOP)
        + 2 * (not SAYING.isdisjoint(plain))
        + 2 * (not part and not RUNNING.isdisjoint(folded(word).strip(",") for word in lower))
        + (bool(lower) and not part)
    )


def _is_like_a_name(evidence: _Evidence) -> bool:
    return not any(word[0].islower() and word not in PARTICLES for word in evidence.label.split())


def _add_support(scores: dict[str, int], found: Mapping[str, _Evidence], lines: Sequence[Line]) -> None:
    """Points that hang on what was accepted without them."""
    accepted = {label for label, score in scores.items() if score >= ACCEPTED}
    spellings = {spelling(label) for label in accepted}
    wide = bool(accepted) and all(found[label].wide and label.isupper() for label in accepted)
    everywhere = _labels_nearly_all(lines, accepted, {label for label, score in scores.items() if score >= OFFERED})
    for label, score in scores.items():
        if label in accepted or score < OFFERED or (wide and not found[label].wide):
            continue
        scores[label] += wide and label.isupper()
        fits = everywhere and found[label].count == 1 and _is_like_a_name(found[label])
        if fits or spelling(label) in spellings:
            scores[label] += 2


def _labels_nearly_all(lines: Sequence[Line], accepted: set[str], offered: set[str]) -> bool:
    """Whether nearly every paragraph begins with an accepted label, or half of the captions with one that might be."""
    starts = [line for line in lines if line.first]
    captions = bool(starts) and starts[0].block.kind == "cue"
    labels = offered if captions else accepted
    labelled = sum(line.candidate is not None and line.candidate.label in labels for line in starts)
    if captions:
        return labelled >= _MOST_CUES * len(starts)
    return len(starts) >= _ENOUGH_LINES and labelled >= _MOST_LINES * len(starts)


def _proposals(ordered: Sequence[str], found: Mapping[str, _Evidence], accepted: set[str]) -> dict[str, str]:
    """For each label that seems another spelling of a more frequent one, that one."""
    alike: dict[tuple[str, str], list[str]] = {}
    for label in ordered:
        alike.setdefault(spelling(label), []).append(label)
    proposals = {}
    for group in alike.values():
        chief = max(group, key=lambda label: (label in accepted, found[label].count, len(label)))
        proposals.update({label: chief for label in group if label != chief})
    return proposals


def measured(
    choices: Sequence[LabelChoice], counts: Mapping[str, int], talk: Mapping[str, Sequence[str]]
) -> tuple[LabelChoice, ...]:
    """The table with the turns, words and first line that each accepted label really gets."""
    return tuple(
        replace(
            choice,
            count=counts.get(choice.label, 0),
            words=sum(map(word_count, talk.get(choice.label, ()))),
            first_line=next(iter(talk.get(choice.label, ())), "").partition("\n")[0][:FIRST_LINE],
        )
        if choice.accepted
        else choice
        for choice in choices
    )


def likely_interviewer(choices: Sequence[LabelChoice], talk: Mapping[str, Sequence[str]]) -> str | None:
    """The label that asks in more than half of its turns and says the least, where none has the role already."""
    speakers = [choice for choice in choices if choice.accepted]
    if len(speakers) < 2 or any(choice.role == "interviewer" for choice in speakers):
        return None
    quietest = min(speakers, key=lambda choice: choice.words)
    turns = talk.get(quietest.label, ())
    asked = Counter("?" in turn for turn in turns)[True]
    return quietest.label if turns and asked > len(turns) / 2 else None
