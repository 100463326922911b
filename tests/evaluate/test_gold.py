from __future__ import annotations

import polars as pl
import pytest

from alignkit.errors import InputError
from alignkit.evaluate.gold import Assessment, assess_pairs, read_gold

GOLD = "en_url\tja_url\trelation\ne1\tj1\tequivalent\ne1\tj2\toverlap\ne2\tj3\tcomparable\ne3\tj4\tja_more\n"


def test_precision_and_recall_count_gold_pairs_that_correspond(write):
    found = pl.DataFrame({"en_url": ["e1", "e2", "e3", None], "ja_url": ["j1", "j3", "j4", "j5"]})
    gold = read_gold(write("gold.tsv", GOLD))
    result = assess_pairs(found, gold)
    assert result == Assessment(correct=2, aligned=4, gold=3)
    assert (result.precision, result.recall, round(result.f1, 4)) == (0.5, 2 / 3, 0.5714)
    assert assess_pairs(found, gold, en_urls=["e3"]) == Assessment(correct=1, aligned=1, gold=1)


def test_nothing_found_is_nothing_right():
    nothing = Assessment(correct=0, aligned=0, gold=0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("en_url\trelation\n", "'ja_url': is missing"),
        (GOLD.replace("overlap", "alike"), "row 2, column 'relation': is no relation: 'alike'"),
        (GOLD + "e1\tj1\toverlap\n", "is there more than once"),
        ("", "cannot be read"),
    ],
)
def test_gold_that_cannot_be_used_is_refused(write, content, message):
    with pytest.raises(InputError, match=message):
        read_gold(write("gold.tsv", content))
