"""Colours that can be read and told apart, whatever eyes one has."""

from __future__ import annotations

from itertools import combinations

import pytest

from qcode.ui.palette import BLACK_ON_WHITE, DARK, LIGHT, WHITE_ON_BLACK, channels, contrast, over

ALL = {"light": LIGHT, "dark": DARK, "black on white": BLACK_ON_WHITE, "white on black": WHITE_ON_BLACK}
THEMES = pytest.mark.parametrize("colours", ALL.values(), ids=ALL)
HIGH = pytest.mark.parametrize("colours", [BLACK_ON_WHITE, WHITE_ON_BLACK], ids=["black on white", "white on black"])

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(colour):
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)]


def product(matrix, vector):
    return [sum(weight * part for weight, part in zip(row, vector, strict=True)) for row in matrix]


def oklab(rgb):
    """Ottosson (2020): from linear sRGB to Oklab, scaled to 100."""
    cones = product(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        rgb,
    )
    roots = [part ** (1 / 3) for part in cones]
    return product(
        (
            (21.04542553, 79.3617785, -0.40720468),
            (197.79984951, -242.85922050, 45.05937099),
            (2.59040371, 78.27717662, -80.86757660),
        ),
        roots,
    )


def distance(first, second, vision):
    seen = [
        oklab([min(max(part, 0), 1) for part in product(VISION[vision], linear(colour))]) for colour in (first, second)
    ]
    return sum((left - right) ** 2 for left, right in zip(*seen, strict=True)) ** 0.5


def grounds(colours):
    plain = [colours.background, *(code.tint for code in colours.codes)]
    return plain + [over(colours.selection, colours.selection_strength, ground) for ground in plain]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#336699", "#336699") == 1


def test_a_colour_over_another_lies_between_them():
    assert over("#ffffff", 0.0, "#102030") == "#102030"
    assert over("#ffffff", 1.0, "#102030") == "#ffffff"
    assert over("#ff0000", 0.5, "#0000ff") == "#800080"


@THEMES
def test_text_can_be_read_on_every_tint_selected_or_not(colours):
    for ground in grounds(colours):
        assert contrast(colours.text, ground) >= 4.5
        assert contrast(colours.quiet_text, ground) >= 4.5


@THEMES
def test_what_stands_in_the_margins_can_be_read(colours):
    inks = [colours.margin_text, colours.text, colours.quiet_text, *(code.ink for code in colours.codes)]
    assert min(contrast(ink, colours.background) for ink in inks) >= 4.5


@HIGH
def test_in_high_contrast_all_words_have_seven_to_one(colours):
    for ground in grounds(colours):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.quiet_text, ground) >= 7
    inks = [colours.margin_text, *(code.ink for code in colours.codes)]
    assert min(contrast(ink, colours.background) for ink in inks) >= 7


@HIGH
def test_in_high_contrast_lines_tell_codes_and_no_tint_does(colours):
    assert {code.tint for code in colours.codes} == {colours.background}
    assert contrast(over(colours.selection, colours.selection_strength, colours.background), colours.background) >= 1.5


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_neighbouring_slots_differ_in_colour_or_in_pattern(colours, vision):
    """Distances are in Oklab times 100; about 2 is just seen, and 12 is seen at a glance in a thin stripe."""
    for number, code in enumerate(colours.codes):
        beside = colours.code(number + 1)
        assert code.pattern != beside.pattern or distance(code.stripe, beside.stripe, vision) >= 12


@THEMES
def test_stripes_and_caret_stand_out_from_the_ground(colours):
    strokes = [colours.caret, *(code.stripe for code in colours.codes)]
    assert min(contrast(stroke, colours.background) for stroke in strokes) >= 3


@THEMES
def test_the_selection_differs_from_each_ground_it_covers(colours):
    for ground in [colours.background, *(code.tint for code in colours.codes)]:
        assert distance(over(colours.selection, colours.selection_strength, ground), ground, "usual") >= 4


@THEMES
def test_no_two_slots_look_alike_to_usual_eyes(colours):
    for first, second in combinations(colours.codes, 2):
        assert distance(first.stripe, second.stripe, "usual") >= 7


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_slots_with_one_pattern_differ_in_colour_for_every_kind_of_vision(colours, vision):
    pairs = [pair for pair in combinations(colours.codes, 2) if pair[0].pattern == pair[1].pattern]
    assert len(pairs) == 6
    assert min(distance(first.stripe, second.stripe, vision) for first, second in pairs) >= 12


@THEMES
def test_a_slot_is_the_same_hue_and_pattern_in_all_themes(colours):
    assert [(code.name, code.pattern) for code in LIGHT.codes] == [(code.name, code.pattern) for code in colours.codes]


def test_slots_begin_again_after_the_last():
    assert LIGHT.code(13) == LIGHT.code(1)
    assert len({code.name for code in LIGHT.codes}) == len(LIGHT.codes) == 12
