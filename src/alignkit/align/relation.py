"""How the news of two headlines are related, from what each side leaves unmatched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.align.explanation import explain_pairs
from alignkit.align.facts import CHECKS
from alignkit.align.parallel import in_order
from alignkit.progress import silent
from alignkit.reading import proper_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from alignkit.align.explanation import Explanation, Said
    from alignkit.align.facts import Checks
    from alignkit.align.models import Multinomial
    from alignkit.progress import Progress
    from alignkit.text.lexicon.store import Lexicon

SCORED_FEATURES: Final = (
    "cosine",
    "margin",
    "score",
    "apart",
    "first_rival",
    "support",
    "cosine_gap_ja",
    "margin_gap_en",
    "margin_gap_ja",
    "coverage_gap_ja",
)
_SIDE_FEATURES: Final = (
    "words",
    "left",
    "share",
    "least_clause",
    "left_weight",
    "heaviest_left",
    "left_numbers",
    "left_names",
    "clauses",
    "quotes",
)
RELATION_FEATURES: Final = (
    *SCORED_FEATURES,
    *(f"{lang}_{name}" for lang in ("en", "ja") for name in _SIDE_FEATURES),
    *(f"{check}_{verdict}" for check in CHECKS for verdict in ("agree", "conflict")),
    "words_ratio",
    "attribution",
)
"""The columns that the relation is told from."""

_PAIRS_AT_A_TIME: Final = 2_000
_FACTS: Final = frozenset({"number", "date"})
_ATTRIBUTIONS: Final = (": sources", ": survey", ": gov't", ": police", ": report", ": poll", "-- ")
_CLAUSE_MARKS: Final = " 、:;,"
_QUOTES: Final = '「『"'


def add_relations(
    headlines: pl.DataFrame,
    scored: pl.DataFrame,
    *,
    model: Multinomial,
    lexicon: Lexicon | None,
    processes: int = 1,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Tell how the news of candidates' headlines are related, and whether what can be checked agrees.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        scored: Candidates, as `alignkit.align.stage.score_candidates` gives them.
        model: The model, whose features are `RELATION_FEATURES`.
        lexicon: The bilingual lexicon; None where there is none.
        processes: How many processes to work in, where there are many candidates.
        progress: Told of the explaining.

    Returns:
        The candidates with the columns `relation`, numbers, dates, names and polarity ('agree', 'conflict', 'absent'), and
        `coverage_en` and `coverage_ja` anew: the shares of the headlines' words that a word, a number or a name matches.
    """
    features, checks = explained_features(headlines, scored, lexicon=lexicon, processes=processes, progress=progress)
    shares = {f"coverage_{lang}": features[:, RELATION_FEATURES.index(f"{lang}_share")] for lang in ("en", "ja")}
    return scored.with_columns(
        pl.Series("relation", model.predict(features), dtype=pl.String),
        *(pl.Series(name, share) for name, share in shares.items()),
        *(pl.Series(name, [getattr(check, name) for check in checks], dtype=pl.String) for name in CHECKS),
    )


def explained_features(
    headlines: pl.DataFrame,
    scored: pl.DataFrame,
    *,
    lexicon: Lexicon | None,
    processes: int = 1,
    progress: Progress = silent,
) -> tuple[NDArray[np.float64], list[Checks]]:
    """Give what relations are told from: float64 of shape (n, len(RELATION_FEATURES)); and the checks. As `add_relations`."""
    text_of = dict(zip(headlines["id"], proper_texts(headlines), strict=True))
    en, ja = ([text_of[name] for name in scored[column]] for column in ("en_id", "ja_id"))
    starts = range(0, scored.height, _PAIRS_AT_A_TIME)
    jobs = ((en[start : start + _PAIRS_AT_A_TIME], ja[start : start + _PAIRS_AT_A_TIME], lexicon) for start in starts)
    explained = [np.empty((0, len(RELATION_FEATURES) - len(SCORED_FEATURES)))]
    checks: list[Checks] = []
    for done, (values, verdicts) in enumerate(in_order(_explain, jobs, len(starts), processes=processes)):
        progress("relating", done, len(starts))
        explained.append(values)
        checks += verdicts
    progress("relating", len(starts), len(starts))
    return np.hstack([scored.select(SCORED_FEATURES).to_numpy(), np.concatenate(explained)]), checks


def _explain(en: Sequence[str], ja: Sequence[str], lexicon: Lexicon | None) -> tuple[NDArray[np.float64], list[Checks]]:
    explanations = explain_pairs(en, ja, lexicon)
    return np.array([_features(each) for each in explanations]), [each.checks for each in explanations]


def _features(explanation: Explanation) -> list[float]:
    verdicts = [getattr(explanation.checks, check) for check in CHECKS]
    return [
        *_side_features(explanation.en),
        *_side_features(explanation.ja),
        *(float(verdict == wanted) for verdict in verdicts for wanted in ("agree", "conflict")),
        explanation.en.words / max(explanation.ja.words, 1),
        float(any(mark in explanation.en.text for mark in _ATTRIBUTIONS)),
    ]


def _side_features(said: Said) -> list[float]:
    """Give the features of one headline, in the order of `_SIDE_FEATURES`."""
    return [
        float(said.words),
        float(len(said.left)),
        said.share,
        said.least_clause,
        sum(left.weight for left in said.left),
        max((left.weight for left in said.left), default=0.0),
        float(sum(left.kind in _FACTS for left in said.left)),
        float(sum(left.kind == "name" for left in said.left)),
        float(sum(said.text.count(mark) for mark in _CLAUSE_MARKS)),
        float(sum(said.text.count(mark) for mark in _QUOTES)),
    ]
