"""Whether two quantities that can be compared agree, or contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignkit.text.quantities.comparability import Relation

if TYPE_CHECKING:
    from alignkit.text.quantities.comparability import Compared
    from alignkit.text.quantities.model import Quantity
    from alignkit.text.quantities.numerals import Numeral

_ABOUT: Final = 0.1
_BOTH_ABOUT: Final = 0.03
_BEYOND: Final = 0.2
_SMALL: Final = 10
_ROUNDING: Final = 0.5
# Two years and a half are no two years.
_SPAN_ROUNDING: Final = 0.25
_WHOLE: Final = 100
_ORDER_OF_MAGNITUDE: Final = 10
_EPSILON: Final = 1e-9

# What is never rounded, whatever zeros its number ends with: 2000 is a year of its own, and no 2014.
_EXACT: Final = frozenset({"age", "day", "month", "ordinal", "year", "years"})
_EXACT_UNITS: Final = frozenset({"draw", "game", "homer", "loss", "point", "seat", "win"})
# What no word around it opens by a share of itself: 'after 3 p.m.' is not 2 p.m.
_CALENDAR: Final = frozenset({"day", "month", "ordinal", "time", "year"})
# Which kinds may contradict each other though they are only kin: where one language often leaves the unit out, and
# where it is the same however it was written.
_KIN_THAT_CONTRADICT: Final = frozenset(
    frozenset(kinds)
    for kinds in (
        ("count",),
        ("count", "ordinal"),
        ("count", "age"),
        ("count", "money"),
        ("count", "multiple"),
        ("age", "duration"),
        ("age", "years"),
        ("duration", "ordinal"),
    )
)


def agree(one: Quantity, other: Quantity, compared: Compared) -> bool:
    """Tell whether two quantities overlap within the rounding that either was written to.

    Args:
        one: A quantity.
        other: A quantity of the other text.
        compared: What `compare` gives of the two.
    """
    if compared.relation == Relation.NONE:
        return False
    if compared.relation == Relation.KIN and (_is_vague(one) or _is_vague(other)):
        return False
    a, b = compared.one, compared.other
    if "score" in {one.kind, other.kind}:
        return {a.low, a.high} == {b.low, b.high} if one.kind == other.kind else bool({a.low, a.high} & {b.low, b.high})
    if a.low > b.high:
        a, b, one, other = b, a, other, one
    return b.low - a.high <= max(_rounding(one, other, a, b), _opened(one, other, a, b)) + _EPSILON * abs(b.low)


def contradict(one: Quantity, other: Quantity, compared: Compared) -> bool:
    """Tell whether two quantities that do not agree contradict each other, as far as two alone can.

    What is counted in different or unknown units contradicts only within an order of magnitude: 80,000 visitors and
    7 floats are two facts. Percentages that make up 100 may be one fact: 'down 60 pct' and 'at 40 pct'.

    Args:
        one: A quantity.
        other: A quantity of the other text.
        compared: What `compare` gives of the two.
    """
    # 'Twice' says as much as 2倍, whereas other words that only hint at a number are added and left out freely.
    is_certain = (one.certain and other.certain) or one.kind == other.kind == "multiple"
    if compared.relation != Relation.SAME or not is_certain:
        return False
    if one.kind == other.kind == "percent":
        return abs(one.low + other.low - _WHOLE) > max(one.precision, other.precision) / 2
    if one.kind in {"count", "duration"} and (one.unit != other.unit or not one.unit):
        return is_near(compared)
    return True


def contradict_as_kin(one: Quantity, other: Quantity, compared: Compared) -> bool:
    """Tell whether two certain quantities that are only kin contradict each other, if no other certain one has no match.

    A place in a row and a span of time do not, unless the place is one of such spans: '3rd title' and 10年ぶり優勝 are two
    facts, but not '4 days' and 3日目.

    Args:
        one: A quantity.
        other: A quantity of the other text.
        compared: What `compare` gives of the two.
    """
    kinds = {one.kind, other.kind}
    return (
        compared.relation == Relation.KIN
        and one.certain
        and other.certain
        and kinds in _KIN_THAT_CONTRADICT
        and (kinds != {"ordinal", "duration"} or one.text.endswith("目") or other.text.endswith("目"))
        and is_near(compared)
    )


def contradict_as_hint(one: Quantity, other: Quantity, compared: Compared) -> bool:
    """Tell whether a word that hints at a number contradicts a number, if nothing else in their texts has no match.

    'The pair' and 3人 do, and 'first ball' and 2ボール; 'first' without a noun ('first on moon') and 初 do not.

    Args:
        one: A quantity.
        other: A quantity of the other text.
        compared: What `compare` gives of the two.
    """
    if compared.relation == Relation.NONE or one.certain == other.certain or not is_near(compared):
        return False
    kinds = {one.kind, other.kind}
    if "ordinal" in kinds and (_is_of_nothing(one) or _is_of_nothing(other)):
        return False
    is_place_and_count = kinds == {"ordinal", "count"} and {one.unit, other.unit} <= {"", "time"}
    return is_place_and_count or kinds in ({"count"}, {"ordinal"})


def is_near(compared: Compared) -> bool:
    """Tell whether two quantities are within an order of magnitude."""
    small, large = sorted((compared.one.low, compared.other.low))
    return large <= _ORDER_OF_MAGNITUDE * small


def _is_of_nothing(quantity: Quantity) -> bool:
    """Tell whether an ordinal does not say of what: 'first on moon', 初制覇."""
    return quantity.kind == "ordinal" and (quantity.unit == "open" or quantity.text == "初")


def _is_vague(quantity: Quantity) -> bool:
    """Tell whether a quantity is some, no matter how many: 数日, dozens."""
    return not quantity.certain and quantity.low != quantity.high


def _rounding(one: Quantity, other: Quantity, low: Numeral, high: Numeral) -> float:
    """Give by how much two quantities may differ because either was rounded."""
    if {one.kind, other.kind} & _EXACT or {one.unit, other.unit} & _EXACT_UNITS:
        return 0.0
    share = _SPAN_ROUNDING if one.kind == other.kind == "duration" else _ROUNDING
    return max(low.precision, high.precision) * share


def _opened(one: Quantity, other: Quantity, low: Numeral, high: Numeral) -> float:
    """Give by how much the lower and the higher of two quantities may differ because words around them open them."""
    is_small = high.high < _SMALL
    if is_small or one.kind in _CALENDAR or other.kind in _CALENDAR:
        return 0.0
    if one.approximate == other.approximate:
        return _BOTH_ABOUT * high.low if one.approximate == "about" else 0.0
    return max(_opening(one, upwards=True) * low.high, _opening(other, upwards=False) * high.low)


def _opening(quantity: Quantity, *, upwards: bool) -> float:
    """Give by what share of itself the words around a number open it in a direction."""
    way = quantity.approximate
    if way == "about":
        return _ABOUT
    return _BEYOND if way == ("over" if upwards else "under") else 0.0
