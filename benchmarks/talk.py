"""Plausible talk from a small grammar: the same seed gives the same words, to the promised length exactly."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks import words
from qcode.transcripts import Role, Transcript, Turn

_WORDS_A_SECOND = 2.5
_WITH_EMOJI = 0.03
_EVENT = 0.02

Spoken = tuple[str | None, Role, str]


def interview(seed: int, count: int) -> Transcript:
    """An interview of exactly `count` words, one line for each turn."""
    spoken: list[Spoken] = []
    left = count
    for speaker, role, text in _conversation(Random(seed)):
        said = text.split()[:left]
        spoken.append((speaker, role, " ".join(said)))
        left -= len(said)
        if not left:
            return transcript(spoken)
    raise AssertionError("a conversation does not end by itself")


def long_interview(seed: int, characters: int) -> Transcript:
    """An interview of exactly `characters` code points."""
    spoken: list[Spoken] = []
    length = -1
    for turn in _conversation(Random(seed)):
        spoken.append(turn)
        length += 1 + len(turn[2])
        if length >= characters:
            break
    text = "\n".join(said for _speaker, _role, said in spoken)[:characters].rstrip().ljust(characters, ".")
    return transcript([(who, role, line) for (who, role, _), line in zip(spoken, text.split("\n"), strict=False)])


def transcript(spoken: list[Spoken]) -> Transcript:
    """What an import makes of these turns."""
    turns: list[Turn] = []
    start = spoken_words = 0
    for ordinal, (speaker, role, text) in enumerate(spoken):
        begins = round(spoken_words / _WORDS_A_SECOND * 1000)
        turns.append(Turn(ordinal, speaker, role, begins, None, start, start + len(text), frozenset()))
        start += len(text) + 1
        spoken_words += len(text.split())
    return Transcript("\n".join(text for _speaker, _role, text in spoken), tuple(turns), ())


def _conversation(random: Random) -> Iterator[Spoken]:
    """Question and answer without end, now and then with a noise between them."""
    name = random.choice(words.GIVEN_NAMES)
    while True:
        yield "I", "interviewer", _sentence(random, words.QUESTIONS)
        if random.random() < _EVENT:
            yield None, "event", random.choice(words.EVENTS)
        yield name, "participant", " ".join(_answer(random))


def _answer(random: Random) -> Iterator[str]:
    for _ in range(random.choice((1, 2, 3, 3, 4, 5, 7, 9))):
        sentence = _sentence(random, words.ANSWERS)
        yield f"{sentence} {random.choice(words.EMOJI)}" if random.random() < _WITH_EMOJI else sentence


def _sentence(random: Random, patterns: tuple[words.Pattern, ...]) -> str:
    parts = random.choice(patterns)
    text = "".join(part if isinstance(part, str) else random.choice(part) for part in parts)
    return text[0].upper() + text[1:]
