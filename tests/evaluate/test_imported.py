from __future__ import annotations

import json
import sys

import pytest

from alignkit.errors import InputError, StageError, UsageError
from alignkit.evaluate.command import run_metric
from alignkit.evaluate.imported import import_scores
from alignkit.evaluate.systems import SystemOutput
from evaluate.evaluation_samples import SYSTEMS, evaluation_set

GOOD, POOR = (SystemOutput(name, SYSTEMS[name]) for name in ("good", "poor"))
BOTH = [GOOD, POOR]


def comet(**outputs):
    """What 'comet-score --to_json' writes: lists of segments by the paths of the systems' files."""
    return json.dumps(
        {
            f"outputs/{name}.txt": [{"src": "x", "mt": text, "ref": "y", "COMET": len(text) / 100} for text in texts]
            for name, texts in outputs.items()
        }
    )


def metricx(texts, score=2.5):
    return "".join(json.dumps({"source": "x", "hypothesis": text, "prediction": score}) + "\n" for text in texts)


def test_comets_json_is_read(write):
    file = write("comet.json", comet(good=GOOD.outputs, poor=POOR.outputs, another=["z"] * 6))
    (found,) = import_scores([str(file)], BOTH)
    assert (found.name, found.signature, found.higher_is_better) == ("COMET", "imported:comet.json|agg:mean", True)
    assert found.segment_scores[0].tolist() == [len(text) / 100 for text in GOOD.outputs]
    assert found.scores[0, 1] == pytest.approx(sum(map(len, POOR.outputs)) / 600)


def test_metricx_writes_a_file_for_each_system_and_is_matched_by_name_or_by_the_outputs(write):
    files = [write("good.jsonl", metricx(GOOD.outputs, 1.0)), write("run-17.jsonl", metricx(POOR.outputs, 9.0))]
    (found,) = import_scores([f"MetricX-24={file}" for file in files], BOTH)
    assert (found.name, found.higher_is_better, found.scores[0].tolist()) == ("MetricX-24", False, [1.0, 9.0])


def test_segment_scores_of_mt_metrics_eval_are_read(write):
    lines = [f"{system.name}\t{place / 10}\n" for system in BOTH for place in range(6)] + ["other 1\n"]
    (found,) = import_scores([str(write("BLEURT-20-refA.seg.score", "".join(lines)))], BOTH, ["BLEURT-20"])
    assert (found.name, found.higher_is_better) == ("BLEURT-20", False)
    assert found.segment_scores[1].tolist() == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])


def test_scores_of_some_segments_never_pass_for_scores_of_all(write):
    with pytest.raises(InputError, match="has no COMET scores for poor"):
        import_scores([str(write("a.json", comet(good=GOOD.outputs)))], BOTH)
    with pytest.raises(InputError, match="has 5 scores for good where there are 6 segments"):
        import_scores([str(write("b.json", comet(good=GOOD.outputs[:5], poor=POOR.outputs)))], BOTH)
    with pytest.raises(InputError, match=r"row 2, column 'COMET': is no score: nan"):
        content = json.loads(comet(good=GOOD.outputs, poor=POOR.outputs))
        content["outputs/good.txt"][1]["COMET"] = float("nan")
        import_scores([str(write("c.json", json.dumps(content)))], BOTH)
    with pytest.raises(InputError, match=r"row 1: is no score: 'None'"):
        import_scores([str(write("X-refA.seg.score", "good None\n"))], BOTH)


def test_scores_of_other_outputs_are_refused(write):
    changed = ["別の出力", *GOOD.outputs[1:]]
    with pytest.raises(InputError, match=r"row 1: is scored for another output of good: '別の出力'. Score the outputs"):
        import_scores([str(write("a.json", comet(good=changed, poor=POOR.outputs)))], BOTH)


def test_what_is_no_file_of_scores_is_an_error(write):
    with pytest.raises(InputError, match="is no file of scores that is known by its name"):
        import_scores([str(write("scores.txt", ""))], BOTH)
    with pytest.raises(InputError, match="is not what comet-score --to_json writes"):
        import_scores([str(write("a.json", "[]"))], BOTH)
    with pytest.raises(InputError, match=r"row 1: is not 'system score': 'good 1 2'"):
        import_scores([str(write("X-refA.seg.score", "good 1 2\n"))], BOTH)


def test_a_command_reads_segments_and_writes_scores(write):
    script = write(
        "count.py",
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    row = json.loads(line)\n"
        "    print(len(row['hypothesis']) / max(map(len, row['references'])))\n",
    )
    found = run_metric(f"length={sys.executable} {script}", evaluation_set(), BOTH)
    assert (found.name, found.signature) == ("length", "command|agg:mean")
    assert found.segment_scores[0, 0] == len(GOOD.outputs[0]) / max(map(len, evaluation_set().references[0]))


def test_a_command_that_fails_or_leaves_lines_out_is_an_error(write):
    def run(code):
        return run_metric(f"x={sys.executable} {write('x.py', code)}", evaluation_set(), BOTH)

    with pytest.raises(StageError, match="failed with exit code 3"):
        run("import sys; sys.stdin.read(); sys.exit(3)")
    with pytest.raises(StageError, match="answered 1 of 12 segments"):
        run("import sys; sys.stdin.read(); print(1.0)")
    with pytest.raises(InputError, match=r"row 1: is no score: 'fine'"):
        run("import sys; [print('fine') for _ in sys.stdin]")
    with pytest.raises(StageError, match="cannot be run"):
        run_metric("x=/no/such/command", evaluation_set(), BOTH)
    with pytest.raises(UsageError, match="is not NAME=COMMAND: 'cat'"):
        run_metric("cat", evaluation_set(), BOTH)
