from __future__ import annotations

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.export.content import content_hash

SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "score": pa.float64(),
        "at": pa.timestamp("us", "UTC"),
        "refs": pa.list_(pa.struct({"text": pa.string(), "n": pa.int64()})),
    }
)
REF = st.fixed_dictionaries({"text": st.none() | st.text(max_size=5), "n": st.none() | st.integers(-9, 9)})
ROW = st.fixed_dictionaries(
    {
        "id": st.none() | st.text(max_size=6),
        "score": st.none() | st.floats(0, 1),
        "at": st.none() | st.integers(0, 10**15),
        "refs": st.none() | st.lists(REF, max_size=3),
    }
)
ROWS = st.lists(ROW, max_size=12)


def table(rows):
    return pa.Table.from_pylist(rows, schema=SCHEMA)


@settings(deadline=None, max_examples=50)
@given(ROWS, st.integers(1, 5))
def test_parts_and_slices_have_the_hash_of_the_whole(rows, size):
    whole = table(rows)
    parts = [whole.slice(first, size) for first in range(0, len(rows), size)] or [whole]
    assert content_hash(parts) == content_hash([whole]) == content_hash([table(rows)])


@settings(deadline=None, max_examples=50)
@given(ROWS, ROWS)
def test_other_rows_have_another_hash(rows, others):
    assert (content_hash([table(rows)]) == content_hash([table(others)])) == (table(rows) == table(others))


@pytest.mark.parametrize("options", [{"compression": "none"}, {"use_dictionary": False}, {"row_group_size": 1}])
def test_the_writer_does_not_matter(tmp_path, options):
    rows = [{"id": f"p{n}", "score": n / 7, "at": n, "refs": [{"text": "湖", "n": n}] * (n % 3)} for n in range(9)]
    pq.write_table(table(rows), tmp_path / "x.parquet", **options)
    pl.from_arrow(table(rows)).write_parquet(tmp_path / "y.parquet")
    read = [pq.read_table(tmp_path / name).cast(SCHEMA) for name in ("x.parquet", "y.parquet")]
    assert {content_hash([found]) for found in read} == {content_hash([table(rows)])}
