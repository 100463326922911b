from __future__ import annotations

import re
import shutil
import string
import subprocess
from dataclasses import replace

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
        ("a--b,,", r"a-\kern0pt{}-b,\kern0pt{},"),
        ('"', r"\texttt{\char34}"),
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
    bare = re.sub(r"\\text[a-z]+\{\}|\\[{}$&#_%]|\{[][*]\}|\\kern0pt\{\}|\\texttt\{\\char34\}", "", written)
    assert not set(bare) & set("\\{}$&#_%~^[]*<>|\"'`\n")


def compiled(engine, package, names, folder):
    """Put a table of systems of these names into a paper, compile it, and give the log."""
    test_set, outputs = many(2)
    systems = {name: outputs["good"][:place] + outputs["fair"][place:] for place, name in enumerate(names)}
    table = latex_table(evaluate(replace(test_set, name=names[0]), systems, SETTINGS))
    (folder / "table.tex").write_text(table, encoding="utf-8")
    packages = "".join(rf"\usepackage{{{name}}}" for name in ("booktabs", package) if name)
    # A wide page, so that no name is broken.
    page = r"\usepackage[paperwidth=60cm,textwidth=55cm]{geometry}"
    paper = rf"\documentclass{{article}}{packages}{page}\begin{{document}}\input{{table}}\end{{document}}"
    (folder / "paper.tex").write_text(paper, encoding="utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    return (folder / "paper.log").read_text(encoding="utf-8", errors="replace")


def printed(folder):
    """The text of the compiled paper."""
    command = ["pdftotext", "-layout", "paper.pdf", "-"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()


def needs(*programs_and_packages):
    """Skip a test where a program is not installed, or a LaTeX package ('.sty')."""
    missing = [name for name in programs_and_packages if not _is_installed(name)]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def _is_installed(name):
    if not name.endswith(".sty"):
        return shutil.which(name) is not None
    finder = shutil.which("kpsewhich")
    return finder is not None and subprocess.run([finder, name], capture_output=True, check=False).returncode == 0


SIGNS = string.punctuation
NAMES = (SIGNS, r"\input{/etc/passwd} $x_1 & #2% ~^", "a--b---c,,``d'' <<e>> ?`!`", r"\\[1ex] \end{tabular}")


@needs("pdflatex", "booktabs.sty", "geometry.sty")
def test_the_table_is_compiled_whatever_systems_are_called(tmp_path):
    assert "Missing character" not in compiled("pdflatex", None, NAMES, tmp_path)


@needs("lualatex", "booktabs.sty", "geometry.sty", "luatexja.sty", "pdftotext")
def test_lualatex_prints_names_as_they_are_in_any_script(tmp_path):
    names = (*NAMES, "翻訳システム一号", "全角～（株）・ー＿％", "ｶﾀｶﾅ")
    assert "Missing character" not in compiled("lualatex", "luatexja", names, tmp_path)
    text = printed(tmp_path)
    assert [name for name in names if name not in text] == []


def test_the_first_line_says_what_the_table_needs(table):
    assert table.startswith("% Needs \\usepackage{booktabs}.\n")
    test_set, outputs = many(1)
    first = latex_table(evaluate(test_set, {"翻訳": outputs["good"]}, SETTINGS)).partition("\n")[0]
    assert first == r"% Needs LuaLaTeX, \usepackage{luatexja} and \usepackage{booktabs}."
    first = latex_table(evaluate(test_set, {"Naïve": outputs["good"]}, SETTINGS)).partition("\n")[0]
    assert first.startswith("% Needs LuaLaTeX or XeLaTeX, a font with all characters of the names, and ")
