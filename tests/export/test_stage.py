from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys

import datasets
import polars as pl
import pytest
from huggingface_hub import DatasetCard

from alignkit.config import ExportSettings
from alignkit.errors import ConfigError, InputError, SchemaError, StageError
from alignkit.export.configs import CONFIGS, arrow_schema, config_table
from alignkit.export.stage import export_dataset
from alignkit.schema import PAIRS
from conftest import ROOT
from export.corpora import corpus, files, read

INVENTED = ExportSettings(name="Trial headlines", license="cc-by-4.0", synthetic=True, seed=3)


@pytest.fixture(autouse=True)
def _offline(monkeypatch, tmp_path):
    """Load datasets from the folder alone, with a cache of the test's own."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "hf")


def export(folder, tables=None, **options):
    headlines, pairs = tables or corpus()
    return export_dataset(pairs, folder, headlines=headlines, **{"settings": INVENTED} | options)


# --- layout -----------------------------------------------------------------------------------------------------------


def test_datasets_loads_every_config_with_its_splits_and_columns(tmp_path):
    report = export(tmp_path / "dataset")
    assert report.text == "full"
    for config in CONFIGS:
        loaded = datasets.load_dataset(str(tmp_path / "dataset"), config)
        schema = arrow_schema(config_table(config, "full"))
        assert all(rows.features.arrow_schema.equals(schema) for rows in loaded.values())
        streamed = datasets.load_dataset(str(tmp_path / "dataset"), config, split="test", streaming=True)
        assert list(streamed) == list(loaded["test"])
        if config == "pairs":
            assert {split: rows.num_rows for split, rows in loaded.items()} == report.pairs
    default = datasets.load_dataset(str(tmp_path / "dataset"))
    rows = pl.concat([rows.to_polars() for rows in default.values()]).cast(dict(PAIRS.schema))
    assert rows.sort("pair_id").equals(corpus()[1].sort("pair_id"))


def test_it_can_be_joined_with_anybodys_strings(tmp_path):
    export(tmp_path / "dataset")
    ours = datasets.load_dataset(str(tmp_path / "dataset"), split="train").select_columns(["en"])
    joined = datasets.concatenate_datasets([ours, datasets.Dataset.from_dict({"en": ["A headline of theirs"]})])
    assert joined.num_rows == ours.num_rows + 1


def test_a_story_has_all_its_reprints_with_who_published_them(tmp_path):
    headlines, pairs = corpus()
    export(tmp_path / "dataset")
    stories = read(tmp_path / "dataset", "stories")
    assert stories.height == pairs["story_id"].n_unique()
    story = stories.filter(pl.col("story_id") == "s-0002").to_dicts()[0]
    wanted = headlines.filter(pl.col("id").str.starts_with("ja-2-")).select("text", "outlet", "url", "published_at")
    assert [{key: reference[key] for key in wanted.columns} for reference in story["references"]] == wanted.to_dicts()
    assert story["n_references"] == 3
    assert story["wire_id"] == "203100000002"


def test_all_headlines_are_there_each_in_the_split_of_its_story(tmp_path):
    export(tmp_path / "dataset")
    headlines = read(tmp_path / "dataset", "headlines")
    assert sorted(headlines["id"]) == sorted(corpus()[0]["id"])
    assert headlines["story_id"].null_count() == 6
    split_of = dict(read(tmp_path / "dataset", "stories").select("story_id", "split").iter_rows())
    for story, split in headlines.drop_nulls("story_id").select("story_id", "split").iter_rows():
        assert split_of[story] == split


def test_mt_is_for_testing_and_has_headlines_proper(tmp_path):
    headlines, pairs = corpus()
    headlines = headlines.with_columns(text=pl.when(lang="ja").then("【速報】" + pl.col("text")).otherwise("text"))
    pairs = pairs.with_columns(
        ja="【速報】" + pl.col("ja"),
        relation=pl.when(pl.col("ja_id") == "ja-59-0").then(pl.lit("comparable")).otherwise("relation"),
    )
    export(tmp_path / "dataset", (headlines, pairs))
    mt = read(tmp_path / "dataset", "mt")
    assert set(mt["split"]) == {"validation", "test"}
    row = mt.filter(pl.col("id") == "s-0059").to_dicts()[0]
    assert row["reference_ids"] == ["ja-59-1", "ja-59-2"]
    assert not any("速報" in text for text in row["references"])


def test_shards_are_numbered_and_hold_all_rows(tmp_path):
    export(tmp_path / "dataset", settings=INVENTED.model_copy(update={"shard_rows": 20}))
    found = sorted(path.name for path in (tmp_path / "dataset" / "data" / "pairs").glob("train-*"))
    assert found == [f"train-{shard:05}-of-00005.parquet" for shard in range(5)]
    loaded = datasets.load_dataset(str(tmp_path / "dataset"), split="train")
    one = tmp_path / "one"
    export(one)
    assert loaded.to_polars().equals(read(one, "pairs", "train").drop("split"))
    content = [json.loads((folder / "manifest.json").read_text())["configs"] for folder in (tmp_path / "dataset", one)]
    assert content[0]["pairs"]["train"]["content"] == content[1]["pairs"]["train"]["content"]


def test_files_give_what_frames_give_whatever_the_order_of_stories(tmp_path):
    headlines, pairs = corpus()
    headlines.write_parquet(tmp_path / "headlines.parquet", row_group_size=7)
    pairs.write_parquet(tmp_path / "pairs.parquet", row_group_size=7)
    export(tmp_path / "a")
    paths = tmp_path / "pairs.parquet", tmp_path / "b"
    export_dataset(*paths, headlines=tmp_path / "headlines.parquet", settings=INVENTED)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    export(tmp_path / "c", (headlines, pairs.sample(fraction=1, shuffle=True, seed=1)))
    stories = [read(tmp_path / name, "stories").sort("story_id") for name in ("a", "c")]
    assert stories[0].drop("references", "section").equals(stories[1].drop("references", "section"))


def test_headlines_are_taken_from_the_pairs_if_none_are_given(tmp_path):
    headlines, pairs = corpus(unpaired=0)
    export_dataset(pairs, tmp_path / "dataset", settings=INVENTED)
    assert sorted(read(tmp_path / "dataset", "headlines")["id"]) == sorted(headlines["id"])


# --- card and manifest ------------------------------------------------------------------------------------------------


def test_the_card_says_what_is_in_it(tmp_path, write):
    export(tmp_path / "dataset", about=write("about.md", "Written *about* it.\n"))
    card = DatasetCard.load(tmp_path / "dataset" / "README.md")
    assert card.data.license == "cc-by-4.0"
    assert card.data.size_categories == ["n<1K"]
    assert "synthetic" in card.data.tags
    assert [config["config_name"] for config in card.data.configs] == list(CONFIGS)
    assert "# Trial headlines\n\nWritten *about* it.\n" in card.text
    assert "**Every headline was invented for this dataset.**" in card.text
    assert "| all | 60 | 120 |" in card.text
    assert "| Japanese headlines | 0 |" in card.text
    assert "{{" not in card.text


def test_the_manifest_names_what_there_is_and_neither_times_nor_places(tmp_path):
    export(tmp_path / "dataset")
    text = (tmp_path / "dataset" / "manifest.json").read_text()
    manifest = json.loads(text)
    assert str(tmp_path) not in text
    assert manifest["format"] == "alignkit-dataset/1"
    assert (manifest["name"], manifest["version"]) == ("Trial headlines", "0.1.0")
    assert manifest["files"].keys() | {"manifest.json"} == files(tmp_path / "dataset").keys()
    assert manifest["leakage"] == {"stories": 0, "wire_ids": 0, "english": 0, "japanese": 0}
    assert manifest["splits"]["test_from"] == "2031-06-24T00:00:00Z"
    assert manifest["rights"]["Sorami News"] == {"headlines": 66, "from_web": 0, "statement": None}
    assert manifest["configs"]["mt"].keys() == {"validation", "test"}


def test_writing_again_elsewhere_is_the_same_to_the_byte(tmp_path):
    export(tmp_path / "one" / "dataset")
    before = files(tmp_path / "one" / "dataset")
    export(tmp_path / "two")
    assert files(tmp_path / "two") == before
    (tmp_path / "two" / "stale.txt").write_text("from before")
    export(tmp_path / "two")
    assert files(tmp_path / "two") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_later_export_keeps_the_splits_of_an_earlier_one(tmp_path):
    first = export(tmp_path / "one", corpus(60))
    second = export(tmp_path / "two", corpus(90), previous=tmp_path / "one")
    split_of = [
        dict(read(tmp_path / name, "stories").select("story_id", "split").iter_rows()) for name in ("one", "two")
    ]
    assert {story: split_of[1][story] for story in split_of[0]} == split_of[0]
    assert second.pairs["test"] > first.pairs["test"]
    with pytest.raises(InputError, match=r"manifest.json: cannot be read"):
        export(tmp_path / "three", previous=tmp_path)


def test_a_few_pairs_may_leave_splits_and_configs_out(tmp_path):
    report = export(tmp_path / "dataset", corpus(1, dated=False, unpaired=0))
    assert list(report.pairs.values()) == [1]
    assert list(datasets.load_dataset(str(tmp_path / "dataset"))) == list(report.pairs)


# --- what cannot be exported ------------------------------------------------------------------------------------------


def test_nothing_to_write_and_nothing_to_read_are_said(tmp_path):
    with pytest.raises(StageError, match="no pair reached the threshold"):
        export(tmp_path / "dataset", (corpus()[0], corpus()[1].clear()))
    with pytest.raises(InputError, match=r"about.md: cannot be read"):
        export(tmp_path / "dataset", about=tmp_path / "about.md")
    with pytest.raises(InputError, match=r"pairs.parquet: does not exist"):
        export_dataset(tmp_path / "pairs.parquet", tmp_path / "dataset")
    assert not (tmp_path / "dataset").exists()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda pairs: pairs.drop("score"), "'score': is missing"),
        (lambda pairs: pairs.with_columns(margin=float("nan")), "row 1, column 'margin': is not a number: nan"),
        (lambda pairs: pairs.with_columns(score=1.5), "row 1, column 'score': cannot be used: 1.5"),
        (lambda pairs: pl.concat([pairs, pairs]), r"column 'pair_id': is there more than once"),
        (lambda pairs: pairs.with_columns(en_id=pl.lit("en-x")), "has no headline with this id: 'en-x'"),
    ],
)
def test_tables_that_are_wrong_are_refused_before_anything_is_written(tmp_path, spoil, message):
    headlines, pairs = corpus()
    with pytest.raises((SchemaError, StageError), match=message):
        export(tmp_path / "dataset", (headlines, spoil(pairs)))
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_row_far_down_a_file_is_named_by_its_number(tmp_path, monkeypatch):
    monkeypatch.setattr("alignkit.export.rows.BATCH_ROWS", 10)
    headlines, pairs = corpus()
    pairs = pairs.with_columns(score=pl.when(pl.int_range(pl.len()) == 77).then(float("nan")).otherwise("score"))
    with pytest.raises(SchemaError, match=r"row 78, column 'score'"):
        export(tmp_path / "dataset", (headlines, pairs))


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.tex").write_text("all of it")
    with pytest.raises(StageError, match="holds something that alignkit did not write"):
        export(tmp_path / "home")
    with pytest.raises(StageError, match="holds something that alignkit did not write"):
        export(tmp_path / "home" / "thesis.tex")
    assert (tmp_path / "home" / "thesis.tex").read_text() == "all of it"


def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path):
    export(tmp_path / "dataset")
    before = files(tmp_path / "dataset")
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, kept[1]))
    try:
        with pytest.raises(StageError, match=r"dataset: cannot be written \(.*[Ff]ile too large"):
            export(tmp_path / "dataset")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
    assert files(tmp_path / "dataset") == before
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]


KILLED = """
import os, sys
from pathlib import Path
import alignkit.export.dataset as dataset
from conftest import ROOT
from export.corpora import corpus
from alignkit.export.stage import export_dataset
dataset.render_card = lambda *_: os.kill(os.getpid(), 9)
headlines, pairs = corpus(40)
export_dataset(pairs, Path(sys.argv[1]), headlines=headlines)
"""


def test_an_export_that_is_killed_leaves_what_was_there(tmp_path):
    export(tmp_path / "dataset")
    before = files(tmp_path / "dataset")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "dataset")], env={"PYTHONPATH": str(ROOT / "tests")}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert files(tmp_path / "dataset") == before


# --- text or pointers -------------------------------------------------------------------------------------------------


def test_headlines_from_the_web_are_only_pointed_to(tmp_path):
    tables = corpus(from_web=True)
    assert export(tmp_path / "dataset", tables).text == "stand-off"
    texts = [text for text in tables[0]["text"] if len(text) > 4]
    for content in files(tmp_path / "dataset").values():
        assert not any(text.encode() in content for text in texts)
    for config in CONFIGS:
        loaded = datasets.load_dataset(str(tmp_path / "dataset"), config)
        words = {str(value) for rows in loaded.values() for row in rows for value in row.values()}
        assert not any(text in word for word in words for text in texts[:20])
    card = (tmp_path / "dataset" / "README.md").read_text()
    assert "**The dataset holds no headline's text.**" in card


def test_one_headline_from_the_web_is_enough(tmp_path):
    headlines, pairs = corpus()
    from_web = corpus(from_web=True)[0]
    assert export(tmp_path / "dataset", (headlines[:-1].vstack(from_web[-1:]), pairs)).text == "stand-off"


def test_their_text_needs_a_statement_for_each_outlet(tmp_path):
    tables = corpus(from_web=True)
    asked = {"with_text": True, "rights": {"Sorami News": "by permission", "Hibari Shimbun": "by permission"}}
    with pytest.raises(ConfigError, match=r"'export.rights': says nothing about outlets .*: 'Shiomi Nippo'"):
        export(tmp_path / "dataset", tables, settings=ExportSettings(**asked))
    asked["rights"]["*"] = "public domain"
    assert export(tmp_path / "dataset", tables, settings=ExportSettings(**asked)).text == "full"
    rights = json.loads((tmp_path / "dataset" / "manifest.json").read_text())["rights"]
    assert rights["Shiomi Nippo"]["statement"] == "public domain"


def test_the_salt_is_not_in_the_dataset(tmp_path):
    salted = INVENTED.model_copy(update={"salt": ExportSettings(salt="grains of it").salt})
    export(tmp_path / "dataset", corpus(from_web=True), settings=salted)
    export(tmp_path / "plain", corpus(from_web=True))
    assert not any(b"grains of it" in content for content in files(tmp_path / "dataset").values())
    assert json.loads((tmp_path / "dataset" / "manifest.json").read_text())["hashes"]["algorithm"] == "hmac-sha256"
    hashes = [set(read(tmp_path / name, "headlines")["sha256"]) for name in ("dataset", "plain")]
    assert not hashes[0] & hashes[1]
