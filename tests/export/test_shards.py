from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alignkit.export.configs import arrow_schema, config_table
from alignkit.export.content import content_hash
from alignkit.export.shards import ShardWriter

TABLE = config_table("mt", "full")


def rows(count):
    return TABLE.frame(
        [
            {
                "id": f"s-{row}",
                "source_id": f"en-{row}",
                "source": f"Harbor opens pier {row}",
                "references": [f"港に桟橋{row}", ""][: row % 3],
                "reference_ids": [f"ja-{row}"],
                "reference_outlets": ["Hama no Shimbun"],
                "reference_relations": ["translation"],
            }
            for row in range(count)
        ]
    )


@pytest.fixture
def pool():
    with ThreadPoolExecutor(2) as threads:
        yield threads


def test_rows_come_back_from_shards_of_even_size(tmp_path, pool):
    writer = ShardWriter(TABLE, "test", 100, tmp_path, pool, shard_rows=40)
    for first in range(0, 100, 7):
        writer.write(rows(100)[first : first + 7])
    written = writer.close()
    assert written.files == tuple(f"data/mt/test-{shard:05}-of-00003.parquet" for shard in range(3))
    parts = [pl.read_parquet(tmp_path / file) for file in written.files]
    assert [part.height for part in parts] == [33, 33, 34]
    assert pl.concat(parts).equals(rows(100))


def test_readers_see_strings_that_datasets_can_put_beside_others(tmp_path, pool):
    writer = ShardWriter(TABLE, "test", 3, tmp_path, pool)
    writer.write(rows(3))
    (file,) = writer.close().files
    assert pq.read_schema(tmp_path / file).equals(arrow_schema(TABLE))


def test_the_hash_is_that_of_the_rows_whatever_the_shards(tmp_path, pool):
    hashes = set()
    for shard_rows in (10, 1_000):
        writer = ShardWriter(TABLE, "test", 100, tmp_path / str(shard_rows), pool, shard_rows=shard_rows)
        writer.write(rows(100))
        hashes.add(writer.close().content_hash)
    assert hashes == {content_hash([rows(100).to_arrow().cast(arrow_schema(TABLE))])}


@pytest.mark.parametrize("announced", [3, 7])
def test_other_rows_than_announced_are_refused(tmp_path, pool, announced):
    writer = ShardWriter(TABLE, "test", announced, tmp_path, pool)
    with pytest.raises(ValueError, match=str(announced)):
        writer.write(rows(5))
        writer.close()
    writer.abandon()


def test_what_goes_wrong_in_a_thread_is_raised(tmp_path, pool):
    (tmp_path / "data").write_text("in the way")
    writer = ShardWriter(TABLE, "test", 5, tmp_path, pool)
    writer.write(rows(5))
    with pytest.raises(OSError, match="data"):
        writer.close()
    writer.abandon()


def test_timestamps_keep_their_zone(tmp_path, pool):
    table = config_table("headlines", "full")
    frame = pl.DataFrame(schema=table.schema).clear(1).with_columns(pl.lit("x").alias(name) for name in ("id", "text"))
    writer = ShardWriter(table, "test", 1, tmp_path, pool)
    writer.write(frame)
    (file,) = writer.close().files
    assert pq.read_schema(tmp_path / file).field("published_at").type == pa.timestamp("us", "UTC")
