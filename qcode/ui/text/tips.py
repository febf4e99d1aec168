"""What the pointer is told about codings and memos: code, definition, coder, comment; titles.

Everything people wrote is hostile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qcode.text.values import AnyCoding
    from qcode.ui.palette import TextColours

_MOST = 8
_LONGEST = {"name": 80, "path": 120, "note": 300}
# What turns the direction of writing around would turn what follows it around, too; control characters draw boxes.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONG_WORD = re.compile(r"\S{36}")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a coding beside the coding: the codes above its code, the definition, whose it is, flags."""

    above: tuple[str, ...] = ()
    brief: str = ""
    who: str = ""
    marks: tuple[str, ...] = ()


def about_coding(coding: AnyCoding) -> About:
    """What a coding tells by itself."""
    return About(who=coding.coder, marks=("unsure",) * coding.unsure)


def tip_for(
    codings: Sequence[AnyCoding], colours: TextColours, about: Callable[[AnyCoding], About] = about_coding
) -> str:
    """A tool tip with a paragraph for each code and a line for each of its codings; empty for none, which hides it."""
    if not codings:
        return ""
    by_code: dict[str, list[AnyCoding]] = {}
    for coding in codings[:_MOST]:
        by_code.setdefault(coding.code, []).append(coding)
    entries = [_entry(of_code, colours, about) for of_code in by_code.values()]
    if len(codings) > _MOST:
        entries.append(_paragraph([_quiet(f"and {len(codings) - _MOST} more", colours)]))
    return f"<qt>{''.join(entries)}</qt>"


def memo_tip(titles: Sequence[str], colours: TextColours) -> str:
    """A tool tip with a line for each memo; empty for none, which hides it."""
    if not titles:
        return ""
    said = [f"{_quiet('Memo:', colours)} {_said(title, 'path') or 'Untitled'}" for title in titles[:_MOST]]
    more = [_quiet(f"and {len(titles) - _MOST} more", colours)] if len(titles) > _MOST else []
    return f"<qt>{_paragraph([*said, *more])}</qt>"


def _entry(codings: Sequence[AnyCoding], colours: TextColours, about: Callable[[AnyCoding], About]) -> str:
    first, known = codings[0], about(codings[0])
    above = "".join(f"{_said(name, 'path')} › " for name in known.above)
    swatch = f'<span style="color:{colours.code(first.colour).stripe}">■</span>'
    head = f"{swatch} {_quiet(above, colours)}<b>{_said(first.name, 'name')}</b>"
    return _paragraph(
        [head, _said(known.brief, "note"), *(_line(coding, about(coding), colours) for coding in codings)]
    )


def _line(coding: AnyCoding, known: About, colours: TextColours) -> str:
    facts = _quiet(" · ".join(_said(fact, "name") for fact in (known.who, *known.marks) if fact), colours)
    comment = f"<i>“{_said(coding.comment, 'note')}”</i>" if coding.comment.strip() else ""
    return " ".join(part for part in (facts, comment) if part)


def _paragraph(lines: Sequence[str]) -> str:
    return f'<p style="margin:5px 2px">{"<br>".join(line for line in lines if line)}</p>'


def _quiet(words: str, colours: TextColours) -> str:
    return f'<span style="color:{colours.quiet_text}">{words}</span>' if words else ""


def _said(words: str, kind: str) -> str:
    """What a person wrote, on one line and not too long, so that it is only read, never followed."""
    plain = " ".join(_UNSEEN.sub(" ", words).split())
    longest = _LONGEST[kind]
    if len(plain) > longest:
        plain = plain[: longest - 1].rstrip() + "…"
    # Zero-width spaces let a word without end wrap.
    from html import escape

    return escape(_LONG_WORD.sub("\\g<0>\u200b", plain))
