"""The map of themes and codes: where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import derived_id
from qcode.models import Code, MapPlace, Row, Theme
from qcode.models.framework import FARTHEST
from qcode.operations.lookup import living
from qcode.study import Study


class OffTheMapError(QcodeError):
    """Something would lie too far away to be found again."""

    def __init__(self) -> None:
        super().__init__("That is too far from everything else on the map. Put it nearer.")


class NothingPlacedError(QcodeError):
    """Nothing was given a place."""

    def __init__(self) -> None:
        super().__init__("Nothing on the map was moved yet: it is laid out by itself. Move a theme or a code first.")


class MapSpot(NamedTuple):
    """Where a theme or a code lies, in units of the map from its middle, to the right and downwards."""

    kind: Literal["theme", "code"]
    id: str
    x: int
    y: int


def place_on_map(study: Study, spots: Sequence[MapSpot], *, moved: int = 1) -> None:
    """Keep where these lie; `moved` of them were moved by hand, the others stay where they are shown."""
    if not spots:
        raise NothingPlacedError
    if any(max(abs(spot.x), abs(spot.y)) > FARTHEST for spot in spots):
        raise OffTheMapError
    with study.transact("Arrange the map ({count} moved)", args={"count": moved}) as session:
        for spot in spots:
            _put(session, spot)


def lay_out_anew(study: Study) -> None:
    """Forget where things lie on the map, so that it is laid out by itself again."""
    with study.transact("Lay out the map anew") as session:
        rows = session.scalars(select(MapPlace).where(MapPlace.alive)).all()
        if not rows:
            raise NothingPlacedError
        for row in rows:
            row.alive = False


def _put(session: Session, spot: MapSpot) -> None:
    kind: type[Row] = Theme if spot.kind == "theme" else Code
    living(session, kind, spot.id)
    key = derived_id(MapPlace.__tablename__, spot.kind, spot.id)
    row = session.get(MapPlace, key)
    if row is None:
        theme, code = (spot.id, None) if spot.kind == "theme" else (None, spot.id)
        session.add(MapPlace(id=key, theme_id=theme, code_id=code, x=spot.x, y=spot.y))
    else:
        row.x, row.y, row.alive = spot.x, spot.y, True
