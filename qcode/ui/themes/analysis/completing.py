"""Completion in a query: the names of codes and fields, and behind a colon what can stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from qcode.analysis.code_query_names import quoted
from qcode.analysis.corpus import Corpus

_FIELD = re.compile(r"(?P<field>\"[^\"]*\"|[^\s():\"]+):\s*(?P<begun>\"[^\"]*|[^\s()\"]*)$")
_WORD = re.compile(r"(?P<begun>\"[^\"]*|[^\s()\"]*)$")
_WORDS = re.compile(r"(?<![^\s()])(?=(?P<begun>[^\s():\"]+(?: [^\s():\"]+)+)$)")
"""Several words up to the cursor, from each of them on."""
_RELATIONS = ("and", "or", "not", "near:turn(2)", "near:word(20)", "before", "after", "within", "overlapping")


@dataclass(frozen=True, slots=True)
class Known:
    """What can stand in a query: names by themselves, and by the field before the colon."""

    names: Sequence[str] = ()
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


def known_of(found: Corpus) -> Known:
    """What a query over a corpus can name."""
    values: dict[str, Sequence[str]] = {
        "document": [text.name for text in found.texts],
        "speaker": list(dict.fromkeys(turn.speaker for text in found.texts for turn in text.turns if turn.speaker)),
        "coder": [coder.initials or coder.name for coder in found.coders],
        "theme": [theme.name for theme in found.themes],
        "under": [code.name for code in found.codes],
        "kind": list(dict.fromkeys(text.kind for text in found.texts)),
        "text": (),
    }
    values |= {one.name: one.levels for one in found.attributes}
    fields = [f"{name if name.isalnum() else quoted(name)}:" for name in values]
    codes = [_plain(code.name) for code in found.codes]
    return Known((*codes, *fields, *_RELATIONS), {name.casefold(): names for name, names in values.items()})


class QueryCompleter(QCompleter):
    """Offers what can stand where the cursor is; what is taken replaces the word that was begun."""

    def __init__(self, line: QLineEdit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line, self._known = line, Known()
        self._offered = QStringListModel(self)
        self.setModel(self._offered)
        self.setWidget(line)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._list = QListView()
        self._list.setAccessibleName("What can stand here")
        self.setPopup(self._list)
        line.textEdited.connect(self.offer)
        self.activated.connect(self._on_taken)

    # Methods

    def know(self, known: Known) -> None:
        """Offer these names from now on."""
        self._known = known

    def offer(self) -> None:
        """Offer what begins as the word before the cursor does."""
        begun, names = self._begun()
        wanted = begun.strip('"').casefold()
        found = [name for name in names if _begins(name, begun) and name != begun]
        self._offered.setStringList(found if wanted or ":" in self._before() else [])
        if self._offered.stringList():
            self.setCompletionPrefix("")
            self.complete()
        else:
            self._list.hide()

    # Private slots

    def _on_taken(self, name: str) -> None:
        line, before = self._line, self._before()
        begun, _names = self._begun()
        after = line.text()[line.cursorPosition() :]
        start = before[: len(before) - len(begun)] + name + ("" if name.endswith(":") else " ")
        line.setText(start + after.lstrip())
        line.setCursorPosition(len(start))

    # Internal

    def _before(self) -> str:
        return self._line.text()[: self._line.cursorPosition()]

    def _begun(self) -> tuple[str, Sequence[str]]:
        """The word that was begun before the cursor, and the names that could be meant."""
        before = self._before()
        if found := _FIELD.search(before):
            name = found["field"].strip('"').casefold()
            return found["begun"], [_plain(value) for value in self._known.values.get(name, ())]
        for found in _WORDS.finditer(before):  # names need no quotes: the longest begin of one that is typed
            if any(_begins(name, found["begun"]) for name in self._known.names):
                return found["begun"], self._known.names
        last = _WORD.search(before)
        return (last["begun"] if last else ""), self._known.names


def _begins(name: str, begun: str) -> bool:
    return name.strip('"').casefold().startswith(begun.strip('"').casefold())


def _plain(name: str) -> str:
    """A name as it can be typed: in quotes where it has more than one word."""
    return name if re.fullmatch(r"[\w’'-]+", name) else quoted(name)
