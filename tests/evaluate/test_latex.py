from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.evaluate.report.latex import escape_latex, latex_table
from alignkit.evaluate.settings import EvaluationSettings
from alignkit.evaluate.stage import evaluate
from alignkit.evaluate.statistics import of_segment_scores
from evaluate.evaluation_samples import SYSTEMS, evaluation_set, many

SETTINGS = EvaluationSettings(metrics=("chrf", "ter"), resamples=100, trials=500, study_references=False)


@pytest.fixture(scope="module")
def table():
    test_set, outputs = many(10)
    twin = [*outputs["good"][:-1], "強打者が300号"]
    return latex_table(evaluate(test_set, outputs | {"twin": twin}, SETTINGS))


def row_of(table, system):
    return next(line.strip() for line in table.splitlines() if line.strip().startswith(system))


def test_the_best_is_bold_and_what_equals_it_but_for_chance_is_marked(table):
    assert re.fullmatch(
        r"good & \\textbf{\d+\.\d\d} & \\small {\[}.*{\]} & \\textbf{\d+\.\d\d} & .*\\\\", row_of(table, "good")
    )
    assert r"$^{\dagger}$ & " in row_of(table, "twin")
    assert r"\textbf" not in row_of(table, "fair") + row_of(table, "poor")
    assert "dagger" not in row_of(table, "fair") + row_of(table, "poor")


def test_rules_part_the_clusters_and_the_caption_says_how_scores_were_made(table):
    body = table.partition(r"\midrule")[2].partition(r"\bottomrule")[0]
    assert [part.count(r"\\") for part in body.split(r"\midrule")] == [2, 1, 1]
    caption = next(line for line in table.splitlines() if r"\caption" in line).replace(r"\allowbreak{}", "")
    assert r"TER\textbarnrefs:var\textbarcase:lc" in caption
    assert r"alignkit\textbarrefs:all" in caption
    assert "approximate randomisation by story" in caption


def test_scores_about_one_have_more_digits():
    scores = np.full((3, 6), 0.81234)
    comet = of_segment_scores("COMET", "imported:comet.json|agg:mean", scores, higher_is_better=True)
    settings = EvaluationSettings(metrics=(), resamples=10, trials=10)
    table = latex_table(evaluate(evaluation_set(), SYSTEMS, settings, imported=[comet]))
    assert r"\textbf{0.8123}" in row_of(table, "good")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (r"\input{/etc/passwd}", r"\textbackslash{}input\{/etc/passwd\}"),
        ("50% of $x_1 & #2", r"50\% of \$x\_1 \& \#2"),
        ("a--b", "a-{}-b"),
        ("[1ex] *", "{[}1ex{]} {*}"),
        ("two\nlines\u202e\x00", "two lines"),
        ("翻訳~^", r"翻訳\textasciitilde{}\textasciicircum{}"),
    ],
)
def test_a_systems_name_is_printed_as_it_is(name, written):
    assert escape_latex(name) == written


@given(st.text())
def test_no_name_can_be_a_command_or_leave_its_braces(name):
    written = escape_latex(name)
    bare = re.sub(r"\\text[a-z]+\{\}|\\[{}$&#_%]|\{[][*]\}|-\{\}", "", written)
    assert not set(bare) & set("\\{}$&#_%~^[]*<>|\"'`\n")
