"""A report as the preview shows it: the same blocks and styles as the Word document, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from html import escape
from itertools import groupby

from qcode.reports.blocks import Block, Cell, Paragraph, Run, Table
from qcode.reports.themes import themes_blocks
from qcode.reports.values import ThemesReport
from qcode.reports.word_styles import BODY, DISPLAY, DISSENT, INK, PARAGRAPH_LOOKS, QUIET, RULE, SLATE, Look
from qcode.ui.theme import Theme

_FONTS = {
    BODY: "Cambria, Georgia, 'Noto Serif', 'DejaVu Serif', serif",
    DISPLAY: "Calibri, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif",
}
_SCALE = 0.9
_SCALES = ((7, _SCALE), (8, 0.8))  # up to so many columns
_SMALLEST = 0.7
_NARROW = 13
_NEW_PAGE = 56
_NORMAL = Look("Normal", "", font=BODY, size=22, colour=INK, after=140, line=290)
_LOOKS = {look.name: look for look in PARAGRAPH_LOOKS} | {"Normal": _NORMAL}
_LEVELS = {"Title": 1, "heading 1": 2, "Appendix Heading": 2, "heading 2": 3, "heading 3": 4, "heading 4": 5}


def report_html(report: ThemesReport, theme: Theme) -> str:
    """A whole themes report."""
    return blocks_html(themes_blocks(report), theme)


def blocks_html(pages: Iterable[Block], theme: Theme) -> str:
    """The pages of a report; the names in it are plain text, whatever they hold."""
    colours = {
        INK: theme.text, SLATE: theme.text, QUIET: theme.quiet, RULE: theme.edge, DISSENT: theme.warning,
        "": theme.text, "line": theme.border,
    }  # fmt: skip
    body = "".join(_stretch(rule, list(blocks), colours) for rule, blocks in groupby(pages, _rule))
    return f'<html><body style="color:{theme.text}">{body}</body></html>'


@cache
def look_of(name: str) -> Look:
    """A paragraph style with everything it takes from the styles it is based on."""
    own = _LOOKS.get(name, _NORMAL)
    if not own.based_on:
        return own
    below = look_of(own.based_on)
    kept = {field.name: getattr(below, field.name) for field in fields(Look) if not _says(own, field.name)}
    return replace(own, **kept)


def _says(look: Look, name: str) -> bool:
    value = getattr(look, name)
    return value is not None if name in ("before", "after", "level") else bool(value)


def _rule(block: Block) -> str:
    """The colour of the line beside a block, if it has one: quotes do."""
    return look_of(block.style).rule if isinstance(block, Paragraph) else ""


def _stretch(rule: str, blocks: Iterable[Block], colours: Mapping[str, str]) -> str:
    inner = "".join(
        _table(block, colours) if isinstance(block, Table) else _paragraph(block, colours, inset=not rule)
        for block in blocks
    )
    if not rule:
        return inner
    line = f"border-left:2px solid {colours[rule]};padding-left:12px"
    return (
        '<table cellspacing="0" cellpadding="0" width="96%" style="border-collapse:collapse;margin-left:16px;'
        f'margin-top:16px"><tr><td style="{line}">{inner}</td></tr></table>'
    )


def _paragraph(block: Paragraph, colours: Mapping[str, str], *, inset: bool = True, scale: float = _SCALE) -> str:
    look = look_of(block.style)
    style = (
        f"margin-top:{_NEW_PAGE if look.new_page else _pixels(look.before)}px;margin-bottom:{_pixels(look.after)}px;"
        f"margin-left:{_pixels(look.left) if inset else 0}px;"
        f"font-family:{_FONTS[look.font]};font-size:{scale * look.size / 2:.1f}pt;"
        f"color:{colours[look.colour]};font-weight:{600 if look.bold else 400};"
        f"font-style:{'italic' if look.italic else 'normal'};line-height:{look.line / 2.4:.0f}%;"
        f"text-align:{look.align or 'left'}"
    )
    level = _LEVELS.get(block.style)
    tag = f"h{level}" if level else "p"
    return f'<{tag} style="{style}">{"".join(_run(run, colours) for run in block.runs)}</{tag}>'


def _pixels(twips: int | None) -> int:
    """A distance of the Word document as the preview shows it."""
    return round(_SCALE * (twips or 0) / 15)


def _run(run: Run, colours: Mapping[str, str]) -> str:
    text = escape(run.text).replace("\n", "<br>").replace("\t", "&nbsp;&nbsp;").replace(" %", "&nbsp;%")
    match run.style:
        case "Strong" | "Speaker":
            return f"<b>{text}</b>"
        case "Emphasis":
            return f"<i>{text}</i>"
        case "Definition Label":
            return f'<b style="color:{colours[QUIET]}">{text}</b>'
        case _:
            return text


def _table(table: Table, colours: Mapping[str, str]) -> str:
    scale = next((scale for most, scale in _SCALES if len(table.headings) <= most), _SMALLEST)
    padding = f"padding:4px {4 if scale == _SCALE else 3}px"
    headings = "".join(
        f'<td{_width(table, number)} style="border-bottom:1px solid {colours[RULE]};{padding}">'
        f"{_paragraph(_heading(table, number, words), colours, scale=scale)}</td>"
        for number, words in enumerate(table.headings)
    )
    line = f"border-bottom:1px solid {colours['line']};{padding}" if headings else padding

    def set_cell(cell: Cell) -> str:
        return f'<td style="{line}">{"".join(_paragraph(each, colours, scale=scale) for each in cell)}</td>'

    rows = "".join(f"<tr>{''.join(map(set_cell, row))}</tr>" for row in table.rows)
    return (
        '<table cellspacing="0" cellpadding="0" width="100%" style="border-collapse:collapse">'
        f"{f'<thead><tr>{headings}</tr></thead>' if headings else ''}{rows}</table>"
    )


def _width(table: Table, number: int) -> str:
    """The share of a wide column; narrow ones take what their longest word needs, whatever font there is."""
    share = 100 * table.widths[number] // sum(table.widths)
    return f' width="{share}%"' if share >= _NARROW else ""


def _heading(table: Table, number: int, words: str) -> Paragraph:
    return Paragraph("Table Number Heading" if number in table.numbers else "Table Column Heading", (Run(words),))
