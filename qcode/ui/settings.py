"""What the application remembers by itself, apart from any study: the window, the theme, and recent studies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast, get_args

from PySide6.QtCore import QByteArray, QSettings

from qcode.ui.keys import keymap
from qcode.ui.text.reading_style import ReadingStyle, readable
from qcode.ui.theme import Choice

_MOST_RECENT = 8
_MOST_DISMISSED = 200


@dataclass(frozen=True, slots=True)
class Recent:
    """A study that was open before."""

    path: str
    title: str


class Settings:
    """Typed access to the stored settings; whatever cannot be read counts as not set."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("qcode", "qcode")

    # Properties

    @property
    def theme(self) -> Choice:
        """The chosen theme."""
        chosen = self._store.value("theme")
        return cast("Choice", chosen) if chosen in get_args(Choice.__value__) else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def zoom(self) -> float:
        """How large type is, 1 being the system's size."""
        try:
            return float(str(self._store.value("zoom", 1.0)))
        except ValueError:
            return 1.0

    @zoom.setter
    def zoom(self, factor: float) -> None:
        self._store.setValue("zoom", factor)

    @property
    def reading_style(self) -> ReadingStyle:
        """How wide texts are set, and what is counted beside them."""
        return readable(self._store.value("reading_width"), self._store.value("numbers"))

    @reading_style.setter
    def reading_style(self, style: ReadingStyle) -> None:
        self._store.setValue("reading_width", style.width)
        self._store.setValue("numbers", style.numbers)

    @property
    def house_template(self) -> Path | None:
        """The Word document whose looks reports take over."""
        stored = str(self._store.value("house_template", ""))
        return Path(stored) if stored else None

    @house_template.setter
    def house_template(self, path: Path | None) -> None:
        self._store.setValue("house_template", "" if path is None else str(path))

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty at first."""
        stored = self._store.value("window")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, stored: QByteArray) -> None:
        self._store.setValue("window", stored)

    @property
    def drawer_open(self) -> bool:
        """Whether the drawer was open."""
        return str(self._store.value("drawer", "no")) == "yes"

    @drawer_open.setter
    def drawer_open(self, is_open: bool) -> None:
        self._store.setValue("drawer", "yes" if is_open else "no")

    @property
    def your_name(self) -> str:
        """The name given for the last new study."""
        return str(self._store.value("your_name", ""))

    @your_name.setter
    def your_name(self, name: str) -> None:
        self._store.setValue("your_name", name)

    @property
    def keys(self) -> keymap.Chosen:
        """The keys that were chosen, by the ids of what they do; only those that differ from the first ones."""
        return keymap.readable(self._json("keys", dict))

    @keys.setter
    def keys(self, chosen: keymap.Chosen) -> None:
        self._store.setValue("keys", json.dumps(chosen))

    @property
    def imports(self) -> dict[str, Any]:
        """What was chosen for kinds of files; whoever reads it checks it."""
        return self._json("imports", dict)

    @imports.setter
    def imports(self, chosen: Mapping[str, Any]) -> None:
        self._store.setValue("imports", json.dumps(chosen))

    # Methods

    def recent(self) -> list[Recent]:
        """The studies that were open before and are still where they were, the latest first."""
        rows = [Recent(str(row["path"]), str(row["title"])) for row in self._json("recent", list) if _is_recent(row)]
        return [row for row in rows if Path(row.path).is_file()]

    def remember(self, path: Path, title: str) -> None:
        """Put a study at the head of the recent ones."""
        new = Recent(str(path.resolve()), title)
        others = [row for row in self.recent() if row.path != new.path]
        self._store.setValue("recent", json.dumps([asdict(row) for row in [new, *others][:_MOST_RECENT]]))

    def last_coder(self, path: Path) -> str | None:
        """Who acted last in a study on this computer."""
        coder = self._json("coders", dict).get(str(path.resolve()))
        return coder if isinstance(coder, str) else None

    def remember_coder(self, path: Path, coder: str) -> None:
        """Keep in mind who acts in a study on this computer."""
        self._store.setValue("coders", json.dumps(self._json("coders", dict) | {str(path.resolve()): coder}))

    def folded(self, path: Path) -> frozenset[str]:
        """The codes that are folded in a study on this computer."""
        codes = self._json("folded", dict).get(str(path.resolve()))
        return frozenset(code for code in codes if isinstance(code, str)) if isinstance(codes, list) else frozenset()

    def remember_folded(self, path: Path, codes: Iterable[str]) -> None:
        """Keep in mind which codes are folded; what is not folded needs no memory."""
        known = self._json("folded", dict) | {str(path.resolve()): sorted(codes)}
        self._store.setValue("folded", json.dumps({study: folded for study, folded in known.items() if folded}))

    def dismissed(self) -> frozenset[str]:
        """Digests of the files beside studies that were offered and dismissed."""
        return frozenset(one for one in self._json("dismissed", list) if isinstance(one, str))

    def dismiss(self, digests: Iterable[str]) -> None:
        """Offer these files no more; the earliest of many are forgotten."""
        known = [one for one in self._json("dismissed", list) if isinstance(one, str)]
        self._store.setValue("dismissed", json.dumps(list(dict.fromkeys([*known, *digests]))[-_MOST_DISMISSED:]))

    # Internal

    def _json[T](self, name: str, kind: type[T]) -> T:
        try:
            stored = json.loads(str(self._store.value(name, "")))
        except ValueError:
            return kind()
        return stored if isinstance(stored, kind) else kind()


def _is_recent(row: object) -> bool:
    return isinstance(row, dict) and {"path", "title"} <= row.keys()
