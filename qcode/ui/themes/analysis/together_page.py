"""Co-occurrence: which codes stand together, as a list of pairs, as cells and as a web."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtWidgets import QSpinBox

from qcode.analysis.cooccurrence import WAYS, By, Cooccurrence, cooccurrence
from qcode.analysis.cooccurrence import Edge as Pair
from qcode.errors import QcodeError
from qcode.queries.reports.counted import cooccurrence_reports
from qcode.queries.reports.drawn import UNITS, web_plot
from qcode.reports.plot_values import Heat, Item, Key, Number, Plot
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.analysis.answers import Answer, Heading, Line, counted, number, worded
from qcode.ui.themes.analysis.kept_corpus import CorpusReader
from qcode.ui.themes.analysis.page import AnalysisPage, Deed
from qcode.ui.themes.behind import Behind, behind_passages

_NAMES: dict[By, str] = {"overlap": "On the same words", "turn": "In the same turn", "document": "In the same document"}
_PLOTS = [("web", "Network"), ("cells", "Cells"), ("jaccard", "Cells, Jaccard’s index")]


class NonePairedError(QcodeError):
    """No two codes stand together so often."""

    def __init__(self, by: By, least: int) -> None:
        often = f" {least} times or more" if least > 1 else ""
        super().__init__(
            f"No two codes stand {_NAMES[by][0].lower()}{_NAMES[by][1:]}{often}. Choose another meaning of together"
            + (", or a smaller number." if least > 1 else ".")
        )


class Together(AnalysisPage):
    """Counts how often each two codes stand together; the rare ones can be left out."""

    key = "together"
    title = "Co-occurrence"

    # What AnalysisPage asks for

    def make_controls(self) -> None:
        """What together means, how it is drawn, and how often at least."""
        self.by = self.choice("Together", [(key, _NAMES[key]) for key in WAYS])
        self.drawn = self.choice("Drawn as", _PLOTS)
        self.least = QSpinBox()
        self.least.setRange(1, 9_999)
        self.least.setAccessibleName("At least so often")
        self.least.setKeyboardTracking(False)
        self.least.valueChanged.connect(self.ask)
        self.add_control(label("At least", "small", "quiet"), self.least)

    def question(self) -> Deed:
        """Count pairs as they are chosen."""
        by = cast("By", self.by.currentData())
        return partial(_answer, by=by, drawn=self.drawn.currentData(), least=self.least.value())


def _answer(reader: CorpusReader, *, by: By, drawn: str, least: int) -> Answer:
    found = cooccurrence(reader.read(), by)
    names = {code.id: code.name for code in found.codes}
    pairs = found.pairs(least=least)
    if not pairs:
        raise NonePairedError(by, least)
    lines = tuple(_line(pair, names) for pair in pairs)
    headings = (
        Heading("With", words=True, width=28 * SPACE),
        Heading("Together", f"How many {UNITS[by]}"),
        Heading("Jaccard", "From 0, never together, to 1, never apart"),
    )
    few = f" Pairs that stand together fewer than {least} times are left out." if least > 1 else ""
    alone = len(names) - len({code for pair in pairs for code in (pair.first, pair.second)})
    none = f" {counted(alone, 'code')} with no other{' so often' if least > 1 else ''}." if alone else ""
    return Answer(
        found.said, "Code", headings, lines, _plot(found, pairs, drawn), partial(_behind, found, names),
        "Co-occurrence of codes", found.note + few + none,
        report=cooccurrence_reports(found, least=least)[0 if drawn == "web" else 1],
    )  # fmt: skip


def _line(pair: Pair, names: dict[str, str]) -> Line:
    key = (pair.first, pair.second)
    cells = (worded(names[pair.second]), number(pair.count), Number(pair.jaccard, f"{pair.jaccard:.2f}"))
    return Line(" ".join(key), names[pair.first], cells, (key,) * 3)


def _plot(found: Cooccurrence, pairs: tuple[Pair, ...], drawn: str) -> Plot:
    return web_plot(found, pairs) if drawn == "web" else _heat(found, pairs, of=drawn)


def _heat(found: Cooccurrence, pairs: tuple[Pair, ...], *, of: str) -> Heat:
    kept = {code for pair in pairs for code in (pair.first, pair.second)}
    codes = [code for code in found.codes if code.id in kept]
    heads = tuple(Item(code.id, code.name, code.colour) for code in codes)
    known = {frozenset((pair.first, pair.second)): pair for pair in pairs}

    def shown(first: str, second: str) -> Number:
        pair = known.get(frozenset((first, second)))
        if pair is None:
            return Number(None, "")
        return number(pair.count) if of == "cells" else Number(pair.jaccard, f"{pair.jaccard:.2f}")

    numbers = tuple(tuple(shown(one.id, two.id) for two in codes) for one in codes)
    unit = UNITS[found.by] if of == "cells" else "of what either has (Jaccard’s index)"
    return Heat("Co-occurrence of codes", heads, heads, numbers, unit)


def _behind(found: Cooccurrence, names: dict[str, str], key: Key) -> Behind | None:
    codes = key[0].split(" ") if len(key) == 1 else list(key)
    if any(code not in names for code in codes):
        return None
    cell = found.cell(codes[0], codes[-1])
    return behind_passages(" and ".join(dict.fromkeys(names[code] for code in codes)), cell.passages)
