from __future__ import annotations

import json
import sys

import pytest
import typer
from typer.testing import CliRunner

from alignkit.cli import evaluate
from alignkit.errors import InputError, UsageError
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

app = typer.Typer(rich_markup_mode=None)
app.command(epilog=evaluate.EXAMPLES)(evaluate.evaluate)
QUICK = ("--resamples", 100, "--trials", 200)


@pytest.fixture
def run(monkeypatch):
    """Run 'alignkit evaluate'; give what it printed, or raise what it raised."""
    monkeypatch.setenv("COLUMNS", "200")

    def _run(*arguments):
        result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
        assert result.exit_code == 0
        return result

    return _run


@pytest.fixture
def dataset(write):
    """A dataset of six stories with one to three reprints each."""
    rows = [
        {"id": segment.id, "source": segment.source, "references": [one.text for one in segment.references]}
        for segment in evaluation_set().segments
    ]
    return write("trial.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


@pytest.fixture
def outputs(write, tmp_path):
    """A folder with the outputs of three systems."""
    for name, texts in SYSTEMS.items():
        write(f"outputs/{name}.txt", "".join(f"{text}\n" for text in texts))
    return tmp_path / "outputs"


def test_help_shows_examples(run):
    assert "  alignkit evaluate build/demo/dataset --hyp one.txt --hyp two.txt" in run("--help").stdout


def test_scores_intervals_clusters_and_signatures_are_printed_and_warnings_beside_them(run, dataset, outputs):
    result = run(dataset, "--hyp", outputs, *QUICK)
    assert "BLEU ↑" in result.stdout
    assert "fair - good" in result.stdout
    assert "people: each reprint against the others of its story" in result.stdout
    assert "\nBLEU|nrefs:var|case:mixed|eff:no|tok:ja-mecab-" in result.stdout
    assert "\nalignkit|refs:all|draws:1|" in result.stdout
    assert "alignkit: warning: 6 stories are few" in result.stderr
    assert run(dataset, "--hyp", outputs, *QUICK, "--quiet").output == ""


def test_json_says_the_same_to_a_machine(run, dataset, outputs, tmp_path):
    arguments = (
        dataset,
        "--hyp",
        outputs / "good.txt",
        "--hyp",
        f"B={outputs / 'fair.txt'}",
        "--protocol",
        "one",
        *QUICK,
    )
    content = json.loads(run(*arguments, "--metrics", "chrf", "--draws", 2, "--json", "--out", tmp_path / "out").stdout)
    assert content["systems"] == ["good", "B"]
    assert content["protocol"] == "one"
    assert json.loads((tmp_path / "out" / "evaluation.json").read_text(encoding="utf-8")) == content


def test_titles_over_a_limit_are_counted(run, dataset, outputs):
    arguments = (dataset, "--hyp", outputs, "--metrics", "chrf", "--json", *QUICK)
    content = json.loads(run(*arguments, "--title-limit", 14).stdout)
    assert content["settings"]["title_limit"] == 14
    over = {each["system"]: each["faults"].get("over_limit", 0) for each in content["fidelity"]["systems"]}
    assert over == {name: sum(len(text) > 14 for text in texts) for name, texts in SYSTEMS.items()}
    without = json.loads(run(*arguments).stdout)
    assert without["settings"]["title_limit"] is None
    assert not any(each["faults"].get("over_limit") for each in without["fidelity"]["systems"])


def test_plain_files_are_scored_as_sacrebleu_takes_them(run, write, outputs):
    test_set = evaluation_set()
    source = write("src.en", "".join(f"{segment.source}\n" for segment in test_set.segments))
    first = write("a.ja", "".join(f"{texts[0]}\n" for texts in test_set.references))
    second = write("b.ja", "".join(f"{''.join(texts[1:2])}\n" for texts in test_set.references))
    arguments = ("--src", source, "--ref", first, "--ref", second, "--hyp", outputs, "--tokenize", "char", *QUICK)
    assert "|tok:char|" in run(*arguments).stdout


def test_other_metrics_and_people_join_in(run, dataset, outputs, write):
    command = f"length={sys.executable} {write('m.py', 'import sys; [print(len(line)) for line in sys.stdin]')}"
    scores = write("X-all.seg.score", "".join(f"{name} {row}\n" for name in SYSTEMS for row in range(6)))
    human = write("people.sys.score", "good 3\nfair 2\npoor 1\n")
    added = ("--scores", scores, "--metric-cmd", command, "--lower-is-better", "X", "--human", human)
    shown = run(dataset, "--hyp", outputs, "--metrics", "", *added, *QUICK).stdout
    assert "X ↓" in shown
    assert "length ↑" in shown
    assert "agreement with people" in shown


def test_wrong_use_is_an_error_with_words(run, dataset, outputs):
    with pytest.raises(UsageError, match="there is nothing to score on"):
        run("--hyp", outputs)
    with pytest.raises(UsageError, match="a dataset has sources and references of its own"):
        run(dataset, "--ref", dataset, "--hyp", outputs)
    with pytest.raises(UsageError, match="'--hyp': is missing"):
        run(dataset)
    with pytest.raises(UsageError, match="is no protocol: 'two'"):
        run(dataset, "--hyp", outputs, "--protocol", "two")
    with pytest.raises(UsageError, match="'--title-limit': is less than 1: 0"):
        run(dataset, "--hyp", outputs, "--title-limit", 0)
    with pytest.raises(InputError, match="does not exist"):
        run(dataset, "--hyp", outputs / "nobody.txt")
