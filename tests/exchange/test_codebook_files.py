from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import QcodeError
from qcode.exchange import code_entries as codes
from qcode.exchange import codebook as files
from qcode.exchange.codebook import Codebook, CodeEntry, read_codebook, write_codebook
from qcode.files import FileTooLargeError, FolderMissingError, SourceIsFolderError, UnknownExtensionError

hostile = st.sampled_from(
    [
        "a, b",
        "x > y",
        " > ",
        "a/b",
        'say "no"',
        "=1+1",
        "'=1",
        "-",
        "\\",
        "\\>",
        "No",
        "null",
        "~",
        "1:30",
        "3",
        "- x",
        "key: value",
        "# x",
        " led",
        "lag ",
        "\ttab",
        "l\r\nm",
        "l\nm",
        "l\rm",
        "a;b",
        "&x",
        "*x",
        "!t",
        "|",
        "Ω",
        "🙂",
        "e\u0301",
        "\u2028",
        "\x85",
        "\ufeff",
        "\x07",
        "\u200f",
        "\xa0",
        "שלום",
        "  l\n m",
        "l\n\n",
        "\nl",
        "%",
        "@",
        "`",
        "{",
        "[",
    ]
)
prose = st.one_of(
    hostile,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30),
    st.lists(hostile, max_size=3).map("".join),
)
names = prose.filter(lambda name: bool(name.strip()))


@st.composite
def codebooks(draw):
    paths: list[tuple[str, ...]] = []
    for _ in range(draw(st.integers(0, 6))):
        above = draw(st.sampled_from([(), *paths]))
        paths.append((*above, draw(names)))
    entries = [
        CodeEntry(
            path,
            kind=draw(st.sampled_from(codes.KINDS)),
            colour=draw(st.none() | st.integers(0, 11)),
            status=draw(st.sampled_from(codes.STATUSES)),
            **{field: draw(prose) for field in (*codes.DEFINITION, "reason")},
        )
        for path in {codes._compared(path): path for path in paths}.values()
    ]
    title = draw(prose), draw(prose)
    try:
        return Codebook(*title, codes.arranged(entries))
    except codes.ParentMissingError:
        return Codebook(*title, ())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("codebooks")


@settings(deadline=None)
@given(book=codebooks().filter(len))
def test_yaml_gives_back_the_same_codebook(folder, book):
    write_codebook(book, folder / "book.yaml")
    assert read_codebook(folder / "book.yaml") == book


@settings(deadline=None)
@given(book=codebooks().filter(len))
def test_csv_gives_back_the_same_codebook(folder, book):
    write_codebook(book, folder / "book.csv")
    assert read_codebook(folder / "book.csv") == book


@settings(deadline=None, max_examples=40)
@given(book=codebooks().filter(len))
def test_a_codebook_may_travel_through_both_formats(folder, book):
    write_codebook(book, folder / "book.csv")
    write_codebook(read_codebook(folder / "book.csv"), folder / "book.yml")
    assert read_codebook(folder / "book.yml") == book


@given(book=codebooks(), data=st.data())
def test_entries_are_arranged_parents_first_from_any_order(book, data):
    shuffled = data.draw(st.permutations(book.entries))
    arranged = codes.arranged(shuffled)
    assert sorted(map(repr, arranged)) == sorted(map(repr, book.entries))
    seen = {()}
    for entry in arranged:
        assert codes._compared(entry.parent) in seen
        seen.add(codes._compared(entry.path))


@pytest.mark.parametrize(
    ("name", "text"), [("b.csv", "path,brief\n"), ("b.csv", "name,parent\n\n"), ("b.yaml", "name: B\ncodes: []\n")]
)
def test_a_codebook_without_codes_is_refused(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(files.CodebookWithoutCodesError, match="holds no codes"):
        read_codebook(tmp_path / name)


def test_bare_entries_are_written_without_a_name(tmp_path):
    entries = [CodeEntry(("Trust", "Felt judged")), CodeEntry(("Trust",), kind="category")]
    write_codebook(entries, tmp_path / "book.csv")
    book = read_codebook(tmp_path / "book.csv")
    assert [entry.path for entry in book] == [("Trust",), ("Trust", "Felt judged")]
    assert len(book) == 2
    assert (book.name, book.version) == ("", "")


def test_no_cell_of_a_csv_begins_a_formula(tmp_path):
    entry = CodeEntry(("=HYPERLINK(1)",), brief="+1", full=" @x", typical_example="-- no")
    write_codebook([entry], tmp_path / "book.csv")
    text = (tmp_path / "book.csv").read_text("utf-8-sig")
    assert text.splitlines()[1].startswith("'=HYPERLINK(1),codable,,active,'+1,' @x")
    assert read_codebook(tmp_path / "book.csv").entries == (entry,)


def test_the_character_nul_is_left_out_of_csv(tmp_path):
    write_codebook([CodeEntry(("Tr\x00ust",), full="be\x00lief")], tmp_path / "book.csv")
    assert read_codebook(tmp_path / "book.csv").entries == (CodeEntry(("Trust",), full="belief"),)
    with pytest.raises(codes.NameMissingError):
        write_codebook([CodeEntry(("\x00 ",))], tmp_path / "book.csv")


def test_an_apostrophe_in_a_foreign_file_stays(tmp_path):
    (tmp_path / "book.csv").write_text("name,definition\nTrust,'=1\n", "utf-8")
    assert read_codebook(tmp_path / "book.csv").entries == (CodeEntry(("Trust",), full="'=1"),)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_colleagues_table_is_understood(tmp_path, separator, mark, ends):
    rows = [
        ["Code", "Parent Code", "Definition", "Inclusion criteria", "Exclusion_Criteria", "EXAMPLE", "Count"],
        [" Felt judged ", "Trust", '"said, meant; felt\tdone"', "looks", "self-blame", "“that look”", "12"],
        ["", "", "", "", "", "", ""],
        ["Trust", "", "who is believed", "", "", "", "3"],
    ]
    (tmp_path / "book.csv").write_bytes((mark + ends.join(separator.join(row) for row in rows)).encode())
    book = read_codebook(tmp_path / "book.csv")
    assert book.entries == (
        CodeEntry(("Trust",), full="who is believed"),
        CodeEntry(
            ("Trust", "Felt judged"),
            full="said, meant; felt\tdone",
            when_to_use="looks",
            when_not_to_use="self-blame",
            typical_example="“that look”",
        ),
    )
    assert book.notes == ("The column “Count” was not read.",)


def test_excels_unicode_text_and_separator_line_are_understood(tmp_path):
    (tmp_path / "book.tsv").write_text("name\tbrief\nÁrbol\tfirst\n", "utf-16")
    (tmp_path / "book.csv").write_text("sep=;\nname;brief, short\nTrust;x\n", "utf-8")
    assert read_codebook(tmp_path / "book.tsv").entries == (CodeEntry(("Árbol",), brief="first"),)
    assert read_codebook(tmp_path / "book.csv").entries == (CodeEntry(("Trust",)),)


def test_a_parent_is_found_by_name_or_by_its_whole_path(tmp_path):
    (tmp_path / "book.csv").write_text(
        "name,parent\nAsked,Home > Offer\nOffer,Street\nOffer,Home\nHome,\nStreet,\nAsked,Street > Offer\n", "utf-8"
    )
    assert [entry.path for entry in read_codebook(tmp_path / "book.csv")] == [
        ("Home",),
        ("Home", "Offer"),
        ("Home", "Offer", "Asked"),
        ("Street",),
        ("Street", "Offer"),
        ("Street", "Offer", "Asked"),
    ]


def test_painted_colours_are_left_out_with_a_note(tmp_path):
    (tmp_path / "book.csv").write_text("name,color\nA,#ff0000\nB,#00ff00\nC,7\n", "utf-8")
    book = read_codebook(tmp_path / "book.csv")
    assert [entry.colour for entry in book] == [None, None, 7]
    assert len(book.notes) == 1
    assert "palette" in book.notes[0]


def test_words_that_yaml_would_change_stay_words(tmp_path):
    (tmp_path / "book.yaml").write_text(
        "name: Yes\nversion: 1.10\ncodes:\n- name: No\n  When to use: 1:30\n  colour: 4\n"
        "- name: 2024-01-01\n  brief:\n- Plain\n",
        "utf-8",
    )
    book = read_codebook(tmp_path / "book.yaml")
    assert (book.name, book.version) == ("Yes", "1.10")
    assert book.entries == (
        CodeEntry(("No",), colour=4, when_to_use="1:30"), CodeEntry(("2024-01-01",)), CodeEntry(("Plain",)),
    )  # fmt: skip


BAD_YAML = {
    "alias": ("codes: &a [*a]", "anchor"),
    "bomb": ("a: &a [x, x]\nb: &b [*a, *a]\ncodes: [*b, *b]", "anchor"),
    "bare alias": ("codes: *a", "alias|anchor"),
    "tag": ("codes: !!python/object/apply:os.system ['true']", "a tag"),
    "deep": ("codes: " + "[" * 500 + "]" * 500, "nesting"),
    "deep blocks": ("- " * 100_000, "nesting|not valid"),
    "two documents": ("codes: []\n---\ncodes: []", "second document"),
    "broken": ("codes:\n  - name: a\n   brief: x", "line 3"),
    "bad indentation": ("codes:\n\t- name: a", "not valid YAML near line 2"),
    "control character": ("codes: \x07", "not valid YAML"),
    "prose": ("Dear team, here is our codebook.", "not a codebook"),
    "list": ("- name: a", "not a codebook"),
    "no codes": ("name: Study\nversion: 1", "codes"),
    "codes are text": ("codes: none", "“codes” must be a list"),
    "codes are a mapping": ("codes: {name: a}", "“codes” must be a list"),
    "children are text": ("codes: [{name: a, children: b}]", "“children” must be a list"),
    "name is a list": ("codes: [{name: [a]}]", "“name” must be text"),
    "brief is a mapping": ("codes: [{name: a, brief: {b: c}}]", "“a”: “brief” must be text"),
    "a list for a code": ("codes: [[a]]", "a mapping with a name"),
    "no name": ("codes: [{name: a, children: [{brief: x}]}]", "Code 1 under “a” has no name"),
    "blank name": ("codes: [{name: '  '}]", "no name"),
    "same name": ("codes: [{name: a}, {name: b}, {name: a}]", "“a” appears twice at the top level"),
    "same name below": ("codes: [{name: a, children: [{name: b}, b]}]", "twice under “a”"),
    "same name composed": ("codes: [{name: é}, {name: e\u0301}]", "appears twice"),
    "kind": ("codes: [{name: a, kind: folder}]", "kind “folder”"),
    "status": ("codes: [{name: a, status: gone}]", "status “gone”"),
    "colour": ("codes: [{name: a, colour: 12}]", "from 0 to 11"),
    "colour word": ("codes: [{name: a, colour: red}]", "colour “red”"),
    "typing slip": ("codes: [{name: a, wen_to_use: x}]", "Did you mean “when_to_use”"),
    "key twice": ("codes:\n- name: a\n  brief: x\n  brief: y", "written twice in one code, again in line 4"),
    "key twice in other words": ("codes: [{name: a, full: x, definition: y}]", "two names"),
    "long": ("codes: [{name: a, brief: " + "x" * 100_001 + "}]", "100,000 characters"),
    "long name": ("codes: [{name: " + "x" * 1_001 + "}]", "1,000 characters"),
}
BAD_CSV = {
    "no heading": ("Trust,who is believed\nAnger,raised voice", "first row"),
    "same heading twice": ("name,full,definition\na,b,c", "both mean “full”"),
    "no name": ("name,brief\n,x", "Row 2 has no name"),
    "no path": ("path,brief\n ,x", "Row 2 has no name"),
    "same name": ("name\na\na", "twice"),
    "parent missing": ("name,parent\na,b", "Row 2 names the parent “b”, but no row defines it"),
    "parent path missing": ("name,parent\na,\nb,c > a", "parent “c > a”"),
    "parent missing in path": ("path\na > b", "placed under “a”"),
    "own parent": ("name,parent\na,a", "lead back"),
    "circle": ("name,parent\na,b\nb,a", "lead back"),
    "several parents": ("name,parent\na,\nb,\nc,a\nc,b\nd,c", "several codes have that name"),
    "quote open": ('name,brief\na,"b\nc,d', "breaks off"),
    "quote inside": ('name,brief\na,"b"c', "breaks off near line 2"),
    "row too long": ("name,brief\na,b,c", "Row 2 has more cells"),
    "empty name in path": ("path\na\na >  > b", "Row 3: the path"),
    "backslash at the end": ("path\na\\", "Row 2: the path"),
    "kind": ("name,kind\na,folder", "kind “folder”"),
    "colour": ("name,colour\na,-1", "from 0 to 11"),
    "cell far too long": ("name,brief\na," + "x" * 200_000, "far too long"),
    "a chain too deep": ("name,parent\n" + "\n".join(f"n{n},n{n + 1}" for n in range(60)) + "\nn60,", "levels deep"),
}


@pytest.mark.parametrize(("text", "said"), BAD_YAML.values(), ids=BAD_YAML)
def test_a_faulty_yaml_file_gets_a_sentence(tmp_path, text, said):
    (tmp_path / "book.yaml").write_text(text, "utf-8")
    with pytest.raises(QcodeError, match=said) as refusal:
        read_codebook(tmp_path / "book.yaml")
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize(("text", "said"), BAD_CSV.values(), ids=BAD_CSV)
def test_a_faulty_csv_file_gets_a_sentence(tmp_path, text, said):
    (tmp_path / "book.csv").write_text(text, "utf-8")
    with pytest.raises(QcodeError, match=said) as refusal:
        read_codebook(tmp_path / "book.csv")
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize("ending", ["csv", "yaml"])
@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (b"", files.CodebookEmptyError),
        (b"\xef\xbb\xbf \n", files.CodebookEmptyError),
        (b"PK\x03\x04 a workbook", files.CodebookNotTextError),
        (b"name\x00brief", files.CodebookNotTextError),
        (bytes(range(256)) * 4, files.CodebookNotTextError),
        (b"\x89PNG\r\n\x1a\n\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\xff\xfe", files.CodebookNotTextError),
        ("name,brief\nÉcole,été".encode("cp1252"), files.CodebookNotUtf8Error),
        (b"name: x\n" * 1_000_000, FileTooLargeError),
    ],
)
def test_a_file_that_is_not_a_text_gets_a_sentence(tmp_path, ending, data, failure):
    path = tmp_path / f"book.{ending}"
    path.write_bytes(data)
    with pytest.raises(failure):
        read_codebook(path)


def test_other_files_and_folders_get_a_sentence(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(SourceIsFolderError):
        read_codebook(tmp_path / "folder.csv")
    with pytest.raises(UnknownExtensionError, match=r"\.yaml or \.yml or \.csv"):
        read_codebook(tmp_path / "book.xlsx")
    with pytest.raises(UnknownExtensionError):
        write_codebook([], tmp_path / "book.docx")
    with pytest.raises(FolderMissingError):
        write_codebook([], tmp_path / "none" / "book.csv")


@pytest.mark.parametrize(
    ("entries", "failure"),
    [
        ([CodeEntry(())], codes.NameMissingError),
        ([CodeEntry((" ",))], codes.NameMissingError),
        ([CodeEntry(("a", "b"))], codes.ParentMissingError),
        ([CodeEntry(("a",)), CodeEntry(("a",))], codes.NameRepeatedError),
        ([CodeEntry(("a",), colour=12)], codes.ColourUnknownError),
        ([CodeEntry(("a",), kind="folder")], codes.KindUnknownError),
        ([CodeEntry(("a",), status="gone")], codes.StatusUnknownError),
        ([CodeEntry(("a",), full="x" * 100_001)], codes.FieldTooLongError),
        ([CodeEntry(("a",) * depth) for depth in range(1, 42)], codes.CodesTooDeepError),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "yaml"])
def test_contradictory_codes_are_not_written(tmp_path, entries, failure, ending):
    path = tmp_path / f"book.{ending}"
    path.write_text("old")
    with pytest.raises(failure):
        write_codebook(entries, path)
    assert path.read_text() == "old"


@pytest.mark.parametrize("ending", ["csv", "yaml"])
def test_forty_levels_and_a_thousand_codes_survive(tmp_path, ending):
    deep = [CodeEntry(("a > ",) * depth) for depth in range(1, 41)]
    wide = [CodeEntry((f"code {number}",), brief="short " * 20) for number in range(1_000)]
    write_codebook(deep + wide, tmp_path / f"book.{ending}")
    assert read_codebook(tmp_path / f"book.{ending}").entries == (*deep, *wide)


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[2].glob("codebooks/*.yaml")), ids=lambda path: path.name)
def test_every_sample_codebook_can_be_read_and_defines_its_codes(path):
    book = read_codebook(path)
    assert book.name
    assert book.version
    assert not book.notes
    for entry in book:
        if entry.kind == "codable":
            assert all(getattr(entry, field).strip() for field in codes.DEFINITION), entry.path


def test_the_layout_shown_in_the_readme_can_be_read(tmp_path):
    readme = Path(__file__).parents[2] / "codebooks" / "README.md"
    shown = readme.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "book.yaml").write_text(shown, "utf-8")
    book = read_codebook(tmp_path / "book.yaml")
    assert [entry.path for entry in book] == [("The quay",), ("The quay", "Nowhere to wait")]
    assert book.entries[1].reason == "Split from Waiting after the pilot round."
