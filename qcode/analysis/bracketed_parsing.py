"""How terms are put together in whatever is typed: “or” binds least, then “and”, then “not”; brackets go before.

It forgives: a bracket that is never closed ends with the text, one that closes nothing is passed over, and so is a
sign without anything beside it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final

_DEEPEST: Final = 30


class BracketedParser[Thing, Said](ABC):
    """Where one is among things, read from left to right: the signs ( ) and or not, and what a language adds."""

    _ends: tuple[str, ...] = (")",)

    def __init__(self, things: Sequence[Thing | str]) -> None:
        self._things = things
        self._at = 0
        self._depth = 0

    # Methods

    def whole(self) -> Said | None:
        """What everything says; None where there is no term."""
        parts: list[Said] = []
        while self._at < len(self._things):
            part = self._either()
            parts += [part] if part is not None else []
            any(self._take(sign) for sign in self._ends)
        return self._all(parts)

    # What a language says itself

    @abstractmethod
    def _every(self, parts: Sequence[tuple[Said, bool]]) -> Said | None:
        """All of these; each with whether “not” stands before it."""

    @abstractmethod
    def _any(self, parts: Sequence[Said]) -> Said:
        """At least one of two or more."""

    @abstractmethod
    def _term(self) -> Said | None:
        """What stands here, brackets included, and go on behind it; None if that is no term."""

    @abstractmethod
    def _too_deep(self) -> Exception:
        """The refusal of brackets in brackets without end."""

    # Internal

    def _all(self, parts: Sequence[Said]) -> Said | None:
        return self._every([(part, False) for part in parts])

    def _either(self) -> Said | None:
        found = [self._joined()]
        while self._take("or"):
            found.append(self._joined())
        parts = [part for part in found if part is not None]
        return self._any(parts) if len(parts) > 1 else next(iter(parts), None)

    def _joined(self) -> Said | None:
        parts: list[tuple[Said, bool]] = []
        while self._at < len(self._things) and not self._at_sign("or", *self._ends):
            if self._take("and"):
                continue
            negated = False
            while self._take("not"):
                negated = not negated
            part = self._term()
            parts += [(part, negated)] if part is not None else []
        return self._every(parts)

    def _bracketed(self) -> Said | None:
        """What stands in the brackets that open here."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._too_deep()
        self._at += 1
        inside = self._either()
        self._take(")")
        self._depth -= 1
        return inside

    def _thing(self, ahead: int = 0) -> Thing | str | None:
        at = self._at + ahead
        return self._things[at] if at < len(self._things) else None

    def _at_sign(self, *signs: str) -> bool:
        thing = self._thing()
        return isinstance(thing, str) and thing in signs

    def _take(self, sign: str) -> bool:
        taken = self._at_sign(sign)
        self._at += taken
        return taken
