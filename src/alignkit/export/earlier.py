"""What an earlier export of a corpus decided, so that a later one keeps to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from alignkit.errors import InputError
from alignkit.export.dataset_manifest import read_manifest
from alignkit.export.splits import SPLIT_TYPE, Earlier

if TYPE_CHECKING:
    from pathlib import Path


def read_earlier(folder: Path) -> Earlier:
    """Read the border and the splits of an earlier export; a stand-off one serves as well.

    Args:
        folder: The earlier dataset's folder.

    Raises:
        InputError: It is no dataset, or files of it are missing.
    """
    manifest = read_manifest(folder)
    parts = [pl.DataFrame(schema={"id": pl.UInt64, "earlier": SPLIT_TYPE})]
    for split, record in manifest.configs["headlines"].items():
        try:
            ids = pl.scan_parquet([folder / file for file in record.files]).select(pl.col("id").hash()).collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise InputError(f"has headlines that cannot be read ({error})", path=folder) from None
        parts.append(ids.with_columns(earlier=pl.lit(split, dtype=SPLIT_TYPE)))
    return Earlier(manifest.splits.test_from, pl.concat(parts))
