"""What the aligner's models are trained and measured on: gold sets' candidates with their features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.align.features import Featured, add_features
from alignkit.align.relation import explained_features
from alignkit.align.scorer import add_second_features
from alignkit.config import AlignSettings
from alignkit.pair.stage import find_candidates
from alignkit.schema import HEADLINES
from alignkit.text.lexicon.store import load_lexicon
from calibration import without_partners
from gold_data import GoldSet, demo, demo_half, demo_relations, fold_of, with_pairs, wmt21
from rivals import KINDS, rivals

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder
    from gold_data import Half

FOLDS: Final = 5
RIVALS: Final = ", with rivals"
RIVALS_OF_A_KIND: Final = 3
COPY: Final = "~"
"""Stands in the id of an altered copy between the id of the headline and what tells copies apart."""


@dataclass(frozen=True)
class Example:
    """A gold set's candidates with their features.

    Attributes:
        gold: The gold set.
        featured: Its candidates.
        is_gold: Which of them are gold pairs.
        fold: int64 of shape (p,): which of `FOLDS` parts each is in, all of an English headline's and of its
            copies' in the same.
    """

    gold: GoldSet
    featured: Featured
    is_gold: NDArray[np.bool_]
    fold: NDArray[np.int64]

    def second(self, first: NDArray[np.float64]) -> pl.DataFrame:
        """Give the candidates with what the second model is told."""
        return add_second_features(self.featured, pl.Series(first))


def gold_sets(half: Half, bench: Path) -> list[GoldSet]:
    """Give the data of one half, the demonstration corpus last.

    WMT21's segments are there as they are, with a third of the partners taken away on each side, and with altered copies of
    the English ones beside them, so that the score knows headlines without a partner and rivals that differ in one fact.
    """
    whole = wmt21("*", "all", half, bench)
    lonely = without_partners(whole)
    headlines = wmt21("*", "headlines", half, bench)
    return [whole, headlines, lonely, with_rivals(whole), with_rivals(lonely), demo_half(demo(), half)]


def with_rivals(gold: GoldSet) -> GoldSet:
    """Add to a gold set, of each English headline, some altered copies of each kind that there is."""
    added = [
        row | {"id": f"{row['id']}{COPY}{kind}{place}", "text": copy, "source": f"{row['source']}{COPY}{kind}{place}"}
        for row in gold.headlines.filter(pl.col("lang") == "en").iter_rows(named=True)
        for kind in KINDS
        for place, copy in enumerate(rivals(row["text"], kind, RIVALS_OF_A_KIND))
    ]
    return GoldSet(f"{gold.name}{RIVALS}", pl.concat([gold.headlines, HEADLINES.frame(added)]), gold.pairs)


def example(gold: GoldSet, embedder: Embedder) -> Example:
    """Compute the features of a gold set's candidates, wire ids left unread: their score is not the models' alone."""
    headlines = gold.headlines.with_columns(wire_id=pl.lit(None, dtype=pl.String))
    found = with_pairs(find_candidates(headlines, embedder=embedder), headlines, known_pairs(gold))
    featured = add_features(
        headlines, found, margin_neighbours=AlignSettings().margin_neighbours, embedder=embedder, lexicon=load_lexicon()
    )
    labels = found.join(gold.pairs.with_columns(gold=True), on=["en_id", "ja_id"], how="left", maintain_order="left")
    fold = np.array([fold_of(name.partition(COPY)[0], FOLDS) for name in found["en_id"]])
    return Example(gold, featured, labels["gold"].is_not_null().to_numpy(), fold)


def known_pairs(gold: GoldSet) -> pl.DataFrame:
    """Give the pairs whose relation is known, of headlines that are in a gold set."""
    ids = gold.headlines["id"].implode()
    return demo_relations().filter(pl.col("en_id").is_in(ids) & pl.col("ja_id").is_in(ids))


def labelled(each: Example, table: pl.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Give the features and relations of the demonstration corpus's gold pairs."""
    known = table.join(known_pairs(each.gold), on=["en_id", "ja_id"], maintain_order="left")
    return explained_features(each.gold.headlines, known, lexicon=load_lexicon())[0], known["relation"].to_numpy()
