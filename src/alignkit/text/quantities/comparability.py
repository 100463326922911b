"""Which quantities can be compared, and in which unit."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.quantities.numerals import Numeral

if TYPE_CHECKING:
    from alignkit.text.quantities.model import Quantity


class Relation(IntEnum):
    """How far two quantities can be compared."""

    NONE = 0
    KIN = 1
    """They may be the same number, counted differently: 'MOMO 7' and 7号機. They may agree; whether they contradict each
    other, only the rest of both texts can tell."""
    SAME = 2
    """They are of the same kind: they agree or they do not."""


class Compared(NamedTuple):
    """How far two quantities can be compared, and both in one unit."""

    relation: Relation
    one: Numeral
    other: Numeral


_SECONDS: Final = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3_600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "month": 2_629_746.0,
    "year": 31_556_952.0,
}
_CENTURY: Final = 100
_HALF_DAY: Final = 12
_METRES_IN_KILO: Final = 1000


# What digits without a unit may turn out to be in the other language.
_KIN_OF_BARE: Final[frozenset[str]] = frozenset(
    {"age", "area", "duration", "kilo", "length", "magnitude", "measure", "money", "multiple", "percent"}
    | {"speed", "temperature", "weight", "years"}
)
# What one language counts as the one and the other language as the other: infections, shops, parts.
_SAME_THINGS: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("people", "case"),
        ("store", "company"),
        ("store", "building"),
        ("company", "building"),
        ("company", "group"),
        ("place", "building"),
        ("place", "store"),
        ("place", "school"),
        ("group", "work"),
        ("group", "team"),
        ("work", "case"),
        ("work", "point"),
        ("people", "team"),
    )
)
# English always says these after the number, so that a number with another noun, or with none, is of something else.
_NEVER_BARE: Final = frozenset({"draw", "game", "homer", "loss", "night", "point", "seat", "time", "vote", "win"})
_AGES: Final = ({"age", "duration"}, {"age", "years"})


def compare(one: Quantity, other: Quantity) -> Compared:
    """Say how far two quantities of a pair of texts can be compared, and give both in one unit.

    Args:
        one: A quantity of either text.
        other: A quantity of the other text.
    """
    a, b = _value(one), _value(other)
    if one.kind == other.kind:
        return _same_kind(one, other, a, b)
    if (converted := _converted(one, other, a, b)) is not None:
        return Compared(Relation.SAME, *converted)
    return Compared(_relation_of_kinds(one, other), a, b)


def _converted(one: Quantity, other: Quantity, a: Numeral, b: Numeral) -> tuple[Numeral, Numeral] | None:
    """Give both in one unit where two kinds are one: キロ is kilograms or kilometres, 31年 a year or a span."""
    kinds = {one.kind, other.kind}
    if "kilo" in kinds and kinds & {"length", "weight"}:
        return _in_kilos(one, a), _in_kilos(other, b)
    if kinds == {"years", "year"}:
        return _short_year(a), _short_year(b)
    if kinds == {"years", "duration"}:
        return _in_one_unit(one, other, a, b)
    return None


def _relation_of_kinds(one: Quantity, other: Quantity) -> Relation:
    kinds = frozenset((one.kind, other.kind))
    units = {one.unit, other.unit}
    if kinds == {"multiple", "count"} and "time" in units:
        return Relation.SAME
    if "ordinal" in kinds:
        return _relation_of_ordinal(one, other)
    may_be_one = (
        (kinds == {"score", "count"} and bool({"win", "loss"} & units))
        or (kinds in _AGES and len(units) == 1)
        or (_is_bare(one) and other.kind in _KIN_OF_BARE)
        or (_is_bare(other) and one.kind in _KIN_OF_BARE)
    )
    return Relation.KIN if may_be_one else Relation.NONE


def _value(quantity: Quantity) -> Numeral:
    return Numeral(quantity.low, quantity.high, quantity.precision)


def _same_kind(one: Quantity, other: Quantity, a: Numeral, b: Numeral) -> Compared:
    relation = Relation.SAME
    if one.kind == "count":
        roles_fit = one.role == other.role or not one.role or not other.role
        relation = _relation_of_units(one.unit, other.unit) if roles_fit else Relation.NONE
    elif (one.kind == "money" and one.unit != other.unit) or (
        one.kind == "ordinal" and (one.unit == "century") != (other.unit == "century")
    ):
        relation = Relation.NONE
    elif one.kind == "duration":
        a, b = _in_one_unit(one, other, a, b)
    elif one.kind == "year" and "short" in {one.unit, other.unit}:
        a, b = _short_year(a), _short_year(b)
    elif one.kind == "time" and "12h" in {one.unit, other.unit}:
        a, b = _half_day(a), _half_day(b)
    return Compared(relation, a, b)


def _relation_of_units(unit: str, other: str) -> Relation:
    if unit == other or frozenset((unit, other)) in _SAME_THINGS:
        return Relation.SAME
    if unit and other:
        return Relation.NONE
    return Relation.KIN if _NEVER_BARE & {unit, other} else Relation.SAME


def _in_one_unit(one: Quantity, other: Quantity, a: Numeral, b: Numeral) -> tuple[Numeral, Numeral]:
    """Give two durations in their common unit, or else in seconds."""
    if one.unit == other.unit:
        return a, b
    return a.times(_SECONDS[one.unit]), b.times(_SECONDS[other.unit])


def _relation_of_ordinal(one: Quantity, other: Quantity) -> Relation:
    """Compare a place in a row with what is none in the other language: 3 straight days, the 7th inning, the 24th."""
    ordinal, plain = (one, other) if one.kind == "ordinal" else (other, one)
    if plain.kind not in {"count", "day", "duration"} or ordinal.unit == "century":
        return Relation.NONE
    is_same = {
        "row": plain.kind == "duration" or plain.unit in {"game", "win", "loss"},
        "inning": _counts_times(plain),
        "minute": plain.unit == "minute",
        "open": plain.kind == "day" or _counts_times(plain),
        "": _counts_times(plain),
    }
    return Relation.SAME if is_same.get(ordinal.unit, False) else Relation.KIN


def _counts_times(quantity: Quantity) -> bool:
    return quantity.kind == "count" and quantity.unit == "time"


def _in_kilos(quantity: Quantity, value: Numeral) -> Numeral:
    return value.times(1 / _METRES_IN_KILO) if quantity.kind == "length" else value


def _short_year(value: Numeral) -> Numeral:
    return Numeral(value.low % _CENTURY, value.low % _CENTURY + value.high - value.low, 0)


def _half_day(value: Numeral) -> Numeral:
    return Numeral(value.low % _HALF_DAY, value.low % _HALF_DAY + value.high - value.low, value.precision)


def _is_bare(quantity: Quantity) -> bool:
    return quantity.kind == "count" and not quantity.unit
