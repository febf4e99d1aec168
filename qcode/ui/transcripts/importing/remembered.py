"""Choices that are kept for the next file of the same kind, in the settings. No word of any file is among them.

Kept are: the encoding that was chosen where another was guessed; the row of the header; what the columns are used as,
by their places, for tables whose columns were guessed alike; the roles of labels that are words for a role, such as
"Moderator" or "P03"; and which entries beside the talk are kept, for keys that forms have everywhere, such as "Date".
Names of speakers, headers, sheets and groups may name somebody and are not kept.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, get_args

from qcode.transcripts import ColumnUse, LabelChoice, Reading, Role
from qcode.transcripts.beside import known_key
from qcode.transcripts.columns import OPTION
from qcode.transcripts.roles import role_word, spelling
from qcode.transcripts.tables import HEADER_OPTION, NO_HEADER
from qcode.ui.transcripts.importing.choices import Choices

_MOST_KINDS = 60
_MOST_ENTRIES = 200
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """What goes for every file of one kind.

    Encodings stand by the guessed one, uses of columns by the guessed uses, roles by the spelling of labels ("-" for
    one that is no speaker), and "yes" or "no" by the key of what stands beside the talk.
    """

    encodings: Mapping[str, str] = field(default_factory=dict)
    header: str = ""
    uses: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)

    def and_then(self, choices: Choices, found: Reading, read: Reading) -> Remembered:
        """The same with the choices for a file, whose columns were `found` so and are `read` so now."""
        guessed, encoding = choices.guessed, choices.encoding
        encodings = {guessed: encoding} if guessed and encoding and is_encoding(encoding) else {}
        chose_columns = any(option.startswith(OPTION) for option in choices.options) and read.columns
        return Remembered(
            {**self.encodings, **encodings},
            choices.options.get(HEADER_OPTION, self.header),
            {**self.uses, **({_uses(found): _uses(read)} if chose_columns else {})},
            {**self.roles, **dict(filter(None, map(_role, choices.labels.values())))},
            {**self.kept, **{known: _yes(keep) for key, keep in choices.kept.items() if (known := known_key(key))}},
        )

    def choices(self, reading: Reading) -> Choices:
        """What goes for a file that was read without choices."""
        options = {HEADER_OPTION: self.header} if self.header and reading.columns else {}
        wanted = self.uses.get(_uses(reading), "").split()
        if reading.columns and len(wanted) == len(reading.columns):
            pairs = zip(reading.columns, wanted, strict=True)
            options |= {f"{OPTION}{column.name}": use for column, use in pairs if use != column.use}
        encoding = self.encodings.get(reading.encoding or "")
        kept = {key: answer == "yes" for key, answer in self.kept.items()}
        return Choices(encoding, reading.encoding if encoding else None, options, self.labels(reading), kept)

    def labels(self, reading: Reading) -> dict[str, LabelChoice]:
        """The labels of a file that are words for a role, with the role that was given to such before."""
        made = {}
        for label in reading.labels:
            role = self.roles.get(_spelt(label.label)) if role_word(label.label) else None
            if role is not None:
                changes: dict[str, Any] = {"accepted": False} if role == "-" else {"role": role, "accepted": True}
                made[label.label] = replace(label, **changes)
        return made


def remembered(stored: Mapping[str, Any]) -> dict[str, Remembered]:
    """What the settings hold, by kind of file; whatever is not as it was written is left aside."""
    return {kind: _readable(row) for kind, row in stored.items() if isinstance(kind, str) and isinstance(row, dict)}


def storable(known: Mapping[str, Remembered]) -> dict[str, Any]:
    """The same for the settings, the latest kinds only."""
    latest = list(known.items())[-_MOST_KINDS:]
    return {kind: {name: value for name, value in asdict(row).items() if value} for kind, row in latest}


def _readable(row: Mapping[str, Any]) -> Remembered:
    uses, roles = {*get_args(ColumnUse)}, {*get_args(Role), "-"}
    header = str(row.get("header", ""))
    return Remembered(
        {key: value for key, value in _pairs(row, "encodings") if is_encoding(value)},
        header if header == NO_HEADER or header.isdecimal() else "",
        {key: value for key, value in _pairs(row, "uses") if uses.issuperset(value.split())},
        {key: value for key, value in _pairs(row, "roles") if value in roles},
        {key: value for key, value in _pairs(row, "kept") if value in {"yes", "no"}},
    )


def is_encoding(name: str) -> bool:
    """Whether this is the name of an encoding."""
    try:
        return bool(codecs.lookup(name))
    except (LookupError, ValueError):
        return False


def _pairs(row: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    found = row.get(name)
    pairs = found.items() if isinstance(found, dict) else ()
    return [(key, text) for key, text in pairs if isinstance(text, str) and len(text) <= _LONGEST][:_MOST_ENTRIES]


def _uses(reading: Reading) -> str:
    return " ".join(column.use for column in reading.columns)


def _role(label: LabelChoice) -> tuple[str, str] | None:
    """A label that is a word for a role, as it is spelt everywhere, with the role it was given."""
    if role_word(label.label) is None:
        return None
    return _spelt(label.label), label.role if label.accepted else "-"


def _spelt(label: str) -> str:
    return " ".join(filter(None, spelling(label)))


def _yes(keep: bool) -> str:
    return "yes" if keep else "no"
