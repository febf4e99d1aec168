"""Memos in the drawer: how they come there, and what is listed."""

from __future__ import annotations

from qcode.operations import memos


def memos_of(window):
    """The memos in the drawer of a window, of which there are none yet."""
    window.view.show_panel("memos")
    return window.view.drawer.memos


def titles(panel):
    """The titles of the memos that are listed."""
    return [row.title for row in panel.list.rows]


def write(study, title, *about, text=""):
    """Write a memo; answers with its id."""
    return memos.write_memo(study, title=title, text=text, about=about)
