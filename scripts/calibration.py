"""How far a score can be believed: each Japanese headline's best candidate, and whether it is the right one.

Of every Japanese headline the candidate with the best score is taken, whatever the score, also of headlines that have no
partner; it is right if it is a gold pair. The expected calibration error (Naeini et al., 2015, "Obtaining Well Calibrated
Probabilities Using Bayesian Binning"; Guo et al., 2017, equation 5) is the mean distance between the mean score and the
share that is right, over bins of equal width weighted by how many headlines they hold. A headline without any candidate
has no score and does not count.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.align.assignment import assign
from alignkit.align.stage import score_candidates
from alignkit.evaluate.gold import Assessment
from alignkit.pair.stage import find_candidates
from alignkit.reading import proper_texts
from gold_data import GoldSet
from retrieval import Bitext, cosine_grid, margin_grid, mutual_best

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder

BINS: Final = 15
FATES: Final = 3


@dataclass(frozen=True)
class Judged:
    """The best candidates of a set's Japanese headlines by some value.

    Attributes:
        name: The set, and the value.
        values: float64 of shape (n,): the best candidates' values.
        right: bool of shape (n,): which of them are gold pairs.
        gold: How many gold pairs there are.
    """

    name: str
    values: NDArray[np.float64]
    right: NDArray[np.bool_]
    gold: int

    def assess(self, threshold: float) -> Assessment:
        """Compare what reaches a threshold with the gold pairs."""
        kept = self.values >= threshold
        return Assessment(int(self.right[kept].sum()), int(kept.sum()), self.gold)


def without_partners(gold: GoldSet) -> GoldSet:
    """Take away the English headline of a third of the pairs, and the Japanese headline of another third."""
    fates = gold.pairs["en_id"].map_elements(_fate, return_dtype=pl.Int64)
    gone = pl.concat([gold.pairs.filter(fates == 0)["en_id"], gold.pairs.filter(fates == 1)["ja_id"]]).implode()
    name = f"{gold.name}, a third of the partners removed on each side"
    return GoldSet(name, gold.headlines.filter(~pl.col("id").is_in(gone)), gold.pairs.filter(fates > 1))


def score_set(gold: GoldSet, embedder: Embedder) -> pl.DataFrame:
    """Score the candidates of a set as `alignkit align` does."""
    return score_candidates(gold.headlines, find_candidates(gold.headlines, embedder=embedder), embedder=embedder)


def judge(gold: GoldSet, scored: pl.DataFrame, value: str = "score") -> Judged:
    """Take each Japanese headline's best candidate by a column, and tell whether it is right."""
    # The aligner's own rule for ties, with every candidate reaching the threshold.
    best = assign(scored.with_columns(score=pl.col(value)), threshold=-np.inf)
    right = best.join(gold.pairs.with_columns(right=True), on=["en_id", "ja_id"], how="left", maintain_order="left")[
        "right"
    ]
    return Judged(gold.name, best["score"].to_numpy(), right.is_not_null().to_numpy(), gold.pairs.height)


def judge_pairs(gold: GoldSet, embedder: Embedder) -> Judged:
    """Take the pairs each of which is the other's best by ratio margin, among all headlines: what mining usually does."""
    sides = [gold.headlines.filter(pl.col("lang") == lang) for lang in ("en", "ja")]
    proper = dict(zip(gold.headlines["id"], proper_texts(gold.headlines), strict=True))
    texts = Bitext(*([proper[key] for key in side["id"]] for side in sides))
    pairs, values = mutual_best(margin_grid(cosine_grid(texts, embedder)))
    wanted = set(gold.pairs.select("en_id", "ja_id").iter_rows())
    ids = ((sides[0]["id"][int(en)], sides[1]["id"][int(ja)]) for en, ja in pairs)
    right = np.array([pair in wanted for pair in ids], dtype=np.bool_)
    return Judged(gold.name, values.astype(np.float64), right, gold.pairs.height)


def best_threshold(judged: Judged) -> float:
    """Give the threshold with the greatest F1; of several the greatest."""
    thresholds = np.unique(judged.values)
    f1 = [judged.assess(float(threshold)).f1 for threshold in thresholds]
    return float(thresholds[len(f1) - 1 - int(np.argmax(f1[::-1]))])


def reliability(judged: Judged) -> pl.DataFrame:
    """Give the bins that are not empty.

    Returns:
        The columns low and high (the bin's bounds; the last one's upper bound is in it), count, score (the mean) and right
        (the share).
    """
    places = np.minimum((judged.values * BINS).astype(np.int64), BINS - 1)
    table = pl.DataFrame({"bin": places, "value": judged.values, "hit": judged.right})
    return (
        table.group_by("bin")
        .agg(count=pl.len(), score=pl.col("value").mean(), right=pl.col("hit").mean())
        .sort("bin")
        .select(
            (pl.col("bin") / BINS).alias("low"), ((pl.col("bin") + 1) / BINS).alias("high"), "count", "score", "right"
        )
    )


def calibration_error(bins: pl.DataFrame) -> float:
    """Give the expected calibration error of the bins that `reliability` gives."""
    count, score, right = (bins[name].to_numpy() for name in ("count", "score", "right"))
    return float((count * np.abs(score - right)).sum() / count.sum()) if len(count) else 0.0


def precision_recall(judged: Judged) -> pl.DataFrame:
    """Give the columns threshold, precision and recall, from the highest value down, equal values at once."""
    order = np.argsort(-judged.values, kind="stable")
    values, hits = judged.values[order], np.cumsum(judged.right[order])
    last = np.flatnonzero(np.diff(values, append=-np.inf))
    return pl.DataFrame(
        {"threshold": values[last], "precision": hits[last] / (last + 1), "recall": hits[last] / max(judged.gold, 1)}
    )


def _fate(key: str) -> int:
    return hashlib.sha256(f"partner {key}".encode()).digest()[0] % FATES
