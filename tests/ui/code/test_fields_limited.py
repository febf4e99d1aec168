"""What is too long to keep is refused before it is laid out, and what was there stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData

from qcode.operations.lookup import LONGEST_TEXT
from qcode.operations.memos import LONGEST_MEMO
from qcode.ui.code.codebook.definition_fields import DefinitionFields, GrowingField
from qcode.ui.code.codings_here import CommentField
from qcode.ui.drawer.memos.editor import MemoEditor

HUGE = "x" * 3_000_000


def pasted(text):
    mime = QMimeData()
    mime.setText(text)
    return mime


@pytest.mark.parametrize(
    ("made", "longest"),
    [
        (CommentField, LONGEST_TEXT),
        (lambda: GrowingField("Names", ""), LONGEST_TEXT),
        (MemoEditor, LONGEST_MEMO),
    ],
)
def test_three_megabytes_are_refused_and_what_fits_is_taken(qtbot, made, longest):
    owner = made()
    qtbot.addWidget(owner)
    field = owner.text if isinstance(owner, MemoEditor) else owner
    told = []
    field.tooLong.connect(lambda: told.append(True))
    field.setPlainText("before")
    field.insertFromMimeData(pasted(HUGE))
    assert (field.raw(), told) == ("before", [True])
    field.selectAll()
    field.insertFromMimeData(pasted("line\n" * (longest // 5)))
    assert (len(field.raw()), told) == (longest, [True])
    qtbot.keyClicks(field, "y")
    assert (len(field.raw()), told) == (longest, [True, True])


def test_the_fields_of_a_definition_tell_too(qtbot):
    fields = DefinitionFields()
    qtbot.addWidget(fields)
    with qtbot.waitSignal(fields.tooLong):
        fields.field("brief").insertFromMimeData(pasted(HUGE))
    assert fields.definition.brief == ""
