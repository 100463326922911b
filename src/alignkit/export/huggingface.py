"""The metadata at the head of a dataset's README.md, which `datasets.load_dataset` and the Hub read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from alignkit.errors import MissingExtraError
from alignkit.export.configs import CONFIGS, arrow_schema, config_table

try:
    import datasets
    from huggingface_hub import DatasetCardData
except ImportError as error:
    raise MissingExtraError(error.name or "datasets", extra="export", purpose="exporting a dataset") from None

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.config import ExportSettings
    from alignkit.export.configs import ConfigName, TextForm
    from alignkit.export.layout import WrittenConfigs
    from alignkit.export.shards import Written

_SIZE_CATEGORIES: Final = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def features(config: ConfigName, form: TextForm) -> datasets.Features:
    """Give a config's columns in the types that `datasets` has for them."""
    return datasets.Features.from_arrow_schema(arrow_schema(config_table(config, form)))


def card_data(written: WrittenConfigs, folder: Path, settings: ExportSettings, form: TextForm) -> DatasetCardData:
    """Give the card's metadata: what the Hub and `load_dataset` read.

    Every config is named with its files, since `load_dataset` would guess them wrongly from the folders' names, and with
    its features and its numbers of rows, against which `load_dataset` checks what it finds.

    Args:
        written: What was written.
        folder: The dataset's folder.
        settings: Name, licence, and whether the headlines were invented.
        form: Whether the dataset holds headlines' text.
    """
    present = [config for config in CONFIGS if config in written]
    synthetic = settings.synthetic
    data = DatasetCardData(
        pretty_name=settings.name,
        language=["en", "ja"],
        language_creators=["machine-generated" if synthetic else "found"],
        annotations_creators=["machine-generated"],
        multilinguality="translation",
        license=settings.license,
        task_categories=["translation", "sentence-similarity"],
        size_categories=[_size_category(sum(part.rows for part in written["pairs"].values()))],
        source_datasets=["original"],
        tags=["news", "headlines", "parallel-corpus", "bitext-mining", *_told_by_tags(form, synthetic=synthetic)],
        configs=[_data_files(config, written[config], default=config == CONFIGS[0]) for config in present],
    )
    infos = {config: _info(config, written[config], folder, form) for config in present}
    datasets.info.DatasetInfosDict(infos).to_dataset_card_data(data)
    return data


def _told_by_tags(form: TextForm, *, synthetic: bool) -> list[str]:
    return ["croissant", *(["synthetic"] if synthetic else []), *(["stand-off"] if form == "stand-off" else [])]


def _data_files(config: ConfigName, splits: dict[str, Written], *, default: bool) -> dict[str, Any]:
    files = [{"split": split, "path": f"data/{config}/{split}-*.parquet"} for split in splits]
    return {"config_name": config, **({"default": True} if default else {}), "data_files": files}


def _info(config: ConfigName, splits: dict[str, Written], folder: Path, form: TextForm) -> datasets.DatasetInfo:
    return datasets.DatasetInfo(
        features=features(config, form),
        config_name=config,
        splits=datasets.SplitDict(
            {split: datasets.SplitInfo(split, part.num_bytes, part.rows) for split, part in splits.items()}
        ),
        dataset_size=sum(part.num_bytes for part in splits.values()),
        download_size=sum((folder / file).stat().st_size for part in splits.values() for file in part.files),
    )


def _size_category(rows: int) -> str:
    return next((category for limit, category in _SIZE_CATEGORIES if rows < limit), "n>10M")
