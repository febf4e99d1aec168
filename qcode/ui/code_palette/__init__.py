"""The palette of codes: type a few letters of a code, see its definition, press Enter."""

from __future__ import annotations

from qcode.ui.code_palette.choices import CodeChoice, Pick
from qcode.ui.code_palette.popup import CodePalette

__all__ = ["CodeChoice", "CodePalette", "Pick"]
