from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.cells import guarded, unguarded


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\tx",
        " =1",
        '"=1',
        "'=1",
        "“=1",
        "\n=1",
        "＝1",
        " '＋1",
        "﹣".replace("﹣", "－"),
    ],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text):
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "plain", "a=1", "…and then", "[sighs]", "'twas", "“I heard”", "—no"])
def test_ordinary_talk_is_left_alone(text):
    assert guarded(text) == text


@given(st.text() | st.from_regex(r"['\" ]*[=+@-].*"))
def test_the_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text


@given(st.text() | st.from_regex(r"['\" ]*[=+@-].*"))
def test_a_guarded_cell_never_starts_like_a_formula(text):
    assert guarded(text)[:1] not in set("=+-@\t\r＝＋－＠")
