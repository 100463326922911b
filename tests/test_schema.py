from __future__ import annotations

import polars as pl
import pytest

from alignkit.errors import SchemaError
from alignkit.schema import HEADLINES, PAIRS, TABLES
from samples import headline, headlines


def test_a_good_table_comes_back_with_its_columns_in_order():
    shuffled = headlines().select(reversed(HEADLINES.schema.names()))
    assert HEADLINES.validate(shuffled).columns == HEADLINES.schema.names()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop("text"), "'text': is missing"),
        (lambda t: t.with_columns(text=pl.lit(1)), "'text': is of type Int32, not String"),
        (lambda t: t.with_columns(mood=pl.lit("good")), "'mood': is no column of this table"),
        (
            lambda t: t.with_columns(text=pl.when(pl.col("id") != "en2").then("text")),
            "row 3, column 'text': is empty",
        ),
        (
            lambda t: t.with_columns(lang=pl.when(pl.col("id") == "ja0").then(pl.lit("ko")).otherwise("lang")),
            "row 7, column 'lang': cannot be used: 'ko'. Allowed: en, ja.",
        ),
        (lambda t: pl.concat([t, t.tail(1)]), "row 12, column 'id': is there more than once: 'ja5'"),
    ],
)
def test_the_validator_says_which_row_and_column_is_wrong(change, message):
    with pytest.raises(SchemaError) as raised:
        HEADLINES.validate(change(headlines()))
    assert message in str(raised.value)


def test_values_out_of_range_and_nan_are_found():
    row = {column.name: (column.allowed or ("x",))[0] for column in PAIRS.columns if column.dtype == pl.String}
    pairs = PAIRS.frame(
        [row | {"cosine": 0.5, "margin": 1.0, "coverage_en": 1.0, "coverage_ja": 1.0, "score": float("nan")}]
    )
    with pytest.raises(SchemaError, match=r"row 1, column 'score': cannot be used: nan\. It must be between 0 and 1"):
        PAIRS.validate(pairs)


def test_an_empty_table_is_a_table():
    for table in TABLES:
        assert table.validate(table.frame([])).height == 0


def test_every_column_says_what_it_means():
    assert all(column.meaning for table in TABLES for column in table.columns)


def test_columns_left_out_of_a_row_are_null():
    assert HEADLINES.frame([headline("en0", "Text")])["outlet"].to_list() == [None]
