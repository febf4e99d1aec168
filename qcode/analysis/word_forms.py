"""The other forms of a word that a study's texts use: letter and letters, go and went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from threading import Lock
from typing import Any, Final

from qcode import nlp
from qcode.text.words import folded

_STEMMERS: Final = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


class WordForms:
    """Finds forms of one word among the words of a vocabulary, which are spelled as they are written, in small letters.

    With a spaCy model of the language two words are forms of one when they have the same lemma, otherwise when they
    have the same stem; in a language without a stemmer each word stands for itself.
    """

    def __init__(self, vocabulary: Iterable[str], language: str) -> None:
        self._language = language
        self._known: dict[str, set[str]] = {}
        self._one_at_a_time = Lock()
        self._spellings: dict[str, list[str]] = {}
        for word in sorted(vocabulary):
            self._spellings.setdefault(folded(word).strip(), []).append(word)

    def of(self, word: str) -> set[str]:
        """The folded words that are forms of this folded word, which is one of them."""
        with self._one_at_a_time:
            if word not in self._known:
                self._known[word] = self._found(word)
            return self._known[word]

    def _found(self, word: str) -> set[str]:
        spelled = self._spellings.get(word, [word])
        bases = nlp.lemmas(spelled, self._language)
        if bases is not None:
            return {word} | self._with_lemmas(word, set(bases))
        stems = set(self._stems(spelled))
        same_start = self._beginning({word[:1]})
        return {word} | {folded(one).strip() for one, stem in zip(same_start, self._stems(same_start), strict=True)
                         if stem in stems}  # fmt: skip

    def _with_lemmas(self, word: str, wanted: set[str]) -> set[str]:
        """Words that begin alike are asked for their lemmas; others can only be forms that no rule leads to."""
        irregular = {folded(form).strip() for lemma in wanted for form in nlp.irregular_forms(lemma, self._language)}
        likely = self._beginning({word[:1], *(folded(lemma).strip()[:1] for lemma in wanted)})
        found = nlp.lemmas(likely, self._language) or []
        same = {folded(one).strip() for one, lemma in zip(likely, found, strict=True) if lemma in wanted}
        return same | (irregular & self._spellings.keys())

    def _beginning(self, letters: set[str]) -> list[str]:
        return [one for word, spelled in self._spellings.items() if word[:1] in letters for one in spelled]

    def _stems(self, words: Sequence[str]) -> list[str]:
        return list(words) if self._stemmer is None else list(self._stemmer.stemWords(words))

    @cached_property
    def _stemmer(self) -> Any:
        return _stemmer(self._language)


def stems(words: Sequence[str], language: str) -> list[str]:
    """The stem of each word, as quickly as can be; in a language without a stemmer the word itself."""
    stemmer = _stemmer(language)
    return list(words) if stemmer is None else list(stemmer.stemWords(words))


def _stemmer(language: str) -> Any:
    import snowballstemmer

    name = _STEMMERS.get(language.replace("_", "-").split("-")[0].strip().lower())
    return None if name is None else snowballstemmer.stemmer(name)
