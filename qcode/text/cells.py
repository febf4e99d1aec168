"""Text in the cells of a table file, kept from being taken for a formula by the spreadsheet that opens it."""

from __future__ import annotations

import re

# A spreadsheet looks for the sign after blanks and quotation marks too, and takes the full-width forms as well.
_FORMULA = re.compile("[\\s'\"‘’“”]*[=+\\-@\t\r＝＋－＠]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What was given to ``guarded``: its inverse, only to be used on cells that ``guarded`` wrote."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
