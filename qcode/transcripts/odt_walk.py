"""Going through the paragraphs of an OpenDocument text: runs in order, blanks and tabs spelt out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qcode.transcripts.odt_styles import OdtStyles, attribute

if TYPE_CHECKING:
    from lxml import etree

_MOST_BLANKS: Final = 1_000
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_COUNTED: Final = {
    "annotation": "comments",
    "note": "notes",
    "change": "changes",
    "change-start": "changes",
    "hidden-text": "hidden",
}
_SKIPPED: Final = frozenset(
    {"annotation-end", "change-end", "ruby-text", "image", "object", "object-ole", "binary-data", "hidden-paragraph"}
)
_BOXES: Final = frozenset({"frame", "custom-shape", "rect", "g"})


@dataclass(slots=True)
class OdtParagraph:
    """A paragraph as (text, bold) runs, its number from 1, its style's name, its page, and the boxes anchored in it."""

    number: int
    style: str | None
    page: int
    runs: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class OdtWalk:
    """The state of going through the paragraphs once; `left_out` counts what was not read, by kind."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._number = 0
        self.page = 1
        self.left_out: Counter[str] = Counter()

    def read(self, element: etree._Element) -> OdtParagraph:
        """A paragraph or a heading."""
        self._number += 1
        look = self._styles.look("paragraph", attribute(element, "style-name"))
        style = look.name or None
        if local(element) == "h":
            style = f"Heading {attribute(element, 'outline-level') or 1}"
        paragraph = OdtParagraph(self._number, style, self.page)
        if look.hidden:
            self.left_out["hidden"] += 1
            return paragraph
        self._collect(element, paragraph, bold=look.bold is True)
        return paragraph

    def _collect(self, element: etree._Element, paragraph: OdtParagraph, *, bold: bool) -> None:
        _add(paragraph, element.text, bold=bold)
        for child in element:
            if isinstance(child.tag, str):
                self._take(child, paragraph, bold=bold)
            _add(paragraph, child.tail, bold=bold)

    def _take(self, child: etree._Element, paragraph: OdtParagraph, *, bold: bool) -> None:
        kind = local(child)
        if kind in _COUNTED:
            self.left_out[_COUNTED[kind]] += 1
        elif kind in _SKIPPED:
            return
        elif kind in _BOXES:
            paragraph.boxes += child.iter("{*}text-box") if kind == "frame" else [child]
        elif kind == "s":
            paragraph.runs.append((" " * _count(child), bold))
        elif kind == "tab":
            paragraph.runs.append(("\t", bold))
        elif kind == "line-break":
            paragraph.runs.append(("\n", bold))
        elif kind == "soft-page-break":
            self.page += 1
        elif kind == "span":
            self._span(child, paragraph, bold=bold)
        else:
            self._collect(child, paragraph, bold=bold)

    def _span(self, child: etree._Element, paragraph: OdtParagraph, *, bold: bool) -> None:
        look = self._styles.look("text", attribute(child, "style-name"))
        if look.hidden:
            self.left_out["hidden"] += 1
        else:
            self._collect(child, paragraph, bold=bold if look.bold is None else look.bold)


def local(element: etree._Element | None) -> str:
    """An element's name without its namespace; empty for comments and where there is none."""
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""


def _add(paragraph: OdtParagraph, text: str | None, *, bold: bool) -> None:
    """Add text as it is shown: line breaks and tabs of the file are blanks, and blanks beside each other are one."""
    if not text:
        return
    shown = _BLANKS.sub(" ", text)
    paragraph.runs.append((shown[1:] if shown[0] == " " and _ends_in_blank(paragraph) else shown, bold))


def _ends_in_blank(paragraph: OdtParagraph) -> bool:
    last = next((text for text, _ in reversed(paragraph.runs) if text), "\n")
    return last[-1] in " \n"


def _count(element: etree._Element) -> int:
    number = attribute(element, "c") or "1"
    return min(int(number), _MOST_BLANKS) if number.isascii() and number.isdecimal() and len(number) < 9 else 1
