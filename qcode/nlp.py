"""The one place that knows spaCy, which is loaded when it is first needed."""

from __future__ import annotations

from functools import cache
from itertools import accumulate, pairwise
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

_ANY_LANGUAGE: Final = "xx"
_LINES_AT_ONCE: Final = 200
# A memory zone belongs to the pipeline's vocabulary, so two threads may not be in one at a time.
_ONE_AT_A_TIME: Final = Lock()


def sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The sentences of a canonical text as half-open code-point ranges, in order and without overlap.

    Ranges are trimmed of white space, never empty and never cross a newline; together they hold every character that
    is not white space. Boundaries come from spaCy's blank pipeline with its sentencizer, never from a model, so they
    depend on nothing that a user can install; marks that open a sentence stay with it. `language` is a code such as
    "en", "es" or "es-MX"; one that spaCy does not know is treated as any language.
    """
    found: list[tuple[int, int]] = []
    with _ONE_AT_A_TIME:
        pipeline = _pipeline(language.replace("_", "-").split("-")[0].strip().lower())
        for chunk in _chunks(text):
            with pipeline.memory_zone():
                for start, line in chunk:
                    found += _line_sentences(pipeline, line, start)
    return found


@cache
def _pipeline(language: str) -> Language:
    """A blank pipeline; languages whose tokenizer needs another package fall back as unknown ones do."""
    import spacy

    try:
        pipeline = spacy.blank(language or _ANY_LANGUAGE)
    except ImportError:
        return _pipeline(_ANY_LANGUAGE)
    pipeline.add_pipe("sentencizer")
    return pipeline


def _chunks(text: str) -> Iterator[list[tuple[int, str]]]:
    """The lines that hold something, with their offsets, a few at a time so that memory stays small."""
    chunk: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            chunk.append((start, line))
        if len(chunk) == _LINES_AT_ONCE:
            yield chunk
            chunk = []
        start += len(line) + 1
    if chunk:
        yield chunk


def _line_sentences(pipeline: Language, line: str, start: int) -> Iterator[tuple[int, int]]:
    pipeline.max_length = max(pipeline.max_length, len(line) + 1)
    cuts = [_before_opening(line, sentence.start_char) for sentence in pipeline(line).sents]
    for left, right in pairwise(accumulate([*cuts, len(line)], max)):
        piece = line[left:right]
        lead = len(piece) - len(piece.lstrip())
        if talk := piece.strip():
            yield start + left + lead, start + left + lead + len(talk)


def _before_opening(line: str, cut: int) -> int:
    """The cut moved in front of the quotes, brackets and ¿ ¡ that the sentencizer leaves with the sentence before."""
    left = cut
    while left and not line[left - 1].isspace() and not line[left - 1].isalnum():
        left -= 1
    return left if left and line[left - 1].isspace() else cut
