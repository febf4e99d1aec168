from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import QcodeError
from qcode.reports import attribution
from qcode.reports.attribution import FIELDS, Numbers, render, template_fields

words = st.text(st.characters(exclude_characters="{}[]()", exclude_categories=["Cs"]), max_size=8)
values = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@st.composite
def templates(draw):
    """A template as the words around its fields."""
    names = draw(st.lists(st.sampled_from(FIELDS), max_size=4))
    return draw(st.lists(words, min_size=len(names) + 1, max_size=len(names) + 1)), names


def written(around, names):
    return around[0] + "".join(f"{{{name}}}{word}" for name, word in zip(names, around[1:], strict=True))


@given(templates(), st.fixed_dictionaries(dict.fromkeys(FIELDS, values)))
def test_with_every_field_known_a_template_is_filled_in(template, fields):
    around, names = template
    expected = around[0] + "".join(fields[name] + word for name, word in zip(names, around[1:], strict=True))
    assert render(written(*template), fields) == expected
    assert template_fields(written(*template)) == tuple(names)


@given(templates(), st.dictionaries(st.sampled_from(FIELDS), values | st.just("  ")))
def test_missing_fields_take_the_words_before_them_along(template, fields):
    around, names = template
    known = [name for name in names if fields.get(name, "").strip()]
    told = render(written(*template), fields)
    if names and not known:
        assert told == ""
    elif names:
        inside = told.removeprefix(around[0]).removesuffix(around[-1])
        assert told == around[0] + inside + around[-1]
        assert inside.startswith(fields[known[0]])
        assert inside.endswith(fields[known[-1]])
        assert len(told) <= sum(map(len, around)) + sum(len(fields[name]) for name in known)


@given(st.text(st.sampled_from("{}ab pseudonym,!:.0[]")), st.dictionaries(st.sampled_from(FIELDS), values))
def test_any_template_is_filled_in_or_refused_whatever_the_fields(template, fields):
    try:
        names = template_fields(template)
    except QcodeError:
        with pytest.raises(QcodeError):
            render(template, fields)
    else:
        assert set(names) <= set(FIELDS)
        assert isinstance(render(template, fields), str)


@pytest.mark.parametrize(
    ("template", "fields", "told"),
    [
        ("{pseudonym}, {group}", {"pseudonym": "Diego", "group": "resident"}, "Diego, resident"),
        ("({pseudonym}, {group})", {"pseudonym": "Diego"}, "(Diego)"),
        ("({pseudonym}, {group})", {"group": "resident"}, "(resident)"),
        ("({pseudonym}, {group})", {}, ""),
        ("{pseudonym}, {group}, {document}", {"pseudonym": "Diego", "document": "INT-1"}, "Diego, INT-1"),
        ("[{role} #{id}]", {"role": "Deputy", "id": "1"}, "[Deputy #1]"),
        ("[{role} #{id}]", {"role": "Deputy"}, "[Deputy]"),
        ("{role} ({site}), {n}", {"role": "Chief", "n": "1"}, "Chief, 1"),
        ("[{role} #{n}], {site}", {"role": "Chief", "n": "1"}, "[Chief #1]"),
        ("{role} ({site})", {"role": "Chief"}, "Chief"),
        ("{role} ({site}, {group})", {"role": "Chief", "group": "city"}, "Chief (city)"),
        ("{{{id}}}", {"id": "CD-07-02"}, "{CD-07-02}"),
        ("A participant", {}, "A participant"),
        ("", {"id": "1"}, ""),
        ("{pseudonym}", {"pseudonym": " Ana\nMaria "}, "Ana Maria"),
        ("{pseudonym}", {"pseudonym": "{group}", "group": "x"}, "{group}"),
    ],
)
def test_the_styles_of_papers(template, fields, told):
    assert render(template, fields) == told


@pytest.mark.parametrize(
    "template",
    ["{name}", "{}", "{0}", "{pseudonym!r}", "{pseudonym:>9}", "{pseudonym.__class__}", "{pseudo nym}"],
)
def test_an_unknown_field_is_refused_even_if_nothing_would_print(template):
    with pytest.raises(attribution.UnknownAttributionFieldError, match=r"\{pseudonym\}, \{group\}, \{role\}"):
        render(template, {})


@pytest.mark.parametrize("template", ["{", "}", "{pseudonym", "pseudonym}", "{{pseudonym}", "{a{group}"])
def test_a_brace_without_its_partner_is_refused(template):
    with pytest.raises(attribution.AttributionBraceError, match="brace"):
        render(template, {"pseudonym": "Diego"})


def test_whatever_is_recorded_is_a_field_by_its_name_however_it_is_written():
    assert template_fields("{ Pseudonym }, {Age  band}", ["Age band"]) == ("pseudonym", "age band")
    assert render("{Pseudonym}, {AGE BAND}", {"pseudonym": "Diego", "age band": "40–49"}) == "Diego, 40–49"
    with pytest.raises(attribution.UnknownAttributionFieldError, match=r"\{id\}, \{n\}, \{Age band\}\.$"):
        template_fields("{age}", ["Age band"])


def test_the_words_of_a_template_are_what_it_prints_of_everybody():
    assert attribution.template_words("[Police Chief #{n}], {{x}}").split() == ["[Police", "Chief", "#", "],", "{x}"]


def test_people_of_whom_the_same_is_printed_are_numbered_in_order_of_first_print():
    numbers = Numbers()
    printed = [("ana", "[Chief]"), ("bo", "[Nurse]"), ("cy", "[Chief]"), ("ana", "[Chief]"), ("cy", "[Nurse]")]
    assert [numbers.of(*one) for one in printed] == [1, 1, 2, 1, 2]


def test_a_name_that_is_kept_back_is_replaced_by_one_that_nobody_has():
    numbers = Numbers(taken=["participant 1", "P3", "Diego"])
    assert [numbers.somebody(who) for who in ("ana", "bo", "ana")] == [
        "Participant 2",
        "Participant 4",
        "Participant 2",
    ]
