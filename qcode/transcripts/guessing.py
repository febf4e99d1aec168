"""Which encoding a text without a mark is in: what its foreign letters and quotation marks look like decides.

A detector's statistics know languages but not transcripts, whose few foreign characters are mostly apostrophes and
dashes. So every candidate is read, and the one whose characters stand where such characters stand in writing wins;
the detector's opinion counts between readings that look alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import islice
from typing import Final

_WESTERN: Final = ("windows-1252", "macroman", "iso8859-15")
_USUAL: Final = frozenset({"windows-1250", "windows-1251", "windows-1253", "windows-1254", "gb18030", "shift_jis"})
_WIDER: Final = {"ascii": "windows-1252", "iso-8859-1": "windows-1252", "iso-8859-9": "windows-1254"}
_SAMPLE: Final = 200_000
_JUDGED: Final = 4_000
_LETTERS: Final = 20_000
_OPINION: Final = 0.3
_ENOUGH: Final = 12
_STRAY: Final = 0.3
_LATIN_SHARE: Final = 0.8
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_CONTROLS: Final = re.compile(r"[\x80-\x9f\ufffd]")
_ALONE: Final = frozenset("àáâèéêíóôöøúåæìÀÁÉÈÍÓÔÖØÅÚ")
_OPENING: Final = frozenset("‘“„‚«‹")
_CLOSING: Final = frozenset("’”“‘»›")
_BESIDE_QUOTES: Final = frozenset(" \t\r\n\xa0\u202f")
_MONEY: Final = frozenset("£€¥¢")
_MARKS: Final = frozenset("\xa0\u202f°§©®™•·½¼¾×÷±²³ªº´µ%¬¶¡¿")
_DASHES: Final = frozenset("–—…‑―")
_BEYOND_THE_WEST: Final = 0x600
_GOOD, _FAIR, _BAD = 1.0, 0.0, -1.0


def guess(data: bytes) -> tuple[str, str]:
    """The text in bytes that are neither UTF-8 nor marked, and the name of the encoding that was taken."""
    opinions = _opinions(data)
    readings = {name: text for name in dict.fromkeys((*_WESTERN, *opinions)) if (text := _read(data, name)) is not None}
    loudest = max(opinions.values(), default=0.0) or 1.0
    evidence = sum(byte >= 0x80 for byte in data[:_SAMPLE])
    heard = _OPINION * min(evidence / _ENOUGH, 1.0) / loudest

    def score(name: str) -> float:
        text = readings[name]
        return plausibility(text) + heard * opinions.get(name, 0.0) + _prior(name) - _STRAY * _strays(text)

    best = max(readings, key=score)
    return readings[best], best


def _opinions(data: bytes) -> dict[str, float]:
    """What the detector thinks, from the lines that tell encodings apart: those with bytes beyond ASCII."""
    from chardet import EncodingEra, detect_all

    lines = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    eras = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO | EncodingEra.LEGACY_MAC
    opinions: dict[str, float] = {}
    for found in detect_all(lines, ignore_threshold=True, encoding_era=eras):
        name = (found["encoding"] or "ascii").lower()
        name = _WIDER.get(name, name)
        opinions[name] = max(opinions.get(name, 0.0), found["confidence"])
    return opinions


def _read(data: bytes, encoding: str) -> str | None:
    """The text, or None where bytes mean nothing in the encoding, or mean control characters that nobody types."""
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
    return None if encoding != "macroman" and _CONTROLS.search(text) else text


def _prior(encoding: str) -> float:
    """How common an encoding is among transcripts, where nothing else tells."""
    return 0.1 if encoding == "windows-1252" else 0.05 if encoding in {*_WESTERN, *_USUAL} else 0.0


def _strays(text: str) -> bool:
    """Whether letters of another script are strewn among Latin ones, instead of making up the talk."""
    letters = [_script(letter) for letter in text[:_LETTERS] if letter.isalpha()]
    latin = letters.count("LATIN")
    return latin > _LATIN_SHARE * len(letters) and latin < len(letters)


def plausibility(text: str) -> float:
    """How much the characters beyond ASCII look as if they had been typed: from -1 to 1, by the first thousands."""
    judged = [_judged(text, found.start()) for found in islice(_FOREIGN.finditer(text), _JUDGED)]
    return sum(judged) / len(judged) if judged else _FAIR


def _judged(text: str, place: int) -> float:
    """Whether the character at a place belongs between its neighbours."""
    sign = text[place]
    before, after = text[place - 1] if place else "\n", text[place + 1 : place + 2] or "\n"
    if sign.isalpha() and sign not in "ªºˆˇﬁﬂ":
        return _letter(text, place, before, after)
    if sign in _OPENING or sign in _CLOSING:
        return _quotation_mark(sign, before, after)
    if sign in _DASHES:
        return _dash(sign, before, after)
    if sign in _MONEY or sign in _MARKS:
        return _mark(sign, before, after)
    return _GOOD if ord(sign) >= _BEYOND_THE_WEST and unicodedata.category(sign)[0] in "MP" else _BAD


def _mark(sign: str, before: str, after: str) -> float:
    """Signs of measure and money stand beside numbers and blanks, never inside a word."""
    if sign in "¿¡":
        return _GOOD if not before.isalnum() and after not in _BESIDE_QUOTES else _BAD
    if sign == "°":
        return _GOOD if not before.isalpha() and (after in "CF" or not after.isalpha()) else _BAD
    if before.isalpha() and after.isalpha() and sign not in _BESIDE_QUOTES:
        return _BAD
    return _GOOD if sign in _MONEY else _FAIR


def _letter(text: str, place: int, before: str, after: str) -> float:
    """A letter stands in a word of its own script, with a capital only at the beginning of it."""
    sign = text[place]
    script = _script(sign)
    if any(_script(beside) not in (script, "") for beside in (before, after)):
        return _BAD
    if (before.islower() and sign.isupper()) or (sign.islower() and after.isupper()):
        return _BAD
    if script != "LATIN":
        return _GOOD
    if not before.isalpha() and not after.isalpha():
        return _FAIR if sign in _ALONE else _BAD
    if sign.isupper() and after.isupper() and text[place + 2 : place + 3].islower():
        return _BAD
    return _BAD if _is_mostly_foreign(text, place) else _GOOD


def _is_mostly_foreign(text: str, place: int) -> bool:
    """Whether four letters or more in a row are beyond ASCII, as in no language of Latin letters."""
    start = place
    while start and place - start < 4 and _is_foreign_letter(text[start - 1]):
        start -= 1
    end = place + 1
    while end < len(text) and end - start < 4 and _is_foreign_letter(text[end]):
        end += 1
    return end - start >= 4


def _is_foreign_letter(sign: str) -> bool:
    return sign.isalpha() and not sign.isascii()


def _dash(sign: str, before: str, after: str) -> float:
    """A long dash may join words or break one off, a short one stands alone or between numbers."""
    if sign == "–":
        return _FAIR if before.isalpha() and after.isalpha() else _GOOD
    return _FAIR if sign == "—" and before.isalpha() and after == " " else _GOOD


def _quotation_mark(sign: str, before: str, after: str) -> float:
    """Marks open before a word, close after one, and the apostrophe stands in or beside one."""
    if sign == "’" and (before.isalnum() or after.isalnum()):
        return _GOOD
    opens = sign in _OPENING and not before.isalnum()
    closes = sign in _CLOSING and before not in _BESIDE_QUOTES and not after.isalnum()
    spaced = sign in "«»" and (before in _BESIDE_QUOTES or after in _BESIDE_QUOTES)
    return _GOOD if opens or closes or spaced else _BAD


@cache
def _script(sign: str) -> str:
    """The script of a letter, by its name; all of East Asia counts as one, and what is no letter has none."""
    if not sign.isalpha():
        return ""
    script = unicodedata.name(sign, "UNKNOWN").split()[0]
    return "EAST ASIA" if script in {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"} else script
