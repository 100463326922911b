from __future__ import annotations

import polars as pl
import pytest

from alignkit.errors import UsageError
from alignkit.export.tables import table_format, write_plain_table

FRAME = pl.DataFrame({"score": [0.5], "en": ['"Miracle" survivor'], "ja": ["「奇跡」、生存者"]})


@pytest.mark.parametrize("suffix", ["tsv", "csv", "jsonl", "parquet"])
def test_what_is_written_is_read_back(tmp_path, suffix):
    path = tmp_path / f"pairs.{suffix}"
    write_plain_table(FRAME, path, table_format(path))
    readers = {
        "tsv": lambda: pl.read_csv(path, separator="\t", quote_char=None),
        "csv": lambda: pl.read_csv(path),
        "jsonl": lambda: pl.read_ndjson(path),
        "parquet": lambda: pl.read_parquet(path),
    }
    assert readers[suffix]().equals(FRAME)


def test_a_name_that_says_no_format_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"End the name in one of .tsv, .csv, .jsonl, .parquet."):
        table_format(tmp_path / "pairs.xlsx")
