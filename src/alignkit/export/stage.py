"""The stage export: from aligned pairs to a dataset in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

import alignkit
from alignkit.config import AlignSettings, ExportSettings, PairSettings
from alignkit.errors import InputError, StageError
from alignkit.export.huggingface import card_data, render_card, write_parquet
from alignkit.export.splits import SPLITS, assign_splits
from alignkit.schema import PAIRS, RELATIONS, VERDICTS
from alignkit.storage import replacing_folder

if TYPE_CHECKING:
    from pathlib import Path


_SCORE_STEPS: Final = 5


def export_dataset(
    pairs: pl.DataFrame,
    folder: Path,
    *,
    settings: ExportSettings | None = None,
    about: Path | None = None,
    pair: PairSettings | None = None,
    align: AlignSettings | None = None,
) -> dict[str, int]:
    """Write a dataset that `datasets.load_dataset(folder)` loads, with its card.

    Args:
        pairs: The table `alignkit.schema.PAIRS`.
        folder: Where it is written; what is there is replaced.
        settings: Name, licence, splits and seed.
        about: A Markdown file that the card opens with.
        pair: How the candidates were found, for the card.
        align: How the pairs were aligned, for the card.

    Returns:
        How many pairs each split has; a split without any is left out.

    Raises:
        SchemaError: `pairs` is not such a table.
        StageError: There is no pair, or the folder cannot be written.
        InputError: `about` cannot be read.
    """
    settings, pair, align = settings or ExportSettings(), pair or PairSettings(), align or AlignSettings()
    pairs = PAIRS.validate(pairs)
    if not pairs.height:
        raise StageError("no pair reached the threshold, so there is no dataset to write", path=folder)
    pairs = pairs.with_columns(split=pl.Series(assign_splits(pairs, settings.splits, seed=settings.seed)))
    by_split = {split: pairs.filter(pl.col("split") == split).drop("split") for split in SPLITS}
    with replacing_folder(folder) as temporary:
        tables = {split: write_parquet(rows, split, temporary) for split, rows in by_split.items() if rows.height}
        data = card_data(
            tables, name=settings.name, license_id=settings.license, pairs=pairs.height, synthetic=settings.synthetic
        )
        values = {
            **_figures(pairs),
            "name": settings.name,
            "license": settings.license,
            "synthetic": settings.synthetic,
            "seed": settings.seed,
            "about": _read_about(about),
            "version": alignkit.__version__,
            "pair": pair,
            "align": align,
            "dated": bool(pairs["days_apart"].is_not_null().any()),
        }
        (temporary / "README.md").write_text(render_card(data, values), encoding="utf-8")
    return {split: table.num_rows for split, table in tables.items()}


def _figures(pairs: pl.DataFrame) -> dict[str, object]:
    """Compute the card's tables from the pairs, which have their split as one more column."""
    measures = [pl.col("story_id").n_unique().alias("stories"), pl.len().alias("pairs"), pl.col("score").mean()]
    by_split = {str(row["split"]): row for row in pairs.group_by("split").agg(*measures).to_dicts()}
    reprints = pairs.group_by("story_id").agg(reprints=pl.len()).group_by("reprints").agg(stories=pl.len())
    steps = (pairs["score"] * _SCORE_STEPS).floor().clip(upper_bound=_SCORE_STEPS - 1).cast(pl.Int64)
    scores = steps.value_counts(sort=False).sort("score", descending=True)
    return {
        "splits": [by_split[split] for split in SPLITS if split in by_split],
        "total": pairs.select(*measures).to_dicts()[0],
        "reprints": reprints.sort("reprints").to_dicts(),
        "scores": [
            {"range": f"{step / _SCORE_STEPS:g} to {(step + 1) / _SCORE_STEPS:g}", "pairs": count}
            for step, count in scores.rows()
        ],
        "relations": [
            {"relation": relation, "pairs": int((pairs["relation"] == relation).sum())} for relation in RELATIONS
        ],
        "checks": [
            {"check": check, **{verdict: int((pairs[check] == verdict).sum()) for verdict in VERDICTS}}
            for check in ("numbers", "dates", "names", "polarity")
        ],
        "columns": [
            {
                "name": column.name,
                "type": str(column.dtype.base_type()).lower(),
                "meaning": column.meaning,
                "nullable": column.nullable,
            }
            for column in PAIRS.columns
        ],
    }


def _read_about(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", path=path) from None
