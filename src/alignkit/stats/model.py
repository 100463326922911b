"""What is counted of a dataset."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Bin:
    """The values of one interval.

    Attributes:
        low: Where it begins; None for open.
        high: Where it ends, which is not in it unless it is the last; None for open.
        counts: How many values of each split are in it.
    """

    low: float | None
    high: float | None
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many values are in it."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Spread:
    """How values are spread.

    Attributes:
        count: How many there are.
        mean: Their mean.
        least: The smallest.
        lower: The lower quartile.
        median: The median.
        upper: The upper quartile.
        most: The largest.
    """

    count: int
    mean: float
    least: float
    lower: float
    median: float
    upper: float
    most: float


@dataclass(frozen=True)
class Lengths:
    """How long the headlines of a language are.

    Attributes:
        characters: In characters, as published; of the headline proper where the dataset holds no text. None where it is
            not known.
        words: In words, of as many headlines as are counted there; None where the dataset holds no text.
        bins: The characters in intervals.
    """

    characters: Spread | None
    words: Spread | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class OutletMonths:
    """What there is of an outlet.

    Attributes:
        outlet: Its name; None for headlines without one.
        lang: The language of its headlines.
        headlines: How many there are.
        months: How many of each month, as YYYY-MM (UTC); headlines without a date are in none.
    """

    outlet: str | None
    lang: str
    headlines: int
    months: Mapping[str, int]


@dataclass(frozen=True)
class Coverage:
    """How much of each headline the other one carries.

    Attributes:
        en: The share of the English headlines' words, 0 to 1; None where it is not known.
        ja: The same of the Japanese headlines' words.
        grid: How many pairs there are, by the share of the English (10 rows) and the Japanese (10 columns), from 0 up.
    """

    en: Spread | None
    ja: Spread | None
    grid: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class DatasetStats:
    """A dataset in numbers.

    Attributes:
        name: Its name; the folder's where it has no manifest.
        version: Its version, or None.
        license: Its licence, or None.
        synthetic: Whether its headlines were invented; None if nothing says.
        text: 'full', or 'stand-off' if it points to headlines and holds none.
        rows: How many rows each split of each config has.
        pairs: How many pairs there are.
        stories: How many stories they are of.
        languages: How many headlines there are of each language.
        period: The first and the last day of publication (UTC), or None.
        relations: How many pairs of each relation each split has.
        score: How the scores are spread, or None.
        scores: The scores in intervals of 0.05.
        checks: How many pairs have each verdict, by what was checked.
        coverage: How much of each headline the other one carries.
        reprints: How many stories have how many Japanese headlines.
        days_apart: Days from the English to the Japanese headline, in intervals.
        lengths: How long headlines are, by language.
        outlets: What there is of each outlet, the largest first.
    """

    name: str
    version: str | None
    license: str | None
    synthetic: bool | None
    text: str
    rows: Mapping[str, Mapping[str, int]]
    pairs: int
    stories: int
    languages: Mapping[str, int]
    period: tuple[str, str] | None
    relations: Mapping[str, Mapping[str, int]]
    score: Spread | None
    scores: tuple[Bin, ...]
    checks: Mapping[str, Mapping[str, int]]
    coverage: Coverage
    reprints: Mapping[int, int]
    days_apart: tuple[Bin, ...]
    lengths: Mapping[str, Lengths]
    outlets: tuple[OutletMonths, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return asdict(self)
