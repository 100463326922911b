from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.collect.sources import FilesSource
from alignkit.collect.stage import collect_headlines
from alignkit.errors import SchemaError
from alignkit.export.formats.checking import KNOWN_TABLES, CheckedFrames, table_with
from alignkit.schema import CANDIDATES, HEADLINES, PAIRS
from export.formats.format_samples import headlines, pair, pairs


def passed(frames, tables=KNOWN_TABLES):
    checked = CheckedFrames(frames, tables)
    rows = [batch.frame for batch in checked]
    return pl.concat(rows) if rows else None, checked.report()


def test_a_table_is_known_by_its_columns():
    assert table_with(pairs().columns) is PAIRS
    assert table_with(headlines().columns) is HEADLINES
    assert table_with(CANDIDATES.schema.names()) is None


def test_columns_come_in_the_tables_order_and_unknown_ones_are_left_out_and_named_once():
    more = pairs().select(pl.lit("x").alias("note"), *reversed(pairs().columns))
    frame, report = passed([more[:2], more[2:]])
    assert frame.equals(pairs())
    assert [(reject.row, reject.column, reject.dropped) for reject in report.rejects] == [(None, "note", "value")]
    assert report.rows == 6


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pairs().drop("score"), "'score': is missing"),
        (pairs().with_columns(pl.col("score").cast(pl.String)), "'score': is of type String, not Float64"),
        (pairs(pair(0), pair(1, relation="friends")), "row 2, column 'relation': cannot be used: 'friends'"),
        (pairs(pair(0), pair(1, ja=None)), "row 2, column 'ja': is empty"),
        (pl.DataFrame({"en": ["x"]}), "is no table of pairs or headlines. Columns found: en."),
        (pl.DataFrame(), "Columns found: none."),
    ],
)
def test_what_is_wrong_is_named(frame, message):
    with pytest.raises(SchemaError) as caught:
        passed([frame])
    assert message in str(caught.value)


def test_a_format_of_pairs_does_not_take_headlines():
    with pytest.raises(SchemaError, match="is a table of headlines, where only pairs can be written"):
        passed([headlines()], (PAIRS,))


def test_no_frame_at_all_is_a_table_without_rows():
    assert passed([]) == (None, CheckedFrames([], (PAIRS,)).report())


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 7))
@settings(max_examples=30, deadline=None)
def test_a_key_that_comes_again_is_found_however_far_away(numbers, size):
    frames = list(pairs(*(pair(number) for number in numbers)).iter_slices(size)) if numbers else []
    first = next((row for row, number in enumerate(numbers) if number in numbers[:row]), None)
    if first is None:
        assert passed(frames)[1].rows == len(numbers)
    else:
        with pytest.raises(SchemaError, match=r"'pair_id': is there more than once") as caught:
            passed(frames)
        # Within one frame the schema names the first of the two, across frames it is the second.
        assert numbers.count(int(caught.value.value.removeprefix("p"))) > 1


def test_half_a_surrogate_pair_never_gets_into_a_table(write):
    with pytest.raises(UnicodeEncodeError):
        pl.Series(["\ud800"])
    lines = (
        '{"lang": "ja", "text": "半分の\\ud800"}',
        '{"lang": "ja", "text": "見出し"}',
        '{"lang": "en", "text": "Quake"}',
    )
    path = write("a.jsonl", "\n".join(lines))
    collected = collect_headlines([FilesSource(path=path.name)], folder=path.parent)
    assert collected.headlines["text"].to_list() == ["見出し", "Quake"]
    assert [reject.row for reject in collected.rejects] == [1]
