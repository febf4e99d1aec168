"""What speech recognition writes where nobody spoke: thanks and credits that it learnt from the ends of videos."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.transcripts.roles import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

_PHRASES: Final = (
    r"thank(?: you|s)(?: (?:so|very) much| all)? for (?:watching|viewing)(?: (?:this|the|my) video| everyone)?",
    r"(?:please |don't forget to |remember to )?(?:like (?:share )?and )?subscribe(?: to (?:my|our|the|this) channel)?",
    r"(?:i'll )?see you (?:guys )?(?:in the |next )(?:next )?(?:video|time)",
    r"(?:english )?(?:subtitles|captions|captioning|subtitling|transcript|transcription) (?:by|provided by) .{2,60}",
    r"transcribed by https?://\S{4,60}",
    r"transcript emily beynon",
    r".{0,40}amara\.org.{0,30}",
    r"sous-titrage .{2,60}",
    r"sous-titres (?:realises|fait|par) .{2,60}",
    r"untertitel(?:ung)? (?:der|des|im auftrag|von) .{2,60}",
    r"subtitulos (?:realizados|creados|por) .{2,60}",
    r"legendas (?:pela|por) .{2,60}",
    r"sottotitoli (?:creati|a cura|di|e revisione).{2,60}",
    r"napisy (?:stworzone|przez) .{2,60}",
    r"ondertitel(?:s|ing) (?:ingediend|door) .{2,60}",
    r"vielen dank (?:furs|fur das) zu(?:schauen|sehen)",
    r"(?:muchas )?gracias por (?:ver|mirar)(?: el| este)?(?: video)?",
    r"suscribete(?: al canal)?",
    r"merci d'avoir regarde(?: cette video)?",
    r"n'oubliez pas de vous abonner.{0,40}",
    r"obrigad[oa] por (?:assistir|ver)(?: o video)?",
    r"grazie per (?:la visione|aver guardato.{0,20})",
    r"(?:редактор субтитров|субтитры|продолжение следует).{0,60}",
    r"(?:请不吝点赞|請不吝點贊|字幕(?:by|由|:|:)).{0,40}",
    folded("ご視聴ありがとうございました"),
    folded("시청해 ?주셔서 감사합니다"),
)
_ANY: Final = re.compile("|".join(f"(?:{phrase})" for phrase in _PHRASES))
_SENTENCES: Final = re.compile(r"[.!?。！]\s{1,10}|\n")
_AROUND: Final = " \t.!?¡¿。！[]()♪-–—\"'“”"
_LONGEST: Final = 120


def is_suspect(cues: Iterable[str]) -> bool:
    """Whether a caption says, as one of its sentences, what is known to be made up in silence; it is never removed."""
    return any(_is_made_up(sentence) for cue in cues for sentence in _SENTENCES.split(cue))


def _is_made_up(sentence: str) -> bool:
    bare = sentence.strip(_AROUND)
    if not 4 <= len(bare) <= _LONGEST:
        return False
    return _ANY.fullmatch(folded(bare.replace("’", "'"))) is not None
