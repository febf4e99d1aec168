"""The one style sheet of the application, written from a theme's colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

_MARKS = Path(__file__).with_name("marks")

_SHEET = Template("""
QMainWindow, QDialog { background: $surface; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 4px 6px; }

QLabel[scale="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[scale="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[scale="small"] { font-size: ${small}pt; }
QLabel[tone="quiet"] { color: $quiet; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warning"] { color: $warning; }

QFrame[surface="panel"] { background: $surface; border: none; }
QFrame[surface="page"] { background: $background; border: none; }
QFrame[surface="raised"] { background: $raised; border: 1px solid $border; border-radius: 8px; }

QFrame[surface="rail"] { background: $surface; border: none; border-right: 1px solid $border; }
QFrame[surface="header"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[surface="drawer"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[surface="bar"] { background: $raised; border: none; border-top: 1px solid $border; }
QFrame[surface="overlay"] { background: $raised; border: 1px solid $edge; border-radius: 10px; }
QFrame[surface="overlay"] QAbstractItemView, QFrame[surface="overlay"] QHeaderView::section { background: $raised; }

QPushButton {
  background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px;
  padding: 5px 14px; min-height: 18px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selected; }
QPushButton:focus { border: 2px solid $focus; padding: 4px 13px; }
QPushButton:disabled { color: $faint; border-color: $border; background: transparent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $border; color: $quiet; border-color: $border; }
QPushButton[kind="quiet"] { background: transparent; color: $accent; border-color: transparent; padding: 5px 8px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 4px 7px; }
QPushButton[kind="quiet"]:disabled { color: $faint; }
QPushButton[kind="choice"] { text-align: left; padding: 4px 8px; }
QPushButton[kind="choice"]:focus { border: 2px solid $focus; padding: 3px 7px; }
QPushButton[kind="lane"] { padding: 4px 0; }
QPushButton[kind="lane"]:focus { border: 2px solid $focus; padding: 3px 0; }

QToolButton { background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 2px solid $focus; padding: 3px; }
QToolButton:disabled { color: $faint; }
QToolButton[kind="room"] { color: $quiet; font-size: ${small}pt; padding: 8px 4px 6px 4px; }
QToolButton[kind="room"]:checked { background: $selected; color: $text; }
QToolButton[kind="room"]:focus { border: 2px solid $focus; padding: 7px 3px 5px 3px; }
QToolButton[kind="tab"] { color: $quiet; padding: 4px 12px; border-radius: 6px; }
QToolButton[kind="tab"]:checked { background: $selected; color: $text; }
QToolButton[kind="tab"]:focus { border: 2px solid $focus; padding: 3px 11px; }
QToolButton[kind="chip"] { background: $raised; border-color: $edge; font-size: ${small}pt; padding: 2px 7px; }
QToolButton[kind="chip"]:hover { background: $hover; }
QToolButton[kind="chip"]:focus { border: 2px solid $focus; padding: 1px 6px; }
QToolButton[kind="slim"], QPushButton[kind="slim"] {
  background: transparent; color: $quiet; border: 1px solid transparent; font-size: ${small}pt;
  padding: 2px 7px; min-height: 0;
}
QToolButton[kind="slim"]:hover, QPushButton[kind="slim"]:hover { background: $hover; color: $text; }
QToolButton[kind="slim"]:focus, QPushButton[kind="slim"]:focus { border: 2px solid $focus; padding: 1px 6px; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox {
  background: $background; color: $text; border: 1px solid $edge; border-radius: 6px;
  padding: 4px 8px; min-height: 18px;
  selection-background-color: $selected; selection-color: $text;
}
QPlainTextEdit[kind="field"], QTextEdit[kind="field"] {
  background: $background; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 4px;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 2px solid $focus; padding: 3px 7px; }
QPlainTextEdit[kind="field"]:focus, QTextEdit[kind="field"]:focus { border: 2px solid $focus; padding: 3px; }
QLineEdit { placeholder-text-color: $quiet; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled {
  color: $faint; border-color: $border; background: $surface;
}
QComboBox::drop-down { border: none; width: 22px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$marks/down-$name.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; outline: none; padding: 2px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { border: none; width: 18px; subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { border: none; width: 18px; subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$marks/up-$name.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$marks/down-$name.svg"); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px; background: $background;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$marks/tick-$name.svg");
}
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url("$marks/dot-$name.svg"); }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }

QAbstractItemView {
  background: $background; color: $text; border: none; outline: none;
  selection-background-color: $selected; selection-color: $text;
}
QTableView { gridline-color: transparent; }
QTableView::item, QTreeView::item, QListView::item { padding: 5px 8px; border: none; }
QTreeView::item, QListView::item { padding: 4px 4px; }
QTableView::item:hover, QTreeView::item:hover, QListView::item:hover { background: $hover; }
RowTable::item:hover { background: transparent; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: $selected; color: $text; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$marks/right-$name.svg"); }
QTreeView::branch:has-children:open { image: url("$marks/down-$name.svg"); }
QHeaderView { background: $background; border: none; }
QHeaderView::section {
  background: $background; color: $quiet; border: none; border-bottom: 1px solid $border;
  padding: 6px 8px 6px 11px; font-size: ${small}pt;
}
QHeaderView::section:hover { color: $text; }
QHeaderView::section:vertical { color: $text; border-bottom: none; padding: 4px 8px 6px 11px; font-size: ${body}pt; }
QTableCornerButton::section { background: $background; border: none; border-bottom: 1px solid $border; }
QHeaderView::up-arrow { image: url("$marks/up-$name.svg"); width: 12px; height: 12px; }
QHeaderView::down-arrow { image: url("$marks/down-$name.svg"); width: 12px; height: 12px; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $quiet; border: 2px solid transparent; border-bottom: 2px solid transparent;
  padding: 6px 12px;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar:focus { border: none; }
QTabBar::tab:focus { border: 2px solid $focus; border-radius: 4px; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { border: none; background: transparent; }

QProgressBar { background: $hover; border: none; border-radius: 3px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QMenuBar { background: $surface; color: $text; border-bottom: 1px solid $border; padding: 1px 4px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; color: $text; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
""")


_IN_HIGH_CONTRAST = Template("""
QPushButton[kind="quiet"], QToolButton[kind="slim"], QPushButton[kind="slim"] { border-color: $edge; }
QPushButton:checked:!focus, QToolButton:checked:!focus { border: 1px solid $edge; }
QPushButton:disabled, QLineEdit:disabled, QComboBox:disabled { border: 1px dashed $faint; }
QTableView::item:selected { border-top: 2px solid $accent; border-bottom: 2px solid $accent; }
QTreeView::item:selected, QListView::item:selected { border: 2px solid $accent; }
QMenu::item:selected, QMenuBar::item:selected { border: 2px solid $focus; }
QProgressBar { border: 1px solid $edge; }
QScrollBar { border: 1px solid $edge; }
QSplitter::handle:horizontal { width: 2px; }
QSplitter::handle:vertical { height: 2px; }
""")
_RING = re.compile(r"(:focus \{ border: )2px( solid \$\w+;)(?: padding: ([\d px]+);)?")


def style_sheet(theme: Any, points: Mapping[str, float]) -> str:
    """The sheet for a theme (its fields are the names in the template) and the type scale in points."""
    colours = {name: getattr(theme, name) for name in (*theme.__slots__, "faint")}
    sheet = _SHEET
    if theme.contrast == "high":
        ringed = _RING.sub(_wider, _SHEET.template).replace("2px solid transparent", "3px solid transparent")
        sheet = Template(ringed + _IN_HIGH_CONTRAST.template)
    return sheet.substitute(colours | dict(points), marks=_MARKS.as_posix())


def _wider(found: re.Match[str]) -> str:
    """A ring of three pixels in place of two, with padding that gives way, so that nothing moves."""
    padding = [max(int(part.removesuffix("px")) - 1, 0) for part in (found[3] or "").split()]
    inside = f" padding: {' '.join(f'{part}px' for part in padding)};" if padding else ""
    return f"{found[1]}3px{found[2]}{inside}"
