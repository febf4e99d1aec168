"""What every plot stands on: a figure made quietly, type that has every letter, names that wrap, and its places."""

from __future__ import annotations

import logging
import textwrap
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from qcode.reports.plot_values import Key, Look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FAMILY: Final = "DejaVu Sans"
LINE: Final = 1.25
"""The height of a line in sizes of its type."""
PAD: Final = 0.08
"""The room between things, in inches."""
_POINTS: Final = 72.0
_PARTS: Final = ("backends.backend_agg", "collections", "figure", "font_manager", "patches")
_NOT_OURS: Final = frozenset({"backend", "backend_fallback", "toolbar", "interactive", "datapath"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a plot that leads somewhere: what it stands for, in words, and its box in the data of its axes."""

    key: Key
    words: str
    axes: Axes
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure, and its places in the order in which keys go through them."""

    figure: Figure
    spots: tuple[Spot, ...]


@contextmanager
def quiet(letters: str = "") -> Iterator[None]:
    """Draw with the settings that plots come with, whatever stands in somebody's files, and without a word to anyone.

    Letters that the usual type lacks are looked for in the types of the computer; one that nobody has is a box.
    """
    import matplotlib as mpl

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    settings: dict[Any, Any] = dict(_settings())
    settings |= {
        "font.family": [FAMILY, *more_families(letters)],
        "text.parse_math": False,
        "axes.unicode_minus": True,
        "pdf.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "qcode",
    }
    with warnings.catch_warnings(), mpl.rc_context(settings):
        warnings.simplefilter("ignore")
        yield


def load() -> None:
    """Load what draws; the first time ever it looks through the types of the computer, which takes seconds."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    for part in _PARTS:
        import_module(f"matplotlib.{part}")


def figure_of(width: float, height: float, look: Look) -> Figure:
    """An empty figure of a size in inches, which knows no window."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = Figure(figsize=(width, height), dpi=look.dpi, facecolor=look.background)
    FigureCanvasAgg(made)
    return made


def axes_in(figure: Figure, left: float, bottom: float, right: float, top: float, look: Look) -> Axes:
    """Bare axes with these margins, in inches."""
    width, height = figure.get_size_inches()
    across = max(width - left - right, 0.2) / width
    up = max(height - bottom - top, 0.2) / height
    made = figure.add_axes((left / width, bottom / height, across, up))
    made.set_facecolor(look.background)
    made.set_xticks([])
    made.set_yticks([])
    for spine in made.spines.values():
        spine.set_visible(False)
    return made


def add_note(figure: Figure, words: str, look: Look) -> None:
    """Write a note below a figure, which becomes higher for it; all that is in it stays as large as it was."""
    from matplotlib.patches import Rectangle

    width, height = (float(size) for size in figure.get_size_inches())
    small = max(look.size * 0.9, 7.0)
    letters = max(int((width - 2 * PAD) / (small * 0.53 / _POINTS)), 20)
    lines = textwrap.fill(" ".join(words.split()), letters)
    more = size_of(lines, small)[1] + 2 * PAD
    share = height / (height + more)
    for axes in figure.axes:
        left, bottom, wide, high = axes.get_position().bounds
        axes.set_position((left, 1 - share + bottom * share, wide, high * share))
    for text in figure.texts:
        text.set_y(1 - share + text.get_position()[1] * share)
    for box in (one for one in figure.get_children() if isinstance(one, Rectangle) and one is not figure.patch):
        box.set_y(1 - share + box.get_y() * share)
        box.set_height(box.get_height() * share)
    figure.set_size_inches(width, height + more)
    figure.text(PAD / width, PAD / (height + more), lines, va="bottom", color=look.quiet, fontsize=small)


def wrapped(name: str, width: int = 24, lines: int = 4) -> str:
    """A name on so many lines of so many letters at most; one that is longer still ends with an ellipsis."""
    found = textwrap.wrap(" ".join(name.split()), width, max_lines=lines, placeholder=" …")
    return "\n".join(found)


def size_of(words: str, points: float) -> tuple[float, float]:
    """How wide and high words are, in inches."""
    lines = words.split("\n")
    width = max(_width(line, points) for line in lines)
    return width, points * LINE * len(lines) / _POINTS


def widest(words: Iterable[str], points: float) -> float:
    """The width of the widest of some words, in inches."""
    return max((size_of(one, points)[0] for one in words), default=0.0)


def highest(words: Iterable[str], points: float) -> float:
    """The height of the highest of some words, in inches."""
    return max((size_of(one, points)[1] for one in words), default=0.0)


def letters_in(words: Iterable[str]) -> str:
    """The letters that are needed to write some words."""
    return "".join(sorted(set().union(*words)))


def stronger(low: str, high: str, share: float) -> str:
    """The colour between two, each #rrggbb, at a share of the way from the first to the second."""
    mixed = (round(a + (b - a) * min(max(share, 0.0), 1.0)) for a, b in zip(_parts(low), _parts(high), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def ink_on(ground: str, look: Look) -> str:
    """The colour of type on a ground, the text's or the background's, whichever is told from it more easily."""
    return max((look.text, look.background), key=lambda ink: _contrast(ink, ground))


@lru_cache(maxsize=32)
def more_families(letters: str) -> tuple[str, ...]:
    """Families of type on this computer that have letters which the usual one lacks; none where it has them all."""
    missing = {ord(letter) for letter in letters if not letter.isspace()} - _known(FAMILY)
    if not missing:
        return ()
    found = []
    for name in _families():
        held = missing & _known(name)
        if held:
            found.append(name)
            missing -= held
        if not missing:
            break
    return tuple(found)


@cache
def _settings() -> tuple[tuple[str, Any], ...]:
    """The settings that plots come with, save those that are about windows."""
    import matplotlib as mpl

    return tuple((key, value) for key, value in mpl.rcParamsDefault.items() if key not in _NOT_OURS)


@cache
def _families() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    names = {entry.name for entry in fontManager.ttflist if entry.style == "normal"}
    return tuple(sorted(names - {FAMILY}))


@lru_cache(maxsize=256)
def _known(family: str) -> frozenset[int]:
    """The letters of a family of type, as code points."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    try:
        font = get_font(findfont(FontProperties(family=family), fallback_to_default=False))
    except (OSError, RuntimeError, ValueError):  # a type that is damaged, or gone since it was noted
        return frozenset()
    return frozenset(font.get_charmap())


@lru_cache(maxsize=8192)
def _width(line: str, points: float) -> float:
    from matplotlib.font_manager import FontProperties, fontManager, get_font

    names = [FAMILY, *more_families("".join(sorted(set(line))))]
    paths = [fontManager.findfont(FontProperties(family=name)) for name in names]
    font = get_font(paths)
    font.set_size(points, _POINTS)
    font.set_text(line, 0.0)
    width, _height = font.get_width_height()
    return float(width) / 64 / _POINTS


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _light(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2.1 defines it."""
    parts = [part / 255 for part in _parts(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(ink: str, ground: str) -> float:
    low, high = sorted((_light(ink), _light(ground)))
    return (high + 0.05) / (low + 0.05)
