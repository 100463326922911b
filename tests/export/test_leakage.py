"""Real headlines and the demonstration corpus: nothing is in two splits."""

from __future__ import annotations

import json
import random

import polars as pl
import pytest

from alignkit import collect_headlines, load_config
from alignkit.collect.sources import WmtSource
from alignkit.config import ExportSettings
from alignkit.evaluate.gold import read_gold
from alignkit.export.check import check_dataset
from alignkit.export.leakage import find_leakage
from alignkit.export.stage import export_dataset
from alignkit.schema import PAIRS
from conftest import DEMO
from export.corpora import pair


def pairs_of(couples):
    """Make pairs of rows of the table headlines, a story of each English one."""
    draw = random.Random(1)  # noqa: S311 - no secret
    rows = [pair(en, ja, f"s-{en['id']}", draw) | {"wire_id": ja["wire_id"] or en["wire_id"]} for en, ja in couples]
    return PAIRS.frame(rows)


def export_and_check(folder, headlines, pairs):
    settings = ExportSettings(license="other", synthetic=True, seed=5)
    report = export_dataset(pairs, folder, headlines=headlines, settings=settings)
    assert sum(report.pairs.values()) == pairs.height
    assert list(report.pairs) == ["train", "validation", "test"]
    assert report.leakage.total == 0
    return check_dataset(folder)


def test_the_demonstration_corpus(tmp_path):
    headlines = collect_headlines(load_config(DEMO).sources, folder=DEMO).headlines
    row_of = {row["url"]: row for row in headlines.iter_rows(named=True)}
    gold = read_gold(DEMO / "gold.tsv").filter(
        pl.col("relation").is_in(["equivalent", "en_more", "ja_more", "overlap"])
    )
    gold = gold.unique("ja_url", keep="first", maintain_order=True)
    couples = [(row_of[en], row_of[ja]) for en, ja in gold.select("en_url", "ja_url").iter_rows()]
    pairs = pairs_of(couples)
    assert export_and_check(tmp_path / "dataset", headlines, pairs) == []


@pytest.mark.parametrize(("direction", "with_telephone"), [("ja-en", 2), ("en-ja", 0)])
def test_wmt21(tmp_path, wmt21, direction, with_telephone):
    source = WmtSource(kind="wmt", path=str(wmt21 / f"newstest2021.{direction}.all.xml"), segments="all")
    headlines = collect_headlines([source], folder=wmt21).headlines
    couples = {}
    for row in headlines.iter_rows(named=True):
        couples.setdefault(row["source"].rpartition("#")[2], {})[row["lang"]] = row
    whole = [(couple["en"], couple["ja"]) for couple in couples.values() if len(couple) == 2]
    assert len(whole) > 900
    findings = export_and_check(tmp_path / "dataset", headlines, pairs_of(whole))
    # Two of its English segments do give somebody's telephone number.
    assert [finding.code for finding in findings] == ["personal-data"] * with_telephone


def test_what_is_in_two_splits_is_counted():
    index = pl.DataFrame(
        {
            "split": ["train", "test", "train", "test", None],
            "lang": ["en", "en", "ja", "ja", "ja"],
            "story": ["a", "b", "a", "a", "b"],
            "wire": [None, None, "1", "1", "2"],
            "text": [1, 1, 2, 3, 2],
        }
    )
    found = find_leakage(index)
    assert json.loads(json.dumps(found.as_dict())) == {"stories": 1, "wire_ids": 1, "english": 1, "japanese": 0}
    assert found.total == 3
