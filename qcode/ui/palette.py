"""The colours of coded text: light, dark, and two of high contrast, with twelve code slots in each.

A study stores a code's slot, never a colour. A slot is a hue and a pattern: slots that share a pattern lie far apart in
hue for every kind of colour vision, so colour is never the only cue. In high contrast there are no tints: lines with
their patterns tell the codes. Colours are written #rrggbb, in sRGB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Pattern = Literal["solid", "dashes", "dots", "dash-dot", "double", "long dashes"]


@dataclass(frozen=True, slots=True)
class CodeColour:
    """How one slot looks: a soft tint under the text, a strong stripe, an ink for its name, and a line pattern."""

    name: str
    tint: str
    stripe: str
    ink: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class TextColours:
    """The colours of the reading column and its margins; the selection is laid over tints at its strength.

    `dimmed_text` is for what is there to be read but not to be coded.
    """

    background: str
    text: str
    quiet_text: str
    margin_text: str
    dimmed_text: str
    selection: str
    selection_strength: float
    caret: str
    codes: tuple[CodeColour, ...]

    def code(self, slot: int) -> CodeColour:
        """The look of a slot; numbers past the last begin again."""
        return self.codes[slot % len(self.codes)]


_SLOTS: tuple[tuple[str, Pattern], ...] = (
    ("blue", "solid"),
    ("orange", "dashes"),
    ("green", "dots"),
    ("magenta", "dash-dot"),
    ("olive", "double"),
    ("violet", "dots"),
    ("sky", "long dashes"),
    ("red", "solid"),
    ("teal", "double"),
    ("pink", "dash-dot"),
    ("brown", "long dashes"),
    ("slate", "dashes"),
)

# Each row is tint, stripe, ink; made in OKLCH at one lightness per column, then checked against every kind of vision.
_LIGHT_CODES = (
    ("#dae7fe", "#285cc2", "#285cc2"),
    ("#ffdfc9", "#d77500", "#ae5e04"),
    ("#cbf2d2", "#218a45", "#17843f"),
    ("#ffdbe9", "#b32474", "#b32474"),
    ("#eee8bb", "#968813", "#7f7301"),
    ("#eae0ff", "#6b30af", "#6b30af"),
    ("#caecff", "#2b99ca", "#017ca7"),
    ("#ffddd9", "#b32322", "#b32322"),
    ("#c5f1ec", "#04736c", "#04736c"),
    ("#fedce3", "#df6889", "#be4b6d"),
    ("#fddfcf", "#6f3f22", "#6f3f22"),
    ("#dee7f2", "#546577", "#546577"),
)

_DARK_CODES = (
    ("#293956", "#719def", "#719def"),
    ("#4f321b", "#f99f55", "#f99f55"),
    ("#23412a", "#69c27e", "#69c27e"),
    ("#4f2d3c", "#e770a9", "#e770a9"),
    ("#3f3a15", "#dbcd62", "#dbcd62"),
    ("#3e3252", "#a780e6", "#a780e6"),
    ("#1f3d4d", "#7dd0fa", "#7dd0fa"),
    ("#522e29", "#e86156", "#e86156"),
    ("#19413d", "#44b2aa", "#44b2aa"),
    ("#4d2f36", "#ffb2c2", "#ffb2c2"),
    ("#47352b", "#bc8c71", "#bc8c71"),
    ("#343a40", "#9dadbe", "#9dadbe"),
)


def _codes(rows: tuple[tuple[str, str, str], ...]) -> tuple[CodeColour, ...]:
    return tuple(
        CodeColour(name, tint, stripe, ink, pattern)
        for (name, pattern), (tint, stripe, ink) in zip(_SLOTS, rows, strict=True)
    )


LIGHT = TextColours(
    background="#fdfcfa",
    text="#22252a",
    quiet_text="#525862",
    margin_text="#676d77",
    dimmed_text="#80868f",
    selection="#4c90ea",
    selection_strength=0.24,
    caret="#22252a",
    codes=_codes(_LIGHT_CODES),
)

DARK = TextColours(
    background="#1b1d21",
    text="#dcdfe4",
    quiet_text="#b3b9c3",
    margin_text="#9198a3",
    dimmed_text="#7c838e",
    selection="#2f6fd0",
    selection_strength=0.26,
    caret="#f2f4f7",
    codes=_codes(_DARK_CODES),
)

# No tint, the stripes of the usual sets, and inks of 7 : 1 or more.
_INKS_ON_WHITE = (
    *("#2453af", "#864803", "#11632f", "#9f2067", "#625801", "#6b30af"),
    *("#015f80", "#a82120", "#03625c", "#923a54", "#6f3f22", "#4a5969"),
)
_INKS_ON_BLACK = (
    *("#719def", "#f99f55", "#69c27e", "#e770a9", "#dbcd62", "#aa85e7"),
    *("#7dd0fa", "#eb7369", "#44b2aa", "#ffb2c2", "#bc8c71", "#9dadbe"),
)

BLACK_ON_WHITE = TextColours(
    background="#ffffff",
    text="#000000",
    quiet_text="#262626",
    margin_text="#262626",
    dimmed_text="#595959",
    selection="#2f74ff",
    selection_strength=0.45,
    caret="#000000",
    codes=_codes(
        tuple(("#ffffff", row[1], ink) for row, ink in zip(_LIGHT_CODES, _INKS_ON_WHITE, strict=True)),
    ),
)

WHITE_ON_BLACK = TextColours(
    background="#000000",
    text="#ffffff",
    quiet_text="#e6e6e6",
    margin_text="#e6e6e6",
    dimmed_text="#a3a3a3",
    selection="#2f74ff",
    selection_strength=0.5,
    caret="#ffffff",
    codes=_codes(
        tuple(("#000000", row[1], ink) for row, ink in zip(_DARK_CODES, _INKS_ON_BLACK, strict=True)),
    ),
)


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of a colour, each from 0 to 1, in sRGB."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def over(top: str, strength: float, below: str) -> str:
    """The colour seen where one is laid over another with a strength from 0 to 1."""
    mixed = (
        strength * above + (1 - strength) * under for above, under in zip(channels(top), channels(below), strict=True)
    )
    return "#" + "".join(f"{round(255 * part):02x}" for part in mixed)
