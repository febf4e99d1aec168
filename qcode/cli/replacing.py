"""`qcode import --replace`: a corrected file takes the place of a document's text; codings come along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.cli import showing
from qcode.errors import QcodeError
from qcode.operations.documents import Incoming
from qcode.queries.transcripts.documents import documents
from qcode.study import Study
from qcode.transcripts import Reading, Transcript

if TYPE_CHECKING:
    from qcode.ids import DocumentId
    from qcode.queries.transcripts.reimport import AnchorEffect, ReplacementEffect

_LONGEST = 80
_NAMES_BACK = (
    "  ! Names were taken out of this document, and the file may bring them back: nobody looked for names in it. "
    "Look with “qcode deid scan”."
)


class OneFileOnlyError(QcodeError):
    """Several files cannot replace one text."""

    def __init__(self) -> None:
        super().__init__("One file can replace the text of one document. Give one file with --replace.")


class NoSuchDocumentError(QcodeError):
    """The study has no document of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no document named “{name}” in this study. Import the file without --replace.")


class LookWithoutReplaceError(QcodeError):
    """What would change was asked for, but nothing is replaced."""

    def __init__(self) -> None:
        super().__init__("--look shows what --replace would change. Give the document with --replace, or leave it out.")


def the_one(files: Sequence[Path]) -> Path:
    """The file that is to replace a text; refuses several."""
    if len(files) != 1:
        raise OneFileOnlyError
    return files[0]


def document_named(study: Study, name: str) -> DocumentId:
    """The document of a name, whatever its case; refuses one that is not there."""
    found = next((row.id for row in documents(study) if row.name.casefold() == name.strip().casefold()), None)
    if found is None:
        raise NoSuchDocumentError(name)
    return found


def replace_document(study: Study, name: str, reading: Reading, transcript: Transcript, *, look: bool) -> None:
    """Tell what a file changes in a document and, unless one only looks, let it take the place of the text."""
    from qcode.operations.reimport import SameTextError, replace_text
    from qcode.queries.transcripts.reimport import replacement_effect

    document = document_named(study, name)
    effect = replacement_effect(study, document, transcript)
    if effect is None or effect.is_nothing:
        raise SameTextError(name)
    _show(effect)
    if look:
        showing.say("Nothing was written.")
        return
    incoming = Incoming.of(reading, transcript, effect.name, kind="interview", language="en")
    replace_text(study, document, incoming, revision=effect.revision)
    showing.say(f"The text of “{effect.name}” was replaced. Undo in the window brings the old one back.")


def _show(effect: ReplacementEffect) -> None:
    for line in (effect.turns_sentence, effect.codings_sentence, effect.others_sentence):
        if line:
            showing.say(f"  {line}")
    for there, here in effect.same_voices:
        showing.say(f"  “{there}” in the file is “{here}” in the study.")
    for one in (*effect.lost, *effect.altered):
        showing.say(f"  · {_told(one)}")
    if effect.reviewed:
        showing.say("  ! Nobody has read the new words for names: the document will no longer be reviewed.")
    if effect.redacted:
        showing.say(_NAMES_BACK)


def _told(one: AnchorEffect) -> str:
    whose = f", {one.who}" if one.who else ""
    now = "no words left" if one.lost else f"“{_short(one.after)}”"
    return f"{one.kind} {one.label}{whose}: “{_short(one.before)}” → {now}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
