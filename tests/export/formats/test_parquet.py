from __future__ import annotations

import sys

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alignkit.errors import InputError, MissingExtraError
from alignkit.export.formats import EXPORTERS
from alignkit.export.formats.model import ROWS_AT_ONCE
from export.formats.format_samples import PLAIN, pair, pairs, read_back

PARQUET = EXPORTERS["parquet"]


def test_text_has_the_type_that_datasets_gives_its_own(tmp_path):
    PARQUET.write([pairs()], tmp_path / "pairs.parquet", settings=PLAIN)
    schema = pq.read_schema(tmp_path / "pairs.parquet")
    assert schema.field("en").type == pa.string()
    assert schema.field("en_published_at").type == pa.timestamp("us", "UTC")


def test_row_groups_are_small_and_have_a_page_index(tmp_path):
    table = pairs(*(pair(number) for number in range(ROWS_AT_ONCE + 1)))
    PARQUET.write([table], tmp_path / "pairs.parquet", settings=PLAIN)
    metadata = pq.read_metadata(tmp_path / "pairs.parquet")
    assert [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)] == [ROWS_AT_ONCE, 1]
    assert metadata.row_group(0).column(0).has_offset_index
    assert read_back(PARQUET, tmp_path / "pairs.parquet").equals(table)


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more", None])
def test_what_is_no_parquet_is_refused(write, tmp_path, content):
    if content is None:
        pl.DataFrame({"a": range(1000)}).write_parquet(tmp_path / "b.parquet")
        content = (tmp_path / "b.parquet").read_bytes()[:-100]
    with pytest.raises(InputError, match="is not a Parquet file that can be read"):
        read_back(PARQUET, write("a[1].parquet", content))


def test_without_pyarrow_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'alignkit\[export\]'"):
        PARQUET.write([pairs()], tmp_path / "pairs.parquet", settings=PLAIN)
