"""What is ordinary in the language of a talk, so that the beginning of a sentence makes no name of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from qcode import nlp
from qcode.deidentification.capitals import is_english
from qcode.deidentification.spanish_words import spanish_words
from qcode.deidentification.tokens import tokens

_GUESSED: Final = ("es", "pt", "fr", "it", "de", "nl", "pl", "ca", "sv", "da", "ro", "tr")
_SHARE_TO_GUESS: Final = 0.3
_ENOUGH_TO_GUESS: Final = 20_000


def ordinary_words(text: str, language: str = "") -> Collection[str]:
    """The words that are ordinary in the language of a text, in small letters; call it in a worker.

    A `language` other than English is believed where its words are known. Otherwise an English text needs none beside
    the rules' own, and for another the language is guessed: the one whose stop words make up most of the text, and at
    least three words in ten. A text of few words counts as English.
    """
    tag = language.replace("_", "-").split("-")[0].strip().lower()
    if tag and tag != "en" and (known := _words_of(tag)):
        return known
    words = tokens(text[:_ENOUGH_TO_GUESS])
    if is_english(words):
        return frozenset()
    shares = {tag: sum(word.small in stops for word in words) / len(words) for tag, stops in _stop_lists().items()}
    likeliest = max(shares, key=lambda tag: shares[tag])
    return _words_of(likeliest) if shares[likeliest] >= _SHARE_TO_GUESS else frozenset()


def _words_of(tag: str) -> frozenset[str]:
    stops = nlp.stop_words(tag)
    return stops | spanish_words() if tag == "es" else stops


def _stop_lists() -> dict[str, frozenset[str]]:
    return {tag: nlp.stop_words(tag) for tag in _GUESSED}
