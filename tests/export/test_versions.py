from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.errors import InputError, UsageError
from alignkit.export.content import content_hash
from alignkit.export.dataset_manifest import MANIFEST_FILE, read_manifest
from alignkit.export.versions import LEVELS, Change, Version, find_changes, next_version, parse_version, weight
from export.dataset_samples import exported, pair

VERSIONS = st.builds(Version, *[st.integers(0, 10**6)] * 3)


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    return exported(tmp_path_factory.mktemp("old") / "dataset", "1.2.3")


def rewritten(folder, config, change):
    """Change the rows of a config in place, manifest and all."""
    manifest = read_manifest(folder)
    for record in manifest.configs[config].values():
        for file in record.files:
            changed = change(pl.read_parquet(folder / file))
            changed.write_parquet(folder / file)
            record.content = content_hash([changed.to_arrow()])
    manifest.write(folder)
    return folder


@given(VERSIONS)
def test_a_version_is_read_back_as_it_is_written(version):
    assert parse_version(str(version)) == version == parse_version(str(version)[1:])


@given(VERSIONS, st.sampled_from(LEVELS))
def test_a_heavier_change_asks_for_a_higher_version(version, level):
    later = [version.raised(each) for each in LEVELS]
    assert version < later[0] < later[1] < later[2]
    assert version.raised(level) in later


@pytest.mark.parametrize("text", ["", "1", "1.2", "v1.2.3.4", "1.02.3", "1.2.3-rc1", "latest", "v１.2.3", " 1.2.3"])
def test_what_is_no_version_is_not_taken_for_one(text):
    assert parse_version(text) is None


def test_only_the_card_is_a_patch(old, tmp_path):
    new = exported(tmp_path / "new", "1.2.4", name="Another name")
    assert find_changes(old, new) == []
    assert next_version(old, new) == Version(1, 2, 4)


def test_rows_more_are_minor(old, tmp_path):
    new = exported(tmp_path / "new", rows=[pair(number) for number in range(13)])
    assert Change("minor", "pairs: 1 row more") in find_changes(old, new)
    assert next_version(old, new) == Version(1, 3, 0)


def test_values_computed_anew_are_minor(old, tmp_path):
    new = exported(tmp_path / "new", rows=[pair(number, score=0.9) for number in range(12)])
    assert Change("minor", "pairs: values of rows changed") in find_changes(old, new)
    assert next_version(old, new) == Version(1, 3, 0)


def test_rows_gone_or_in_another_split_are_major(old, tmp_path):
    fewer = exported(tmp_path / "fewer", rows=[pair(number) for number in range(11)])
    assert Change("major", "pairs: 1 row gone") in find_changes(old, fewer)
    moved = exported(tmp_path / "moved", seed=5)
    assert any("in another split" in change.what for change in find_changes(old, moved))
    assert next_version(old, fewer) == next_version(old, moved) == Version(2, 0, 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda rows: rows.drop("polarity"), Change("major", "pairs: column 'polarity' is gone")),
        (
            lambda rows: rows.with_columns(pl.col("score").cast(pl.String)),
            Change("major", "pairs: column 'score' is String, not Float64 any more"),
        ),
        (lambda rows: rows.with_columns(topic=pl.lit("town")), Change("minor", "pairs: column 'topic' was added")),
    ],
    ids=["gone", "type", "added"],
)
def test_columns_are_looked_at(old, tmp_path, change, expected):
    new = rewritten(exported(tmp_path / "new"), "pairs", change)
    assert find_changes(old, new) == [expected]


def test_a_config_that_is_gone_is_major_and_a_new_one_minor(old, tmp_path):
    new = exported(tmp_path / "new")
    manifest = read_manifest(new)
    del manifest.configs["stories"]
    manifest.write(new)
    assert find_changes(old, new) == [Change("major", "config 'stories' is gone")]
    assert find_changes(new, old) == [Change("minor", "config 'stories' was added")]


def test_the_heaviest_change_decides():
    assert weight([]) == "patch"
    assert weight([Change("minor", ""), Change("major", ""), Change("minor", "")]) == "major"


def test_a_dataset_without_texts_does_not_follow_one_with_them(old, tmp_path):
    new = exported(tmp_path / "new")
    read_manifest(new).model_copy(update={"text": "stand-off"}).write(new)
    with pytest.raises(UsageError, match="Publish the other form as a dataset of its own"):
        find_changes(old, new)


def test_what_cannot_be_read_is_named(old, tmp_path):
    new = exported(tmp_path / "new", rows=[pair(number) for number in range(13)])
    for file in (new / "data" / "pairs").iterdir():
        file.unlink()
    with pytest.raises(InputError, match=r"pairs.*parquet: cannot be read"):
        find_changes(old, new)
    read_manifest(old).model_copy(update={"version": "1.0.0-rc1"}).write(tmp_path)
    with pytest.raises(InputError, match=r"is no semantic version: '1\.0\.0-rc1'"):
        next_version(tmp_path, old)
    (tmp_path / MANIFEST_FILE).unlink()
    with pytest.raises(InputError, match=r"manifest.json: cannot be read"):
        find_changes(tmp_path, old)
