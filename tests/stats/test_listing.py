from __future__ import annotations

import polars as pl
import pytest

from alignkit.config import ExportSettings
from alignkit.export.stage import export_dataset
from alignkit.stats.listing import list_pairs
from export.corpora import corpus
from export.dataset_samples import exported
from stats.datasets_on_disk import hostile_dataset, pair, small_dataset, write_dataset


def as_dicts(listing):
    return [dict(zip(listing.fields, row, strict=True)) for row in listing.rows]


def text(pieces):
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)


def test_all_pairs_are_listed_with_their_headlines_in_pieces(tmp_path):
    listing = list_pairs(small_dataset(tmp_path))
    rows = as_dicts(listing)
    assert listing.total == len(rows) == 40
    assert text(rows[0]["ja"]) == "仙台で地震、13人けが　津波なし"
    assert rows[0]["en_published_at"] == "2031-05-30 20:00"
    assert [row["split"] for row in rows].count("validation") == 4
    assert any(not isinstance(piece, str) for piece in rows[0]["en"])


def test_of_many_pairs_every_so_many_are_listed_and_splits_keep_their_shares(tmp_path):
    listing = list_pairs(small_dataset(tmp_path), most=20)
    rows = as_dicts(listing)
    assert (listing.total, len(rows)) == (40, 20)
    assert [[row["split"] for row in rows].count(split) for split in ("train", "validation", "test")] == [15, 2, 3]


def test_it_says_how_far_it_has_come(tmp_path):
    told = []
    list_pairs(small_dataset(tmp_path), progress=lambda *steps: told.append(steps))
    assert told == [("explain", 40, 40)]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_headline_without_text_is_none(tmp_path, lang):
    path = write_dataset(tmp_path, {"train": [pair(0), pair(1)]}) / "data" / "pairs" / "train-00000-of-00001.parquet"
    pl.read_parquet(path).with_columns(pl.lit(None, pl.String).alias(lang)).write_parquet(path)
    (row, _) = as_dicts(list_pairs(tmp_path))
    assert row[lang] is None
    assert text(row["ja" if lang == "en" else "en"])


def test_hostile_headlines_are_listed_as_they_are(tmp_path):
    rows = as_dicts(list_pairs(hostile_dataset(tmp_path)))
    assert text(rows[2]["en"]) == "</script><script>window.hacked = 3</script>"
    assert text(rows[4]["ja"]) == "見出しabc \u202etxet lacigol\u202c def \u2066ghi\u2069"


def test_what_alignkit_exports_is_listed(tmp_path):
    assert len(list_pairs(exported(tmp_path / "dataset")).rows) == 12


def test_a_stand_off_dataset_gives_pointers(tmp_path):
    headlines, pairs = corpus(stories=6, unpaired=0, from_web=True)
    settings = ExportSettings(name="Pointers", license="cc0-1.0")
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines, settings=settings)
    row = as_dicts(list_pairs(tmp_path / "dataset"))[0]
    assert (row["en"], row["ja"]) == (None, None)
    assert len(row["en_sha256"]) == 64
    assert row["ja_length"] == 14
