"""What a main line of CHAT says when its codes are taken out: every word that was spoken stays.

Fillers (&-um), fragments (&+fr) and repeated or corrected words (<he is> [//]) were spoken; events (&=laughs) become
[laughs]; pauses such as (.) and (1.5) and doubtful talk (xxx) stay as transcripts write them.
"""

from __future__ import annotations

import re
from typing import Final

_BRACKETS: Final = re.compile(r"\[[^\[\]]{0,200}\]")
_HEARD: Final = re.compile(r"\[=! ([^\[\]]{1,80})\]|&=([\w:]{1,60})|(\((?:\.{1,3}|\d{1,3}(?:[.:]\d{0,3}){0,2})\))")
_SHORTENED: Final = re.compile(r"\(([^\W\d_]{1,20}(?:['’][^\W\d_]{1,10})?)\)")
_LINKER: Final = re.compile(r"(?<!\S)\+(?:[<^,+≈≋]|\"(?![/.]))(?=\s|$)")
_ENDING: Final = re.compile(r"(?<!\S)\+[/\"!?.]{0,4}([.?!])(?=\s|$)")
_TRAILING: Final = re.compile(r"(?<!\S)\+\.\.([.?])(?=\s|$)")
_SPOKEN: Final = re.compile(r"(?<!\S)&[-+~](?=\w)")
_SUFFIX: Final = re.compile(r"(?<=\w)@[a-z]{1,2}(?:[:$][\w+&:]{1,20})?(?!\w)")
_OMITTED: Final = re.compile(r"(?<!\S)0[^\W\d_][\w']{0,30}(?!\S)|(?<!\S)0(?=\s)")
_SIGNS: Final = re.compile("[<>‹›⌈⌉⌊⌋ˈˌ„‡↫\u2260]")
_BEFORE_MARK: Final = re.compile(r"\s{1,20}([.?!,;:…])(?=\s|$)")
_SPACES: Final = re.compile(r"[ \t]{2,}")
_KEPT: Final = "\ue000"


def plain_words(text: str) -> str:
    """A main line as it was spoken, without CHAT's codes."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[3] or f"[{(found[1] or found[2]).replace(':', ' ').strip()}]")
        return f" {_KEPT} "

    text = _HEARD.sub(keep, text.replace(_KEPT, ""))
    text = _LINKER.sub("", _BRACKETS.sub(" ", text))
    text = _TRAILING.sub(lambda found: "…" if found[1] == "." else "…?", text)
    text = _ENDING.sub(r"\1", text)
    for code, said in ((_SPOKEN, ""), (_SUFFIX, ""), (_OMITTED, ""), (_SHORTENED, r"\1"), (_SIGNS, " ")):
        text = code.sub(said, text)
    text = text.replace("_", " ")
    pieces = text.split(_KEPT)
    text = "".join(piece + said for piece, said in zip(pieces, [*kept, ""], strict=False))
    return _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip()
