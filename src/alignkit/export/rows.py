"""The tables an export reads, a batch at a time: from memory or from a Parquet file that may be larger than memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from alignkit.errors import InputError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignkit.schema import Table

BATCH_ROWS: Final = 50_000

TableSource: TypeAlias = "pl.DataFrame | Path"

_HEADLINES_IN: Final = {
    "pairs": (("en_id", "en", "en_url"), ("ja_id", "ja", "ja_url")),
    "headlines": (("id", "text", "url"),),
}
"""Where tables have headlines: the columns with their ids, texts and addresses."""


@dataclass(frozen=True)
class Rows:
    """The rows of a table, wherever they are.

    Attributes:
        table: The table that they are of.
        source: A frame, or the path of a Parquet file.
        replaced: Headlines that are to be read otherwise than they are in the source: id (the hash of the headline's id),
            text (what it says, or null if that stays) and url_goes (whether it has no address); None for none.
    """

    table: Table
    source: TableSource
    replaced: pl.DataFrame | None = None

    @property
    def path(self) -> Path | None:
        """The file they are in, if they are in one."""
        return self.source if isinstance(self.source, Path) else None

    def columns(self, *names: str) -> pl.DataFrame:
        """Give some columns of all rows."""
        return self._read(self._scan(), names).collect()

    def lazy(self) -> pl.LazyFrame:
        """Give them as a query."""
        return self._scan() if self.replaced is None else self._read(self._scan(), self.table.schema.names())

    def _scan(self) -> pl.LazyFrame:
        return pl.scan_parquet(self.source) if isinstance(self.source, Path) else self.source.lazy()

    def _read(self, rows: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
        """Give columns of some of the source's rows, headlines as they are to be read."""
        if self.replaced is not None:
            found = self.replaced.lazy().select("id", "url_goes", new="text")
            for key, text, url in _HEADLINES_IN[self.table.name]:
                if {text, url} & set(names):
                    rows = rows.join(
                        found, left_on=pl.col(key).hash(), right_on="id", how="left", maintain_order="left"
                    )
                    rows = rows.with_columns(
                        pl.coalesce("new", text).alias(text),
                        pl.when(pl.col("url_goes").is_null() | ~pl.col("url_goes")).then(url).alias(url),
                    ).drop("new", "url_goes")
        return rows.select(names)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """Give the rows in order, a batch at a time.

        Args:
            columns: The columns that are wanted, in this order; all of the table's if not given.
        """
        wanted = list(columns or self.table.schema.names())
        # Slices of a file are decoded one by one; every other way to read it by parts keeps whole row groups in memory.
        for first in range(0, self._scan().select(pl.len()).collect().item(), BATCH_ROWS):
            yield self._read(self._scan().slice(first, BATCH_ROWS), wanted).collect()


def read_rows(table: Table, source: TableSource) -> Rows:
    """Check that a source is a table, and give its rows.

    Raises:
        InputError: The file is not there.
        SchemaError: It is no Parquet file or not such a table; the first wrong row is named.
    """
    rows = Rows(table, source)
    where = rows.path or f"table {table.name!r}"
    try:
        found = rows.lazy().collect_schema()
    except FileNotFoundError:
        raise InputError("does not exist", path=rows.path) from None
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SchemaError(f"is not a Parquet file that can be read ({error})", path=where) from None
    table.validate(pl.DataFrame(schema=found), path=rows.path)
    first = 0
    for batch in rows.batches():
        _check(table, batch, first, where)
        first += batch.height
    # Batch by batch a repeated key is only found within a batch; hashes of the keys of all rows find the others.
    keys = rows.lazy().select(pl.struct(table.key).hash().is_duplicated().arg_max().alias("row"), again=_repeats(table))
    row, again = keys.collect().row(0)
    if again:
        raise SchemaError("is there more than once", path=where, row=row + 1, column="+".join(table.key))
    return rows


def _repeats(table: Table) -> pl.Expr:
    return pl.struct(table.key).hash().is_duplicated().any()


def _check(table: Table, batch: pl.DataFrame, first: int, where: Path | str) -> None:
    try:
        table.validate(batch)
    except SchemaError as error:
        row = None if error.row is None else error.row + first
        raise SchemaError(
            error.problem, path=where, row=row, column=error.column, value=error.value, remedy=error.remedy
        ) from None
    for column in table.columns:
        if column.dtype == pl.Float64() and (wrong := batch[column.name].is_nan().fill_null(value=False)).any():
            row = first + (wrong.arg_max() or 0) + 1
            raise SchemaError("is not a number", path=where, row=row, column=column.name, value=float("nan"))
