"""The figures that the card prints, counted from the files of the dataset themselves."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from alignkit.export.configs import CONFIGS, config_table
from alignkit.export.splits import SPLITS
from alignkit.schema import RELATIONS
from alignkit.stats.measure import dataset_stats

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.export.configs import TextForm
    from alignkit.export.layout import WrittenConfigs
    from alignkit.schema import Table

_SCORE_STEPS: Final = 5
_MOST_LISTED: Final = 10
_OPTIONAL: Final = ("outlet", "url", "published_at", "wire_id", "section")


def card_figures(folder: Path, written: WrittenConfigs, form: TextForm) -> dict[str, Any]:
    """Count what the card's tables say.

    Args:
        folder: The dataset's folder.
        written: What was written to it.
        form: Whether it holds headlines' text.
    """
    pairs, headlines = _rows(folder, written, "pairs"), _rows(folder, written, "headlines")
    stats = dataset_stats(folder)
    measures = [pl.col("story_id").n_unique().alias("stories"), pl.len().alias("pairs"), pl.col("score").mean()]
    by_split = {str(row["split"]): row for row in pairs.group_by("split").agg(*measures).collect().to_dicts()}
    return {
        "stats": stats,
        "splits": [by_split[split] for split in SPLITS if split in by_split],
        "total": pairs.select(*measures).collect().to_dicts()[0],
        "scores": _scores(pairs),
        "relations": {relation: sum(stats.relations.get(relation, {}).values()) for relation in RELATIONS},
        "dated": any(each.total for each in stats.days_apart),
        "configs": [
            {"name": config, "rows": {split: part.rows for split, part in written[config].items()}}
            for config in CONFIGS
            if config in written
        ],
        "columns": {config: _columns(config_table(config, form)) for config in CONFIGS if config in written},
    } | _headline_figures(headlines)


def scorer_figures(encoder: str) -> list[dict[str, Any]]:
    """Give what was measured of the scorer when it was trained: a row a set of data; none for an untrained encoder."""
    file = resources.files("alignkit.align").joinpath("trained", f"{encoder}.json")
    if not file.is_file():
        return []
    return list(json.loads(file.read_bytes()).get("figures", ()))


def _rows(folder: Path, written: WrittenConfigs, config: str) -> pl.LazyFrame:
    return pl.concat(
        pl.scan_parquet([folder / file for file in part.files]).with_columns(split=pl.lit(split))
        for name, splits in written.items()
        if name == config
        for split, part in splits.items()
    )


def _scores(pairs: pl.LazyFrame) -> list[dict[str, object]]:
    steps = (pl.col("score") * _SCORE_STEPS).floor().clip(upper_bound=_SCORE_STEPS - 1).cast(pl.Int64)
    counted = pairs.group_by(step=steps).agg(pairs=pl.len()).sort("step", descending=True).collect()
    return [
        {"range": f"{step / _SCORE_STEPS:g} to {(step + 1) / _SCORE_STEPS:g}", "pairs": count}
        for step, count in counted.rows()
    ]


def _headline_figures(headlines: pl.LazyFrame) -> dict[str, Any]:
    """Count where headlines come from, what they are about, and what is not known of them."""
    time = pl.col("collected_at")
    summary = headlines.select(
        pl.len().alias("headlines"),
        pl.col("story_id").null_count().alias("unpaired"),
        time.count().alias("from_web"),
        time.min().dt.date().alias("first"),
        time.max().dt.date().alias("last"),
        *(pl.col(name).null_count().alias(f"no_{name}") for name in _OPTIONAL),
    )
    found = summary.collect().to_dicts()[0]
    topics = headlines.drop_nulls("section").group_by("section").agg(pl.len().alias("headlines")).collect()
    collectors = headlines.group_by("collector", "lang").agg(
        pl.len().alias("headlines"), pl.col("collected_at").count()
    )
    return {
        "headlines": found["headlines"],
        "unpaired": found["unpaired"],
        "from_web": found["from_web"],
        "collected": (found["first"], found["last"]) if found["from_web"] else None,
        "missing": {name: found[f"no_{name}"] for name in _OPTIONAL},
        "topics": topics.sort("headlines", "section", descending=[True, False]).head(_MOST_LISTED).to_dicts(),
        "n_topics": topics.height,
        "collectors": collectors.sort("collector", "lang").collect().to_dicts(),
    }


def _columns(table: Table) -> list[dict[str, object]]:
    return [
        {
            "name": column.name,
            "type": str(column.dtype.base_type()).lower(),
            "meaning": column.meaning,
            "nullable": column.nullable,
        }
        for column in table.columns
    ]
