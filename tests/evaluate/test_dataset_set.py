from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest

from alignkit.errors import InputError, UsageError
from alignkit.evaluate.dataset_set import read_dataset

MT = [
    {
        "id": "s1",
        "source_id": "en1",
        "source": "Quake on island",
        "references": ["島で地震", "地震、島で"],
        "reference_ids": ["ja1", "ja2"],
        "reference_outlets": ["North", "South"],
        "reference_relations": ["equivalent", "en_more"],
    },
    {
        "id": "s2",
        "source_id": "en2",
        "source": "Library opens",
        "references": ["図書館が開館"],
        "reference_ids": ["ja3"],
        "reference_outlets": [None],
        "reference_relations": ["equivalent"],
    },
]
STORIES = [
    {
        "story_id": "s2",
        "en": "Library opens (Agency)",
        "en_outlet": "Agency",
        "section": "local",
        "en_published_at": dt.datetime(2031, 5, 1, tzinfo=dt.UTC),
        "references": [{"ja_id": "ja3", "text": "図書館が開館", "outlet": "North", "relation": "equivalent"}],
    },
]


@pytest.fixture
def dataset(tmp_path):
    """Write configs of a dataset, as they are published."""

    def _dataset(**configs):
        folder = tmp_path / "headlines"
        for name, rows in configs.items():
            (folder / "data" / name).mkdir(parents=True)
            pl.DataFrame(rows).write_parquet(folder / "data" / name / "test-00000-of-00001.parquet")
        return folder

    return _dataset


def test_each_story_is_a_segment_and_each_reprint_a_reference(dataset):
    test_set = read_dataset(dataset(mt=MT, stories=STORIES))
    assert (test_set.name, test_set.source_language, test_set.target_language) == ("headlines", "en", "ja")
    assert test_set.references == [("島で地震", "地震、島で"), ("図書館が開館",)]
    second = test_set.segments[0].references[1]
    assert (second.id, second.outlet, second.relation) == ("ja2", "South", "en_more")
    # What the config 'stories' knows comes with it, to slice results by.
    assert test_set.segments[0].attributes == {}
    assert test_set.segments[1].attributes["section"] == "local"
    assert test_set.segments[1].attributes["published_at"].startswith("2031-05-01")


def test_the_config_stories_does_where_there_is_no_other(dataset):
    (segment,) = read_dataset(dataset(stories=STORIES)).segments
    assert (segment.id, segment.source, segment.references[0].outlet) == ("s2", "Library opens (Agency)", "North")


def test_translated_back_each_reprint_is_a_segment_of_its_story(dataset):
    test_set = read_dataset(dataset(mt=MT), direction="ja-en")
    assert [(one.id, one.source, one.story) for one in test_set.segments] == [
        ("ja1", "島で地震", "s1"),
        ("ja2", "地震、島で", "s1"),
        ("ja3", "図書館が開館", "s2"),
    ]
    assert test_set.references[1] == ("Quake on island",)
    assert test_set.segments[1].attributes == {"outlet": "South"}
    assert test_set.story_codes.tolist() == [0, 0, 1]


def test_json_lines_of_the_same_columns_are_read(write):
    rows = [
        {"id": 7, "source": "Quake", "references": ["地震", None, " "], "story": "a"},
        {"id": 8, "source": "Library", "targets": [{"translation": "図書館"}, {"translation": "図書館へ"}]},
    ]
    test_set = read_dataset(write("set.jsonl", "\n".join(map(json.dumps, rows))))
    assert test_set.references == [("地震",), ("図書館", "図書館へ")]
    assert [(one.id, one.story) for one in test_set.segments] == [("7", "a"), ("8", "8")]


def test_what_cannot_be_used_is_an_error_that_says_where(dataset, write, tmp_path):
    folder = dataset(mt=MT)
    with pytest.raises(InputError, match=r"has no split 'dev' with references. It has: test\."):
        read_dataset(folder, split="dev")
    with pytest.raises(UsageError, match="is no direction of a dataset: 'en-de'"):
        read_dataset(folder, direction="en-de")
    with pytest.raises(InputError, match=r"does not exist\. Name a dataset's folder"):
        read_dataset(tmp_path / "nothing")
    with pytest.raises(InputError, match=r"row 1, column 'references': is missing. Its columns are: id, source\."):
        read_dataset(write("a.jsonl", '{"id": "a", "source": "Quake"}'))
    with pytest.raises(InputError, match=r"row 2, column 'id': has the id of row 1: 'a'"):
        read_dataset(write("b.jsonl", '{"id": "a", "source": "x", "references": ["y"]}\n' * 2))
    with pytest.raises(InputError, match=r"row 1: has no reference: 'Quake'"):
        read_dataset(write("c.jsonl", '{"id": "a", "source": "Quake", "references": []}'))
    with pytest.raises(InputError, match="column 'references': is no list: '地震'"):
        read_dataset(write("d.jsonl", '{"id": "a", "source": "Quake", "references": "地震"}'))
    with pytest.raises(InputError, match="is not a Parquet file that can be read"):
        read_dataset(write("e.parquet", b"no parquet"))


def test_a_stand_off_dataset_has_to_be_fetched_first(dataset):
    pointers = [{"id": "s1", "source_sha256": "ab", "source_length": 2, "reference_sha256": ["cd"]}]
    with pytest.raises(
        InputError, match=r"holds no text: it is a stand-off dataset. Fetch it first with 'alignkit hydrate'"
    ):
        read_dataset(dataset(mt=pointers))
