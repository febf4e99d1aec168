"""What files say beside the talk, such as a date or a place: which of it tells nothing about anyone."""

from __future__ import annotations

from typing import Final

from qcode.transcripts.preamble import is_personal
from qcode.transcripts.roles import folded
from qcode.transcripts.words import FORM_KEYS, PERSONAL_KEYS, word_set

_HARMLESS: Final = word_set(
    "length duration language lang mode format version notation conventions software encoding quality words turns",
    "duracion idioma modo formato duree langue dauer sprache",
)
_JOINING: Final = word_set("of the in and de la del audio recording interview grabacion entrevista min minutes")
_LONGEST: Final = 60


def identifies(key: str, value: str) -> bool:
    """Whether an entry may tell who somebody is, so that it is better left out: everything not known to be harmless.

    A key is harmless where all its words are, as in "Length" or "Audio quality"; long values and dates never are.
    """
    words = folded(key).split()
    known = any(word in _HARMLESS for word in words) and all(word in _HARMLESS | _JOINING for word in words)
    return not known or len(value) > _LONGEST or is_personal(key, value)


def known_key(key: str) -> str:
    """The key in lower case without accents where forms have it everywhere; empty for one of somebody's own."""
    words = folded(key).split()
    known = FORM_KEYS | PERSONAL_KEYS | _HARMLESS | _JOINING
    return " ".join(words) if words and all(word in known for word in words) else ""
