"""What codings stood on before their words were corrected or replaced."""

from __future__ import annotations

from collections.abc import Collection
from itertools import batched

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.models import Coding, Revision
from qcode.study import Study

_AT_ONCE = 10_000


def earlier_words(study: Study, session: Session, codings: Collection[str]) -> dict[str, str]:
    """The words that each of these codings was made on, by its id; none where a redaction erased the text since."""
    found: dict[str, str] = {}
    for some in batched(codings, _AT_ONCE):
        wanted = select(Coding.id, Coding.start, Coding.end, Revision.text_sha256)
        wanted = wanted.join(Revision, Revision.id == Coding.revision_id).where(Coding.id.in_(some))
        rows = session.execute(wanted.where(Revision.text_sha256 != "")).all()
        texts = study.shelf.texts(session, {row.text_sha256 for row in rows})
        found |= {row.id: texts[row.text_sha256][row.start : row.end] for row in rows}
    return found
