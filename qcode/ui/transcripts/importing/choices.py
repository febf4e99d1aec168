"""What somebody chose for an arriving file, and what of it goes for other files of the same kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcode.transcripts import LabelChoice, Reading
from qcode.transcripts.beside import identifies, known_key

CERTAIN = frozenset({None, "utf-8", "utf-8-sig", "utf-16", "utf-32"})
"""Encodings that a file shows by itself, so that none has to be guessed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen by hand; whatever is empty was left as it was found.

    `guessed` is the encoding that was guessed when another was chosen; `kept` says by key, or by what forms everywhere
    call it, whether an entry beside the talk is kept; `labels` are the changed rows of the label table, by label.
    """

    encoding: str | None = None
    guessed: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, LabelChoice] = field(default_factory=dict)
    kept: Mapping[str, bool] = field(default_factory=dict)
    kind: str | None = None
    language: str | None = None
    group: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return self == Choices()

    def over(self, earlier: Choices) -> Choices:
        """These choices where there are any, and the earlier ones elsewhere."""
        return Choices(
            self.encoding or earlier.encoding,
            self.guessed or earlier.guessed,
            {**earlier.options, **self.options},
            {**earlier.labels, **self.labels},
            {**earlier.kept, **self.kept},
            self.kind or earlier.kind,
            self.language or earlier.language,
            self.group if self.group is not None else earlier.group,
        )

    def for_file_in(self, encoding: str | None) -> Choices:
        """The same for a file that was read in `encoding`: another is taken only where the same was guessed."""
        if self.encoding and encoding not in CERTAIN and encoding == self.guessed:
            return self
        return replace(self, encoding=None, guessed=None)


def kind_of_file(reading: Reading) -> str:
    """The reader and the layout of a file, in the program's own words; files that share them are of one kind."""
    layout = reading.layout.name if reading.layout else reading.kind
    return f"{reading.reader.partition(' ')[0]} · {layout}"


def with_choices(labels: Sequence[LabelChoice], chosen: Mapping[str, LabelChoice]) -> tuple[LabelChoice, ...]:
    """The label table of a file with what was chosen for the same labels."""
    return tuple(_with(chosen[label.label], label) if label.label in chosen else label for label in labels)


def _with(chosen: LabelChoice, label: LabelChoice) -> LabelChoice:
    return replace(label, role=chosen.role, accepted=chosen.accepted, name=chosen.name)


def kept_entries(metadata: Mapping[str, str], chosen: Mapping[str, bool]) -> dict[str, str]:
    """What a file says beside the talk without what may identify someone, unless it was chosen otherwise."""
    return {key: value for key, value in metadata.items() if _is_kept(key, value, chosen)}


def _is_kept(key: str, value: str, chosen: Mapping[str, bool]) -> bool:
    """As it was chosen for the very key, or else for all that forms call so, or else if it is harmless."""
    return chosen.get(key, chosen.get(known_key(key), not identifies(key, value)))
