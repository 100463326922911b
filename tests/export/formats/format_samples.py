"""Invented tables that the tests of formats write: plain ones, and hostile ones made by hypothesis."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import strategies as st

from alignkit.export.formats import WriteSettings
from alignkit.schema import HEADLINES, PAIRS
from samples import ENGLISH, JAPANESE, headline

PLAIN = WriteSettings()
NOON = dt.datetime(2031, 5, 12, 12, 0, 0, 123456, tzinfo=dt.UTC)

HOSTILE = (
    *('"', '""', "'", ",", ";", "\t", "\n", "\r", "\r\n", "\\", "\\n", "|", " ", "\u3000", "null", "NaN", "1e5"),
    *("=1+1", "+81", "-1", "@SUM(A1)", "＝1", "'=1", "''@", " =1", '=HYPERLINK("https://x.example")'),
    *("<b>", "&amp;", "&", "]]>", "<!-- -->", "<![CDATA[", "&#0;", "{", "}", "%s", "\\u0041"),
    *(
        "\0",
        "\x01",
        "\x0b",
        "\x1f",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\u200f",
        "\u202e",
        "\ufffe",
        "\uffff",
    ),
    *("\ud7ff", "\U0001f600", "\U0010ffff", "日本", "か\u3099"),
)
"""Pieces of text that some format or program reads as something else."""

hostile_text = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=6).map("".join)
times = st.datetimes(min_value=dt.datetime(1, 1, 1), max_value=dt.datetime(9999, 12, 31, 23, 59, 59)).map(  # noqa: DTZ001
    lambda time: time.replace(tzinfo=dt.UTC)
)


def _values(column):
    if column.allowed:
        values = st.sampled_from(column.allowed)
    elif column.dtype == pl.String:
        values = hostile_text
    elif column.dtype == pl.Float64:
        low, high = column.between or (None, None)
        values = st.floats(low, high, allow_nan=False, allow_infinity=False)
    else:
        values = times
    return st.none() | values if column.nullable else values


def hostile_tables(table):
    """Tables of up to four rows with whatever their columns may hold."""
    row = st.fixed_dictionaries({column.name: _values(column) for column in table.columns})
    (key,) = table.key
    return st.lists(row, max_size=4, unique_by=lambda row: row[key]).map(table.frame)


def pair(number=0, **columns):
    """One row of the table `pairs`."""
    return {
        "pair_id": f"p{number}",
        "story_id": f"s{number}",
        "en_id": f"en{number}",
        "ja_id": f"ja{number}",
        "en": ENGLISH[number % len(ENGLISH)],
        "ja": JAPANESE[number % len(JAPANESE)],
        "ja_outlet": "Hibari Shimbun",
        "en_published_at": NOON,
        "cosine": 0.5,
        "margin": 1.25,
        "coverage_en": 0.5,
        "coverage_ja": 1.0,
        "numbers": "agree",
        "dates": "absent",
        "names": "absent",
        "polarity": "absent",
        "relation": "equivalent",
        "score": 0.875,
    } | columns


def pairs(*rows):
    """A table of pairs; six plain ones if none are given."""
    return PAIRS.frame(list(rows) or [pair(number) for number in range(6)])


def headlines():
    """A table of two headlines."""
    return HEADLINES.frame([headline("en0", ENGLISH[0], published_at=NOON), headline("ja0", JAPANESE[0], section="")])


def read_back(reader, path):
    """Read a whole table."""
    return pl.concat(reader.read(path))
