"""Aligned pairs against gold pairs: precision, recall and F1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from alignkit.errors import InputError
from alignkit.schema import ALIGNED_RELATIONS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True)
class Assessment:
    """Aligned pairs against gold pairs.

    Attributes:
        correct: How many of the aligned pairs are gold pairs.
        aligned: How many pairs were aligned.
        gold: How many gold pairs there are.
    """

    correct: int
    aligned: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of the aligned pairs that are gold pairs; 0 where none was aligned."""
        return self.correct / self.aligned if self.aligned else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold pairs that were aligned; 0 where there is none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are."""
        return 2 * self.correct / (self.aligned + self.gold) if self.aligned + self.gold else 0.0


def read_gold(path: Path) -> pl.DataFrame:
    """Read gold pairs: a TSV file with the columns en_url, ja_url and relation.

    Returns:
        The columns en_url, ja_url and relation, each pair once.

    Raises:
        InputError: The file cannot be read, a column is missing, a relation is not known, or a pair is there twice.
    """
    try:
        gold = pl.read_csv(path, separator="\t", quote_char=None, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"cannot be read ({error})", path=path) from None
    for column in ("en_url", "ja_url", "relation"):
        if column not in gold.columns:
            raise InputError(
                "is missing", path=path, column=column, remedy=f"Columns found: {', '.join(gold.columns)}."
            )
    unknown = ~gold["relation"].is_in(RELATIONS).fill_null(value=False)
    if unknown.any():
        row = unknown.arg_max() or 0
        value = gold["relation"][row]
        remedy = f"Known: {', '.join(RELATIONS)}."
        raise InputError("is no relation", path=path, row=row + 1, column="relation", value=value, remedy=remedy)
    gold = gold.select("en_url", "ja_url", "relation")
    repeated = gold.select("en_url", "ja_url").is_duplicated()
    if repeated.any():
        raise InputError(
            "is there more than once", path=path, row=(repeated.arg_max() or 0) + 1, column="en_url+ja_url"
        )
    return gold


def assess_pairs(pairs: pl.DataFrame, gold: pl.DataFrame, *, en_urls: Collection[str] | None = None) -> Assessment:
    """Compare aligned pairs with gold pairs, by the headlines' URLs.

    Args:
        pairs: The table `alignkit.schema.PAIRS`.
        gold: Gold pairs as `read_gold` gives them; those with a relation that makes a pair count.
        en_urls: If given, only pairs whose English headline has one of these URLs count, on both sides.
    """
    found = pairs.select("en_url", "ja_url")
    wanted = gold.filter(pl.col("relation").is_in(ALIGNED_RELATIONS)).select("en_url", "ja_url")
    if en_urls is not None:
        of_these = pl.col("en_url").is_in(list(en_urls))
        found, wanted = found.filter(of_these), wanted.filter(of_these)
    correct = found.join(wanted, on=["en_url", "ja_url"], how="semi").height
    return Assessment(correct=correct, aligned=found.height, gold=wanted.height)
