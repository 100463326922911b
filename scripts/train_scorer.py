"""Train the aligner's models: what turns a candidate's features into a score, and into a relation.

    python scripts/train_scorer.py            prints how good the models are on development and test data
    python scripts/train_scorer.py --write    also writes them to src/alignkit/align/trained/ENCODER.json

They are trained on the development halves of WMT21 and of the demonstration corpus, and measured on the other halves.
WMT21 is read from --bench. Run twice on the same data with the same --date it writes the same file, to the bit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, f1_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

from alignkit.align.features import FEATURES, Featured, add_features
from alignkit.align.models import Judge, Multinomial
from alignkit.align.relation import RELATION_FEATURES, explained_features
from alignkit.align.scorer import SECOND_FEATURES, add_second_features
from alignkit.config import AlignSettings
from alignkit.encoders.embedder import Embedder
from alignkit.pair.stage import find_candidates
from alignkit.schema import HEADLINES, RELATIONS
from alignkit.text.lexicon.store import load_lexicon
from calibration import without_partners
from gold_data import BENCH, ROOT, GoldSet, demo, demo_half, demo_relations, fold_of, with_pairs, wmt21
from rivals import KINDS, rivals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gold_data import Half

FOLDS: Final = 5
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
RIVALS: Final = ", with rivals"
RELATION_REGULARISATION: Final = 0.1


@dataclass(frozen=True)
class Example:
    """A gold set's candidates with their features.

    Attributes:
        gold: The gold set.
        featured: Its candidates.
        is_gold: Which of them are gold pairs.
        fold: int64 of shape (p,): which of `FOLDS` parts each is in, all of an English headline's in the same.
    """

    gold: GoldSet
    featured: Featured
    is_gold: NDArray[np.bool_]
    fold: NDArray[np.int64]

    def second(self, first: NDArray[np.float64]) -> pl.DataFrame:
        """Give the candidates with what the second model is told."""
        return add_second_features(self.featured, pl.Series(first))


def main() -> None:
    """Train, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the models into the package")
    parser.add_argument("--bench", type=Path, default=BENCH, help="the folder with wmt21/ (default: %(default)s)")
    parser.add_argument("--date", default=dt.datetime.now(dt.UTC).date().isoformat(), help="the date to write (today)")
    parser.add_argument("--encoder", default="use", help="the encoder (default: %(default)s)")
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
    figures = [figures_of(each, first, second) for each in (*development, *test)]
    figures += [relation_figures(each, scored(each, first, second), relation) for each in (development[-1], test[-1])]
    for line in figures:
        print(json.dumps(line))
    if arguments.write:
        target = ROOT / "src" / "alignkit" / "align" / "trained" / f"{embedder.encoder.name}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(render(embedder, arguments.date, first, second, relation, figures), encoding="utf-8")
        print(f"written to {target}")


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
    """Add to a gold set, of each English headline, one altered copy of each kind that there is."""
    added = [
        row | {"id": f"{row['id']}-{kind}", "text": copy, "source": f"{row['source']}-{kind}"}
        for row in gold.headlines.filter(pl.col("lang") == "en").iter_rows(named=True)
        for kind in KINDS
        for copy in rivals(row["text"], kind, 1)
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
    fold = np.array([fold_of(name, FOLDS) for name in found["en_id"]])
    return Example(gold, featured, labels["gold"].is_not_null().to_numpy(), fold)


def known_pairs(gold: GoldSet) -> pl.DataFrame:
    """Give the pairs whose relation is known, of headlines that are in a gold set."""
    ids = gold.headlines["id"].implode()
    return demo_relations().filter(pl.col("en_id").is_in(ids) & pl.col("ja_id").is_in(ids))


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
    scaler = StandardScaler().fit(features)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    linear = LogisticRegression(C=REGULARISATION, max_iter=10_000, tol=1e-8)
    linear.fit(scaler.transform(features), is_gold, sample_weight=weights)
    slopes = linear.coef_[0] / scale
    base = (boosted._baseline_prediction.item() + linear.intercept_[0] - slopes @ scaler.mean_) / 2  # noqa: SLF001
    halved = {name: round(float(slope) / 2, DECIMALS) for name, slope in zip(columns, slopes, strict=True)}
    return Judge(round(float(base), DECIMALS), trees, halved)


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

    The sets with rivals are left out: where every headline has rivals made to deceive, every score must be lower.
    """
    natural = [place for place, each in enumerate(examples) if not each.gold.name.endswith(RIVALS)]
    examples, told = [examples[place] for place in natural], [told[place] for place in natural]
    is_gold = np.concatenate([each.is_gold for each in examples])
    weights = np.concatenate([np.full(len(each.is_gold), 1 / len(each.is_gold)) for each in examples])
    log_odds = np.concatenate(told)[:, None]
    platt = LogisticRegression(C=1e6).fit(log_odds, is_gold, sample_weight=weights / weights.mean())
    slope, shift = round(float(platt.coef_[0, 0]), DECIMALS), round(float(platt.intercept_[0]), DECIMALS)
    return replace(judge, slope=slope, shift=shift)


def values(table: pl.DataFrame, expression: pl.Expr) -> NDArray[np.float64]:
    """Give an expression's value for each row."""
    return table.select(expression).to_series().to_numpy()


def scored(each: Example, first: Judge, second: Judge) -> pl.DataFrame:
    """Give an example's candidates with their scores."""
    return each.second(values(each.featured.candidates, first.probability())).with_columns(score=second.probability())


def labelled(each: Example, table: pl.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Give the features and relations of the demonstration corpus's gold pairs."""
    known = table.join(known_pairs(each.gold), on=["en_id", "ja_id"], maintain_order="left")
    return explained_features(each.gold.headlines, known, lexicon=load_lexicon())[0], known["relation"].to_numpy()


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
        **{
            name: {
                "base": judge.base,
                "slope": judge.slope,
                "shift": judge.shift,
                "weights": judge.weights,
                "trees": judge.trees,
            }
            for name, judge in (("first", first), ("second", second))
        },
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
    main()
