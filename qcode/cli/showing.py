"""Tables for people and JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qcode.agreement import explain_status
from qcode.queries.agreement.figures import Drawn, StudyAgreement
from qcode.queries.agreement.scope import remarks
from qcode.queries.codings import CodingRow
from qcode.transcripts import LabelChoice, Layout, Reading, Transcript

_GAP: Final = 2
_LONGEST_NAME, _SHORTEST_NAME = 24, 8
_LONGEST_LINE, _SHORTEST_LINE = 60, 10


def say(words: str) -> None:
    """One line for the person; brackets are text, not markup."""
    Console(highlight=False, soft_wrap=True).print(escape(words))


def show_json(value: Any) -> None:
    """JSON on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def transcript_json(reading: Reading, transcript: Transcript) -> dict[str, Any]:
    """What an import would make of a file: `start` in seconds or null."""
    return {
        "turns": [
            {
                "speaker": turn.speaker,
                "start": None if turn.start_ms is None else turn.start_ms / 1000,
                "text": transcript.text[turn.start : turn.end],
                "role": turn.role,
                "question": turn.question,
            }
            for turn in transcript.turns
        ],
        "warnings": list(transcript.warnings),
        "metadata": dict(transcript.metadata),
        "reader": reading.reader,
        "kind": reading.kind,
        "layout": None if reading.layout is None else _layout_json(reading.layout),
        "unmatched": [line.line_no for line in reading.unmatched],
        "encoding": reading.encoding,
        **(_table_json(reading) if reading.columns else {}),
    }


def _table_json(reading: Reading) -> dict[str, Any]:
    """What a table's columns are used as, and who answered with which attributes."""
    return {
        "columns": [{"name": one.name, "use": one.use, "answered": one.answered} for one in reading.columns],
        "respondents": [{"id": one.id, "attributes": dict(one.values)} for one in reading.respondents],
        "no_answers": dict(reading.no_answers),
    }


def _layout_json(layout: Layout) -> dict[str, Any]:
    return {"name": layout.name, "read": layout.lines_read, "of": layout.lines, "unit": layout.unit}


def show_labels(name: str, labels: Sequence[LabelChoice]) -> None:
    """The label table: what stands at line starts, and whether it is taken for a speaker.

    Where the line is short the first lines give way, and after them the longest labels and names.
    """
    titles = ("Speaker?", "Label", "Times", "Words", "Role", "Name", "First line")
    rows = [_label_cells(label) for label in labels]
    console = Console()
    table = Table(title=escape(name), title_justify="left", box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    widths = _label_widths([max(map(cell_len, column)) for column in zip(titles, *rows, strict=True)], console.width)
    for title, width in zip(titles, widths, strict=True):
        if width:
            side: Literal["left", "right"] = "right" if title in {"Times", "Words"} else "left"
            table.add_column(title, justify=side, no_wrap=True, width=width)
    for row in rows:
        table.add_row(*(escape(cell) for cell, width in zip(row, widths, strict=True) if width))
    console.print(table)


def _label_cells(label: LabelChoice) -> tuple[str, ...]:
    said = "yes" if label.accepted else "no"
    return (said, label.label, str(label.count), str(label.words), label.role, label.name, label.first_line)


def _label_widths(wanted: Sequence[int], room: int) -> list[int]:
    """The widths of the columns of the label table in a room of so many cells; 0 leaves the first lines out."""
    said, label, times, words, role, name, first_line = wanted
    label, name = min(label, _LONGEST_NAME), min(name, _LONGEST_NAME)
    fixed = said + times + words + role + 5 * _GAP
    for_names = max(room - fixed, 2 * _SHORTEST_NAME)
    if label + name > for_names:
        share = max(for_names // 2, for_names - min(label, name))
        label, name = min(label, share), min(name, share)
    left = room - fixed - label - name - _GAP
    return [
        said,
        label,
        times,
        words,
        role,
        name,
        min(first_line, left, _LONGEST_LINE) if left >= _SHORTEST_LINE else 0,
    ]


def show_transcript(reading: Reading, transcript: Transcript) -> None:
    """What a file was read as, for a person."""
    say(f"{reading.file_name}: {reading.reader}, {len(transcript.turns)} turns, {len(transcript.text.split())} words")
    if reading.layout is not None:
        say(f"  · Looks like: {reading.layout}.")
    for warning in transcript.warnings:
        say(f"  · {warning}")
    for column in reading.columns:
        say(f"  column {column.name}: {column.use}")
    if transcript.labels:
        show_labels(reading.file_name, transcript.labels)


def agreement_json(found: StudyAgreement) -> dict[str, Any]:
    """The agreement table as other programs read it; what is undefined is null, and its status says why."""
    return {
        "unit": found.unit,
        "round": found.round.name,
        "coders": list(found.coders),
        "codes": [
            {"code": list(row.code), **figures_json(row), **_drawn(row.drawn), "notes": list(_why(row, row.notes))}
            for row in found.codes
        ],
        "overall": {
            **figures_json(found.overall),
            **_drawn(found.overall_drawn),
            "macro_alpha": found.overall.macro_alpha,
            "undefined": found.overall.undefined,
            "notes": list(found.overall_notes),
        },
        "documents": list(found.documents),
        "unfinished": [{"document": document, "coder": coder} for document, coder in found.unfinished],
        "withheld": list(found.withheld),
        "two_texts": list(found.apart),
        "seen_others": [{"document": document, "coder": coder} for document, coder in found.seen_others],
        **({"bootstrap": {"draws": found.draws, "seed": found.seed}} if found.draws else {}),
    }


def figures_json(row: Any) -> dict[str, Any]:
    """The figures of a code, of a pair or of all, as other programs read them."""
    names = (
        "alpha", "low", "high", "below_667", "below_800", "prevalence", "positive_agreement", "percent_agreement", "n",
        "documents", "status",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}


def _drawn(drawn: Drawn | None) -> dict[str, Any]:
    return {} if drawn is None else {"bootstrap": asdict(drawn)}


def show_agreement(found: StudyAgreement) -> None:
    """The agreement table for a person, with its notes below it."""
    say(f"Krippendorff's alpha by {found.unit}, round {found.round.name}: {', '.join(found.coders)}")
    say(f"on {', '.join(found.documents)}")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    for name in ("code", "alpha", "95 %", "prev.", "pos.", "n", "docs", ""):
        table.add_column(name, justify="left" if name in {"code", ""} else "right", no_wrap=True)
    notes = _Footnotes()
    for row in found.codes:
        table.add_row(escape(row.code[-1]), *_cells(row), notes.marks(_why(row, found.particular_notes(row))))
    table.add_section()
    table.add_row("All codes", *_cells(found.overall), notes.marks(found.overall_notes))
    Console().print(table)
    notes.show()
    if found.draws:
        _show_draws(found)
    for remark in remarks(found):
        say(remark)


def _show_draws(found: StudyAgreement) -> None:
    """The intervals of documents drawn again, in the order of the table."""
    say(f"Documents drawn again {found.draws:,} times (seed {found.seed}), 95 %:")
    named = [(row.code[-1], row.drawn) for row in found.codes] + [("All codes", found.overall_drawn)]
    for name, drawn in named:
        if drawn is None or drawn.low is None or drawn.high is None:
            say(f"  {name}: –")
            continue
        lost = f", not defined in {drawn.undefined:,} draws" if drawn.undefined else ""
        say(f"  {name}: {drawn.low:.2f} to {drawn.high:.2f}{lost}")


def _why(row: Any, notes: Sequence[str]) -> Sequence[str]:
    """The notes of a row, and the reason for a missing alpha where they do not give it."""
    return notes if row.alpha is not None or notes else [explain_status(row.status)]


class _Footnotes:
    """Notes that are numbered as they come, each said once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def marks(self, notes: Sequence[str]) -> str:
        return " ".join(f"({self._numbers.setdefault(note, len(self._numbers) + 1)})" for note in notes)

    def show(self) -> None:
        for note, number in self._numbers.items():
            say(f"({number}) {note}")


def _cells(row: Any) -> list[str]:
    interval = "–" if row.low is None or row.high is None else f"{row.low:.2f} to {row.high:.2f}"
    figures = (_number(row.alpha), interval, _number(row.prevalence), _number(row.positive_agreement))
    return [*figures, str(row.n), str(row.documents)]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def coding_json(row: CodingRow, text: str, document: str, path: Sequence[str]) -> dict[str, Any]:
    """One coding as other programs read it; offsets are half-open code points."""
    return {
        "document": document,
        "start": row.start,
        "end": row.end,
        "text": text,
        "code": list(path),
        "coder": row.coder_name,
        "layer": row.layer,
    }
