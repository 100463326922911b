from __future__ import annotations

import datasets
import polars as pl
import pytest
from huggingface_hub import DatasetCard

from alignkit.config import ExportSettings
from alignkit.errors import InputError, StageError
from alignkit.export.stage import export_dataset
from alignkit.schema import PAIRS


@pytest.fixture(autouse=True)
def _offline(monkeypatch, tmp_path):
    """Load datasets from the folder alone, with a cache of the test's own."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "hf")


def pairs(stories=60):
    rows = [
        {
            "pair_id": f"p{story}-{reprint}",
            "story_id": f"s{story}",
            "en_id": f"en{story}",
            "ja_id": f"ja{story}-{reprint}",
            "en": f"Headline {story}",
            "ja": f"見出し{story}の{reprint}",
            "cosine": 0.5,
            "margin": 1.2,
            "coverage_en": 0.5,
            "coverage_ja": 0.5,
            "numbers": "agree",
            "dates": "absent",
            "names": "absent",
            "polarity": "absent",
            "relation": "equivalent",
            "score": 0.5 + story / 120,
        }
        for story in range(stories)
        for reprint in range(1 + story % 3)
    ]
    return PAIRS.frame(rows)


def test_datasets_loads_what_is_written_with_its_splits_and_features(tmp_path):
    counts = export_dataset(pairs(), tmp_path / "dataset")
    loaded = datasets.load_dataset(str(tmp_path / "dataset"))
    assert {split: rows.num_rows for split, rows in loaded.items()} == counts
    assert sum(counts.values()) == 120
    assert list(loaded["train"].features) == PAIRS.schema.names()
    assert loaded["train"].features["en"] == datasets.Value("string")
    rows = pl.concat([rows.to_polars() for rows in loaded.values()]).cast(dict(PAIRS.schema))
    assert rows.sort("pair_id").equals(pairs().sort("pair_id"))
    streamed = datasets.load_dataset(str(tmp_path / "dataset"), split="test", streaming=True)
    assert len(list(streamed)) == counts["test"]


def test_it_can_be_joined_with_anybodys_strings(tmp_path):
    export_dataset(pairs(), tmp_path / "dataset")
    ours = datasets.load_dataset(str(tmp_path / "dataset"), split="train").select_columns(["en"])
    joined = datasets.concatenate_datasets([ours, datasets.Dataset.from_dict({"en": ["A headline of theirs"]})])
    assert joined.num_rows == ours.num_rows + 1


def test_the_card_says_what_is_in_it(tmp_path, write):
    about = write("about.md", "Written *about* it.\n")
    settings = ExportSettings(name="Trial headlines", license="cc-by-4.0", synthetic=True, seed=3)
    export_dataset(pairs(), tmp_path / "dataset", settings=settings, about=about)
    card = DatasetCard.load(tmp_path / "dataset" / "README.md")
    assert card.data.license == "cc-by-4.0"
    assert card.data.language == ["en", "ja"]
    assert card.data.size_categories == ["n<1K"]
    assert "synthetic" in card.data.tags
    assert "# Trial headlines\n\nWritten *about* it.\n" in card.text
    assert "**Every headline was invented for this dataset.**" in card.text
    assert "| all | 60 | 120 |" in card.text
    assert "| `score` | float64 |" in card.text
    assert "{{" not in card.text


def test_writing_again_replaces_the_dataset_and_is_the_same_to_the_byte(tmp_path):
    folder = tmp_path / "dataset"
    export_dataset(pairs(), folder)
    before = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "stale.txt").write_text("from before")
    export_dataset(pairs(), folder)
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]


def test_a_few_pairs_may_leave_splits_out(tmp_path):
    counts = export_dataset(pairs(1), tmp_path / "dataset")
    assert list(counts.values()) == [1]
    assert list(datasets.load_dataset(str(tmp_path / "dataset"))) == list(counts)


def test_nothing_to_write_and_nothing_to_read_are_said(tmp_path):
    with pytest.raises(StageError, match="no pair reached the threshold"):
        export_dataset(pairs(0), tmp_path / "dataset")
    with pytest.raises(InputError, match=r"about.md: cannot be read"):
        export_dataset(pairs(), tmp_path / "dataset", about=tmp_path / "about.md")
    assert not (tmp_path / "dataset").exists()
