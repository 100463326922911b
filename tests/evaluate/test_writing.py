from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.errors import StageError
from alignkit.evaluate.settings import EvaluationSettings
from alignkit.evaluate.stage import evaluate
from alignkit.evaluate.tables import signature_lines, text_tables
from alignkit.evaluate.writing import write_evaluation
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

SETTINGS = EvaluationSettings(metrics=("chrf", "ter"), resamples=100, trials=100)


@pytest.fixture(scope="module")
def result():
    return evaluate(evaluation_set(), SYSTEMS, SETTINGS)


@pytest.fixture
def folder(result, tmp_path):
    write_evaluation(result, tmp_path / "results")
    return tmp_path / "results"


def test_everything_is_there_for_a_machine(result, folder):
    content = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    assert content == json.loads(json.dumps(result.as_dict()))
    chrf, ter = content["metrics"]
    assert [chrf["label"], chrf["higher_is_better"], ter["higher_is_better"]] == ["chrF2", True, False]
    assert chrf["systems"][0]["system"] == "good"
    assert chrf["systems"][0]["cluster"] == 1
    assert chrf["ceiling"]["scores"].keys() == SYSTEMS.keys()


def test_scores_and_pairs_are_tables(folder):
    scores = pl.read_csv(folder / "scores.csv")
    assert scores.height == 6
    assert {"metric", "system", "score", "low", "high", "cluster"} <= set(scores.columns)
    assert pl.read_csv(folder / "comparisons.csv").height == 6


def test_each_output_is_a_row_with_its_scores(result, folder):
    table = pl.read_parquet(folder / "segments.parquet")
    assert table.columns == ["id", "story_id", "system", "source", "hypothesis", "references", "chrF2", "TER"]
    assert table.height == 18
    fair = table.filter(pl.col("system") == "fair")
    assert fair["hypothesis"].to_list() == list(SYSTEMS["fair"])
    assert fair["TER"].to_list() == result.metrics[1].statistics.segment_scores[1].tolist()


def test_mt_metrics_eval_can_read_it(folder):
    def lines(name):
        return (folder / "mt-metrics-eval" / name).read_text(encoding="utf-8").splitlines()

    assert lines("sources/en-ja.txt")[0] == "Town opens its 7th library"
    assert lines("documents/en-ja.docs")[1] == "news\ts2"
    assert lines("references/en-ja.ref2.txt")[2] == "[No translation supplied]"
    assert lines("system-outputs/en-ja/poor.txt") == list(SYSTEMS["poor"])
    scores = [line.split("\t") for line in lines("metric-scores/en-ja/TER-all.seg.score")]
    assert [name for name, _ in scores] == ["good"] * 6 + ["fair"] * 6 + ["poor"] * 6
    # More is better there.
    assert all(float(score) <= 0 for _, score in scores)
    assert len(lines("metric-scores/en-ja/chrF2-all.sys.score")) == 3


def test_it_is_written_again_over_what_was_there(result, folder):
    write_evaluation(result, folder)
    with pytest.raises(StageError, match="is no folder"):
        write_evaluation(result, folder / "scores.csv")


def test_tables_for_a_terminal(result):
    tables = {table.title: table for table in text_tables(result)}
    scores = tables[""]
    assert scores.columns == ("system", "chrF2 ↑", "", "cluster", "TER ↓", "", "cluster")
    assert scores.rows[0][0] == "good"
    assert all(len(row) == len(scores.columns) for row in scores.rows)
    assert tables["pairs, by randomisation"].rows[0][0] == "good - fair"
    counts = tables["by number of references"]
    assert counts.columns == ("system", "chrF2, 1", "chrF2, 2", "chrF2, 3", "TER, 1", "TER, 2", "TER, 3")
    assert counts.rows[0] == ("segments", *["2"] * 6)
    assert [row[0] for row in counts.rows[1:]] == list(SYSTEMS)
    assert signature_lines(result)[0].startswith("chrF2|nrefs:var|")
