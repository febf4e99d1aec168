"""The figures as a table to read and as JSON to compare."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import qVersion
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from benchmarks.figures import Figure
from qcode import __version__

_WIDE = 130


def show(figures: Sequence[Figure], *, quick: bool) -> None:
    """Print the table; a target that is missed is red."""
    title = "Seconds; medians of so many runs" + ("; quick: data A is a fifth of its size" if quick else "")
    table = Table(title=title, title_justify="left", pad_edge=False, show_lines=False)
    table.add_column("", ratio=3)
    for title in ("wall", "CPU", "runs"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("floor", ratio=1)
    table.add_column("others, and how many times as much", ratio=2)
    table.add_column("target", justify="right", no_wrap=True)
    for figure in figures:
        table.add_row(*_cells(figure))
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)
    print(" · ".join(f"{name} {value}" for name, value in machine().items()))


def write(path: Path, figures: Sequence[Figure], *, quick: bool) -> None:
    """Save the figures with what is known of the machine; nothing in it names the machine or its folders."""
    found = {"machine": machine(), "quick": quick, "figures": [asdict(figure) for figure in figures]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, str | int]:
    """What the figures depend on."""
    return {
        "qcode": __version__,
        "on": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count() or 1,
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "SQLite": sqlite3.sqlite_version,
    }


def _cells(figure: Figure) -> tuple[RenderableType, ...]:
    what = Text(figure.what)
    if figure.note:
        what.append(f"\n{figure.note}", style="dim")
    return (
        what,
        Text(_size(figure.value) if figure.unit == "bytes" else _number(figure.value), style="bold"),
        "" if figure.cpu is None else _number(figure.cpu),
        str(figure.runs),
        "" if figure.floor is None else f"{_number(figure.floor.seconds)} {figure.floor.doing}",
        "\n".join(f"{peer.name} {_number(peer.seconds)} {_ratio(peer.seconds, figure)}" for peer in figure.peers),
        _target(figure),
    )


def _target(figure: Figure) -> Text:
    if figure.target is None:
        return Text("")
    mark, style = ("✗", "red") if figure.missed else ("✓", "green")
    wished = _size(figure.target) if figure.unit == "bytes" else _number(figure.target)
    return Text(f"{wished} {mark}", style=style)


def _ratio(other: float, figure: Figure) -> str:
    return f"×{other / figure.value:,.0f}" if other >= 10 * figure.value else f"×{other / figure.value:.1f}"


def _number(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds >= 10 else f"{seconds:.2f}" if seconds >= 1 else f"{seconds:.4f}"


def _size(count: float) -> str:
    return f"{count / 1e6:.1f} MB"
