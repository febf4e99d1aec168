"""The part of YAML a person writes by hand: mappings, lists and text, without tags, anchors or aliases.

Every scalar stays the text that was written, so that a code named ``No`` or ``1:30`` keeps its name; an empty
plain scalar, ``~`` and ``null`` are None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

type Plain = str | list["Plain"] | dict[str, "Plain"] | None

DEEPEST_NESTING = 120
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class NotYamlError(QcodeError):
    """The text breaks the rules of YAML."""

    def __init__(self, line: int | None, problem: str) -> None:
        place = f" near line {line}" if line else ""
        super().__init__(
            f"The file is not valid YAML{place} ({problem}). Check the indentation there, and put text that holds "
            "a colon or begins with a sign in quotation marks."
        )


class YamlNotPlainError(QcodeError):
    """The text uses a feature of YAML that is refused: it can hide programs or expand without end."""

    def __init__(self, line: int, feature: str) -> None:
        super().__init__(f"The YAML file uses {feature} in line {line}, refused for safety. Write it out instead.")


class YamlKeyRepeatedError(QcodeError):
    """A mapping has the same key twice, so one of the values would be lost."""

    def __init__(self, line: int, key: str) -> None:
        super().__init__(f"“{key[:60]}” is written twice in one code, again in line {line}. Remove one of them.")


def loaded(text: str) -> Plain:
    """The one document in a plain YAML text; None if it holds nothing.

    Raises:
        NotYamlError, YamlNotPlainError, YamlKeyRepeatedError.
    """
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(yaml.parse(text, Loader=loader)).document()
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else None
        raise NotYamlError(line, problem.problem or "no reason given") from None
    except yaml.YAMLError as problem:
        raise NotYamlError(None, str(problem).splitlines()[0].rstrip(".")) from None


def dumped(value: Mapping[str, Any]) -> str:
    """Plain YAML for a mapping of text, numbers, lists and mappings; ``loaded`` gives the same text back."""
    return yaml.dump(value, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)


class _Writer(yaml.SafeDumper):
    """Paragraphs as block text; the same object twice is written out twice, never as an alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- the answer is the same for everything
        return True


def _text_node(writer: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", data, style=_style(data))


_Writer.add_representer(str, _text_node)


def _style(text: str) -> str | None:
    lines = text.split("\n")
    if len(lines) == 1:
        return None if text.isprintable() else '"'
    return "|" if all(line.isprintable() and line and line == line.strip() for line in lines) else '"'


class _Builder:
    """Builds values from YAML events, refusing whatever is not plain."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._depth = 0

    def document(self) -> Plain:
        found: list[Plain] = []
        for event in self._events:
            if type(event).__name__ == "DocumentStartEvent":
                if found:
                    raise YamlNotPlainError(_line(event), "a second document (---)")
                found.append(self._value(next(self._events)))
        return found[0] if found else None

    def _value(self, event: Any) -> Plain:
        _refuse_tricks(event)
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            raise YamlNotPlainError(_line(event), f"more than {DEEPEST_NESTING} levels of nesting")
        value = self._content(event)
        self._depth -= 1
        return value

    def _content(self, event: Any) -> Plain:
        kind = type(event).__name__
        if kind == "SequenceStartEvent":
            return self._list()
        if kind == "MappingStartEvent":
            return self._mapping()
        return None if event.implicit[0] and event.value in _NULLS else str(event.value)

    def _list(self) -> list[Plain]:
        values: list[Plain] = []
        while type(event := next(self._events)).__name__ != "SequenceEndEvent":
            values.append(self._value(event))
        return values

    def _mapping(self) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        while type(event := next(self._events)).__name__ != "MappingEndEvent":
            key = self._value(event)
            if not isinstance(key, str):
                raise YamlNotPlainError(_line(event), "something other than a word as a key")
            if key in values:
                raise YamlKeyRepeatedError(_line(event), key)
            values[key] = self._value(next(self._events))
        return values


def _refuse_tricks(event: Any) -> None:
    if type(event).__name__ == "AliasEvent":
        raise YamlNotPlainError(_line(event), f"an alias (*{event.anchor})")
    if event.anchor is not None:
        raise YamlNotPlainError(_line(event), f"an anchor (&{event.anchor})")
    if event.tag not in (None, "!"):
        raise YamlNotPlainError(_line(event), f"a tag ({event.tag[:60]})")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
