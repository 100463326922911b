"""Aligned pairs as one plain table: TSV, CSV, JSON Lines or Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from alignkit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    import polars as pl

TableFormat = Literal["tsv", "csv", "jsonl", "parquet"]
TABLE_FORMATS: Final[tuple[TableFormat, ...]] = get_args(TableFormat)


def table_format(path: Path) -> TableFormat:
    """Tell the format to write by a file's name.

    Raises:
        UsageError: The name does not end in one that is written here.
    """
    for known in TABLE_FORMATS:
        if path.suffix.lower() == f".{known}":
            return known
    endings = ", ".join(f".{known}" for known in TABLE_FORMATS)
    raise UsageError("does not name a format to write", path=path, remedy=f"End the name in one of {endings}.")


def write_plain_table(frame: pl.DataFrame, target: Path | IO[bytes], file_format: TableFormat) -> None:
    """Write a table.

    Text of headlines holds no tab and no line break (`alignkit.collect.headlines` sees to that), so TSV is written
    without quoting, as other tools of the field read it.

    Args:
        frame: The table; its columns are written as they are.
        target: A path or an open binary file.
        file_format: The format.
    """
    if file_format == "tsv":
        frame.write_csv(target, separator="\t", quote_style="never")
    elif file_format == "csv":
        frame.write_csv(target)
    elif file_format == "jsonl":
        frame.write_ndjson(target)
    else:
        frame.write_parquet(target)
