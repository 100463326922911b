"""Train the aligner's models: what turns a candidate's features into a score, and into a relation.

    python scripts/train_scorer.py            prints how good the models are on development and test data
    python scripts/train_scorer.py --write    also writes them to src/alignkit/align/trained/ENCODER.json

They are trained on the development halves of WMT21 and of the demonstration corpus, and measured on the other halves.
WMT21 is read from --bench. Run twice on the same data with the same --date it writes the same file but
for the last digits of some weights.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, f1_score, roc_auc_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from alignkit.align.features import FEATURES
from alignkit.align.models import Judge, Multinomial
from alignkit.align.relation import RELATION_FEATURES
from alignkit.align.rerank import RERANK_FEATURES, look_again
from alignkit.align.scorer import SECOND_FEATURES
from alignkit.encoders.embedder import Embedder
from alignkit.schema import RELATIONS
from gold_data import BENCH, ROOT
from training_data import FOLDS, RIVALS, Example, example, gold_sets, labelled

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
RELATION_REGULARISATION: Final = 0.1


def main() -> None:
    """Train, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the models into the package")
    parser.add_argument("--bench", type=Path, default=BENCH, help="the folder with wmt21/ (default: %(default)s)")
    parser.add_argument("--date", default=dt.datetime.now(dt.UTC).date().isoformat(), help="the date to write (today)")
    parser.add_argument("--encoder", default="use", help="the encoder (default: %(default)s)")
    parser.add_argument("--rerank", nargs="*", default=["e5"], help="encoders for a second look (default: e5)")
    arguments = parser.parse_args()
    embedder = Embedder(arguments.encoder)
    development, test = (
        [example(gold, embedder) for gold in gold_sets(half, arguments.bench)] for half in ("development", "test")
    )

    tables = [each.featured.candidates for each in development]
    told = apart(FEATURES, tables, development)
    first = calibrated(judge_of(FEATURES, tables, development), told, development)
    seconds = [
        each.second(first.calibrated(pl.Series(log_odds)).to_numpy())
        for each, log_odds in zip(development, told, strict=True)
    ]
    told_again = apart((*FEATURES, *SECOND_FEATURES), seconds, development)
    second = calibrated(judge_of((*FEATURES, *SECOND_FEATURES), seconds, development), told_again, development)
    relation = related(development[-1], seconds[-1].with_columns(score=second.calibrated(pl.Series(told_again[-1]))))
    again = {name: second_look(name, development, seconds, told_again, second) for name in arguments.rerank}
    figures = [figures_of(each, first, second) for each in (*development, *test)]
    figures += [relation_figures(each, scored(each, first, second), relation) for each in (development[-1], test[-1])]
    for line in figures:
        print(json.dumps(line))
    if arguments.write:
        target = ROOT / "src" / "alignkit" / "align" / "trained" / f"{embedder.encoder.name}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(render(embedder, arguments.date, first, second, relation, again, figures), encoding="utf-8")
        print(f"written to {target}")


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
    model = LogisticRegression(C=REGULARISATION, max_iter=10_000, tol=1e-8)
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

    What counts is each Japanese headline's best candidate: that is what is kept or not. The sets with rivals are left out:
    where every headline has rivals made to deceive, every score must be lower.
    """
    log_odds, is_gold, weights = [], [], []
    for each, values_told in zip(examples, told, strict=True):
        if each.gold.name.endswith(RIVALS):
            continue
        best = best_of_each(each.featured.candidates["ja_id"], values_told)
        log_odds.append(values_told[best])
        is_gold.append(each.is_gold[best])
        weights.append(np.full(len(best), 1 / len(best)))
    all_weights = np.concatenate(weights)
    platt = LogisticRegression(C=1e6)
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


def scored(each: Example, first: Judge, second: Judge) -> pl.DataFrame:
    """Give an example's candidates with their scores."""
    return each.second(values(each.featured.candidates, first.probability())).with_columns(score=second.probability())


def related(each: Example, table: pl.DataFrame) -> Multinomial:
    """Fit the relation on labelled pairs with scores of models that did not see them, every relation weighing the same."""
    features, relations = labelled(each, table)
    scaler = StandardScaler().fit(features)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    model = LogisticRegression(C=RELATION_REGULARISATION, max_iter=10_000, tol=1e-8, class_weight="balanced")
    model.fit(scaler.transform(features), relations)
    order = [list(model.classes_).index(name) for name in RELATIONS]
    weights = (model.coef_ / scale)[order]
    intercepts = model.intercept_[order] - weights @ scaler.mean_
    return Multinomial(RELATION_FEATURES, RELATIONS, weights.round(DECIMALS), intercepts.round(DECIMALS))


def second_look(
    encoder: str,
    examples: Sequence[Example],
    tables: Sequence[pl.DataFrame],
    told: Sequence[NDArray[np.float64]],
    second: Judge,
) -> Judge:
    """Fit the judge that looks again with a second encoder, on scores of judges that did not see the candidates."""
    embedder = Embedder(encoder)
    looked_at, labels = [], []
    for each, table, log_odds in zip(examples, tables, told, strict=True):
        scores = table.with_columns(score=second.calibrated(pl.Series(log_odds)), gold=pl.Series(each.is_gold))
        chosen = look_again(each.gold.headlines, scores, embedder=embedder)
        looked_at.append(chosen.select(RERANK_FEATURES).to_numpy())
        labels.append(chosen["gold"].to_numpy())
    features, is_gold = np.concatenate(looked_at), np.concatenate(labels)
    weights = np.concatenate([np.full(len(label), 1 / max(len(label), 1)) for label in labels])
    intercept, slopes = logistic(features, is_gold, weights / weights.mean())
    return Judge(round(intercept, DECIMALS), [], named(RERANK_FEATURES, slopes))


def figures_of(each: Example, first: Judge, second: Judge) -> dict[str, Any]:
    """Give how good the score is on an example's candidates."""
    score = scored(each, first, second)["score"].to_numpy()
    return {
        "data": each.gold.name,
        "candidates": len(score),
        "gold": int(each.is_gold.sum()),
        "roc_auc": round(float(roc_auc_score(each.is_gold, score)), 4),
        "brier": round(float(brier_score_loss(each.is_gold, score)), 4),
    }


def relation_figures(each: Example, table: pl.DataFrame, relation: Multinomial) -> dict[str, Any]:
    """Give how good the relation is on an example's labelled candidates."""
    features, relations = labelled(each, table)
    macro = f1_score(relations, relation.predict(features), average="macro")
    return {"data": each.gold.name, "relations": len(relations), "macro_f1": round(float(macro), 4)}


def render(
    embedder: Embedder,
    date: str,
    first: Judge,
    second: Judge,
    relation: Multinomial,
    again: dict[str, Judge],
    figures: list[dict[str, Any]],
) -> str:
    """Write the models as the JSON that the package reads, with what they were made from and how good they are."""
    packages = ("scikit-learn", "numpy", "jamdict-data", "ipadic", "babel")
    content = {
        "made_by": "scripts/train_scorer.py",
        "date": date,
        "encoder": {"name": embedder.encoder.name, "version": embedder.encoder.version},
        "packages": {name: importlib.metadata.version(name) for name in packages},
        "settings": {
            "boosting": BOOSTING,
            "regularisation": REGULARISATION,
            "folds": FOLDS,
            "relation_regularisation": RELATION_REGULARISATION,
        },
        "figures": figures,
        "first": asdict(first),
        "second": asdict(second),
        "rerank": {name: asdict(judge) for name, judge in again.items()},
        "relation": {
            "intercepts": dict(zip(relation.classes, relation.intercepts.tolist(), strict=True)),
            "weights": {
                name: dict(zip(relation.features, row.tolist(), strict=True))
                for name, row in zip(relation.classes, relation.weights, strict=True)
            },
        },
    }
    return json.dumps(content, indent=1) + "\n"


if __name__ == "__main__":
    # Sums over several threads differ in their last digits from run to run.
    with threadpool_limits(1):
        main()
