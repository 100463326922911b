from __future__ import annotations

import datetime as dt
import json
import sys

import datasets
import polars as pl
import pytest

from alignkit.collect.headlines import HeadlineBuilder
from alignkit.collect.huggingface import read_huggingface
from alignkit.collect.record import Record, Reject
from alignkit.errors import InputError, MissingExtraError
from export.dataset_samples import exported, pair

SCHOOL = ("Town to close last school", "最後の小学校、閉校へ")
QUAKE = ("Strong quake jolts island", "島で強い地震")


@pytest.fixture(autouse=True)
def _offline(monkeypatch, tmp_path):
    """Load datasets from folders alone, with a cache of the test's own."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "hf")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


@pytest.fixture
def dataset(tmp_path):
    """Write a dataset's splits as Parquet, and give its folder."""

    def _write(**splits):
        folder = tmp_path / "dataset"
        (folder / "data").mkdir(parents=True)
        for split, rows in splits.items():
            pl.DataFrame(rows).write_parquet(folder / "data" / f"{split}-00000-of-00001.parquet")
        return folder

    return _write


def records(items):
    return [(item.place, item.fields["lang"], item.fields["text"]) for item in items if isinstance(item, Record)]


def rejects(items):
    return [(item.row, item.column, item.reason) for item in items if isinstance(item, Reject)]


PAIR_ROWS = {
    "translation": [{"translation": {"en": en, "ja": ja}} for en, ja in (SCHOOL, QUAKE)],
    "columns": [{"id": 1, "en": en, "ja": ja} for en, ja in (SCHOOL, QUAKE)],
}


@pytest.mark.parametrize("rows", PAIR_ROWS.values(), ids=PAIR_ROWS.keys())
def test_pairs_have_their_row_as_place_and_identity(dataset, rows):
    items = list(read_huggingface(dataset(train=rows)))
    assert records(items) == [
        ("train row 1", "en", SCHOOL[0]),
        ("train row 1", "ja", SCHOOL[1]),
        ("train row 2", "en", QUAKE[0]),
        ("train row 2", "ja", QUAKE[1]),
    ]
    assert all(item.identity == item.place for item in items)


def test_all_splits_are_read_or_the_one_that_is_named(dataset):
    folder = dataset(train=PAIR_ROWS["columns"][:1], test=PAIR_ROWS["columns"][1:])
    assert {place for place, *_ in records(read_huggingface(folder))} == {"train row 1", "test row 1"}
    assert {place for place, *_ in records(read_huggingface(str(folder), split="test"))} == {"test row 1"}


def test_headlines_bring_what_their_columns_say(dataset):
    time = dt.datetime(2031, 5, 12, 9, tzinfo=dt.UTC)
    rows = [
        {
            "text": SCHOOL[0],
            "lang": "en",
            "outlet": "Hibari Times",
            "url": "https://hibari.example/1",
            "published_at": time,
        },
        {"text": SCHOOL[1], "lang": "ja", "outlet": None, "url": None, "published_at": None},
    ]
    english, japanese = read_huggingface(dataset(train=rows))
    assert english.fields == {key: value for key, value in rows[0].items() if value is not None}
    assert japanese.fields == {"text": SCHOOL[1], "lang": "ja"}


def test_columns_and_the_language_can_be_named(dataset):
    rows = [{"source": SCHOOL[0], "target": SCHOOL[1], "kicker": "Towns"}]
    folder = dataset(train=rows)
    assert records(read_huggingface(folder, text_column="kicker", lang="en")) == [("train row 1", "en", "Towns")]
    named = read_huggingface(folder, en_column="source", ja_column="target")
    assert records(named) == [("train row 1", "en", SCHOOL[0]), ("train row 1", "ja", SCHOOL[1])]


def test_a_dataset_that_alignkit_exported_gives_its_headlines_back(tmp_path):
    rows = [
        pair(0, en_url="https://hibari.example/1", en_published_at=dt.datetime(2031, 5, 12, tzinfo=dt.UTC)),
        pair(1, en_id="en0", story_id="s0", en=pair(0)["en"], en_url="https://hibari.example/1"),
    ]
    folder = exported(tmp_path / "exported", rows=rows)
    from_pairs = [item for item in read_huggingface(folder) if isinstance(item, Record)]
    assert sorted(item.fields["id"] for item in from_pairs) == ["en0", "ja0", "ja1"]
    english = next(item.fields for item in from_pairs if item.fields["lang"] == "en")
    assert (english["text"], english["url"]) == (pair(0)["en"], "https://hibari.example/1")
    from_headlines = read_huggingface(folder, config="headlines")
    assert sorted(item.fields["id"] for item in from_headlines) == ["en0", "ja0", "ja1"]


def test_records_become_headlines(dataset):
    builder = HeadlineBuilder(timezone="Asia/Tokyo", max_characters=1000)
    built = [
        builder.build("dataset", item, collector="huggingface", defaults={})
        for item in read_huggingface(dataset(train=PAIR_ROWS["translation"]))
    ]
    assert [(row["source"], row["text"]) for row, _ in built][:2] == [
        ("dataset#train row 1", SCHOOL[0]),
        ("dataset#train row 1", SCHOOL[1]),
    ]


def test_what_is_empty_costs_nothing_else(dataset):
    translations = [{"translation": {"en": SCHOOL[0], "ja": None}}, {"translation": None}, PAIR_ROWS["translation"][1]]
    items = list(read_huggingface(dataset(train=translations)))
    assert ("train row 1", "en", SCHOOL[0]) in records(items)
    assert len(records(items)) == 3
    assert (1, "ja", "is empty") in rejects(items)
    assert {row for row, *_ in rejects(items)} == {1, 2}


def test_what_is_not_text_is_rejected(dataset):
    items = list(read_huggingface(dataset(train=[{"en": 7, "ja": SCHOOL[1]}])))
    assert rejects(items) == [(1, "en", "is not text")]
    assert records(items) == [("train row 1", "ja", SCHOOL[1])]


def test_damage_after_the_first_rows_is_said_and_what_came_before_is_kept(tmp_path):
    folder = tmp_path / "dataset"
    folder.mkdir()
    row = json.dumps({"en": SCHOOL[0], "ja": SCHOOL[1]}, ensure_ascii=False)
    (folder / "train-1.jsonl").write_text(f"{row}\n", encoding="utf-8")
    (folder / "train-2.jsonl").write_text(f"{row}\n{{broken\n", encoding="utf-8")
    items = list(read_huggingface(folder))
    assert len(records(items)) == 2
    assert [(item.row, item.dropped) for item in items if isinstance(item, Reject)] == [(2, "file")]
    assert "split 'train' cannot be read on" in items[-1].reason


# --- wrong names say which there are ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"config": "stories"}, r"has no configuration of that name: 'stories'. It has: default\."),
        ({"split": "dev"}, r"has no split of that name: 'dev'. It has: train, test\."),
        (
            {"text_column": "headline", "lang": "en"},
            r"has no column of that name: 'headline'. Its columns are: source, note\.",
        ),
        ({"en_column": "english"}, r"has no column of that name: 'english'"),
        ({}, r"has no columns with headlines that are known.*its columns are: source, note\."),
    ],
)
def test_names_that_are_not_there_are_answered_with_those_that_are(dataset, options, message):
    rows = [{"source": SCHOOL[0], "note": ""}]
    with pytest.raises(InputError, match=message):
        list(read_huggingface(dataset(train=rows, test=rows), **options))


def test_several_configurations_without_a_default_are_listed(tmp_path):
    for config in ("news", "sport"):
        (tmp_path / config).mkdir()
        pl.DataFrame(PAIR_ROWS["columns"]).write_parquet(tmp_path / config / "train.parquet")
    card = (
        "---\nconfigs:\n- config_name: news\n  data_files: news/*\n- config_name: sport\n  data_files: sport/*\n---\n"
    )
    (tmp_path / "README.md").write_text(card)
    with pytest.raises(InputError, match=r"has several configurations and no default one. Name one of: news, sport\."):
        list(read_huggingface(tmp_path))
    assert len(list(read_huggingface(tmp_path, config="sport"))) == 4


def test_what_is_no_dataset_is_said(tmp_path, write):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"empty: is no dataset that can be read"):
        list(read_huggingface(tmp_path / "empty"))
    with pytest.raises(InputError, match=r"nowhere: does not exist"):
        list(read_huggingface(tmp_path / "nowhere"))
    with pytest.raises(InputError, match=r"a\.txt: is a file, not a dataset's folder"):
        list(read_huggingface(write("a.txt", "")))
    write("broken/train.parquet", "no Parquet")
    with pytest.raises(InputError, match=r"broken: is no dataset that can be read"):
        list(read_huggingface(tmp_path / "broken"))


def test_a_hub_that_cannot_be_reached_is_said():
    with pytest.raises(InputError, match=r"user/headlines: cannot be had from the Hub .*HF_HUB_OFFLINE"):
        list(read_huggingface("user/headlines"))


def test_it_says_how_to_install_what_it_needs(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'alignkit\[export\]'"):
        list(read_huggingface(tmp_path))
