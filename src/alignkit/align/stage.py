"""The stage align: from candidates to aligned pairs."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

from alignkit.align.assignment import assign_reprints
from alignkit.align.features import add_features
from alignkit.align.models import load_models
from alignkit.align.relation import add_relations
from alignkit.align.rerank import rerank
from alignkit.align.scorer import score
from alignkit.config import AlignSettings
from alignkit.errors import SchemaError
from alignkit.progress import silent
from alignkit.schema import CANDIDATES, HEADLINES, PAIRS
from alignkit.text.lexicon.store import load_lexicon

if TYPE_CHECKING:
    from alignkit.encoders.embedder import Embedder
    from alignkit.progress import Progress
    from alignkit.schema import Language

_DECIMALS = 6


def align_candidates(
    headlines: pl.DataFrame,
    candidates: pl.DataFrame,
    *,
    settings: AlignSettings | None = None,
    embedder: Embedder | None = None,
    processes: int = 1,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Score candidates and keep those that are aligned.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        candidates: The table `alignkit.schema.CANDIDATES`, of these headlines.
        settings: The encoder, the margin and the threshold.
        embedder: What turns texts into vectors; None for the settings' encoder.
        processes: How many processes compare words, where there is much to compare. A script that asks for more than
            one must do its work under `if __name__ == "__main__":`, as with any process pool.
        progress: Told of the encoding and the comparing.

    Returns:
        The table `alignkit.schema.PAIRS`, sorted by story and within it from the best score down.

    Raises:
        SchemaError: A table is not what it should be, or a candidate names a headline that is not there.
        StageError: The encoder has no calibrated score.
    """
    settings = settings or AlignSettings()
    embedder = embedder or _embedder(settings)
    scored = score_candidates(
        headlines, candidates, settings=settings, embedder=embedder, processes=processes, progress=progress
    )
    kept = assign_reprints(headlines, scored, threshold=settings.threshold, embedder=embedder, progress=progress)
    related = relate_candidates(headlines, kept, embedder=embedder, processes=processes, progress=progress)
    return _as_pairs(headlines, related)


def score_candidates(
    headlines: pl.DataFrame,
    candidates: pl.DataFrame,
    *,
    settings: AlignSettings | None = None,
    embedder: Embedder | None = None,
    processes: int = 1,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Score candidates, and keep them all: arguments and errors as of `align_candidates`.

    Returns:
        The candidates with the columns cosine, margin, coverage_en, coverage_ja and score, and what the score was computed
        from (`alignkit.align.features.FEATURES`).
    """
    settings = settings or AlignSettings()
    headlines, candidates = HEADLINES.validate(headlines), CANDIDATES.validate(candidates)
    _require_known(headlines, candidates)
    embedder = embedder or _embedder(settings)
    models = load_models(embedder.encoder.name)
    featured = add_features(
        headlines,
        candidates,
        margin_neighbours=settings.margin_neighbours,
        embedder=embedder,
        lexicon=load_lexicon(progress),
        processes=processes,
        progress=progress,
    )
    scored = score(featured, models)
    if settings.rerank is None:
        return scored
    from alignkit.encoders.embedder import Embedder  # noqa: PLC0415

    judge = models.reranking(settings.rerank)
    return rerank(headlines, scored, judge=judge, embedder=Embedder(settings.rerank), progress=progress)


def relate_candidates(
    headlines: pl.DataFrame,
    scored: pl.DataFrame,
    *,
    settings: AlignSettings | None = None,
    embedder: Embedder | None = None,
    processes: int = 1,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Tell how the news of scored candidates' headlines are related: arguments and errors as of `align_candidates`.

    Returns:
        The candidates with `relation` and the checks, as `alignkit.align.relation.add_relations` gives them.
    """
    embedder = embedder or _embedder(settings or AlignSettings())
    return add_relations(
        headlines,
        scored,
        model=load_models(embedder.encoder.name).relation,
        lexicon=load_lexicon(progress),
        processes=processes,
        progress=progress,
    )


def _embedder(settings: AlignSettings) -> Embedder:
    from alignkit.encoders.embedder import Embedder  # noqa: PLC0415

    return Embedder(settings.encoder)


def _require_known(headlines: pl.DataFrame, candidates: pl.DataFrame) -> None:
    for lang, column in (("en", "en_id"), ("ja", "ja_id")):
        known = headlines.filter(pl.col("lang") == lang)["id"]
        unknown = ~candidates[column].is_in(known.implode())
        if unknown.any():
            row = unknown.arg_max() or 0
            value = candidates[column][row]
            raise SchemaError("names no headline", path="table 'candidates'", row=row + 1, column=column, value=value)


def _as_pairs(headlines: pl.DataFrame, aligned: pl.DataFrame) -> pl.DataFrame:
    """Join the headlines to the pairs that were kept."""
    joined = aligned.join(_side(headlines, "en"), on="en_id").join(_side(headlines, "ja"), on="ja_id")
    pairs = joined.with_columns(
        pl.col("cosine", "margin", "coverage_en", "coverage_ja", "score").round(_DECIMALS),
        pair_id=pl.concat_str("en_id", "ja_id", separator=" ").map_elements(
            lambda ids: _derived("p", ids), return_dtype=pl.String
        ),
        story_id=pl.col("en_id").map_elements(lambda en_id: _derived("s", en_id), return_dtype=pl.String),
        wire_id=pl.coalesce("ja_wire_id", "en_wire_id"),
        section=pl.coalesce("en_section", "ja_section"),
    )
    return PAIRS.validate(
        pairs.select(PAIRS.schema.names()).sort("story_id", "score", "ja_id", descending=[False, True, False])
    )


def _side(headlines: pl.DataFrame, lang: Language) -> pl.DataFrame:
    renamed = {name: f"{lang}_{name}" for name in ("id", "outlet", "url", "published_at", "wire_id", "section")}
    return headlines.filter(pl.col("lang") == lang).select(
        pl.col("text").alias(lang), *(pl.col(a).alias(b) for a, b in renamed.items())
    )


def _derived(prefix: str, key: str) -> str:
    return f"{prefix}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
