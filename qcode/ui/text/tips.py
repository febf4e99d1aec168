"""What the pointer is told about codings: code, coder, comment."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.text.values import AnyCoding
    from qcode.ui.palette import TextColours


def tip_for(codings: Sequence[AnyCoding], colours: TextColours) -> str:
    """A tool tip with a line for each coding; empty where there is none, which hides the tip."""
    return "<br>".join(_line(coding, colours) for coding in codings)


def _line(coding: AnyCoding, colours: TextColours) -> str:
    parts = [f'<span style="color:{colours.code(coding.colour).ink}">■</span> <b>{escape(coding.name)}</b>']
    if coding.coder:
        parts.append(escape(coding.coder))
    if coding.unsure:
        parts.append(QCoreApplication.translate("tips", "unsure"))
    if coding.comment:
        parts.append(f"<i>{escape(coding.comment)}</i>")
    return " · ".join(parts)
