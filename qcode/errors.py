"""The one base of everything qcode refuses to do."""

from __future__ import annotations


class QcodeError(Exception):
    """A refusal: its text is one or two sentences that say what happened and what to do about it.

    Each package defines its own subclasses beside the code that raises them; the window and the command line
    print the sentence as it is. A programmer's error is never one of these and never caught.
    """
