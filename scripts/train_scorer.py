"""Train the aligner's models: what turns a candidate's features into a score, and into a relation.

    python scripts/train_scorer.py            prints how good the models are on development and test data
    python scripts/train_scorer.py --write    also writes them to src/alignkit/align/trained/ENCODER.json

They are trained on the development halves of WMT21 and of the demonstration corpus, and measured on the other halves.
WMT21 is read from --bench. Run twice on one machine with the same --date it writes the same bytes. For that it encodes
all texts anew, in a cache of its own: a vector of the Universal Sentence Encoder differs in its last digits with the
texts that were encoded beside it, so that the vectors in the user's cache depend on what was aligned before. For that,
too, it sums in one thread, and fits logistic models by a method that ends at the optimum and not somewhere near.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, f1_score, roc_auc_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from alignkit.align.features import FEATURES
from alignkit.align.models import Judge, Multinomial
from alignkit.align.prior import Prior, at_own_share
from alignkit.align.relation import RELATION_FEATURES
from alignkit.align.rerank import RERANK_FEATURES, look_again
from alignkit.align.scorer import SECOND_FEATURES
from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.encoders.registry import load_encoder
from alignkit.schema import RELATIONS
from fitting import (
    BOOSTING,
    DECIMALS,
    REGULARISATION,
    SOLVER,
    TOLERANCE,
    apart,
    calibrated,
    judge_of,
    logistic,
    named,
    values,
)
from gold_data import BENCH, ROOT
from training_data import FOLDS, RIVALS_OF_A_KIND, Example, example, gold_sets, labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

RELATION_REGULARISATION: Final = 0.1
PRIOR: Final = Prior(share=0.7, weight=20.0)


def main() -> None:
    """Train, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the models into the package")
    parser.add_argument("--bench", type=Path, default=BENCH, help="the folder with wmt21/ (default: %(default)s)")
    parser.add_argument("--date", default=dt.datetime.now(dt.UTC).date().isoformat(), help="the date to write (today)")
    parser.add_argument("--encoder", default="use", help="the encoder (default: %(default)s)")
    parser.add_argument("--rerank", nargs="*", default=["e5"], help="encoders for a second look (default: e5)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        train(arguments, own_embedder(arguments.encoder, Path(folder)))


def own_embedder(name: str, folder: Path) -> Embedder:
    """Load an encoder whose embeddings are kept in a folder, and not with the user's."""
    encoder = load_encoder(name)
    return Embedder(encoder, EmbeddingCache(encoder, folder))


def train(arguments: argparse.Namespace, embedder: Embedder) -> None:
    """Train with an encoder, print, and write if asked."""
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
    unseen = [
        with_score(table, second.calibrated(pl.Series(log_odds)))
        for table, log_odds in zip(seconds, told_again, strict=True)
    ]
    relation = related(development[-1], unseen[-1])
    again = {name: second_look(name, development, unseen) for name in arguments.rerank}
    figures = [figures_of(each, first, second) for each in (*development, *test)]
    figures += [relation_figures(each, scored(each, first, second), relation) for each in (development[-1], test[-1])]
    for line in figures:
        print(json.dumps(line))
    if arguments.write:
        target = ROOT / "src" / "alignkit" / "align" / "trained" / f"{embedder.encoder.name}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(render(embedder, arguments.date, first, second, relation, again, figures), encoding="utf-8")
        print(f"written to {target}")


def scored(each: Example, first: Judge, second: Judge) -> pl.DataFrame:
    """Give an example's candidates with their scores."""
    table = each.second(values(each.featured.candidates, first.probability()))
    return with_score(table, pl.Series(values(table, second.probability())))


def with_score(table: pl.DataFrame, judged: pl.Series) -> pl.DataFrame:
    """Give candidates with the score that the second model's probabilities come to."""
    return table.with_columns(score=at_own_share(judged, table["ja_id"], PRIOR))


def related(each: Example, table: pl.DataFrame) -> Multinomial:
    """Fit the relation on labelled pairs with scores of models that did not see them, every relation weighing the same."""
    features, relations = labelled(each, table)
    scaler = StandardScaler().fit(features)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    model = LogisticRegression(C=RELATION_REGULARISATION, solver=SOLVER, tol=TOLERANCE, class_weight="balanced")
    model.fit(scaler.transform(features), relations)
    order = [list(model.classes_).index(name) for name in RELATIONS]
    weights = (model.coef_ / scale)[order]
    intercepts = model.intercept_[order] - weights @ scaler.mean_
    return Multinomial(RELATION_FEATURES, RELATIONS, weights.round(DECIMALS), intercepts.round(DECIMALS))


def second_look(encoder: str, examples: Sequence[Example], tables: Sequence[pl.DataFrame]) -> Judge:
    """Fit the judge that looks again with a second encoder, on scores of models that did not see the candidates.

    The second encoder, which is slow, may use the user's cache: it must give a text the same vector beside whatever texts.
    """
    embedder = Embedder(encoder)
    looked_at, labels = [], []
    for each, table in zip(examples, tables, strict=True):
        scores = table.with_columns(gold=pl.Series(each.is_gold))
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
            "rivals_of_a_kind": RIVALS_OF_A_KIND,
        },
        "figures": figures,
        "first": asdict(first),
        "second": asdict(second),
        "prior": asdict(PRIOR),
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
