from __future__ import annotations

import itertools
import random

import polars as pl
import pytest

from alignkit.export.similarity import THRESHOLD, WINDOW_DAYS, jaccard, near_duplicates

DAY = 86_400 * 1_000_000


def table(texts, lang="ja", days=None):
    times = [day * DAY for day in days or [0] * len(texts)]
    rows = {"lang": [lang] * len(texts), "text": texts, "first": times, "last": times, "group": list(range(len(texts)))}
    return pl.DataFrame(rows, schema_overrides={"group": pl.UInt32})


def found(*arguments):
    return {tuple(sorted(row)) for row in near_duplicates(table(*arguments)).iter_rows()}


def test_jaccard_counts_n_grams_that_both_have():
    assert jaccard("あいうえ", "あいうお", 2) == pytest.approx(2 / 4)
    assert jaccard("あ", "あ", 2) == 0


def test_near_duplicates_are_found_and_others_are_not():
    texts = [
        "湖の氷平年より早く解けて観光船運休",
        "湖の氷平年より早く解けて観光船再開",
        "来春に水上バスの試験運行始める市の方針",
        "湖",
    ]
    assert found(texts) == {(0, 1)}


def test_they_are_near_in_time():
    texts = ["湖の氷平年より早く解けて観光船運休", "湖の氷平年より早く解けて観光船再開"]
    assert found(texts, "ja", [0, WINDOW_DAYS]) == {(0, 1)}
    assert found(texts, "ja", [0, WINDOW_DAYS + 1]) == set()


def test_nearly_all_of_what_comparing_all_would_find_is_found():
    draw = random.Random(7)  # noqa: S311 - no secret
    letters = "abcdefghijklmnopqrstuvwxyz"
    texts = []
    for _ in range(60):
        text = "".join(draw.choices(letters, k=50))
        texts += [text, text[: draw.randrange(38, 50)] + "".join(draw.choices(letters, k=6))]
    wanted = {
        (left, right)
        for left, right in itertools.combinations(range(len(texts)), 2)
        if jaccard(texts[left], texts[right], 3) >= THRESHOLD
    }
    given = found(texts, "en")
    assert given <= wanted
    assert len(given) >= 0.95 * len(wanted)
