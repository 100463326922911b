"""Parquet in small row groups with a page index, and in the types that `datasets` gives its own files.

polars would write its text as `large_string`, which `datasets` does not join with anybody's `string`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from alignkit.errors import InputError, MissingExtraError
from alignkit.export.formats.checking import KNOWN_TABLES, CheckedFrames
from alignkit.export.formats.model import ROWS_AT_ONCE, OneFile
from alignkit.export.formats.writing import reading, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Table


class Parquet(OneFile):
    """Tables as Parquet."""

    name: ClassVar[str] = "parquet"
    suffixes: ClassVar[tuple[str, ...]] = (".parquet", ".pq")
    tables: ClassVar[tuple[Table, ...]] = KNOWN_TABLES
    readable: ClassVar[bool] = True

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:  # noqa: ARG002 - as all formats
        """Write a table.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        parquet, schema_of = _pyarrow()
        checked = CheckedFrames(frames, self.tables)
        schema = schema_of(checked.table)
        with (
            whole_file(path) as temporary,
            parquet.ParquetWriter(temporary, schema, compression="zstd", write_page_index=True) as writer,
        ):
            for batch in checked:
                writer.write_table(batch.frame.to_arrow().cast(schema))
        return checked.report()

    def read(self, path: Path) -> Iterator[pl.DataFrame]:
        """Read a table back."""
        with reading(path):
            pass
        try:
            source = pl.scan_parquet(path, glob=False)
            yield pl.DataFrame(schema=source.collect_schema())
            yield from source.collect_batches(chunk_size=ROWS_AT_ONCE, maintain_order=True)
        except (pl.exceptions.PolarsError, OSError) as error:
            problem = str(error).partition("\n")[0]
            raise InputError(f"is not a Parquet file that can be read ({problem})", path=path) from None


def _pyarrow() -> tuple[Any, Any]:
    """Give pyarrow.parquet, and what makes a schema of a table."""
    try:
        pa = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError(error.name or "pyarrow", extra="export", purpose="writing Parquet") from None
    types = {pl.String(): pa.string(), pl.Float64(): pa.float64(), pl.Datetime("us", "UTC"): pa.timestamp("us", "UTC")}

    def schema_of(table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
        return pa.schema([pa.field(name, types[dtype]) for name, dtype in table.schema.items()])

    return parquet, schema_of
