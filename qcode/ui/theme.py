"""Light, dark and high contrast: colours by what they mean, one step of space and one scale of type.

A widget asks `current()` for a colour when it paints, and `label()` or `font()` for its type. What a widget is can be
said with a property that the style sheet knows: `kind` "primary" or "quiet" on a button, `surface` "panel" or "raised"
on a frame, `scale` and `tone` on a label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from qcode.ui import palette
from qcode.ui.style_sheet import style_sheet

type Name = Literal["light", "dark"]
type Contrast = Literal["usual", "high"]
type Choice = Literal["light", "dark", "black-on-white", "white-on-black", "system"]
type Scale = Literal["title", "heading", "body", "small"]
type Tone = Literal["text", "quiet", "danger", "warning"]

SPACE = 8
SCALES: dict[Scale, float] = {"title": 1.6, "heading": 1.2, "body": 1.0, "small": 0.9}
ZOOMS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window by their meaning, each as #rrggbb; any text colour may stand on any ground."""

    name: Name
    background: str
    surface: str
    raised: str
    hover: str
    selected: str
    text: str
    quiet: str
    border: str
    edge: str
    accent: str
    accent_pressed: str
    on_accent: str
    danger: str
    warning: str
    focus: str
    contrast: Contrast = "usual"

    @property
    def ring(self) -> int:
        """How wide the ring around what has the focus is, in pixels."""
        return 3 if self.contrast == "high" else 2

    @property
    def faint(self) -> str:
        """What words are written in that cannot be chosen now; in high contrast edges are as strong as text."""
        if self.contrast == "usual":
            return self.edge
        return "#8f8f8f" if self.is_dark else "#757575"

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark ground."""
        return self.name == "dark"

    @property
    def grounds(self) -> tuple[str, ...]:
        """What text may stand on."""
        return self.background, self.surface, self.raised, self.hover, self.selected

    @property
    def inks(self) -> tuple[str, ...]:
        """What text may be written in."""
        return self.text, self.quiet, self.accent, self.danger, self.warning


LIGHT = Theme(
    name="light",
    background="#fdfcfa",
    surface="#f4f2ee",
    raised="#ffffff",
    hover="#ebe8e2",
    selected="#dbe7fb",
    text="#22252a",
    quiet="#565c66",
    border="#dedbd4",
    edge="#86888d",
    accent="#2459b3",
    accent_pressed="#1b4690",
    on_accent="#ffffff",
    danger="#a4262c",
    warning="#7a4a00",
    focus="#2563c9",
)

DARK = Theme(
    name="dark",
    background="#1b1d21",
    surface="#24272c",
    raised="#2d3137",
    hover="#31353c",
    selected="#2b3f5e",
    text="#dcdfe4",
    quiet="#b0b6c0",
    border="#3a3e45",
    edge="#7d838d",
    accent="#8ab8f8",
    accent_pressed="#a9cbfb",
    on_accent="#10151d",
    danger="#ff9b94",
    warning="#e8b15c",
    focus="#7db0f7",
)

BLACK_ON_WHITE = Theme(
    name="light",
    background="#ffffff",
    surface="#ffffff",
    raised="#ffffff",
    hover="#e6e6e6",
    selected="#b3d1ff",
    text="#000000",
    quiet="#262626",
    border="#000000",
    edge="#000000",
    accent="#00267a",
    accent_pressed="#001a54",
    on_accent="#ffffff",
    danger="#6e000c",
    warning="#4a2b00",
    focus="#0038d1",
    contrast="high",
)

WHITE_ON_BLACK = Theme(
    name="dark",
    background="#000000",
    surface="#000000",
    raised="#000000",
    hover="#262626",
    selected="#0f3470",
    text="#ffffff",
    quiet="#e6e6e6",
    border="#ffffff",
    edge="#ffffff",
    accent="#ffe14d",
    accent_pressed="#fff0a3",
    on_accent="#000000",
    danger="#ffbab5",
    warning="#ffd27a",
    focus="#4de3ff",
    contrast="high",
)

THEMES: dict[str, Theme] = {
    "light": LIGHT,
    "dark": DARK,
    "black-on-white": BLACK_ON_WHITE,
    "white-on-black": WHITE_ON_BLACK,
}


class _Shown:
    """What the application shows now."""

    theme = LIGHT
    choice: Choice = "system"
    zoom = 1.0
    points = 0.0


def current() -> Theme:
    """The theme that is shown."""
    return _Shown.theme


def choice() -> Choice:
    """What was chosen: a theme, or to follow the system."""
    return _Shown.choice


def choose(name: Choice) -> Theme:
    """Show the whole application in a theme; "system" takes light or dark and the contrast as the desktop has them."""
    _Shown.choice = name
    _tell_system(name)
    _Shown.theme = THEMES.get(name) or as_system(dark=_system_is_dark(), high=_system_wants_contrast())
    _dress()
    return _Shown.theme


def as_system(*, dark: bool, high: bool) -> Theme:
    """The theme for what the desktop says of itself."""
    if high:
        return WHITE_ON_BLACK if dark else BLACK_ON_WHITE
    return DARK if dark else LIGHT


def text_colours() -> palette.TextColours:
    """The colours of coded text in the theme that is shown."""
    if _Shown.theme.contrast == "high":
        return palette.WHITE_ON_BLACK if _Shown.theme.is_dark else palette.BLACK_ON_WHITE
    return palette.DARK if _Shown.theme.is_dark else palette.LIGHT


def zoom() -> float:
    """How large type is, 1 being the system's size."""
    return _Shown.zoom


def set_zoom(factor: float) -> float:
    """Show all type larger or smaller, within the steps of `ZOOMS`; answers with the step that was taken."""
    _Shown.zoom = min(ZOOMS, key=lambda step: abs(step - factor))
    _dress()
    return _Shown.zoom


def font(scale: Scale = "body") -> QFont:
    """The application's font at a step of the scale."""
    chosen = QFont(QApplication.font())
    chosen.setPointSizeF(_points(scale))
    if scale in ("title", "heading"):
        chosen.setWeight(QFont.Weight.DemiBold)
    return chosen


def label(text: str = "", scale: Scale = "body", tone: Tone = "text", parent: QWidget | None = None) -> QLabel:
    """Plain words at a step of the scale; they follow the theme and the zoom by themselves."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("scale", scale)
    made.setProperty("tone", tone)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and show the difference at once."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _tell_system(name: Choice) -> None:
    # What the desktop draws for us, such as the frame of the window, follows too where it can.
    shown = THEMES.get(name)
    scheme = Qt.ColorScheme.Dark if shown and shown.is_dark else Qt.ColorScheme.Light
    QGuiApplication.styleHints().setColorScheme(scheme if shown else Qt.ColorScheme.Unknown)


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _system_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()  # kept while it is asked: what it answers with goes with it
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def _points(scale: Scale) -> float:
    return round(_Shown.points * _Shown.zoom * SCALES[scale], 1)


def _dress() -> None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    if not _Shown.points:
        app.setStyle("Fusion")
        _Shown.points = max(app.font().pointSizeF(), 10.0)
    body = QFont(app.font())
    body.setPointSizeF(_points("body"))
    app.setFont(body)
    app.setPalette(_palette(_Shown.theme))
    app.setStyleSheet(style_sheet(_Shown.theme, {scale: _points(scale) for scale in SCALES}))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.surface,
        role.Base: theme.background,
        role.AlternateBase: theme.surface,
        role.Button: theme.surface,
        role.ToolTipBase: theme.raised,
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.ToolTipText: theme.text,
        role.BrightText: theme.danger,
        role.PlaceholderText: theme.quiet,
        role.Highlight: theme.selected,
        role.HighlightedText: theme.text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Mid: theme.border,
        role.Midlight: theme.border,
        role.Dark: theme.edge,
        role.Light: theme.raised,
        role.Shadow: theme.edge,
    }
    made = QPalette()
    for key, colour in colours.items():
        made.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.faint))
    return made
