"""Colours that can be read, type that scales."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from qcode.ui import theme
from qcode.ui.style_sheet import style_sheet
from qcode.ui.theme import BLACK_ON_WHITE, DARK, LIGHT, SPACE, THEMES, WHITE_ON_BLACK


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(autouse=True)
def as_before(qapp):
    chosen = theme.choice()
    yield
    theme.set_zoom(1.0)
    theme.choose(chosen)


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
def test_every_ink_can_be_read_on_every_ground(shown):
    for ink in shown.inks:
        for ground in shown.grounds:
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(shown.on_accent, shown.accent) >= 4.5
    assert contrast(shown.on_accent, shown.accent_pressed) >= 4.5


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
def test_focus_and_the_edges_of_controls_stand_out_from_what_they_lie_on(shown):
    for ground in (shown.background, shown.surface, shown.raised):
        assert contrast(shown.focus, ground) >= 3
        assert contrast(shown.edge, ground) >= 3


HIGH = pytest.mark.parametrize("shown", [BLACK_ON_WHITE, WHITE_ON_BLACK], ids=["black on white", "white on black"])


@HIGH
def test_in_high_contrast_every_pair_of_ink_and_ground_has_seven_to_one(shown):
    for ink in shown.inks:
        for ground in shown.grounds:
            assert contrast(ink, ground) >= 7, (ink, ground)
    assert contrast(shown.on_accent, shown.accent) >= 7
    assert contrast(shown.on_accent, shown.accent_pressed) >= 7


@HIGH
def test_in_high_contrast_borders_and_the_ring_of_the_focus_are_seen_on_every_ground(shown):
    for ground in shown.grounds:
        assert contrast(shown.border, ground) >= 4.5
        assert contrast(shown.edge, ground) >= 4.5
        assert contrast(shown.focus, ground) >= 4.5


@HIGH
def test_the_ring_of_the_focus_has_three_pixels_and_moves_nothing(shown):
    points = dict.fromkeys(theme.SCALES, 10.0)
    high, usual = style_sheet(shown, points), style_sheet(LIGHT, points)
    assert shown.ring == 3
    assert high.count(":focus { border: 3px") == usual.count(":focus { border: 2px") > 6
    assert ":focus { border: 2px" not in high
    assert "padding: 3px 12px" in high
    assert "padding: 4px 13px" in usual


@pytest.mark.parametrize(
    ("dark", "high", "wanted"),
    [(False, False, "light"), (True, False, "dark"), (False, True, "black-on-white"), (True, True, "white-on-black")],
)
def test_the_system_says_whether_dark_and_whether_of_high_contrast(dark, high, wanted):
    assert theme.as_system(dark=dark, high=high) is THEMES[wanted]


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_can_be_chosen_from_the_menu_and_is_remembered(bare, settings, name):
    bare.commands.action(f"theme.{name}").trigger()
    assert theme.current() is THEMES[name]
    assert settings.theme == name
    assert bare.commands.action(f"theme.{name}").isChecked()
    assert QApplication.palette().base().color().name() == THEMES[name].background


def test_a_theme_that_nobody_knows_counts_as_not_chosen(settings):
    settings.theme = "sepia"
    assert settings.theme == "system"


def test_coded_text_has_the_colours_of_its_theme(qapp):
    seen = set()
    for name, shown in THEMES.items():
        theme.choose(name)
        assert theme.text_colours().background == shown.background
        seen.add(theme.text_colours().background)
    assert len(seen) == 4


def test_the_whole_application_changes_with_the_theme(qtbot):
    button = QPushButton("Assign…")
    qtbot.addWidget(button)
    for name in ("dark", "light"):
        shown = theme.choose(name)
        assert theme.current() is shown
        assert shown.is_dark == (name == "dark")
        assert QApplication.palette().base().color().name() == shown.background
        button.show()
        corner = button.grab().toImage().pixelColor(button.width() // 2, 4).name()
        assert corner == shown.raised


def test_zoom_moves_in_steps_and_takes_labels_with_it(qtbot):
    theme.choose("light")
    words = theme.label("412 codings", "title")
    qtbot.addWidget(words)
    words.show()
    before = words.sizeHint().height()
    assert theme.set_zoom(1.49) == 1.5
    assert words.sizeHint().height() > 1.3 * before
    assert theme.font("body").pointSizeF() == pytest.approx(QApplication.font().pointSizeF())
    assert theme.set_zoom(99) == theme.ZOOMS[-1]
    assert theme.set_zoom(1.0) == 1.0
    assert words.sizeHint().height() == before


def test_the_scale_has_four_steps_that_differ(qapp):
    theme.choose("light")
    sizes = [theme.font(scale).pointSizeF() for scale in ("title", "heading", "body", "small")]
    assert sizes == sorted(set(sizes), reverse=True)
    assert SPACE == 8
