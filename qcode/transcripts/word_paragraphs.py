"""One Word paragraph at a time: its visible text in runs, with what was left out counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qcode.transcripts.word_styles import PLAIN, Look, Styles, attribute, look_of, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_DROPPED: Final = frozenset({"del", "moveFrom"})
_ADDED: Final = frozenset({"ins", "moveTo"})
_SILENT: Final = frozenset({"pPr", "rt"})
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BOXES: Final = frozenset({"drawing", "pict", "object"})
# What Word's automatic corrections make of smileys and arrows, and its bullets; other private letters stay as they are.
_SYMBOLS: Final = {
    ("wingdings", 0xF04A): "☺",
    ("wingdings", 0xF04B): "😐",
    ("wingdings", 0xF04C): "☹",
    ("wingdings", 0xF0DF): "←",
    ("wingdings", 0xF0E0): "→",
    ("wingdings", 0xF0F3): "↔",
    ("symbol", 0xF0B7): "•",
    ("symbol", 0xF0B0): "°",
    ("symbol", 0xF0BC): "…",
    ("symbol", 0xF0AE): "→",
}
_RENDERED: Final = "lastRenderedPageBreak"
_PRIVATE: Final = range(0xE000, 0xF900)


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return (child for child in element if isinstance(child.tag, str))


def local(element: etree._Element) -> str:
    """An element's name without its namespace, so that strict and transitional documents read alike."""
    return str(element.tag).rpartition("}")[2]


def choice(element: etree._Element) -> etree._Element:
    """Of alternate content the branch to read: its first choice, else its fallback; any other element as it is."""
    if local(element) != "AlternateContent":
        return element
    branches = {local(branch): branch for branch in reversed(list(children(element)))}
    return branches.get("Choice", branches.get("Fallback", element))


def is_placeholder(element: etree._Element) -> bool:
    """Whether this is a content control that shows only its prompt."""
    return local(element) == "sdt" and element.find("{*}sdtPr/{*}showingPlcHdr") is not None


def page_mark(root: etree._Element) -> str:
    """What says in a document where pages begin: Word's own note of it, else breaks set by hand; empty if nothing."""
    if next(root.iter(f"{{*}}{_RENDERED}"), None) is not None:
        return _RENDERED
    return "br" if any(map(_is_page_break, root.iter("{*}br"))) else ""


def _is_page_break(element: etree._Element) -> bool:
    return attribute(element, "type") == "page"


@dataclass(slots=True)
class Paragraph:
    """A paragraph's number, its page where known, its style's name, its visible runs and the text boxes in it.

    Runs are (text, is bold) pairs.
    """

    number: int
    page: int | None = None
    style: str | None = None
    runs: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class ParagraphWalk:
    """Reads paragraphs in order and counts what it leaves out."""

    styles: Styles
    paragraphs: int = 0
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    comments: int = 0
    notes: int = 0
    symbols: int = 0
    embedded: int = 0
    headings: int = 0
    page: int | None = None
    page_mark: str = ""
    _unfinished: Paragraph | None = None
    # One entry for each field of this paragraph we are inside: True until its result begins.
    _fields: list[bool] = field(default_factory=list)

    def read(self, element: etree._Element) -> Paragraph | None:
        """The paragraph, begun by those before it whose marks were deleted; None if its own mark was deleted."""
        self._fields.clear()
        self.paragraphs += 1
        paragraph = self._unfinished or Paragraph(self.paragraphs, self._page_of(element))
        properties = element.find("{*}pPr")
        look, mark_deleted = self._paragraph_look(properties, paragraph)
        self._inline(element, paragraph, look)
        self._unfinished = paragraph if mark_deleted else None
        return None if mark_deleted else paragraph

    def begin(self) -> Paragraph | None:
        """Begin a story of its own inside the one we are in; what it returns goes back to `finish`."""
        outer, self._unfinished = self._unfinished, None
        return outer

    def finish(self, outer: Paragraph | None) -> Paragraph | None:
        """End the story: its last paragraph, if the mark of that was deleted."""
        left, self._unfinished = self._unfinished, outer
        return left

    def _paragraph_look(self, properties: etree._Element | None, paragraph: Paragraph) -> tuple[Look, bool]:
        if properties is None:
            return PLAIN, False
        style = properties.find("{*}pStyle")
        style_id = value(style)
        if style_id and not paragraph.runs:
            paragraph.style = self.styles.names.get(style_id, style_id)
        mark_deleted = any(properties.find(f"{{*}}rPr/{{*}}{mark}") is not None for mark in _DROPPED)
        self.deleted += mark_deleted
        return self.styles.look(style_id), mark_deleted

    def _inline(self, holder: etree._Element, paragraph: Paragraph, look: Look) -> None:
        for child in children(holder):
            kind = local(child)
            if kind == "r":
                self._run(child, paragraph, look)
            elif kind in _DROPPED:
                self.deleted += 1
            elif kind not in _SILENT and not is_placeholder(child):
                self.inserted += kind in _ADDED
                self._inline(choice(child), paragraph, look)

    def _run(self, run: etree._Element, paragraph: Paragraph, look: Look) -> None:
        properties = run.find("{*}rPr")
        if properties is not None:
            style = properties.find("{*}rStyle")
            styled = self.styles.look(value(style))
            look = look_of(properties).over(styled.over(look))
        text = "".join(self._pieces(run, paragraph))
        if look.hidden:
            self.hidden += bool(text.strip())
        elif text:
            paragraph.runs.append((text, bool(look.bold)))

    def _pieces(self, run: etree._Element, paragraph: Paragraph) -> Iterator[str]:
        for child in children(run):
            kind = local(child)
            self._turn_page(kind, child)
            if kind == "fldChar":
                self._field(child)
            elif any(self._fields):
                continue
            elif kind == "t":
                yield (child.text or "").replace("\n", " ")
            elif kind in _CHARACTERS:
                yield _CHARACTERS[kind]
            elif kind == "sym":
                yield self._symbol(child)
            else:
                yield from self._other(kind, child, paragraph)

    def _other(self, kind: str, element: etree._Element, paragraph: Paragraph) -> Iterator[str]:
        if kind in {"footnoteReference", "endnoteReference"}:
            self.notes += 1
        elif kind == "commentReference":
            self.comments += 1
        elif kind in _BOXES:
            self._find_boxes(element, paragraph)
        elif kind == "AlternateContent":
            yield from self._pieces(choice(element), paragraph)
        elif kind == "ruby":
            inner = Paragraph(self.paragraphs)
            self._inline(element, inner, PLAIN)
            yield "".join(text for text, _ in inner.runs)

    def _find_boxes(self, element: etree._Element, paragraph: Paragraph) -> None:
        """Text boxes, of each alternative only the one that is read."""
        for child in children(element):
            kind = local(child)
            if kind == "txbxContent":
                paragraph.boxes.append(child)
            else:
                self._find_boxes(choice(child), paragraph)

    def _page_of(self, element: etree._Element) -> int | None:
        """The page that a paragraph begins on: the next one, where it opens with the mark of a page."""
        if self.page is None or self.page_mark != _RENDERED:
            return self.page
        for child in element.iter("{*}t", f"{{*}}{_RENDERED}"):
            return self.page + (local(child) == _RENDERED)
        return self.page

    def _turn_page(self, kind: str, element: etree._Element) -> None:
        if self.page is not None and kind == self.page_mark and (kind == _RENDERED or _is_page_break(element)):
            self.page += 1

    def _field(self, mark: etree._Element) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _symbol(self, element: etree._Element) -> str:
        try:
            code = int(attribute(element, "char") or "", 16)
        except ValueError:
            return ""
        known = _SYMBOLS.get(((attribute(element, "font") or "").lower(), code))
        self.symbols += known is None and code in _PRIVATE
        return known or (chr(code) if 0x20 <= code < 0xD800 or code in _PRIVATE else "")
