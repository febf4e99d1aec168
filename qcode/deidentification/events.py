"""What stands in brackets in a transcript and is nobody's name: [inaudible], [laughs], and replacements made before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

EVENTS: Final = (
    "inaudible",
    "unclear",
    "unintelligible",
    "indecipherable",
    "crosstalk",
    "overlapping",
    "overlapping talk",
    "overlapping speech",
    "simultaneous talk",
    "laughs",
    "laugh",
    "laughter",
    "laughing",
    "chuckles",
    "giggles",
    "sighs",
    "sigh",
    "cries",
    "crying",
    "sobs",
    "coughs",
    "cough",
    "sneezes",
    "sniffs",
    "whispers",
    "pause",
    "long pause",
    "short pause",
    "silence",
    "music",
    "applause",
    "noise",
    "background noise",
    "phone rings",
    "knock at door",
    "interruption",
    "recording stops",
    "recording paused",
    "end of recording",
    "redacted",
    "sic",
    "foreign",
    "foreign language",
)
"""The closed list of events; a time or a number may follow, as in [inaudible 00:12:03]."""

_EVENT: Final = re.compile(
    rf"[\[(](?:{'|'.join(sorted(EVENTS, key=len, reverse=True))})(?:[\s,@-]*[\d:.]+\s*(?:s|sec|seconds)?)?[\])]",
    re.IGNORECASE,
)


def event_stretches(text: str, replacements: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Where events stand, and those replacements in brackets that are given, in order."""
    stretches = [found.span() for found in _EVENT.finditer(text)]
    if bracketed := sorted({one for one in replacements if one.startswith("[")}, key=len, reverse=True):
        stretches += [found.span() for found in re.finditer("|".join(map(re.escape, bracketed)), text)]
    return sorted(stretches)
