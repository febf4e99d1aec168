"""Markdown and web pages as they are shown; what nobody sees stays out, and hostile ones cost nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.transcripts import gate, read
from qcode.transcripts.html import DEPTH_LIMIT, TAG_LIMIT, TagsTooDeepError
from qcode.transcripts.markdown import MARK_LIMIT
from qcode.transcripts.markdown_inline import rendered


def shown(source):
    return "".join(text for text, _ in rendered(source))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("Why *that* **well**, ***you***?", "Why that well, you?"),
        ("my_var_name and 5 * 3 * 2", "my_var_name and 5 * 3 * 2"),
        ("__bold__ _slanted_ ~~struck~~ `x < *y*`", "bold slanted struck x < *y*"),
        ("[the notice](http://example.org/n) ![a map](m.png) [x][1]", "the notice a map x"),
        (r"\*on\* &amp; &lt;off&gt; <b>so</b>", "*on* & <off> so"),
        ("<http://example.org> one  \ntwo\nthree\\\nfour<br>five", "http://example.org one\ntwo three\nfour\nfive"),
        ("**open and *never closed", "**open and *never closed"),
        ("[inaudible 00:12:31] [x]", "[inaudible 00:12:31] [x]"),
    ],
)
def test_text_is_taken_as_it_is_rendered(source, wanted):
    assert shown(source) == wanted


@given(st.text("abc ,.?-é", min_size=1, max_size=60))
def test_text_without_marks_is_as_it_was(text):
    assert shown(text) == text


def test_blocks_of_markdown_are_told_apart(text_file):
    source = (
        "# Visit #\n\n**I:** Why\nnow?\n\n- one\n- [x] two\n\n> a note\ngoes on\n\n```\ncode: *line*\n```\n\n"
        "<!-- Wilma\nWilma -->\n\n**P1:** So\n\nPart two\n---\n\n***\n\n[1]: http://example.org\n"
    )
    reading = read(text_file(source, "a.md"))
    assert [(block.text, block.style) for block in reading.blocks] == [
        ("Visit", "Heading 1"),
        ("I: Why now?", None),
        ("one", None),
        ("two", None),
        ("code: *line*", None),
        ("P1: So", None),
        ("Part two", "Heading 2"),
    ]
    assert "Wilma" not in repr(reading)
    assert "1 block quote left out as notes beside the talk." in reading.warnings


def test_lines_that_begin_with_names_are_no_wrapped_text(text_file, turns_of):
    path = text_file("I: So?\nP: Yes.\nI: Ok, and\nthen?\nP: Bye.\n", "a.md")
    assert turns_of(path) == [("I", "So?"), ("P", "Yes."), ("I", "Ok, and then?"), ("P", "Bye.")]


def test_front_matter_is_metadata(text_file):
    source = '---\ntitle: "Visit: two"\ntags:\n  - a\n  - b\nlist: [x, y]\nempty:\n---\nI: So?\n\nP: Yes.\n'
    assert read(text_file(source, "a.md")).metadata == {"title": "Visit: two", "tags": "a, b", "list": "x, y"}


def test_a_rule_at_the_top_that_is_never_closed_is_no_front_matter(text_file):
    reading = read(text_file("---\nI: So?\n\nP: Yes.\n", "a.md"))
    assert [block.text for block in reading.blocks] == ["I: So?", "P: Yes."]


def test_bold_labels_in_a_text_file_make_it_markdown(text_file, turns_of):
    path = text_file("**Ana:** So *it* is.\n\n**Bo:** Yes.\n\n**Ana:** Ok.\n\n**Bo:** Bye.\n", "talk.txt")
    assert turns_of(path)[0] == ("Ana", "So it is.")
    assert read(path).reader.startswith("markdown")


def test_tables_of_markdown_are_rows_of_talk(text_file, turns_of):
    source = (
        "| Time | Speaker | Text |\n|---|---|---|\n| 0:01 | I | So? |\n| 0:04 | P | Yes \\| no |\n| 0:09 | I | Ok |\n"
    )
    assert turns_of(text_file(source, "a.md")) == [("I", "So?"), ("P", "Yes | no"), ("I", "Ok")]


def test_more_marks_than_talk_has_are_refused(text_file):
    with pytest.raises(gate.UnsafeFileError, match="marks such as"):
        read(text_file("[*_\n" * (MARK_LIMIT // 3 + 1), "a.md"))


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_what_nobody_sees_on_a_page_stays_out(text_file):
    body = (
        "<p>I: So<!-- Wilma -->?</p><p hidden>Wilma</p><p style='display:none'>Wilma</p><script>Wilma</script>"
        "<template>Wilma</template><iframe src='http://example.org/Wilma'></iframe>"
        "<p>P: Yes<noscript>Wilma</noscript></p>"
    )
    reading = read(text_file(page(body, "<title>Wilma</title><style>Wilma</style>"), "a.html"))
    assert "Wilma" not in repr(reading)
    assert [block.text for block in reading.blocks] == ["I: So?", "P: Yes"]
    assert "2 hidden elements left out; it may hold real names." in reading.warnings


def test_a_page_is_read_in_lines_as_it_is_shown(text_file):
    body = "<h2>Part</h2><div>one\n   two<br>three <b>four</b>five</div>text"
    body += "<ul><li>a</li><li>b</li></ul><pre>x  y\nz</pre>"
    blocks = read(text_file(page(body), "a.html")).blocks
    assert [(block.text, block.style) for block in blocks] == [
        ("Part", "Heading 2"),
        ("one two\nthree fourfive", None),
        ("text", None),
        ("a", None),
        ("b", None),
        ("x  y\nz", None),
    ]


@pytest.mark.parametrize("bold", ["<b>P1:</b>", "<strong>P1:</strong>", '<span style="font-weight: 700">P1:</span>'])
def test_a_bold_beginning_is_known_however_it_is_made(text_file, bold):
    assert read(text_file(page(f"<p>{bold} So</p>"), "a.html")).blocks[0].bold_prefix == "P1:"


def test_names_that_were_given_to_the_speakers_of_noscribe_are_theirs_everywhere(text_file, turns_of):
    lines = [("S00", "Ana: Who?"), ("S01", "Bo: Me."), ("S00", "Ana: You?"), ("S01", "And you.")]
    body = "".join(f'<p><a name="ts_{n}000_{n}900_{who}">{said}</a></p>' for n, (who, said) in enumerate(lines))
    assert turns_of(text_file(page(body), "a.html")) == [
        ("Ana", "Who?"),
        ("Bo", "Me."),
        ("Ana", "You?"),
        ("Bo", "And you."),
    ]


def test_a_page_in_the_letters_that_it_declares(text_file):
    declared = page("<p>I: caf\xe9 \x93so\x94</p>", '<meta charset="iso-8859-1">').encode("latin-1")
    reading = read(text_file(declared, "a.html"))
    assert (reading.blocks[0].text, reading.encoding) == ("I: café “so”", "cp1252")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<html>" + "<div>" * (DEPTH_LIMIT + 1), TagsTooDeepError),
        ("<html>" + "<p>a\n" * (TAG_LIMIT + 1), gate.UnsafeFileError),
        ("<html><body " + "a=b " * 400_000 + ">x", gate.LineTooLongError),
    ],
)
def test_hostile_pages_are_refused(text_file, content, kind):
    with pytest.raises(kind):
        read(text_file(content, "a.html"))
