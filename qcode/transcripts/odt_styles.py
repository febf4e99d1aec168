"""What the styles of an OpenDocument text say: a heading's name, bold, hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_SPACE: Final = re.compile(r"_20_")
_BOLD: Final = frozenset({"bold", "600", "700", "800", "900"})
_HIDDEN: Final = frozenset({"none", "condition"})


@dataclass(frozen=True, slots=True)
class OdtLook:
    """What a style says of letters, None where it says nothing, with the style that it is based on and its name."""

    bold: bool | None = None
    hidden: bool | None = None
    parent: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class OdtStyles:
    """The styles of a document by family and name."""

    looks: Mapping[tuple[str, str], OdtLook] = field(default_factory=dict)

    def look(self, family: str, style: str | None) -> OdtLook:
        """The look of a style with everything that it is based on; its name is that of the style people chose."""
        bold = hidden = None
        name, seen = "", set()
        while style and style not in seen and (found := self.looks.get((family, style))) is not None:
            seen.add(style)
            bold = found.bold if bold is None else bold
            hidden = found.hidden if hidden is None else hidden
            name = name or found.name
            style = found.parent
        return OdtLook(bold, hidden, name=name or _SPACE.sub(" ", style or ""))

    def is_hidden_section(self, section: etree._Element) -> bool:
        """Whether a section says that it is not shown."""
        return attribute(section, "display") in _HIDDEN


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name."""
    return next((str(found) for key, found in element.attrib.items() if str(key).endswith(f"}}{name}")), None)


def read_styles(*roots: etree._Element | None) -> OdtStyles:
    """The styles of a document's parts, the common ones before those made for single paragraphs."""
    looks: dict[tuple[str, str], OdtLook] = {}
    for root in roots:
        for style in root.iter("{*}style") if root is not None else ():
            name, family = attribute(style, "name") or "", attribute(style, "family") or ""
            holder = style.getparent()
            automatic = holder is not None and str(holder.tag).endswith("}automatic-styles")
            looks[family, name] = _look(style, "" if automatic else attribute(style, "display-name") or name)
    return OdtStyles(looks)


def _look(style: etree._Element, name: str) -> OdtLook:
    properties = next(style.iterchildren("{*}text-properties"), None)
    weight = attribute(properties, "font-weight") if properties is not None else None
    display = attribute(properties, "display") if properties is not None else None
    return OdtLook(
        bold=None if weight is None else weight in _BOLD,
        hidden=None if display is None else display in _HIDDEN,
        parent=attribute(style, "parent-style-name") or "",
        name=_SPACE.sub(" ", name),
    )
