from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.export.formats.formulas import defuse, restore
from export.formats.format_samples import hostile_text

SIGNS = tuple("=+-@＝＋－＠")


def safe(text):
    return defuse(pl.DataFrame({"en": [text]}))["en"][0]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+81 3", "'+81 3"),
        ("-1.5 pct growth", "'-1.5 pct growth"),
        ("@home", "'@home"),
        ("＝１", "'＝１"),
        ("\tindented", "'\tindented"),
        ("  =1", "'  =1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("'=1", "''=1"),
        ("'Miracle' survivor", "'Miracle' survivor"),
        ("G7: 3-1", "G7: 3-1"),
        ("", ""),
    ],
)
def test_only_what_begins_a_formula_gets_an_apostrophe(text, written):
    assert safe(text) == written


@given(hostile_text | st.text("'= \t-a＝"))
def test_no_text_begins_a_formula_and_every_text_comes_back(text):
    written = safe(text)
    assert not written.lstrip().lstrip("\0\ufeff").startswith(SIGNS)
    assert not written.startswith(("\t", "\r", "\n"))
    assert restore(pl.DataFrame({"en": [written]}))["en"][0] == text


def test_numbers_and_missing_values_stay():
    frame = pl.DataFrame({"days_apart": [-1.5, None], "section": [None, "-"]})
    assert defuse(frame).rows() == [(-1.5, None), (None, "'-")]
