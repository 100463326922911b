from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.errors import InputError, SchemaError
from alignkit.stats.measure import dataset_stats
from stats.datasets_on_disk import EVENING, pair, small_dataset, write_dataset


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return dataset_stats(small_dataset(tmp_path_factory.mktemp("dataset")))


def test_it_says_which_dataset_it_is(found):
    assert (found.name, found.version, found.license, found.synthetic) == ("Trial headlines", "1.2.0", "cc0-1.0", True)
    assert found.text == "full"


def test_rows_are_counted_by_config_and_split(found):
    assert found.rows == {
        "pairs": {"train": 30, "validation": 4, "test": 6},
        "headlines": {"train": 8, "test": 1},
    }
    assert list(found.rows["pairs"]) == ["train", "validation", "test"]
    assert (found.pairs, found.stories) == (40, 20)
    assert found.languages == {"en": 3, "ja": 6}


def test_relations_and_checks_are_counted(found):
    assert found.relations["equivalent"] == {"test": 2, "train": 10, "validation": 2}
    assert list(found.relations) == ["equivalent", "en_more", "overlap"]
    assert found.checks["numbers"] == {"agree": 20, "conflict": 20, "absent": 0}


def test_scores_are_in_twenty_intervals_and_the_highest_holds_the_score_of_one(found):
    assert len(found.scores) == 20
    assert sum(each.total for each in found.scores) == 40
    assert (found.scores[-1].low, found.scores[-1].high) == (0.95, 1.0)
    # 1, 0.975 and 0.95, twice each.
    assert found.scores[-1].total == 6
    assert found.score.most == 1


def test_coverage_is_counted_both_ways(found):
    assert sum(map(sum, found.coverage.grid)) == 40
    assert [row[9] for row in found.coverage.grid] == [4] * 10
    assert found.coverage.ja.median == 1


def test_reprints_days_and_lengths(found):
    assert found.reprints == {2: 20}
    assert [(each.low, each.high, each.total) for each in found.days_apart] == [(0.25, 0.5, 40)]
    assert found.lengths["en"].characters.most == len("Central bank raises key rate to 1.25 pct")
    assert found.lengths["ja"].words.count == 6


def test_outlets_are_counted_by_month_and_what_has_no_date_is_in_none(found):
    assert [(each.outlet, each.lang, each.headlines, each.months) for each in found.outlets] == [
        ("Hibari Shimbun", "ja", 5, {"2031-05": 5}),
        ("Sorami News", "en", 3, {"2031-05": 3}),
        (None, "ja", 1, {}),
    ]
    assert found.period == ("2031-05-30", "2031-05-30")


def test_it_can_be_written_as_json(found):
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["reprints"] == {"2": 20}


def test_without_the_config_headlines_they_are_those_of_the_pairs(tmp_path):
    found = dataset_stats(write_dataset(tmp_path, {"train": [pair(0), pair(1), pair(2)]}))
    assert found.languages == {"en": 2, "ja": 3}
    assert found.name == tmp_path.name


def test_a_dataset_may_lack_columns_and_values(tmp_path):
    path = write_dataset(tmp_path, {"train": [pair(0), pair(1)]}) / "data" / "pairs" / "train-00000-of-00001.parquet"
    frame = pl.read_parquet(path).select("en", "ja", score=pl.Series([float("nan"), 0.5]))
    frame.write_parquet(path)
    found = dataset_stats(tmp_path)
    assert (found.pairs, found.stories, found.relations, found.reprints, found.days_apart) == (2, 0, {}, {}, ())
    assert found.score.count == 1
    assert found.outlets[0].outlet is None


def test_pairs_may_lie_in_data_itself(tmp_path):
    write_dataset(tmp_path, {"train": [pair(0)]})
    (tmp_path / "data" / "pairs" / "train-00000-of-00001.parquet").rename(tmp_path / "data" / "train.parquet")
    (tmp_path / "data" / "pairs").rmdir()
    assert dataset_stats(tmp_path).rows == {"pairs": {"train": 1}}


def test_a_dataset_may_have_no_rows(tmp_path):
    found = dataset_stats(write_dataset(tmp_path, {"train": []}))
    assert (found.pairs, found.text, found.score, found.scores[0].total, found.outlets) == (0, "full", None, 0, ())


def test_what_is_no_dataset_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no pairs"):
        dataset_stats(tmp_path)
    with pytest.raises(InputError, match="is no folder"):
        dataset_stats(tmp_path / "nowhere")


@pytest.mark.parametrize(("content", "size"), [(b"", 0), (b"no Parquet", 10), (None, 400)])
def test_a_damaged_file_is_named(tmp_path, content, size):
    path = write_dataset(tmp_path, {"train": [pair(0)]}) / "data" / "pairs" / "train-00000-of-00001.parquet"
    path.write_bytes(path.read_bytes()[:size] if content is None else content)
    with pytest.raises(InputError, match=r"that can(not)? be read"):
        dataset_stats(tmp_path)


def test_a_column_of_another_type_is_named(tmp_path):
    path = write_dataset(tmp_path, {"train": [pair(0)]}) / "data" / "pairs" / "train-00000-of-00001.parquet"
    pl.read_parquet(path).with_columns(score=pl.lit("high")).write_parquet(path)
    with pytest.raises(SchemaError, match="'score': is of type String, not Float64"):
        dataset_stats(tmp_path)


@pytest.mark.parametrize("manifest", ["{", "[]"])
def test_a_manifest_that_is_none_is_named(tmp_path, manifest):
    write_dataset(tmp_path, {"train": [pair(0, en_published_at=EVENING)]})
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(InputError, match=r"manifest\.json"):
        dataset_stats(tmp_path)
