"""Quantities of cases that give the raters' values unit by unit, or tables of two raters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final

from qcode.agreement import chance, coincidences
from qcode.agreement.checking import shapes
from qcode.agreement.checking.answers import NotSupportedError, UnreadableCaseError, Value
from qcode.agreement.ratings import Ratings, identity, quadratic
from qcode.agreement.sets import Distance, distance_table, multi_valued_alpha
from qcode.agreement.two_by_two import TwoByTwo, mean_kappa, pooled_kappa

_TABLES: Final = "tables_yes_yes__yes_no__no_yes__no_no"

type _Computing[T] = Callable[[T], Value]

SET_DISTANCES: Final[Mapping[str, Distance]] = {
    "alpha_exact_set": "exact_set",
    "alpha_jaccard": "jaccard",
    "alpha_dice": "dice",
    "alpha_masi": "masi",
    "alpha_passonneau2004": "passonneau2004",
}


def of_matrix(data: Mapping[str, Any], name: str, of: str | None) -> Value:
    """A quantity of a matrix of units, of sets, or of tables of two raters; `of` is what stood in brackets."""
    if _TABLES in data:
        return _of_tables(_tables(data[_TABLES]), name)
    if data.get("value_type", "value") not in ("value", "set", None):
        raise NotSupportedError(f"values of the type {data['value_type']!r:.40} are not known")
    if data.get("value_type") == "set":
        return of_sets(_set_ratings(data), name)
    ratings = _ratings(data)
    if of is not None:
        return _of_category(ratings, name, of)
    if name == "alpha_custom":
        named = shapes.entries(shapes.part(data, "distance", "the data"), "“distance”")
        return coincidences.alpha(ratings, _named_distances(ratings, named)).value
    return of_ratings(ratings, name)


def _of_tables(tables: list[TwoByTwo], name: str) -> Value:
    found = {"pooled_kappa": pooled_kappa, "mean_kappa": mean_kappa}.get(name)
    if found is None:
        raise NotSupportedError(f"“{name}” is not computed from tables")
    return found(tables)


def _tables(given: Any) -> list[TwoByTwo]:
    found = []
    for number, cells in enumerate(shapes.rows(given, "the list of tables"), 1):
        counts = [shapes.number(cell, f"a cell of table {number}") for cell in shapes.rows(cells, f"table {number}")]
        if len(counts) != len(fields(TwoByTwo)) or min(counts) < 0:
            raise UnreadableCaseError(f"table {number} does not have four counts")
        found.append(TwoByTwo(*counts))
    return found


def _ratings(data: Mapping[str, Any]) -> Ratings:
    if "units" in data:
        declared = shapes.rows(data.get("categories") or [], "“categories”")
        return Ratings.of(
            _units(data["units"], shapes.value_of_unit),
            [shapes.value_of_unit(value, "a category") for value in declared if value is not None],
        )
    if "values_by_units" not in data:
        raise UnreadableCaseError("the data have neither “units” nor “values_by_units”")
    units, values = _counted_units(data)
    ratings = Ratings.of(units, values)
    return Ratings(ratings.categories, ratings.given, ratings.weight, raters_known=False)


def _counted_units(data: Mapping[str, Any]) -> tuple[list[list[Any]], list[Any]]:
    """Units given by how often each value was used in them."""
    values = [
        shapes.value_of_unit(value, "a value")
        for value in shapes.rows(shapes.part(data, "values", "the data"), "“values”")
    ]
    by_value = _units(data["values_by_units"], shapes.whole)
    if len(by_value) != len(values) or len({len(row) for row in by_value}) > 1:
        raise UnreadableCaseError("“values_by_units” does not have a row for each value and a count for each unit")
    if any(count < 0 for row in by_value for count in row) or sum(map(sum, by_value)) > shapes.MOST:
        raise UnreadableCaseError(f"“values_by_units” has counts below 0, or more than {shapes.MOST:,} in all")
    counted = [list(zip(values, counts, strict=True)) for counts in zip(*by_value, strict=True)]
    return [[value for value, count in unit for _ in range(count)] for unit in counted], values


def _units[T](units: Any, read: Callable[[Any, str], T]) -> list[list[T]]:
    return [
        [read(value, f"a value in row {number:,}") for value in shapes.rows(unit, f"row {number:,}")]
        for number, unit in enumerate(shapes.rows(units, "the list of units"), 1)
    ]


def _set_ratings(data: Mapping[str, Any]) -> Ratings:
    return Ratings.of(_units(shapes.part(data, "units", "the data"), _set))


def _set(value: Any, where: str) -> frozenset[str] | None:
    return None if value is None else frozenset(map(str, shapes.rows(value, where)))


def of_sets(ratings: Ratings, name: str) -> Value:
    """A quantity of ratings that are sets of codes."""
    if name == "mvalpha":
        return multi_valued_alpha(ratings).value
    if name in SET_DISTANCES:
        return coincidences.alpha(ratings, distance_table(ratings, SET_DISTANCES[name])).value
    raise NotSupportedError(f"“{name}” is not computed of sets")


def _of_category(ratings: Ratings, name: str, of: str) -> Value:
    place = {str(value): number for number, value in enumerate(ratings.categories)}
    if name != "fleiss_kappa" or of not in place:
        raise NotSupportedError(f"“{name}” is not computed of “{of}”")
    apart = ratings.apart(place[of])
    return chance.corrected(apart, identity(apart), "fleiss").value


def _named_distances(ratings: Ratings, named: Mapping[str, str]) -> Any:
    """Distances as a case words them: "same", "any pair with X", "otherwise", each with its number."""
    by_words = {str(words): _distance(number) for number, words in named.items()}
    otherwise, same = by_words.pop("otherwise", 1.0), by_words.pop("same", 0.0)
    found = {}
    for one in ratings.categories:
        for other in ratings.categories:
            apart = [
                number for words, number in by_words.items() if words.removeprefix("any pair with ") in (one, other)
            ]
            found[one, other] = same if one == other else apart[0] if apart else otherwise
    return coincidences.tabled(ratings, found)


def _distance(written: str) -> float:
    try:
        return shapes.number(float(written), "a distance")
    except ValueError:
        raise UnreadableCaseError("a distance is not a number") from None


def of_ratings(ratings: Ratings, name: str) -> Value:
    """A quantity of ratings of any kind, by its name."""
    if name in _PAIR:
        return _PAIR[name](_two(ratings))
    if name in _CELLS:
        return _CELLS[name](_cells(_two(ratings)))
    if name in _ANY:
        return _ANY[name](ratings)
    parts = re.fullmatch(r"(krippendorff_alpha|Do|De|status_alpha)_(nominal|ordinal|interval|ratio)", name)
    if parts is None:
        raise NotSupportedError(f"“{name}” is not computed of units")
    found = coincidences.alpha(ratings, coincidences.distances(ratings, parts[2]))  # type: ignore[arg-type]  # matched
    return {
        "krippendorff_alpha": found.value,
        "Do": found.observed,
        "De": found.expected,
        "status_alpha": found.status,
    }[parts[1]]


def _two(ratings: Ratings) -> Ratings:
    if ratings.given.shape[1] != 2 or not ratings.raters_known:
        raise NotSupportedError("it is defined for two coders")
    return ratings.of_raters((0, 1))


def _cells(pair: Ratings) -> TwoByTwo:
    """The greater of two categories is the positive one."""
    if len(pair.categories) > 2:
        raise NotSupportedError("it is defined for two categories")
    positive = pair.given == (len(pair.categories) - 1)
    first, second = positive[:, 0], positive[:, 1]
    where = (first & second, first & ~second, ~first & second, ~first & ~second)
    return TwoByTwo(*(float(pair.weight[cell].sum()) for cell in where))


_CELLS: Final[Mapping[str, _Computing[TwoByTwo]]] = {
    "pabak": lambda cells: cells.pabak,
    "positive_agreement": lambda cells: cells.positive_agreement,
    "negative_agreement": lambda cells: cells.negative_agreement,
    "prevalence_index": lambda cells: cells.prevalence_index,
    "bias_index": lambda cells: cells.bias_index,
    "jaccard": lambda cells: cells.jaccard,
}
_PAIR: Final[Mapping[str, _Computing[Ratings]]] = {
    "cohen_kappa": lambda two: chance.cohen(two, identity(two)).value,
    "cohen_kappa_se": lambda two: chance.cohen(two, identity(two)).se,
    "cohen_kappa_quadratic": lambda two: chance.cohen(two, quadratic(two)).value,
    "cohen_kappa_max": chance.cohen_most,
    "pe_cohen": lambda two: chance.cohen(two, identity(two)).chance,
    "scott_pi": lambda two: chance.corrected(two, identity(two), "fleiss").value,
    "pe_scott": lambda two: chance.corrected(two, identity(two), "fleiss").chance,
}


def _corrected(kind: chance.Chance, part: str, weights: Callable[[Ratings], Any] = identity) -> _Computing[Ratings]:
    def computing(ratings: Ratings) -> Value:
        value: float = getattr(chance.corrected(ratings, weights(ratings), kind), part)
        return value

    return computing


_CHANCES: Final[Mapping[str, chance.Chance]] = {
    "fleiss_kappa": "fleiss",
    "conger_kappa": "conger",
    "brennan_prediger": "brennan_prediger",
    "gwet_ac1": "gwet",
}
_PARTS: Final = (("", "value", identity), ("_se", "se", identity), ("_quadratic", "value", quadratic))
_ANY: Final[Mapping[str, _Computing[Ratings]]] = {
    "percent_agreement": lambda ratings: chance.percent_agreement(ratings, identity(ratings)),
    "percent_agreement_se": lambda ratings: chance.agreement_error(ratings, identity(ratings)),
    "all_coders_identical": chance.all_identical,
    "holsti": chance.holsti,
    "light_kappa": lambda ratings: chance.light(ratings, identity(ratings)),
    "brennan_prediger_von_eye": chance.von_eye,
    "fleiss_kappa_se_null": chance.null_error,
    "krippendorff_alpha_se": coincidences.nominal_error,
    "alpha_gwet_quadratic": lambda ratings: coincidences.alpha(ratings, 1 - quadratic(ratings)).value,
    **{
        f"{name}{ending}": _corrected(kind, part, weights)
        for name, kind in _CHANCES.items()
        for ending, part, weights in _PARTS
    },
    "gwet_ac2_quadratic": _corrected("gwet", "value", quadratic),
    "pe_fleiss": _corrected("fleiss", "chance"),
    "pe_conger": _corrected("conger", "chance"),
    "pe_brennan_prediger": _corrected("brennan_prediger", "chance"),
    "pe_ac1": _corrected("gwet", "chance"),
}
