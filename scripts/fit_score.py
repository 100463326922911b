"""Fit the score: the two logistic models that turn a candidate's features into a probability.

    python scripts/fit_score.py          prints the models and how good they are on development and test data
    python scripts/fit_score.py --write  also writes them to src/alignkit/align/calibration.toml

They are fitted to the candidates of the development halves of WMT21 and of the demonstration corpus, and measured on the
other halves. Run twice it gives the same file.
"""

from __future__ import annotations

import argparse
import importlib.metadata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

from alignkit.align.features import FEATURES, add_features
from alignkit.align.scorer import SECOND_FEATURES, Logistic, add_second_features
from alignkit.config import AlignSettings
from alignkit.encoders.embedder import Embedder
from alignkit.pair.stage import find_candidates
from alignkit.text.lexicon.store import load_lexicon
from gold_data import ROOT, GoldSet, demo, demo_half, wmt21

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.align.features import Featured

TARGET: Final = ROOT / "src" / "alignkit" / "align" / "calibration.toml"
REGULARISATION: Final = 1.0
DECIMALS: Final = 4


@dataclass(frozen=True)
class Example:
    """A gold set's candidates with their features, and which of them are gold."""

    name: str
    featured: Featured
    is_gold: pl.Series

    def second(self, first: Logistic) -> pl.DataFrame:
        """Give the candidates with what the second model is told."""
        return add_second_features(self.featured.candidates, first, self.featured.ja_rows, self.featured.vectors)


def example(gold: GoldSet, embedder: Embedder) -> Example:
    """Compute the features of a gold set's candidates, wire ids left unread: their score is not the models' alone."""
    headlines = gold.headlines.with_columns(wire_id=pl.lit(None, dtype=pl.String))
    found = find_candidates(headlines, embedder=embedder)
    featured = add_features(
        headlines, found, margin_neighbours=AlignSettings().margin_neighbours, embedder=embedder, lexicon=load_lexicon()
    )
    labels = found.join(gold.pairs.with_columns(gold=True), on=["en_id", "ja_id"], how="left", maintain_order="left")
    return Example(gold.name, featured, labels["gold"].is_not_null())


def fit(columns: Sequence[str], tables: Sequence[pl.DataFrame], labels: Sequence[pl.Series]) -> Logistic:
    """Fit one model to all tables, each of which weighs the same, or the largest would decide alone."""
    features = np.concatenate([table.select(columns).to_numpy() for table in tables])
    is_gold = np.concatenate([label.to_numpy() for label in labels])
    weights = np.concatenate([np.full(len(label), len(is_gold) / len(label)) for label in labels])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=REGULARISATION, max_iter=10_000, tol=1e-8)
    model.fit(scaler.transform(features), is_gold, sample_weight=weights)
    scaled = model.coef_[0] / scaler.scale_
    intercept = model.intercept_[0] - scaled @ scaler.mean_
    return Logistic(
        round(float(intercept), DECIMALS),
        {name: round(float(weight), DECIMALS) for name, weight in zip(columns, scaled, strict=True)},
    )


def main() -> None:
    """Fit, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the models into the package")
    arguments = parser.parse_args()
    embedder = Embedder("use")
    whole = demo()
    development = [wmt21("*", segments, "development") for segments in ("all", "headlines")]
    development.append(demo_half(whole, "development"))
    test = [wmt21("*", "all", "test"), wmt21("*", "headlines", "test"), demo_half(whole, "test")]

    examples = [example(gold, embedder) for gold in development]
    labels = [each.is_gold for each in examples]
    first = fit(FEATURES, [each.featured.candidates for each in examples], labels)
    second = fit((*FEATURES, *SECOND_FEATURES), [each.second(first) for each in examples], labels)
    lines = [f"{'':<44} {'candidates':>10} {'gold':>6} {'ROC AUC':>8} {'Brier':>7}"]
    for each in (*examples, *(example(gold, embedder) for gold in test)):
        score = each.second(first).select(second.probability()).to_series()
        auc, brier = roc_auc_score(each.is_gold, score), brier_score_loss(each.is_gold, score)
        lines.append(f"{each.name:<44} {len(score):>10,} {each.is_gold.sum():>6,} {auc:>8.4f} {brier:>7.4f}")
    text = render(first, second, lines, embedder)
    print(text)
    if arguments.write:
        TARGET.write_text(text, encoding="utf-8")
        print(f"written to {TARGET}")


def render(first: Logistic, second: Logistic, figures: list[str], embedder: Embedder) -> str:
    """Write the models as the TOML file that the package reads, with what they were made from and how good they are."""
    encoder = embedder.encoder
    lines = [
        "# The score's logistic models, by encoder. Made by scripts/fit_score.py: do not edit.",
        f"# scikit-learn {importlib.metadata.version('scikit-learn')}, C = {REGULARISATION:g}, features standardised,",
        "# gold sets weighted alike.",
        f"# Encoder {encoder.name} {encoder.version}, jamdict-data {importlib.metadata.version('jamdict-data')}.",
        "#",
        *(f"# {line}" for line in figures),
    ]
    for name, model in (("first", first), ("second", second)):
        lines += ["", f"[{encoder.name}.{name}]", f"intercept = {model.intercept}", f"[{encoder.name}.{name}.weights]"]
        lines += [f"{feature} = {weight}" for feature, weight in model.weights.items()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
