"""Plots: values in, a figure out, which a window shows or a file keeps. Nothing here knows a window or a study."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qcode.files import extension, write_file
from qcode.reports.plot_cells import draw_bars, draw_heat
from qcode.reports.plot_curve import draw_curve
from qcode.reports.plot_frame import Drawn, add_note, letters_in, quiet
from qcode.reports.plot_lanes import draw_lanes
from qcode.reports.plot_values import PRINT, Bars, Curve, Heat, Lanes, Look, Plot, Web
from qcode.reports.plot_web import draw_web

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

PLOT_EXTENSIONS: Final = (".png", ".svg", ".pdf")
PRINTED: Final = (6.7, 2.0)
"""The room a plot takes in print, in inches, unless it needs more: the width of a page's text."""
_MOST_DOTS: Final = 12_000


def draw(plot: Plot, look: Look = PRINT, room: tuple[float, float] = PRINTED) -> Drawn:
    """Draw a plot in at least this room, in inches; where its names and numbers need more, the figure is larger."""
    with quiet(letters_in(_words(plot))):
        match plot:
            case Heat():
                return draw_heat(plot, look, room)
            case Bars():
                return draw_bars(plot, look, room)
            case Web():
                return draw_web(plot, look, room)
            case Lanes():
                return draw_lanes(plot, look, room)
            case Curve():
                return draw_curve(plot, look, room)


@dataclass(frozen=True, slots=True)
class Written:
    """Words of a plot in dots from its top left: where they stand, and which side or middle of them stands there.

    `across` is "left", "center" or "right", `down` "top", "center" or "bottom"; `upright` ones run from below upwards.
    """

    words: str
    x: float
    y: float
    across: str
    down: str
    upright: bool
    size: float
    colour: str


def pixels(drawn: Drawn) -> tuple[int, int, bytes]:
    """A drawn plot as a picture: how wide and high, and its dots as red, green, blue and alpha, from the top left."""
    canvas: Any = drawn.figure.canvas
    with quiet():
        canvas.draw()
    wide, high = canvas.get_width_height()
    return wide, high, bytes(canvas.buffer_rgba())


def unwritten(drawn: Drawn) -> tuple[tuple[int, int, bytes], tuple[Written, ...]]:
    """The picture without most of its words, and these, for whoever writes them faster: that is most of the work."""
    figure = drawn.figure
    everything = [*figure.texts, *(one for axes in figure.axes for one in axes.texts)]
    apart = [one for one in everything if _is_plain(one)]
    for one in apart:
        one.set_visible(False)
    picture = pixels(drawn)
    for one in apart:
        one.set_visible(True)
    return picture, tuple(_written(one, picture[1], figure.dpi) for one in apart)


def type_file() -> Path:
    """The file of the type in which plots are written."""
    import matplotlib as mpl

    return Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")


def _is_plain(text: Text) -> bool:
    from matplotlib.text import Annotation

    return not isinstance(text, Annotation) and text.get_bbox_patch() is None and bool(text.get_text())


def _written(text: Text, high: int, dpi: float) -> Written:
    from matplotlib.colors import to_hex

    x, y = text.get_transform().transform(text.get_position())
    down = text.get_verticalalignment()
    return Written(
        text.get_text(), float(x), high - float(y), text.get_horizontalalignment(), down, bool(text.get_rotation()),
        float(text.get_fontsize()) * dpi / 72, to_hex(text.get_color()),
    )  # fmt: skip


def save_plot(
    plot: Plot, path: Path, look: Look = PRINT, room: tuple[float, float] = PRINTED, *, note: str = ""
) -> None:
    """Save a plot as PNG, SVG or PDF, as the ending says; nothing in the file tells who made it, where or when.

    The `note` stands under it, such as the sentence that says what is counted.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, PLOT_EXTENSIONS)
    figure = draw(plot, look, room).figure
    out = io.BytesIO()
    with quiet(letters_in([*_words(plot), note])):
        if note:
            add_note(figure, note, look)
        figure.savefig(out, format=ending[1:], dpi=_dots(figure, look), metadata=_told(ending, plot.title))
    write_file(path, out.getvalue())


def _dots(figure: Figure, look: Look) -> float:
    """Dots in an inch: as many as the look wants, but no picture is larger than what opens everywhere."""
    return min(look.dpi, _MOST_DOTS / float(max(figure.get_size_inches())))


def _told(ending: str, title: str) -> dict[str, Any]:
    """What a file says of itself: its title alone; what matplotlib would add is left out by None."""
    if ending == ".pdf":
        return {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
    if ending == ".svg":
        return {"Title": title, "Date": None, "Creator": None, "Format": None, "Type": None}
    return {"Title": title, "Software": None}


def _words(plot: Plot) -> list[str]:
    """Everything that is written in a plot."""
    match plot:
        case Heat():
            return [*_names(plot.rows, plot.columns), *(one.text for row in plot.numbers for one in row), plot.unit]
        case Bars():
            return [*_names(plot.rows, plot.series), *(one.text for row in plot.numbers for one in row), plot.unit]
        case Web():
            return [*(node.item.name for node in plot.nodes), *(edge.text for edge in plot.edges), plot.unit]
        case Lanes():
            return [*_names(plot.tracks), plot.unit]
        case Curve():
            return [*(step.item.name for step in plot.steps), plot.unit]


def _names(*lists: tuple[Any, ...]) -> list[str]:
    return [item.name for items in lists for item in items]
