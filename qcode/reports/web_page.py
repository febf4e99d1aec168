"""Reports as one HTML file: the same blocks as in Word, styles within, nothing fetched, nothing that runs."""

from __future__ import annotations

import re
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from qcode.reports.blocks import Paragraph, runs_leftward
from qcode.reports.gathering import Captioned, Quotation, gathered
from qcode.reports.word_markup import writable
from qcode.reports.word_styles import DISSENT, INK, QUIET, RULE, SLATE, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qcode.reports.blocks import Block, Cell, Run, Table
    from qcode.reports.gathering import Piece
    from qcode.reports.values import StudyFacts

_HEADINGS: Final = {
    "Title": "h1", "heading 1": "h2", "Appendix Heading": "h2", "heading 2": "h3", "heading 3": "h4", "heading 4": "h5",
}  # fmt: skip
_CLASSES: Final = {
    "Subtitle": "subtitle", "Study Facts": "facts", "Theme Codes": "codes", "Table Note": "note", "Quote Note": "note",
    "Quote Attribution": "facts",
    "Dissent Label": "label", "Appendix Heading": "appendix", "caption": "caption", "Case Line": "case",
    "Case Decision": "case", "Case Blank": "case blank",
}  # fmt: skip
_CELLS: Final = {"Table Number": "number", "Table Indented": "indented"}
_RUNS: Final = {"Strong": "strong", "Speaker": "b", "Definition Label": "b", "Emphasis": "em"}
_LISTED: Final = ("heading 1", "heading 2", "Appendix Heading")
_FEWEST_LISTED: Final = 5
_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_STYLE: Final = f"""
:root {{ color-scheme: light dark; --ink: #{INK}; --slate: #{SLATE}; --quiet: #{QUIET}; --rule: #{RULE};
  --dissent: #{DISSENT}; --paper: #ffffff; --line: #d5dde2; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e4e7ea; --slate: #bcd3e2; --quiet: #a3adb5; --rule: #5f7886;
  --dissent: #e2a179; --paper: #16191d; --line: #3a4249; }} }}
body {{ font: 1.05rem/1.55 Cambria, Georgia, "Noto Serif", serif; color: var(--ink); background: var(--paper);
  max-width: 46rem; margin: 3rem auto; padding: 0 1.5rem; overflow-wrap: break-word; }}
h1, h2, h3, h4, h5, caption, table, nav, .label, .note, .facts, .codes, footer, cite, .case {{
  font-family: Calibri, "Segoe UI", "Noto Sans", sans-serif; }}
h1, h2, h3, h4, h5, th {{ color: var(--slate); line-height: 1.25; }}
h1 {{ font-size: 2rem; margin: 0 0 .4rem; }} h2 {{ font-size: 1.5rem; margin: 2.6rem 0 .6rem; }}
h3 {{ font-size: 1.2rem; margin: 2rem 0 .4rem; }} h4 {{ font-size: 1.05rem; margin: 1.6rem 0 .3rem; }}
h5 {{ font-size: 1rem; margin: 1.4rem 0 .3rem; }}
.subtitle {{ font-size: 1.15rem; font-style: italic; color: var(--quiet); }}
.facts, .codes, .note, cite {{ color: var(--quiet); font-size: .9rem; }}
.facts, .note {{ margin: .3rem 0; }} .codes {{ margin-bottom: 1.2rem; }}
blockquote {{ margin: 1.1rem 0; padding: .1rem 0 .1rem 1.1rem; border-inline-start: 3px solid var(--rule); }}
blockquote.dissent {{ border-color: var(--dissent); }}
blockquote p {{ margin: .35rem 0; white-space: pre-line; }}
.turn {{ display: grid; grid-template-columns: minmax(4.5rem, max-content) 1fr; column-gap: .8rem; }}
cite {{ font-style: normal; display: block; }}
.label {{ color: var(--dissent); font-weight: bold; font-size: .9rem; margin: 1.2rem 0 -.4rem; }}
table {{ border-collapse: collapse; width: 100%; font-size: .88rem; line-height: 1.4;
  border-block: 2px solid var(--slate); margin-bottom: .6rem; }}
caption {{ caption-side: top; text-align: start; padding: 1.4rem 0 .4rem; }}
td, th {{ text-align: start; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }}
th {{ vertical-align: bottom; border-bottom: 1.5px solid var(--slate); }}
td.number, th.number {{ text-align: end; font-variant-numeric: tabular-nums; }}
td p {{ margin: 0 0 .25rem; }} .indented {{ padding-inline-start: 1rem; }}
.sides {{ display: grid; grid-template-columns: 1fr 1fr; column-gap: 1.5rem; }}
.sides blockquote {{ margin: 1.1rem 0 .3rem; }}
.wide {{ overflow-x: auto; }} nav ol {{ list-style: none; padding: 0; }} nav .below {{ padding-inline-start: 1.2rem; }}
nav a {{ color: inherit; }} .blank {{ border-bottom: 1px solid var(--line); min-height: 1.6rem; }}
@media print {{ body {{ max-width: none; margin: 0; }} thead {{ display: table-header-group; }}
  tr, blockquote {{ break-inside: avoid; }} .wide {{ overflow: visible; }} .appendix {{ break-before: page; }} }}
"""


def web_page(facts: StudyFacts, blocks: Iterable[Block]) -> bytes:
    """The bytes of a page that needs nothing else and may load nothing else."""
    pieces = tuple(gathered(blocks))
    listed = [piece for piece in pieces if _is_listed(piece)]
    anchors = {id(piece): f"part-{number}" for number, piece in enumerate(listed, 1)}
    opening = sum(1 for _ in takewhile(_opens, pieces))
    body = [
        *(_piece(piece, anchors) for piece in pieces[:opening]),
        _contents(listed, anchors) if len(listed) >= _FEWEST_LISTED else "",
        *(_piece(piece, anchors) for piece in pieces[opening:]),
    ]
    language = escape(language_tag(facts.language) or "en")
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(facts.title or 'Untitled study')}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{''.join(body)}</body>\n</html>\n"
    ).encode()


def _is_listed(piece: Piece) -> bool:
    return isinstance(piece, Paragraph) and piece.style in _LISTED


def _opens(piece: Piece) -> bool:
    """Whether a piece belongs to the head of the page, after which the contents stand."""
    return isinstance(piece, Paragraph) and piece.style in ("Title", "Subtitle", "Study Facts")


def _contents(listed: Iterable[Piece], anchors: Mapping[int, str]) -> str:
    lines = (
        f'<li{_classed("below" * (each.style == "heading 2"))}><a href="#{anchors[id(each)]}">{_runs(each)}</a></li>\n'
        for each in listed
        if isinstance(each, Paragraph)
    )
    return f'<nav aria-label="Contents"><ol>\n{"".join(lines)}</ol></nav>\n'


def _piece(piece: Piece, anchors: Mapping[int, str]) -> str:
    if isinstance(piece, Quotation):
        return _quotation(piece)
    if isinstance(piece, Captioned):
        return _table(piece)
    return _paragraph(piece, anchors.get(id(piece), ""))


def _paragraph(paragraph: Paragraph, anchor: str = "") -> str:
    tag = _HEADINGS.get(paragraph.style, "p")
    named = f' id="{anchor}"' if anchor else ""
    return (
        f"<{tag}{named}{_classed(_CLASSES.get(paragraph.style, ''))}{_turned(paragraph)}>{_runs(paragraph)}</{tag}>\n"
    )


def _classed(name: str) -> str:
    return f' class="{name}"' if name else ""


def _turned(paragraph: Paragraph) -> str:
    """The direction of a paragraph that runs from right to left."""
    leftward = paragraph.leftward
    if leftward is None:
        leftward = runs_leftward("".join(run.text for run in paragraph.runs))
    return ' dir="rtl"' if leftward else ""


def _runs(paragraph: Paragraph) -> str:
    return "".join(_run(run) for run in paragraph.runs)


def _run(run: Run) -> str:
    text = _safe(run.text).replace("\n", "<br>")
    if not text:
        return ""
    language = language_tag(run.language)
    tag = _RUNS.get(run.style, "span" if language else "")
    if not tag:
        return text
    return f"<{tag}{f' lang="{escape(language)}"' if language else ''}>{text}</{tag}>"


def _safe(text: str) -> str:
    """Text as HTML may hold it: a replacement sign for what no file may hold, line breaks as one sign."""
    return escape(writable(_BREAKS.sub("\n", text)))


def _quotation(piece: Quotation) -> str:
    lines = "".join(_line(paragraph) for paragraph in piece.paragraphs)
    return f"<blockquote{_classed('dissent' * piece.dissents)}>\n{lines}</blockquote>\n"


def _line(paragraph: Paragraph) -> str:
    if paragraph.style == "Quote Attribution":
        return f"<cite>{_runs(paragraph)}</cite>\n"
    if not paragraph.style.endswith("Turn"):
        return _paragraph(paragraph)
    who, *rest = paragraph.runs
    said = "".join(_run(run) for run in rest if run.text != "\t")
    return f'<p class="turn"{_turned(paragraph)}><b>{_safe(who.text)}</b><span>{said}</span></p>\n'


def _sides(table: Table) -> str:
    """Cells that stand beside each other and nothing more."""
    cells = (f"<blockquote>\n{''.join(map(_line, cell))}</blockquote>\n" for row in table.rows for cell in row)
    return f'<div class="sides">\n{"".join(cells)}</div>\n'


def _table(piece: Captioned) -> str:
    table = piece.table
    if not table.headings:
        return _sides(table)
    caption = f"<caption>{_runs(piece.caption)}</caption>" if piece.caption else ""
    label = f' aria-label="{_safe(table.summary)}"' if table.summary and not caption else ""
    heads = "".join(
        f'<th scope="col"{_classed("number" * (column in table.numbers))}>{_safe(words)}</th>'
        for column, words in enumerate(table.headings)
    )
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in table.rows)
    inner = f"{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>"
    return f'<div class="wide"><table{label}>{inner}</table></div>\n'


def _cell(cell: Cell) -> str:
    if not cell:
        return "<td></td>"
    kind = _CELLS.get(cell[0].style, "")
    if len(cell) == 1:
        return f"<td{_classed(kind)}{_turned(cell[0])}>{_runs(cell[0])}</td>"
    return f"<td{_classed(kind)}>{''.join(f'<p{_turned(each)}>{_runs(each)}</p>' for each in cell)}</td>"
