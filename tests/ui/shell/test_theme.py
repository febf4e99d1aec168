"""Colours that can be read, type that scales."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from qcode.ui import theme
from qcode.ui.theme import DARK, LIGHT, SPACE


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
