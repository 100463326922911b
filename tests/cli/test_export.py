from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.cli import main
from alignkit.export.dataset_manifest import read_manifest
from export.corpora import corpus

CONFIG = """
output = "out"
[[sources]]
path = "en.txt"
lang = "en"
"""


@pytest.fixture
def project(write, tmp_path):
    """A folder in which everything but the export is done; its headlines come from the web."""
    write("alignkit.toml", CONFIG + '[export.rights]\n"*" = "by permission"\n')
    write("en.txt", "Harbor town to rebuild its lighthouse\n")
    (tmp_path / "out").mkdir()
    headlines, pairs = corpus(20, from_web=True)
    headlines.write_parquet(tmp_path / "out" / "headlines.parquet")
    pairs.write_parquet(tmp_path / "out" / "pairs.parquet")
    return tmp_path


def test_headlines_from_the_web_are_pointed_to_unless_their_text_is_asked_for(project, capfd):
    assert main(["export", str(project), "--json"]) == 0
    said = json.loads(capfd.readouterr().out)
    counts = said["stages"]["export"]["counts"]
    assert counts["shared between splits"] == 0
    assert sum(counts[split] for split in ("train", "validation", "test") if split in counts) == 39
    assert said["results"]["dataset"] == str(project / "out" / "dataset")
    assert read_manifest(project / "out" / "dataset").text == "stand-off"
    assert main(["export", str(project), "--with-text", "--quiet"]) == 0
    assert capfd.readouterr().out == ""
    assert read_manifest(project / "out" / "dataset").text == "full"


def test_text_without_a_right_is_refused(project, capfd, write):
    write("alignkit.toml", CONFIG)
    assert main(["export", str(project), "--with-text"]) == 2
    assert "'export.rights': says nothing about outlets" in capfd.readouterr().err
    assert not (project / "out" / "dataset").exists()


def test_a_file_with_a_wrong_row_is_named(project, capfd):
    pairs = corpus(20)[1].with_columns(score=pl.lit(float("nan")))
    pairs.write_parquet(project / "out" / "pairs.parquet")
    assert main(["export", str(project)]) == 1
    assert "pairs.parquet, row 1, column 'score'" in capfd.readouterr().err
