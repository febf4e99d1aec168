"""Queries over codes that are kept under a name."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.analysis.code_query_terms import LONGEST_QUERY, NothingAskedForError, QueryTooLongError
from qcode.ids import SavedQueryId, new_id
from qcode.models import SavedQuery
from qcode.operations.lookup import NameTakenError, last_position, living, tidy_name, tidy_text
from qcode.study import Study
from qcode.text.ordering import between

_KIND = "query"


def save_query(study: Study, *, name: str, words: str) -> SavedQueryId:
    """Keep a query behind the others; names are unique. What it says is read each time it is asked."""
    tidy, asked = tidy_name(_KIND, name), _tidy_words(words)
    made = SavedQueryId(new_id())
    with study.transact("Save query {saved_query}", args={"saved_query": made}) as session:
        _refuse_known_name(session, tidy)
        position = between(last_position(session, SavedQuery), None)
        session.add(SavedQuery(id=made, name=tidy, words=asked, position=position))
    return made


def change_query(study: Study, query: SavedQueryId, *, name: str, words: str) -> None:
    """Give a saved query another name or other words."""
    tidy, asked = tidy_name(_KIND, name), _tidy_words(words)
    with study.transact("Change query {saved_query}", args={"saved_query": query}) as session:
        row = living(session, SavedQuery, query)
        if row.name != tidy:
            _refuse_known_name(session, tidy, apart_from=query)
        row.name, row.words = tidy, asked


def remove_query(study: Study, query: SavedQueryId) -> None:
    """Keep a query no longer."""
    with study.transact("Remove query {saved_query}", args={"saved_query": query}) as session:
        living(session, SavedQuery, query).alive = False


def _tidy_words(words: str) -> str:
    asked = " ".join(words.split())
    if not asked:
        raise NothingAskedForError
    if len(asked) > LONGEST_QUERY:
        raise QueryTooLongError
    return tidy_text("query", asked)


def _refuse_known_name(session: Session, name: str, *, apart_from: str = "") -> None:
    same = SavedQuery.alive, func.casefold(SavedQuery.name) == name.casefold(), SavedQuery.id != apart_from
    if session.scalar(select(SavedQuery.id).where(*same)):
        raise NameTakenError(_KIND, name)
