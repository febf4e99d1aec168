"""`qcode deid`: what may identify someone in a file, and whether names are left in a study's bytes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from qcode.cli import showing
from qcode.cli.redacting import goings, redact_all
from qcode.cli.refusals import refusing
from qcode.deidentification import Candidate, Recognised, capitals_warning, find_traces, neighbours, scan
from qcode.deidentification.languages import ordinary_words
from qcode.errors import QcodeError
from qcode.files import FileMissingError, SourceIsFolderError, read_file
from qcode.nlp import entities
from qcode.transcripts import read_apart, segment

deid_app = typer.Typer(no_args_is_help=True, help="Look for what identifies people, before and after it is replaced.")

NO_CAPITALS = "There are hardly any capitals in this text, so about three names in four will not be found."
_LARGEST = 50_000_000
_HEADINGS = frozenset({"name", "names"})

type _Scan = Callable[[str, Collection[str]], tuple[Candidate, ...]]


class NotPlainTextError(QcodeError):
    """A file that should be read line by line is no UTF-8 text."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is no plain text in UTF-8. Leave out --text, or save it as UTF-8.")


class NoNamesError(QcodeError):
    """The list of names is empty."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” lists no names. Write one name a line.")


class NoModelError(QcodeError):
    """A language model was asked for and there is none."""

    def __init__(self, language: str) -> None:
        super().__init__(
            f"No language model for “{language}” that knows names is installed. Install one, or leave out --model."
        )


class TracesFoundError(QcodeError):
    """Names are left in the files."""

    def __init__(self, count: int) -> None:
        found = "1 trace was" if count == 1 else f"{count:,} traces were"
        super().__init__(f"{found} found. Redact the names in the study, and delete copies and backups that hold them.")


@deid_app.command("scan")
@refusing
def scan_(
    file: Annotated[Path, typer.Argument(readable=False, metavar="FILE", help="A transcript of any known format.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
    as_text: Annotated[
        bool, typer.Option("--text", help="Take the file as plain lines and print one JSON object for each.")
    ] = False,
    names: Annotated[
        Path | None, typer.Option(readable=False, help="A list of names that the team knows, one a line.")
    ] = None,
    model: Annotated[bool, typer.Option("--model", help="Ask an installed language model as well.")] = False,
    language: Annotated[str, typer.Option(help="The language spoken, such as en or es.")] = "en",
    encoding: Annotated[str | None, typer.Option(help="How a text file is encoded, if the guess is wrong.")] = None,
) -> None:
    """Show what may identify someone in a transcript; nothing is written."""
    known = _listed(names) if names else []
    look = _with_model(known, language) if model else _without_model(known)
    if as_text:
        _scan_lines(file, look, language)
        return
    text = segment(read_apart(file, encoding=encoding)).text
    found = look(text, ordinary_words(text, language))
    if as_json:
        showing.show_json({"candidates": [_plain(one) for one in found]})
        return
    for one in found:
        showing.say(f"{one.start}–{one.end}  {one.category}  {one.text}  ({', '.join(one.by)})")
    showing.say(f"{len(found)} candidates. Automatic marking misses some: a person reads the text as well.")
    if capitals_warning(text):
        showing.say(NO_CAPITALS)


@deid_app.command("trace")
@refusing
def trace(
    study: Annotated[Path, typer.Argument(readable=False, metavar="STUDY", help="The study file.")],
    names: Annotated[Path, typer.Option(readable=False, help="The names to look for, one a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Look for names in the bytes of a study and of the files beside it that begin with its name."""
    if study.is_dir():
        raise SourceIsFolderError(study)
    if not study.exists():
        raise FileMissingError(study)
    wanted = _listed(names)
    if not wanted:
        raise NoNamesError(names)
    line = {name: number for number, name in reversed(list(enumerate(wanted, start=1)))}
    files = neighbours(study)
    found = find_traces(files, wanted)
    if as_json:
        rows = [
            {"file": str(one.file), "line": line[one.name], "encoding": one.encoding, "offset": one.offset}
            for one in found
        ]
        showing.show_json({"files": [str(file) for file in files], "traces": rows})
    else:
        for one in found:
            showing.say(f"{one.file}: name {line[one.name]} of the list, {one.encoding}, at byte {one.offset:,}")
        showing.say(f"{len(found)} traces in {len(files)} files")
    if found:
        raise TracesFoundError(len(found))


@deid_app.command("redact")
@refusing
def redact_(
    study: Annotated[Path, typer.Argument(readable=False, metavar="STUDY", help="The study file.")],
    names: Annotated[
        Path, typer.Option(readable=False, help="What goes: a line NAME, or NAME; SPELLING = REPLACEMENT, for each.")
    ],
    copies: Annotated[bool, typer.Option("--copies", help="Also in copies of the study that lie beside it.")] = False,
) -> None:
    """Put something else in the place of names in a study, for good: this cannot be undone."""
    wanted = goings(_text(names))
    if not wanted:
        raise NoNamesError(names)
    if left := redact_all(study, wanted, copies=copies):
        raise TracesFoundError(left)


def _listed(path: Path) -> list[str]:
    """The names in a file, each once; the heading of a .csv and lines without a letter or digit name nobody."""
    lines = _text(path).splitlines()
    if path.suffix.lower() == ".csv" and lines and lines[0].strip().strip('"').lower() in _HEADINGS:
        del lines[0]
    names = (" ".join(line.split()) for line in lines)
    return list(dict.fromkeys(name for name in names if any(map(str.isalnum, name))))


def _text(path: Path) -> str:
    try:
        return read_file(path, limit=_LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotPlainTextError(path) from None


def _without_model(known: Sequence[str]) -> _Scan:
    return lambda text, ordinary: scan(text, key_list=known, ordinary=ordinary)


def _with_model(known: Sequence[str], language: str) -> _Scan:
    """Never silently without the model: who asks for it and has none is told."""
    if entities("", language) is None:
        raise NoModelError(language)

    def look(text: str, ordinary: Collection[str]) -> tuple[Candidate, ...]:
        recognised = [Recognised(*one) for one in entities(text, language) or ()]
        return scan(text, key_list=known, recognised=recognised, ordinary=ordinary)

    return look


def _scan_lines(file: Path, look: _Scan, language: str) -> None:
    text = _text(file)
    ordinary = ordinary_words(text, language)
    for line in text.removesuffix("\n").split("\n") if text else []:
        json.dump({"candidates": [_plain(one) for one in look(line, ordinary)]}, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")


def _plain(one: Candidate) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "text": one.text, "category": one.category, "by": list(one.by)}
