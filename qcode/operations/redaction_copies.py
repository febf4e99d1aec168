"""Copies of a study beside it, such as backups: they hold what was redacted until they are redacted too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from qcode.deidentification import Category, neighbours
from qcode.errors import QcodeError
from qcode.ids import CoderId
from qcode.models import Coder
from qcode.models.copies import identity_of
from qcode.models.handing_out import owner as handed_out_to
from qcode.models.mentions import Sought, TextPlace, text_mentions
from qcode.models.typed_text import TypedPlace
from qcode.operations.redaction import NothingToRedactError, redact
from qcode.study import Study

_BEGINS = b"SQLite format 3\x00"

type Heard = Callable[[float, str], object]


@dataclass(frozen=True, slots=True)
class CopyRedacted:
    """A copy, and the sentence of why it could not be redacted; empty if it was, or held none of the words."""

    path: Path
    refusal: str = ""


def copies_of(study: Study) -> list[Path]:
    """The files beside a study that begin with its name and hold the same study: backups, and copies by hand."""
    ours = identity_of(study.path)
    return [path for path in neighbours(study.path)[1:] if _holds(path, ours)]


def redact_copies(
    study: Study,
    copies: Sequence[Path],
    *,
    forms: Sequence[str],
    replacement: str,
    category: Category = "name",
    left_out: Collection[TextPlace | TypedPlace] = (),
    tell: Heard = lambda _share, _words: None,
) -> list[CopyRedacted]:
    """Redact words in copies of a study as `redact` does in it; a copy that cannot be redacted stays as it is.

    Places that are left out in the study are left out in a copy, if they are the same there. A copy of an earlier
    qcode, such as one that an upgrade kept, is upgraded for it, and not kept as it was. Call it once the study itself
    was redacted, then look through the bytes again.
    """
    done = []
    for number, path in enumerate(copies):
        tell(number / len(copies), f"Redacting the copy {number + 1} of {len(copies)}…")
        try:
            _redact(path, study.coder, forms, replacement, category, left_out)
        except QcodeError as error:
            done.append(CopyRedacted(path, str(error)))
        else:
            done.append(CopyRedacted(path))
    return done


def _redact(
    path: Path,
    coder: CoderId | None,
    forms: Sequence[str],
    replacement: str,
    category: Category,
    left_out: Collection[TextPlace | TypedPlace],
) -> None:
    with Study.open(path, keep=False) as copy:
        with copy.read() as session:
            theirs = handed_out_to(session.connection()) is not None
            known = not theirs and coder is not None and session.get(Coder, coder) is not None
            there = {place for place, _body in text_mentions(session, Sought(list(forms)))}
        if known and coder is not None:
            copy.act_as(coder)
        spared = [place for place in left_out if isinstance(place, TypedPlace) or place in there]
        try:
            redact(copy, forms=forms, replacement=replacement, category=category, left_out=spared)
        except NothingToRedactError:
            return


def _holds(path: Path, ours: frozenset[str]) -> bool:
    """Whether a file is a study with the same identity; what cannot be opened is not, and is told as it holds words."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_BEGINS))
        return begins == _BEGINS and bool(identity_of(path) & ours)
    except (QcodeError, OSError):
        return False
