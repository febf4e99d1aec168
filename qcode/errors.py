"""The one base of everything qcode refuses to do."""

from __future__ import annotations


class QcodeError(Exception):
    """A refusal: its text is one or two sentences that say what happened and what to do about it.

    Each package defines its own subclasses beside the code that raises them; the window and the command line
    print the sentence as it is. A programmer's error is never one of these and never caught.
    """

    def __reduce__(self) -> tuple[object, ...]:
        """A refusal that comes from another process is the same sentence, whatever it was made from."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[QcodeError], words: tuple[object, ...]) -> QcodeError:
    refusal = kind.__new__(kind)
    refusal.args = words
    return refusal
