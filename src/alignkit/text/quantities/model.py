"""What a number in a headline is, whichever language it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "count",
    "percent",
    "multiple",
    "money",
    "ordinal",
    "age",
    "score",
    "year",
    "years",
    "month",
    "day",
    "weekday",
    "time",
    "duration",
    "magnitude",
    "intensity",
    "temperature",
    "length",
    "weight",
    "kilo",
    "area",
    "speed",
    "measure",
]
"""What a quantity is of; `low` and `high` are in these terms, `unit` says the rest.

=========== ===================================================== ==========================================
kind        value                                                 unit
=========== ===================================================== ==========================================
count       how many                                              what is counted (people, building, …), or ''
percent     per cent; a half is 50, 3割 is 30                     '%'
multiple    times as much; 'double' is 2                          'x'
money       in whole units of the currency                        ISO 4217 code
ordinal     place in a row: 3rd, 3人目, No. 3, 3号, 3年連続        'century', 'row' (3 straight), 'inning', 'minute',
                                                                  'open' (the 24th: perhaps a day), or ''
age         years                                                 'year'
score       low is the lower side's points, high the higher's     ''
year        year of the common era                                '', or 'short' where only two digits stand
years       '31年' alone: the year '31, or 31 years                'year'
month       1 to 12                                               ''
day         day of the month                                      ''
weekday     1 (Monday) to 7                                       ''
time        hours after midnight; 7:30 p.m. is 19.5               '24h', or '12h' where morning and evening are open
duration    as written                                            second, minute, hour, day, week, month, year
magnitude   of an earthquake                                      'M'
intensity   seismic intensity, 5 lower is 5 and 5 upper 5.5       'shindo'
temperature degrees Celsius                                       'C'
length      metres                                                'm'
weight      kilograms                                             'kg'
kilo        キロ alone: kilograms or kilometres                    'kilo'
area        square metres                                         'm2'
speed       kilometres an hour                                    'km/h'
measure     in the unit's base                                    W, Wh, B, L, Hz, Sv, Bq, …
=========== ===================================================== ==========================================
"""

Approximation = Literal["", "about", "over", "under"]
"""'over' is also 'at least' and 以上; 'under' also 'at most', 'nearly' and 最大."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number, date or time, where it stands and what it says.

    Attributes:
        start: Where its span begins in the text that was given.
        end: Where its span ends.
        text: The characters of the span.
        kind: What it is of.
        unit: What it is counted or measured in.
        low: The value, or the lower end of a range.
        high: The value, or the upper end of a range.
        precision: To how much the figure is exact as written: 100,000 for '1.2 million'.
        approximate: Which way the words around it open it.
        role: What happened to the people counted (dead, hurt, missing, arrested), or ''.
        certain: Whether it is certainly this number. What only hints at one ('first', 'both', 一本, 'dozens') may agree
            with a number of the other language, but is in conflict with one only where nothing else is left over, or
            where both are multiples.
    """

    start: int
    end: int
    text: str
    kind: Kind
    unit: str
    low: float
    high: float
    precision: float
    approximate: Approximation = ""
    role: str = ""
    certain: bool = True
