"""What a stranger learns who lays printed files side by side: words that are equal, names, numbers and documents."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
from docx.text.paragraph import Paragraph

AT_ONCE = 6
"""Words in a row that are known again wherever they are printed."""
END = "¶"


def lines_of(path: Path) -> Iterator[str]:
    """Every paragraph, and every line of a cell with an end behind it; rows of a spreadsheet begin with the quote."""
    match path.suffix:
        case ".docx":
            for block in docx.Document(path).iter_inner_content():
                if isinstance(block, Paragraph):
                    yield block.text
                else:
                    for cell in (cell for row in block.rows for cell in row.cells):
                        yield from (*cell.text.split("\n"), END)
        case ".csv":
            yield from _of_rows(list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))))
        case ".xlsx":
            for sheet in openpyxl.load_workbook(path).worksheets:
                yield from _of_rows([["" if one is None else str(one) for one in row] for row in sheet.values])
        case ".html":
            text = re.sub(r"<style.*?</style>|\n", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            text = text.replace("</b><span>", " ").replace("</td>", f"\n{END}\n")
            yield from map(html.unescape, re.sub(r"<[^>]+>", "\n", text).split("\n"))
        case _:
            text = path.read_text(encoding="utf-8")
            yield from re.sub(r"[\\*>]|&emsp;", "", text.replace("<br>", "\n").replace(" | ", f"\n{END}\n")).split("\n")


def _of_rows(rows: list[list[str]]) -> Iterator[str]:
    heads = [cell.casefold() for cell in rows[0]] if rows else []
    place = heads.index("quote") if "quote" in heads else 0
    for row in rows:
        yield from (line for cell in row[place:] for line in cell.split("\n"))
        yield END


def grams(words: str) -> list[str]:
    """All stretches of so many words, without marks and capitals."""
    plain = re.findall(r"\w+", words.replace("’", "").replace("'", "").casefold())
    return [" ".join(plain[place : place + AT_ONCE]) for place in range(len(plain) - AT_ONCE + 1)]


class Stranger:
    """Somebody who knows which names there are, and joins what belongs together.

    `roles` are words for what people are, `names` pseudonyms, `alone` documents in which one person speaks.
    """

    def __init__(self, roles: set[str], names: set[str], alone: set[str], spoken: set[str]) -> None:
        self._roles, self._names, self._alone, self._spoken = roles, names, alone, spoken
        self._joined: dict[str, str] = {}
        self.facts: dict[str, set[str]] = {}

    def read(self, path: Path) -> None:
        """Take in a file."""
        before, said = "", ""
        for line in map(str.strip, lines_of(path)):
            known = [one for one in grams(line) if one in self._spoken]
            if heading := re.match(r"\d+\. ([^:]+): ", line):
                before = heading[1]
            if known:
                said = f"words {known[0]}"
                for one in known[1:]:
                    self._join(said, f"words {one}")
                head, colon, _words = line.partition(":")
                tail = re.search(r"[”’\"] ?\(([^()]+)\)$", line)
                for told in (before, head if colon else "", tail[1] if tail else ""):
                    self._tell(said, told)
                before = ""
            elif said and not self._tell(said, line.removeprefix("— ")):
                ended = line == END if path.suffix in (".csv", ".xlsx") else bool(line)
                said = "" if ended else said

    def people(self) -> dict[str, set[str]]:
        """All that belongs together, by one of its things."""
        found: dict[str, set[str]] = {}
        for thing in self._joined:
            found.setdefault(self._root(thing), set()).add(thing)
        return found

    def told(self, things: set[str]) -> set[str]:
        """The facts about things that belong together."""
        return {fact for thing in things for fact in self.facts.get(thing, ())}

    def _tell(self, said: str, told: str) -> bool:
        """Join words with what stands beside them, if that tells anything."""
        parts = [part.strip() for part in re.split(r"[,;]", told) if part.strip()]
        found = [part for part in parts if self._is_telling(part)]
        for part in found:
            name = re.sub(r" \d+$", "", part)
            if name != part or part in self._names or part in self._alone:
                self._join(said, part)
            if name in self._roles:
                self.facts.setdefault(said, set()).add(f"role {name}")
            if part in self._names:
                self.facts.setdefault(part, set()).add(f"name {part}")
        return bool(found)

    def _is_telling(self, part: str) -> bool:
        return part in self._names | self._alone or re.sub(r" \d+$", "", part) in self._roles | {"Participant"}

    def _root(self, thing: str) -> str:
        while self._joined.setdefault(thing, thing) != thing:
            thing = self._joined[thing]
        return thing

    def _join(self, one: str, other: str) -> None:
        self._joined[self._root(one)] = self._root(other)
