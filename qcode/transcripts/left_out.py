"""What a person is told of the parts of a document that no reader takes: comments, notes, hidden text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator


def left_out(*, comments: int, notes: int, hidden: int) -> Iterator[str]:
    """A sentence for each kind that was there."""
    if comments:
        yield f"{counted(comments, 'comment')} left out; comments may hold real names."
    if notes:
        yield f"{counted(notes, 'footnote or endnote', 'footnotes or endnotes')} left out."
    if hidden:
        yield f"{counted(hidden, 'stretch', 'stretches')} of hidden text left out; it may hold real names."
