"""Which of the scored candidates are aligned: one English headline, any number of reprints.

Reprints of one wire story vouch for each other. A paper's own wording may share so little with the English headline that its
score stays a little under the threshold, or that another English headline's is about as good; where its cluster clearly
belongs to an English headline, it goes with its cluster. Scores stay as they are: what is published is each pair's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.pair.clusters import cluster_reprints
from alignkit.progress import silent

if TYPE_CHECKING:
    from alignkit.encoders.embedder import Embedder
    from alignkit.progress import Progress

# Chosen on the development half of the demonstration corpus; scripts/benchmark_candidates.py prints what they give.
_VOUCHED_SHARE: Final = 0.6
_CLEAR_SCORE: Final = 0.9
_NEAR_BEST: Final = 0.1


def assign(candidates: pl.DataFrame, *, threshold: float, clusters: pl.DataFrame | None = None) -> pl.DataFrame:
    """Keep, of each Japanese headline's candidates, the one with the best score, if it reaches the threshold.

    So a reprint belongs to at most one English headline, an English headline may have any number of reprints, and
    either may stay alone. Ties go to the greater margin, then the greater cosine, then the smaller English id.

    If clusters are given, a headline goes with its cluster where two things hold. The cluster clearly belongs to one English
    headline: at least half of the cluster's other members are assigned to it, one of them with a score of 0.9 or more. And
    the headline's own score with it is at most 0.1 below its best, and at least 0.6 of the threshold.

    Args:
        candidates: Rows with the columns en_id, ja_id, cosine, margin and score.
        threshold: The least score that is kept of a headline by itself.
        clusters: The columns ja_id and cluster, as `alignkit.pair.clusters.cluster_reprints` gives them.

    Returns:
        The rows that are kept, as they were, from the best score down.
    """
    alone = _best_first(candidates.filter(pl.col("score") >= threshold)).unique(
        "ja_id", keep="first", maintain_order=True
    )
    if clusters is None:
        return alone
    vouched = _vouched(candidates, alone, clusters, _VOUCHED_SHARE * threshold)
    return _best_first(pl.concat([alone.join(vouched, on="ja_id", how="anti"), vouched]))


def assign_reprints(
    headlines: pl.DataFrame,
    candidates: pl.DataFrame,
    *,
    threshold: float,
    embedder: Embedder | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Cluster reprints, and assign candidates, as `assign` does, with these clusters.

    Only headlines of stories that are in doubt are clustered: those that clusters can make a difference to.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        candidates: The scored candidates of these headlines.
        threshold: The least score that is kept of a headline by itself.
        embedder: What turns texts into vectors; None for the default encoder.
        progress: Told of the clustering.
    """
    doubtful = _doubtful(candidates, threshold)
    in_doubt = candidates.filter(pl.col("score") >= _VOUCHED_SHARE * threshold).join(doubtful, on="en_id", how="semi")
    clusters = cluster_reprints(headlines, among=in_doubt["ja_id"].unique(), embedder=embedder, progress=progress)
    return assign(candidates, threshold=threshold, clusters=clusters)


def _doubtful(candidates: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Give the candidates that would not be assigned by themselves, but could be if their cluster vouched for them."""
    alone = assign(candidates, threshold=threshold)
    return _near_best(candidates, _VOUCHED_SHARE * threshold).join(alone, on=["en_id", "ja_id"], how="anti")


def _vouched(candidates: pl.DataFrame, alone: pl.DataFrame, clusters: pl.DataFrame, least: float) -> pl.DataFrame:
    """Give the candidates that are assigned since their clusters vouch for them."""
    return (
        _near_best(candidates, least)
        .join(clusters.select("ja_id", "cluster"), on="ja_id")
        .join(_clear_stories(alone, clusters), on=["cluster", "en_id"])
        .select(candidates.columns)
    )


def _near_best(candidates: pl.DataFrame, least: float) -> pl.DataFrame:
    """Give the candidates whose score is about as good as the best of their Japanese headline, and not under the least."""
    best = pl.col("score").max().over("ja_id")
    return candidates.filter((pl.col("score") >= best - _NEAR_BEST) & (pl.col("score") >= least))


def _clear_stories(alone: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    """Give the clusters that clearly belong to an English headline: the columns cluster and en_id."""
    others = clusters.group_by("cluster").agg(others=pl.len() - 1)
    return (
        alone.join(clusters, on="ja_id")
        .group_by("cluster", "en_id")
        .agg(pl.col("score").max(), members=pl.len())
        .filter(pl.col("score") >= _CLEAR_SCORE)
        .sort("members", "score", "en_id", descending=[True, True, False])
        .unique("cluster", keep="first", maintain_order=True)
        .join(others, on="cluster")
        .filter(2 * pl.col("members") >= pl.col("others"))
        .select("cluster", "en_id")
    )


def _best_first(candidates: pl.DataFrame) -> pl.DataFrame:
    return candidates.sort("score", "margin", "cosine", "en_id", descending=[True, True, True, False])
