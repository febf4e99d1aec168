"""`qcode saturation` and `qcode query`: from where on nothing much is new, and where codes stand to each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.counting import Output, show_table
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.files import extension
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.analysis.code_query import Answer
    from qcode.analysis.corpus import Corpus

_MOST_SHOWN = 50
_LONGEST_LINE = 100
_AROUND = 30


class TwoQueriesError(QcodeError):
    """A query was given in words, and one that was saved as well."""

    def __init__(self) -> None:
        super().__init__("Give a QUERY or --saved NAME, not both. To keep a query under a name, use --save NAME.")


@refusing
def saturation(
    study: StudyFile,
    base: Annotated[int, typer.Option(help="How many documents make the base: 4 to 6 are usual.")] = 4,
    run: Annotated[int, typer.Option(help="How many documents a run has: 2 or 3.")] = 2,
    threshold: Annotated[float, typer.Option(help="The most new information, in percent: 5 or 0.")] = 5,
    kind: Annotated[list[str] | None, typer.Option(help="Only documents of this kind; may be given again.")] = None,
    order: Annotated[
        str, typer.Option(metavar="ATTRIBUTE", help="What puts documents in order, such as a date; else their list.")
    ] = "",
    *,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Assess saturation in the order of collection, after Guest, Namey and Chen (2020), with the sentence to print."""
    from qcode.analysis.saturation import Criteria
    from qcode.queries.counting.corpus import corpus
    from qcode.queries.counting.saturation import assess, saturation_json, saturation_report
    from qcode.queries.reports.counted import facts_of

    with Study.open(study) as opened:
        counted = corpus(opened)
        found = assess(opened, counted, Criteria(base, run, threshold), kinds=kind or (), order=order)
        facts = facts_of(opened)
    report = saturation_report(found, counted)
    if output is not None:
        _write(report, output, facts)
    if as_json:
        showing.show_json(saturation_json(found, counted))
        return
    show_table(saturation_report(found))
    if output is not None:
        showing.say(f"Written: {output}")


@refusing
def query(
    study: StudyFile,
    words: Annotated[
        str, typer.Argument(metavar="QUERY", help="Such as: fear near:turn(2) trust and not coder:MH.", show_default="")
    ] = "",
    saved: Annotated[str, typer.Option("--saved", metavar="NAME", help="Ask a query that was saved.")] = "",
    save: Annotated[str, typer.Option("--save", metavar="NAME", help="Keep the query in the study.")] = "",
    *,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Ask where codes stand to each other, to speakers, attributes and words; without QUERY, list those saved."""
    from qcode.operations.saved_queries import save_query
    from qcode.queries.counting.code_query import Inquiries, answer_report, saved_queries, saved_query
    from qcode.queries.reports.counted import facts_of
    from qcode.reports.formats import EXTENSIONS

    if output is not None:
        extension(output, EXTENSIONS)
    if words.strip() and saved:
        raise TwoQueriesError
    with Study.open(study) as opened:
        if not words.strip() and not saved:
            _list_saved([(row.name, row.words) for row in saved_queries(opened)], as_json=as_json)
            return
        asked, title = (words, save) if words.strip() else (saved_query(opened, saved).words, saved)
        inquiries = Inquiries(opened)
        question = inquiries.read(asked)
        asking = inquiries.asking(question)
        answer = asking.ask(question)
        if save:
            save_query(opened, name=save, words=asked)
        facts = facts_of(opened)
    if output is not None:
        _write(answer_report(asking.corpus, answer, title), output, facts)
    if as_json:
        showing.show_json(answer_json(asking.corpus, answer))
        return
    _show(asking.corpus, answer)
    if save:
        showing.say(f"Saved as “{save}”.")
    if output is not None:
        showing.say(f"Written: {output}")


def answer_json(counted: Corpus, answer: Answer) -> dict[str, Any]:
    """What a query found as other programs read it; offsets are half-open code points."""
    from qcode.queries.counting.code_query import said_by

    return {
        "understood": answer.understood,
        "passages": [
            {
                "document": counted.text[hit.document].name,
                "start": hit.start,
                "end": hit.end,
                "who": said_by(counted, hit.document, hit.start, hit.end),
                "codes": [list(counted.code[code].path) for code in hit.codes],
                "text": counted.text[hit.document].text[hit.start : hit.end],
            }
            for hit in answer.hits
        ],
        "counted": answer.said,
    }


def _show(counted: Corpus, answer: Answer) -> None:
    for hit in answer.hits[:_MOST_SHOWN]:
        text = counted.text[hit.document]
        shown = _line(text.text, hit.start, hit.end)
        codes = ", ".join(counted.code[code].name for code in hit.codes)
        showing.say(f"{text.name} {hit.start}–{hit.end}  {codes or 'no code'}  {shown}")
    if len(answer.hits) > _MOST_SHOWN:
        showing.say(f"… and {len(answer.hits) - _MOST_SHOWN:,} more: write them with -o, or ask for --json.")
    passages = "1 passage" if len(answer.hits) == 1 else f"{len(answer.hits):,} passages"
    documents = "1 document" if answer.documents == 1 else f"{answer.documents:,} documents"
    showing.say(f"{passages} in {documents} for {answer.understood}")
    showing.say(answer.said)


def _line(text: str, start: int, end: int) -> str:
    """The passage on one line, or its beginning; a few words with what stands around them."""
    if end - start < _AROUND:
        first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
        words = " ".join(f"{text[first:start]}[{text[start:end]}]{text[end:last]}".split())
        return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
    words = " ".join(text[start:end].split())
    return words if len(words) <= _LONGEST_LINE else f"{words[: _LONGEST_LINE - 1].rstrip()}…"


def _list_saved(rows: list[tuple[str, str]], *, as_json: bool) -> None:
    if as_json:
        showing.show_json([{"name": name, "query": words} for name, words in rows])
        return
    for name, words in rows:
        showing.say(f"{name}: {words}")
    if not rows:
        showing.say("No query is saved yet. Ask one, and keep it with --save NAME.")


def _write(report: Any, output: Path, facts: Any) -> None:
    from qcode.reports.outputs import write_report

    write_report(report, output, facts=facts)
