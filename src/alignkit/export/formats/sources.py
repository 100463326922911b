"""Where a table is read from: a file, the folder of a build, or a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.errors import InputError, UsageError
from alignkit.export.formats.parquet import Parquet
from alignkit.export.formats.registry import reader_for
from alignkit.export.splits import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.formats.model import Reader
    from alignkit.export.splits import Split

_PAIRS_FILE: Final = "pairs.parquet"
_DATASET_FOLDER: Final = "dataset"
# A dataset of one table has its files in the second of these.
_PAIRS_PLACES: Final = ("data/pairs", "data")


@dataclass(frozen=True)
class Source:
    """Files that hold one table.

    Attributes:
        files: The files, in order.
        reader: What reads them.
    """

    files: tuple[Path, ...]
    reader: Reader

    def frames(self) -> Iterator[pl.DataFrame]:
        """Read the table, some rows at a time."""
        for file in self.files:
            yield from self.reader.read(file)

    def count(self) -> int | None:
        """Say how many rows there are, if that is written somewhere."""
        if not isinstance(self.reader, Parquet):
            return None
        try:
            return int(pl.scan_parquet(list(self.files), glob=False).select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError):
            return None


def find_source(path: Path, split: Split | None = None) -> Source:
    """Find the files of a table.

    Args:
        path: A file of a readable format; a build's folder, for its pairs.parquet; or a dataset's folder.
        split: Of a dataset, the one split to read. A build's folder stands for its dataset then.

    Raises:
        InputError: The folder holds neither, or nothing of that split.
        UsageError: The file's name does not say how to read it; or it is a file, which has no splits.
    """
    if not path.is_dir():
        if not path.exists():
            raise InputError("does not exist", path=path)
        if split is not None:
            raise UsageError("is a file, which has no splits", path=path, remedy="Name the folder of a dataset.")
        return Source((path,), reader_for(path))
    if split is None and (path / _PAIRS_FILE).is_file():
        return Source((path / _PAIRS_FILE,), Parquet())
    for folder in (path, path / _DATASET_FOLDER):
        if files := _dataset_files(folder, (split,) if split else SPLITS):
            return Source(files, Parquet())
    wanted = f"no split {split!r}" if split else f"no {_PAIRS_FILE} and no dataset"
    raise InputError(f"holds {wanted}", path=path, remedy="Name a file, or the output folder of 'alignkit build'.")


def _dataset_files(folder: Path, splits: tuple[Split, ...]) -> tuple[Path, ...]:
    """Give the files of a dataset's pairs, split by split."""
    for place in _PAIRS_PLACES:
        if files := [file for split in splits for file in sorted((folder / place).glob(f"{split}-*.parquet"))]:
            return tuple(files)
    return ()
