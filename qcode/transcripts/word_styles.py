"""What the styles of a Word document say about the text that wears them: a name, bold, hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_OFF: Final = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a stretch's looks; None leaves it to what is around."""

    bold: bool | None = None
    hidden: bool | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, else that of the base."""
        return Look(
            base.bold if self.bold is None else self.bold,
            base.hidden if self.hidden is None else self.hidden,
        )


PLAIN: Final = Look()


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id."""

    names: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)

    def look(self, style: str | None) -> Look:
        """The look of a style with everything it is based on."""
        return self.looks.get(style, PLAIN) if style else PLAIN


NO_STYLES: Final = Styles()


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name, whichever WordprocessingML namespace it is in."""
    return next((str(found) for key, found in element.attrib.items() if str(key).endswith(f"}}{name}")), None)


def value(element: etree._Element | None) -> str | None:
    """The w:val of an element, if there are both."""
    return None if element is None else attribute(element, "val")


def look_of(properties: etree._Element | None) -> Look:
    """The look that an element of run properties asks for directly."""
    if properties is None:
        return PLAIN
    bold = hidden = None
    for child in properties:
        if isinstance(child.tag, str):
            kind = child.tag.rpartition("}")[2]
            if kind == "b":
                bold = _is_on(child)
            elif kind == "vanish":
                hidden = _is_on(child)
    return Look(bold, hidden)


def _is_on(toggle: etree._Element) -> bool:
    return value(toggle) not in _OFF


def read_styles(root: etree._Element) -> Styles:
    """The styles of a styles part."""
    names: dict[str, str] = {}
    own: dict[str, Look] = {}
    based_on: dict[str, str] = {}
    for style in root.iterchildren("{*}style"):
        style_id = attribute(style, "styleId") or ""
        names[style_id] = value(style.find("{*}name")) or style_id
        own[style_id] = look_of(style.find("{*}rPr"))
        based_on[style_id] = value(style.find("{*}basedOn")) or ""
    return Styles(names, {style: _resolved(style, own, based_on) for style in own})


def _resolved(style: str, own: Mapping[str, Look], based_on: Mapping[str, str]) -> Look:
    look, seen = own[style], {style}
    while (base := based_on[style]) in own and base not in seen:
        seen.add(base)
        look, style = look.over(own[base]), base
    return look
