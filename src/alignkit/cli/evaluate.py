"""alignkit evaluate: MT systems on a dataset or on plain files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer

from alignkit.cli import evaluate_options as options
from alignkit.cli.console import print_json, progress_bar
from alignkit.cli.options import JsonOption, QuietOption
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.evaluate.result import Evaluation
    from alignkit.evaluate.statistics import Statistics
    from alignkit.evaluate.systems import SystemOutput
    from alignkit.evaluate.testset import EvaluationSet

EXAMPLES: Final = """Outputs are files with a line for each segment, or TSV, CSV or JSON Lines with ids.

Examples:

\b
  alignkit evaluate build/demo/dataset --hyp one.txt --hyp two.txt
  alignkit evaluate build/demo/dataset --hyp outputs/ --protocol one --out results
  alignkit evaluate build/demo/dataset --hyp outputs/ --html report.html --latex table.tex
  alignkit evaluate --src test.en --ref test.ja --hyp 'systems/*.ja' --tokenize char
  alignkit evaluate build/demo/dataset --hyp outputs/ --scores comet.json --human ratings.seg.score
"""

_WIDEST: Final = 1_000


def evaluate(
    dataset: options.Dataset = None,
    *,
    hyp: options.Hyp = None,
    split: options.Split = "test",
    src: options.Src = None,
    ref: options.Ref = None,
    stories: options.Stories = None,
    lang: options.Lang = None,
    metrics: options.Metrics = "bleu,chrf",
    tokenize: options.Tokenize = None,
    protocol: options.Protocol = "all",
    draws: options.Draws = 10,
    resamples: options.Resamples = 1_000,
    trials: options.Trials = 10_000,
    seed: options.Seed = 12_345,
    test: options.Test = "randomisation",
    title_limit: options.TitleLimit = None,
    scores: options.Scores = None,
    metric_cmd: options.MetricCmd = None,
    lower_is_better: options.LowerIsBetter = None,
    human: options.Human = None,
    encoding: options.Encoding = None,
    out: options.Out = None,
    html: options.Html = None,
    latex: options.Latex = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Score MT systems with sacrebleu and others, and tell which of them differ by more than chance."""
    from alignkit.evaluate.agreement import read_human_scores
    from alignkit.evaluate.settings import EvaluationSettings
    from alignkit.evaluate.stage import evaluate as evaluate_systems
    from alignkit.evaluate.systems import read_systems
    from alignkit.evaluate.writing import write_evaluation

    for path in (html, latex):
        if path is not None and path.is_dir():
            raise UsageError("is a folder", path=path, remedy="Name the file to write, such as report.html.")
    settings = EvaluationSettings(
        metrics=tuple(name.strip().lower() for name in metrics.split(",") if name.strip()),
        protocol=protocol,
        draws=draws,
        tokenize=tokenize,
        resamples=resamples,
        trials=trials,
        seed=seed,
        test=test,
        title_limit=title_limit,
    )
    test_set = _read_set(dataset, split, src, ref, stories, lang, encoding)
    systems = read_systems(hyp or [], test_set, encoding)
    imported = _imported(test_set, systems, scores or [], metric_cmd or [], lower_is_better or [])
    names = [system.name for system in systems]
    judged = None if human is None else read_human_scores(human, names, len(test_set.segments))
    with progress_bar(quiet=quiet or as_json) as progress:
        result = evaluate_systems(test_set, systems, settings, imported=imported, human=judged, progress=progress)
    if out is not None:
        write_evaluation(result, out)
    _write_reports(result, html, latex)
    if as_json:
        print_json(result.as_dict())
    elif not quiet:
        _print(result)
        for name, path in (("results", out), ("page", html), ("table", latex)):
            if path is not None:
                typer.echo(f"{name}: {path}")


def _read_set(
    dataset: Path | None,
    split: str,
    src: Path | None,
    ref: list[Path] | None,
    stories: Path | None,
    lang: str | None,
    encoding: str | None,
) -> EvaluationSet:
    from alignkit.evaluate.dataset_set import read_dataset
    from alignkit.evaluate.plain_set import read_plain

    if dataset is not None and (src or ref or stories):
        raise UsageError(
            "a dataset has sources and references of its own", remedy="Leave out --src, --ref and --stories."
        )
    if dataset is not None:
        return read_dataset(dataset, split=split, direction=lang or "en-ja", encoding=encoding)
    if not ref:
        raise UsageError("there is nothing to score on", remedy="Name a DATASET, or references with --ref.")
    return read_plain(ref, src, stories=stories, languages=lang, encoding=encoding)


def _imported(
    test_set: EvaluationSet, systems: list[SystemOutput], scores: list[str], commands: list[str], lower: list[str]
) -> list[Statistics]:
    from alignkit.evaluate.command import run_metric
    from alignkit.evaluate.imported import import_scores

    return import_scores(scores, systems, lower) + [run_metric(given, test_set, systems, lower) for given in commands]


def _write_reports(result: Evaluation, html: Path | None, latex: Path | None) -> None:
    from alignkit.evaluate.report.html import render_report
    from alignkit.evaluate.report.latex import latex_table
    from alignkit.storage import replacing_file

    for path, render in ((html, render_report), (latex, latex_table)):
        if path is not None:
            with replacing_file(path) as temporary:
                temporary.write_bytes(render(result).encode())


def _print(result: Evaluation) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from alignkit.evaluate.tables import signature_lines, text_tables

    # Wide tables are not cut: a terminal wraps them, and a file or a pager takes them whole.
    console = Console(highlight=False, width=_WIDEST)
    for shown in text_tables(result):
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for place, name in enumerate(shown.columns):
            table.add_column(name, justify="right" if place else "left", no_wrap=True)
        for row in shown.rows:
            table.add_row(*map(escape, row))
        if shown.title:
            console.print(f"\n{shown.title}", markup=False)
        console.print(table)
    typer.echo("")
    for line in signature_lines(result):
        typer.echo(line)
    for warning in result.warnings:
        typer.echo(f"alignkit: warning: {warning}", err=True)
