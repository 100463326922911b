"""Fitting a judge of the aligner: its trees, its weights, and what calibrates them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from alignkit.align.models import Judge
from training_data import FOLDS, RIVALS, Example

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DECIMALS: Final = 5
BOOSTING: Final = {
    "max_iter": 60,
    "learning_rate": 0.1,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
REGULARISATION: Final = 1.0
SOLVER: Final = "newton-cholesky"
"""Converges to the last digits; L-BFGS stops where features that say nearly the same still trade weight."""
TOLERANCE: Final = 1e-8
MOST_RIGHT: Final = 0.95


def judge_of(
    columns: Sequence[str], tables: Sequence[pl.DataFrame], examples: Sequence[Example], leave_out: int | None = None
) -> Judge:
    """Fit both models to all tables, each of which weighs the same, or the largest would decide alone."""
    kept = [each.fold != leave_out for each in examples]
    features = np.concatenate([t.select(columns).to_numpy()[k] for t, k in zip(tables, kept, strict=True)])
    is_gold = np.concatenate([each.is_gold[k] for each, k in zip(examples, kept, strict=True)])
    weights = np.concatenate([np.full(k.sum(), 1 / k.sum()) for k in kept])
    weights /= weights.mean()
    boosted = HistGradientBoostingClassifier(**BOOSTING).fit(features, is_gold, sample_weight=weights)
    # The trees have no public form; these attributes are as of the pinned version.
    trees = [branch(stage[0].nodes, 0, columns) for stage in boosted._predictors]  # noqa: SLF001
    intercept, slopes = logistic(features, is_gold, weights)
    base = (boosted._baseline_prediction.item() + intercept) / 2  # noqa: SLF001
    return Judge(round(float(base), DECIMALS), trees, named(columns, slopes / 2))


def logistic(
    features: NDArray[np.float64], is_gold: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Fit a logistic model to standardised features; give its intercept and slopes for the features as they are."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=REGULARISATION, solver=SOLVER, tol=TOLERANCE)
    model.fit(scaler.transform(features), is_gold, sample_weight=weights)
    slopes = model.coef_[0] / np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    return float(model.intercept_[0] - slopes @ scaler.mean_), slopes


def named(columns: Sequence[str], slopes: NDArray[np.float64]) -> dict[str, float]:
    """Give slopes by the names of their features."""
    return {name: round(float(slope), DECIMALS) for name, slope in zip(columns, slopes, strict=True)}


def branch(nodes: NDArray[Any], place: int, columns: Sequence[str]) -> Any:  # noqa: ANN401 - a tree of plain values
    """Give a tree, from one of its nodes on, as plain values, its contributions halved."""
    node = nodes[place]
    if node["is_leaf"]:
        return round(float(node["value"]) / 2, DECIMALS)
    return {
        "feature": columns[node["feature_idx"]],
        "threshold": round(float(node["num_threshold"]), DECIMALS),
        "below": branch(nodes, int(node["left"]), columns),
        "above": branch(nodes, int(node["right"]), columns),
    }


def apart(
    columns: Sequence[str], tables: Sequence[pl.DataFrame], examples: Sequence[Example]
) -> list[NDArray[np.float64]]:
    """Give each candidate's log-odds by a judge that did not see its fold."""
    found = [np.zeros(table.height) for table in tables]
    for fold in range(FOLDS):
        judge = judge_of(columns, tables, examples, leave_out=fold)
        for log_odds, table, each in zip(found, tables, examples, strict=True):
            log_odds[each.fold == fold] = values(table, judge.log_odds())[each.fold == fold]
    return found


def calibrated(judge: Judge, told: Sequence[NDArray[np.float64]], examples: Sequence[Example]) -> Judge:
    """Scale a judge's log-odds so that probabilities are calibrated, by judges that did not see the candidates.

    What counts is each Japanese headline's best candidate: that is what is kept or not. In each set the right ones weigh
    as much as the wrong ones, so that probabilities hold where half of them are right, and sets that differ in this share
    can be fitted at once (`alignkit.align.prior` puts the share right). Left out are the sets with rivals - where every
    headline has rivals made to deceive, every score must be lower - and those in which nearly all are right, whose few
    wrong ones would weigh too much.
    """
    log_odds, is_gold, weights = [], [], []
    for each, values_told in zip(examples, told, strict=True):
        best = best_of_each(each.featured.candidates["ja_id"], values_told)
        right = each.is_gold[best]
        share = right.mean()
        if each.gold.name.endswith(RIVALS) or share > MOST_RIGHT:
            continue
        log_odds.append(values_told[best])
        is_gold.append(right)
        weights.append(np.where(right, 0.5 / share, 0.5 / (1 - share)) / len(best))
    all_weights = np.concatenate(weights)
    platt = LogisticRegression(C=1e6, solver=SOLVER, tol=TOLERANCE)
    platt.fit(
        np.concatenate(log_odds)[:, None], np.concatenate(is_gold), sample_weight=all_weights / all_weights.mean()
    )
    slope, shift = round(float(platt.coef_[0, 0]), DECIMALS), round(float(platt.intercept_[0]), DECIMALS)
    return replace(judge, slope=slope, shift=shift)


def best_of_each(ja_ids: pl.Series, log_odds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the row of each Japanese headline's best candidate."""
    frame = pl.DataFrame({"ja_id": ja_ids, "log_odds": log_odds}).with_row_index("row")
    best = frame.sort("log_odds", descending=True, maintain_order=True).unique(
        "ja_id", keep="first", maintain_order=True
    )
    return best["row"].cast(pl.Int64).sort().to_numpy()


def values(table: pl.DataFrame, expression: pl.Expr) -> NDArray[np.float64]:
    """Give an expression's value for each row."""
    return table.select(expression).to_series().to_numpy()
