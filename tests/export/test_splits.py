from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.config import SplitSettings
from alignkit.export.headline_index import index_headlines
from alignkit.export.leakage import find_leakage
from alignkit.export.rows import read_rows
from alignkit.export.splits import Earlier, plan_splits
from alignkit.outlets.affixes import registered_affixes
from alignkit.schema import HEADLINES, PAIRS
from export.corpora import FIRST, corpus, headline, pair

SHARES = SplitSettings()


def place(headlines, pairs, *, shares=SHARES, seed=0, earlier=None):
    """Give the index of some headlines with the split of each, and the plan."""
    rows = read_rows(HEADLINES, headlines), read_rows(PAIRS, pairs)
    index = index_headlines(*rows, registered_affixes())
    plan = plan_splits(index, shares, seed=seed, earlier=earlier)
    return index.with_columns(split=plan.splits, headline=headlines["id"]), plan


def splits(index):
    return dict(index.select("headline", "split").iter_rows())


STORIES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.none() | st.integers(0, 20), st.none() | st.integers(0, 9)),
    min_size=1,
    max_size=60,
)


@settings(max_examples=15, deadline=None)
@given(STORIES, st.integers(0, 5))
def test_no_story_no_text_and_no_wire_id_is_in_two_splits(stories, seed):
    headlines, pairs = corpus(len(stories), unpaired=3)
    made = zip(*stories, strict=True)
    en, ja, wire, day = (dict(enumerate(values)) for values in made)
    number = pl.col("id").str.extract(r"-(\d+)").cast(pl.Int64)
    shared = number.replace_strict(en, default=None).fill_null(99).cast(pl.String) + "の見出し"
    other = number.replace_strict(ja, default=None).fill_null(99).cast(pl.String) + "つの記事"
    times = {story: None if days is None else FIRST + dt.timedelta(days=days) for story, days in day.items()}
    headlines = headlines.with_columns(
        text=pl.when(pl.col("lang") == "en").then(shared).otherwise(other),
        wire_id=number.replace_strict(wire, default=None, return_dtype=pl.Int64).cast(pl.String),
        published_at=number.replace_strict(times, default=None, return_dtype=pl.Datetime("us", "UTC")),
    )
    index, _ = place(headlines, pairs, seed=seed)
    assert index["split"].null_count() == 0
    assert find_leakage(index).total == 0
    for key in ("story", "wire", "text"):
        seen = defaultdict(set)
        for value, split in index.select(key, "split").drop_nulls(key).iter_rows():
            seen[value].add(split)
        assert all(len(found) == 1 for found in seen.values())


def test_test_is_the_latest_and_holds_its_share_of_the_stories():
    headlines, pairs = corpus(100)
    index, plan = place(headlines, pairs)
    assert plan.test_from == FIRST + dt.timedelta(days=90)
    tested = index.filter(pl.col("split") == "test")
    assert tested["story"].drop_nulls().n_unique() == 10
    begins = FIRST + dt.timedelta(days=90)
    late = headlines.filter(pl.col("published_at") >= begins)["id"]
    assert set(tested["headline"]) == set(late)


def test_without_dates_the_shares_are_met_on_average_and_the_seed_matters():
    headlines, pairs = corpus(1000, dated=False)
    index, plan = place(headlines, pairs, shares=SplitSettings(train=0.5, validation=0.3, test=0.2), seed=1)
    assert plan.test_from is None
    stories = index.drop_nulls("story").unique("story")["split"].to_list()
    assert [round(stories.count(split) / 1000, 1) for split in ("train", "validation", "test")] == [0.5, 0.3, 0.2]
    assert splits(index) != splits(place(headlines, pairs, seed=2)[0])


def test_a_story_stays_where_it_is_when_others_are_added():
    some, more = corpus(200, dated=False), corpus(400, dated=False)
    before, after = splits(place(*some)[0]), splits(place(*more)[0])
    paired = [name for name in before if name.startswith("ja")]
    assert {name: after[name] for name in paired} == {name: before[name] for name in paired}


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("ja", "湖の氷、平年より早く解ける", "【速報】湖の氷　平年より早く解ける（共同）"),
        ("ja", "市役所の新庁舎、来春に完成へ　総工費は120億円", "市役所の新庁舎、来春に完成へ　総工費は135億円"),
        (
            "en",
            "Harbor town to rebuild its lighthouse after storm",
            "UPDATE1: Harbor town to rebuild its lighthouse after storm",
        ),
        (
            "en",
            "Harbor town to rebuild lighthouse after big storm",
            "Harbor town to rebuild its lighthouse after storm",
        ),
    ],
)
def test_the_same_and_nearly_the_same_stay_together_as_a_follow_up_does(lang, one, other):
    headlines, pairs = corpus(40)
    first, second = ("en-2", "en-38") if lang == "en" else ("ja-2-0", "ja-38-0")
    at = {first: FIRST + dt.timedelta(days=10), second: FIRST + dt.timedelta(days=38)}
    headlines = headlines.with_columns(
        text=pl.col("id").replace_strict({first: one, second: other}, default=pl.col("text")),
        published_at=pl.col("id").replace_strict(at, default=pl.col("published_at")),
    )
    placed = splits(place(headlines, pairs)[0])
    assert placed[first] == placed[second] != "test"
    assert placed["en-39"] == "test"


def test_nearly_the_same_long_after_is_another_story():
    headlines, pairs = corpus(60)
    texts = {
        "ja-2-0": "市役所の新庁舎、来春に完成へ　総工費は120億円",
        "ja-59-0": "市役所の新庁舎、来春に完成へ　総工費は135億円",
    }
    headlines = headlines.with_columns(text=pl.col("id").replace_strict(texts, default=pl.col("text")))
    assert splits(place(headlines, pairs)[0])["ja-59-0"] == "test"


# --- with an earlier export -------------------------------------------------------------------------------------------


def earlier_of(index, plan):
    return Earlier(plan.test_from, index.select("id", earlier="split"))


def test_an_earlier_export_keeps_its_border_and_its_splits():
    before, plan = place(*corpus(60))
    headlines, pairs = corpus(120)
    after, later_plan = place(headlines, pairs, earlier=earlier_of(before, plan))
    assert later_plan.test_from == plan.test_from
    kept = splits(before)
    assert {name: split for name, split in splits(after).items() if name in kept} == kept
    assert {splits(after)[f"en-{story}"] for story in range(70, 120)} == {"test"}
    moved, _ = place(headlines, pairs)
    assert splits(moved)["en-59"] != "test"


def test_what_would_tie_splits_together_is_left_out():
    headlines, pairs = corpus(60)
    before, plan = place(headlines, pairs)
    train = next(name for name, split in splits(before).items() if split == "train" and name.startswith("ja"))
    texts = dict(headlines.select("id", "text").iter_rows())
    time = FIRST + dt.timedelta(days=61)
    draw = random.Random(1)  # noqa: S311 - no secret
    en = headline("en", "en-tie", texts["en-59"] + "!", time, draw)
    ja = headline("ja", "ja-tie", texts[train], time, draw) | {"wire_id": None}
    more = headlines.vstack(HEADLINES.frame([en, ja])), pairs.vstack(PAIRS.frame([pair(en, ja, "s-tie", draw)]))
    after, _ = place(*more, earlier=earlier_of(before, plan))
    assert {name for name, split in splits(after).items() if split is None} == {"en-tie", "ja-tie"}
    kept = splits(before)
    assert {name: split for name, split in splits(after).items() if name in kept} == kept
    assert find_leakage(after).total == 0
