"""What stands below the passage: the lanes in words, and the definitions of the codes in question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from qcode.queries.codebook.tree import DefinitionRow
from qcode.queries.disagreements.cases import CaseRow, LaneSpan
from qcode.ui import theme
from qcode.ui.reconcile.differing import others_of, pieces
from qcode.ui.reconcile.seats import Seat
from qcode.ui.theme import SPACE, text_colours
from qcode.ui.utf16 import displayable

_SCHEME = "lane:"
_FIELDS = (
    ("when_to_use", "When"),
    ("when_not_to_use", "When not"),
    ("typical_example", "Typical"),
    ("near_miss", "Near miss"),
)


@dataclass(frozen=True, slots=True)
class CodeInQuestion:
    """A code of a case: its name, its colour, what it means, and whether it still is what one codes with."""

    id: str
    name: str
    slot: int
    definition: DefinitionRow | None = None
    status: str = "active"


class CaseSheet(QTextBrowser):
    """Lanes and definitions as one page. A lane's letter can be clicked: `lanePicked` tells it."""

    lanePicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("What each coder marked, and what the codes mean")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(1.5 * SPACE)
        self.anchorClicked.connect(lambda url: self.lanePicked.emit(url.toString().removeprefix(_SCHEME)))
        self._shown: tuple[CaseRow, str, Sequence[Seat], Mapping[str, CodeInQuestion], str] | None = None

    # Methods

    def show_case(
        self,
        case: CaseRow,
        text: str,
        known: Sequence[Seat],
        codes: Mapping[str, CodeInQuestion],
        chosen: str = "",
    ) -> None:
        """Show a case of a transcript's text; the lane with the `chosen` letter stands out."""
        self._shown = (case, text, known, codes, chosen)
        self._draw()

    def choose(self, letter: str) -> None:
        """Let the lane with a letter stand out, or none."""
        if self._shown is not None and self._shown[-1] != letter:
            self._shown = (*self._shown[:-1], letter)
            self._draw()

    def forget(self) -> None:
        """Show nothing."""
        self._shown = None
        self.clear()

    def update_theme(self) -> None:
        """Show the same in the colours of the theme."""
        if self._shown is not None:
            self._draw()

    # Internal

    def _draw(self) -> None:
        if self._shown is None:
            return
        case, text, known, codes, chosen = self._shown
        lanes = "".join(_lane(case, text, seat, codes, chosen=seat.letter == chosen) for seat in known)
        meant = "".join(_definition(codes[code]) for code in case.codes if code in codes)
        self.setHtml(
            f'<table width="100%" cellspacing="0" cellpadding="{SPACE // 2}">{lanes}</table>'
            f'<p style="margin:{SPACE}px 0 0 0; color:{theme.current().quiet}">Definitions</p>{meant}'
        )


def _lane(case: CaseRow, text: str, seat: Seat, codes: Mapping[str, CodeInQuestion], *, chosen: bool) -> str:
    shown = theme.current()
    ground = f' bgcolor="{shown.selected}"' if chosen else ""
    name = f'<span style="color:{shown.quiet}">{_said(seat.name)}</span><br>' if seat.name else ""
    spans = [_span(case, text, seat, span, codes) for span in seat.lane.spans]
    if not spans:
        none = "marked other codes here:" if seat.lane.beside else "marked nothing here"
        spans = [f'<span style="color:{shown.quiet}">{none}</span>']
    spans += _beside(text, seat, codes)
    said = "<br>".join(spans)
    return (
        f'<tr><td width="{3 * SPACE}"{ground} valign="top" align="center">'
        f'<a href="{_SCHEME}{seat.letter}" style="color:{shown.accent}; text-decoration:none; font-weight:600">'
        f'{seat.letter}</a></td><td{ground} style="line-height:140%">{name}{said}</td></tr>'
    )


def _span(case: CaseRow, text: str, seat: Seat, span: LaneSpan, codes: Mapping[str, CodeInQuestion]) -> str:
    shown = theme.current()
    code = codes.get(span.code)
    marks = [f'<span style="color:{shown.warning}">unsure</span>'] if span.certainty == "unsure" else []
    marks += [f'<span style="color:{shown.quiet}">“{_said(span.comment)}”</span>'] if span.comment else []
    words = _words(case, text, seat, span)
    return " · ".join([f"{_named(code)}&nbsp; {words}", *marks])


def _beside(text: str, seat: Seat, codes: Mapping[str, CodeInQuestion]) -> list[str]:
    """Other codes of the same coder that touch the passage, with their words where nothing in question was marked."""
    lane = seat.lane
    if lane.spans:
        names = dict.fromkeys(_name(codes.get(span.code)) for span in lane.beside)
        said = [f"also: {', '.join(names)}"] if names else []
    else:
        said = [
            f"{_name(codes.get(span.code))}: {''.join(part.text for part in pieces(text, span.place, ()))}"
            for span in lane.beside
        ]
    return [f'<span style="color:{theme.current().quiet}">{_said(line)}</span>' for line in said]


def _words(case: CaseRow, text: str, seat: Seat, span: LaneSpan) -> str:
    shown = theme.current()
    parts = pieces(text, (span.start, span.end), others_of(case, span, seat.lane.coder))
    told = "text-decoration:underline" if shown.contrast == "high" else f"background-color:{shown.selected}"
    return "".join(
        _said(part.text) if part.shared else f'<span style="{told}">{_said(part.text)}</span>' for part in parts
    )


def _name(code: CodeInQuestion | None) -> str:
    return code.name if code is not None else "a code that is gone"


def _named(code: CodeInQuestion | None) -> str:
    if code is None:
        return _name(code)
    colour = text_colours().code(code.slot)
    return f'<span style="color:{colour.stripe}">■</span> <b>{_said(code.name)}</b>'


def _definition(code: CodeInQuestion) -> str:
    shown = theme.current()
    status = "" if code.status == "active" else f' <span style="color:{shown.warning}">{_said(code.status)}</span>'
    head = f'<p style="margin:{SPACE // 2}px 0 0 0">{_named(code)}{status}'
    meant = code.definition
    if meant is None or not any((meant.brief, meant.full, *(getattr(meant, field) for field, _name in _FIELDS))):
        return f'{head} <span style="color:{shown.quiet}">has no definition yet.</span></p>'
    fields = [
        f'<span style="color:{shown.quiet}">{name}:</span> {_said(getattr(meant, field))}'
        for field, name in _FIELDS
        if getattr(meant, field)
    ]
    return "<br>".join([f"{head}&nbsp; {_said(meant.brief or meant.full)}", *fields]) + "</p>"


def _said(words: str) -> str:
    return escape(displayable(words)).replace("\n", " ")
