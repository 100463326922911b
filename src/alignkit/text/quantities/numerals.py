"""Numerals as values: digits, kanji numerals, and both mixed, with how exact the figure is as written."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

# A thousands separator must be followed by three digits; a middle dot is a decimal point in vertical text.
DIGITS: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:[.・][0-9]++)?+"
KANJI: Final = "〇一二三四五六七八九十百千万億兆数"

_TOKEN: Final = re.compile(f"{DIGITS}|[{KANJI}]")
_KANJI_DIGITS: Final = {char: float(value) for value, char in enumerate("〇一二三四五六七八九")}
_SMALL: Final = {"十": 1e1, "百": 1e2, "千": 1e3}
_LARGE: Final = {"万": 1e4, "億": 1e8, "兆": 1e12}
_SOME: Final = "数"
_SOME_RANGE: Final = (2.0, 9.0)
_ROUND_ZEROS: Final = 3
_ROUND: Final = 1000
LONGEST_NUMERAL: Final = 40
"""What has more characters is no number that a headline would name."""


class Numeral(NamedTuple):
    """A value, or the ends of a range, and to how much it is exact as written."""

    low: float
    high: float
    precision: float

    def times(self, factor: float) -> Numeral:
        """Give the numeral in another unit."""
        return self if factor == 1 else Numeral(self.low * factor, self.high * factor, self.precision * factor)

    def to(self, end: Numeral) -> Numeral:
        """Give the range from this numeral to another, in whichever order."""
        return Numeral(min(self.low, end.low), max(self.high, end.high), max(self.precision, end.precision))


def read_digits(digits: str) -> Numeral:
    """Read digits with separators; three or more zeros at the end are taken for rounding.

    Args:
        digits: What `DIGITS` matches.
    """
    whole, point, decimals = digits.replace(",", "").replace("・", ".").partition(".")
    value = float(f"{whole}.{decimals}" if point else whole)
    if point:
        return Numeral(value, value, 10.0 ** -len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Numeral(value, value, 10.0**zeros if zeros >= _ROUND_ZEROS and value else 1.0)


def read_japanese(run: str) -> Numeral | None:
    """Read a run of digits and kanji numerals; 数 is 2 to 9 of what follows it.

    Args:
        run: Digits as `DIGITS` matches them and characters of `KANJI`, such as 1億2千万, 二〇三一 or 数十.

    Returns:
        The value, or None where the run is not a number (万 alone, 十3).
    """
    if len(run) > LONGEST_NUMERAL:
        return None
    tokens = _TOKEN.findall(run)
    if len(tokens) == 1 and tokens[0][0] in "0123456789":
        return read_digits(tokens[0])
    ends = _SOME_RANGE if _SOME in run else (0.0,)
    values = [_evaluate(tokens, some) for some in ends]
    if None in values:
        return None
    (low, precision), (high, _) = [value for value in (values[0], values[-1]) if value is not None]
    return Numeral(low, high + (precision - 1 if high > low else 0), precision)


def _evaluate(tokens: list[str], some: float) -> tuple[float, float] | None:
    """Give the value and its precision, with `some` for 数."""
    total, section, precision = 0.0, 0.0, 1.0
    current: float | None = None
    for token in tokens:
        if token in _SMALL:
            section += (1 if current is None else current) * _SMALL[token]
            # 三十 and 百二十 are exact; 3千 and 数十 are round.
            is_exact = not some and _SMALL[token] < _ROUND
            precision = 1.0 if is_exact else (precision if current is not None else 1) * _SMALL[token]
            current = None
        elif token in _LARGE:
            if not section and current is None:
                return None
            total += (section + (current or 0)) * _LARGE[token]
            precision *= _LARGE[token]
            section, current = 0.0, None
        elif (figure := _figure(token, current, some)) is not None:
            current, precision = figure
        else:
            return None
    return total + section + (current or 0), precision


def _figure(token: str, before: float | None, some: float) -> tuple[float, float] | None:
    """Give the value so far of the figures before a multiplier, and its precision."""
    if token == _SOME:
        return (some if before is None else before + some), 1.0
    if token in _KANJI_DIGITS:
        return (before or 0) * 10 + _KANJI_DIGITS[token], 1.0
    if before is not None:
        return None
    digits = read_digits(token)
    return digits.low, digits.precision
