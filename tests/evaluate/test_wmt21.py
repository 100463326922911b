"""Real outputs of real systems, where they are there: the scores that WMT21 published."""

from __future__ import annotations

import csv

import pytest

from alignkit.evaluate.metrics import METRICS
from alignkit.evaluate.plain_set import read_plain
from alignkit.evaluate.statistics import extract
from alignkit.evaluate.systems import read_systems


@pytest.mark.parametrize(("pair", "system", "tokenize"), [("en-ja", "NiuTrans", "char"), ("ja-en", "WeChat-AI", "13a")])
def test_scores_are_the_published_ones(wmt21, pair, system, tokenize):
    source, target = pair.split("-")
    stem = f"newstest2021.{pair}"
    test_set = read_plain([wmt21 / f"{stem}.ref.A.{target}"], wmt21 / f"{stem}.src.{source}")
    assert (test_set.source_language, test_set.target_language) == (source, target)
    (output,) = read_systems([str(wmt21 / "systems" / f"{stem}.hyp.{system}.{target}")], test_set)
    with (wmt21 / "published-automatic-scores.tsv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if (row["pair"], row["system"]) == (pair, system)]
    published = {row["metric"]: float(row["score"]) for row in rows}
    for name in ("bleu", "chrf"):
        found = extract(METRICS[name], [output.outputs], [test_set.references], target, tokenize)
        assert output.name == system
        assert found.scores[0, 0] == pytest.approx(published[f"{name}-A"], abs=1e-6)
