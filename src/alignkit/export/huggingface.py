"""A folder that `datasets.load_dataset` loads: Parquet files and a card that describes them."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from alignkit.errors import MissingExtraError
from alignkit.export.splits import SPLITS
from alignkit.schema import PAIRS

try:
    import datasets
    import pyarrow.parquet as pq
    from huggingface_hub import DatasetCard, DatasetCardData
except ImportError as error:
    raise MissingExtraError(error.name or "datasets", extra="export", purpose="exporting a dataset") from None

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

    from alignkit.export.splits import Split

CONFIG_NAME: Final = "pairs"
_TEMPLATE: Final = "dataset_card.md.jinja"
_FEATURE_TYPES: Final = {"String": "string", "Float64": "float64", "Datetime": "timestamp[us, tz=UTC]"}
_SIZE_CATEGORIES: Final = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def features() -> datasets.Features:
    """Give the dataset's features: the columns of `alignkit.schema.PAIRS` in the types that `datasets` knows."""
    return datasets.Features(
        {column.name: datasets.Value(_FEATURE_TYPES[str(column.dtype.base_type())]) for column in PAIRS.columns}
    )


def write_parquet(pairs: pl.DataFrame, split: Split, folder: Path) -> pa.Table:
    """Write one split as data/SPLIT-00000-of-00001.parquet.

    polars writes `large_string`, which `datasets.concatenate_datasets` refuses beside anybody's `string`; so the table
    is cast to the features' own types first.

    Args:
        pairs: The split's rows of the table `alignkit.schema.PAIRS`.
        split: The split's name.
        folder: The dataset's folder.

    Returns:
        The table as it was written.
    """
    table: pa.Table = pairs.to_arrow().cast(features().arrow_schema)
    (folder / "data").mkdir(exist_ok=True)
    pq.write_table(table, folder / "data" / f"{split}-00000-of-00001.parquet", write_page_index=True)
    return table


def card_data(
    tables: dict[Split, pa.Table], *, name: str, license_id: str, pairs: int, synthetic: bool
) -> DatasetCardData:
    """Give the card's metadata: what the Hub and `load_dataset` read.

    Args:
        tables: The splits that were written.
        name: The dataset's name.
        license_id: Its licence, by the Hub's identifier.
        pairs: How many pairs there are in all splits.
        synthetic: Whether the headlines were invented.
    """
    info = datasets.DatasetInfo(
        features=features(),
        config_name=CONFIG_NAME,
        splits=datasets.SplitDict(
            {split: datasets.SplitInfo(split, table.nbytes, table.num_rows) for split, table in tables.items()}
        ),
        dataset_size=sum(table.nbytes for table in tables.values()),
    )
    data = DatasetCardData(
        pretty_name=name,
        language=["en", "ja"],
        language_creators=["machine-generated" if synthetic else "found"],
        annotations_creators=["machine-generated"],
        multilinguality="translation",
        license=license_id,
        task_categories=["translation", "sentence-similarity"],
        size_categories=[_size_category(pairs)],
        source_datasets=["original"],
        tags=["news", "headlines", "parallel-corpus", "bitext-mining", *(["synthetic"] if synthetic else [])],
        configs=[
            {
                "config_name": CONFIG_NAME,
                "default": True,
                "data_files": [
                    {"split": split, "path": f"data/{split}-*.parquet"} for split in SPLITS if split in tables
                ],
            }
        ],
    )
    datasets.info.DatasetInfosDict({CONFIG_NAME: info}).to_dataset_card_data(data)
    return data


def render_card(data: DatasetCardData, values: dict[str, Any]) -> str:
    """Render the card from its template.

    Args:
        data: The metadata, which becomes the YAML front matter.
        values: What the template's body names.
    """
    with resources.as_file(resources.files("alignkit.export").joinpath("templates", _TEMPLATE)) as template:
        return str(DatasetCard.from_template(data, template_path=str(template), **values)).rstrip() + "\n"


def _size_category(rows: int) -> str:
    return next((category for limit, category in _SIZE_CATEGORIES if rows < limit), "n>10M")
