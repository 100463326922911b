"""Parquet files of one split of one config, written as rows come: data/CONFIG/SPLIT-00000-of-0000N.parquet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl
import pyarrow.parquet as pq

from alignkit.export.content import ContentHash

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from pathlib import Path

    import pyarrow as pa

    from alignkit.schema import Table

SHARD_ROWS: Final = 500_000
"""The most rows of a file. A row takes about half a kilobyte, so a file stays below 300 MB even before compression."""

_GROUP_ROWS: Final = 20_000
"""The rows of a row group: few enough for the Hub's viewer, which reads no group above 300 MB."""

_REPEATED: Final = (
    *("en_outlet", "ja_outlet", "outlet", "section", "credit", "lang", "collector"),
    *("numbers", "dates", "names", "polarity", "relation"),
    *("references.list.element.outlet", "references.list.element.relation"),
    *("reference_outlets.list.element", "reference_relations.list.element"),
)
"""Columns with few different values, which a dictionary makes small. Trying one on all others takes twice the time."""

_COMPRESSION: Final = "zstd"
_LEVEL: Final = 3


@dataclass(frozen=True)
class Written:
    """What was written of one split of one config.

    Attributes:
        files: The paths from the dataset's folder.
        rows: How many rows they hold.
        num_bytes: The size of the rows without any compression.
        content_hash: The hash of the rows, see `alignkit.export.content`.
    """

    files: tuple[str, ...]
    rows: int
    num_bytes: int
    content_hash: str


class ShardWriter:
    """Writes the rows of one split of one config, a row group at a time, by threads of a pool.

    How many files there will be is in their names, so the number of rows must be known from the start. One row group is
    encoded while the next is gathered, and no more are kept.

    Args:
        table: The config's table.
        split: The split.
        rows: How many rows there will be.
        folder: The dataset's folder.
        pool: The threads; Parquet is encoded outside of Python's lock.
        shard_rows: The most rows of a file.
    """

    def __init__(
        self, table: Table, split: str, rows: int, folder: Path, pool: Executor, *, shard_rows: int = SHARD_ROWS
    ) -> None:
        self._folder = folder
        shards = max(1, -(-rows // shard_rows))
        self._names = [f"data/{table.name}/{split}-{shard:05}-of-{shards:05}.parquet" for shard in range(shards)]
        self._ends = [rows * (shard + 1) // shards for shard in range(shards)]
        self._expected = rows
        self._content = ContentHash()
        self._rows = self._shard = 0
        self._waiting: list[pl.DataFrame] = []
        self._pool = pool
        self._running: Future[None] | None = None
        self._open: pq.ParquetWriter | None = None
        self._open_name = ""

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows; they are written as soon as they fill a row group."""
        if frame.height:
            self._waiting.append(frame)
        if sum(part.height for part in self._waiting) >= _GROUP_ROWS:
            self._flush()

    def close(self) -> Written:
        """Write what waits, and say what there is.

        Raises:
            ValueError: There were fewer rows than were announced.
        """
        self._flush(everything=True)
        self._wait()
        self._close_file()
        if self._rows != self._expected:
            raise ValueError(f"{self._rows} rows came for {self._names[0]}, not {self._expected}")
        return Written(tuple(self._names), self._rows, self._content.size, self._content.hexdigest())

    def abandon(self) -> None:
        """Close the file that is being written, whatever it holds."""
        with suppress(Exception):  # It is told already why the rows are not wanted.
            self._wait()
        self._close_file()

    def _flush(self, *, everything: bool = False) -> None:
        if not self._waiting:
            return
        rows = self._waiting[0] if len(self._waiting) == 1 else pl.concat(self._waiting)
        self._waiting = []
        while rows.height:
            room = self._ends[self._shard] - self._rows
            if not room:
                raise ValueError(f"more than {self._expected} rows came for {self._names[0]}")
            size = min(_GROUP_ROWS, room)
            if rows.height < size and not everything:
                self._waiting = [rows]
                return
            group, rows = rows.head(size), rows.slice(size)
            self._wait()
            self._running = self._pool.submit(self._write_group, group, self._names[self._shard])
            self._rows += group.height
            if self._rows == self._ends[self._shard] and self._shard + 1 < len(self._ends):
                self._shard += 1

    def _wait(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def _write_group(self, rows: pl.DataFrame, name: str) -> None:
        group = rows.to_arrow()
        if self._open is None or name != self._open_name:
            self._close_file()
            self._open, self._open_name = _open_file(self._folder / name, group.schema), name
        self._content.update(group)
        self._open.write_table(group)

    def _close_file(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _open_file(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    path.parent.mkdir(parents=True, exist_ok=True)
    # polars has `large_string`, which `datasets.concatenate_datasets` refuses beside anybody's `string`. Parquet knows no
    # difference, and without Arrow's own schema in the file every reader has `string`.
    return pq.ParquetWriter(
        path,
        schema,
        store_schema=False,
        compression=_COMPRESSION,
        compression_level=_LEVEL,
        use_dictionary=list(_REPEATED),
        write_page_index=True,
    )
