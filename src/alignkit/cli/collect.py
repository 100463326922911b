"""alignkit collect: the headlines of a configuration's sources, as one table; live sources' are kept in a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, print_stages, print_table, progress_bar
from alignkit.cli.options import ConfigArgument, ForceOption, JsonOption, QuietOption, StrictOption

if TYPE_CHECKING:
    import datetime as dt
    import threading

    from alignkit.collect.live.run import LiveResult
    from alignkit.config import Config
    from alignkit.pipeline import StageReport
    from alignkit.progress import Progress

EXAMPLES: Final = """Examples:

\b
  alignkit collect                    in a folder with an alignkit.toml
  alignkit collect --strict           stop at the first row that cannot be read
  alignkit collect --config news.toml --store headlines.db --since 2031-05-01
  alignkit collect --outlet kahoku-shimpo --outlet kyodo-news-english
  alignkit collect --every 15m --log collect.log
"""

_MOST_REASONS: Final = 5
_ALWAYS_SHOWN: Final = ("fetched", "new", "revised", "unchanged")

StoreOption = Annotated[
    Path | None, typer.Option("--store", metavar="FILE", help="The store that live sources' headlines are kept in.")
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="From live sources, only what was published then or later.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="From live sources, only what was published before.")
]
OutletOption = Annotated[
    list[str] | None,
    typer.Option("--outlet", metavar="NAME", help="From live sources, only this outlet; repeatable."),
]
EveryOption = Annotated[
    str | None,
    typer.Option("--every", metavar="TIME", help="Keep going: a run every 15m, 6h, 1d … until SIGTERM or Ctrl-C."),
]
LogOption = Annotated[
    Path | None,
    typer.Option("--log", metavar="FILE", help="With --every: where to log, in files of 5 MB, five of them kept."),
]


def collect(
    config: ConfigArgument = Path(),
    *,
    config_option: Annotated[
        Path | None, typer.Option("--config", metavar="CONFIG", help="The same as the argument.")
    ] = None,
    store: StoreOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: OutletOption = None,
    every: EveryOption = None,
    log: LogOption = None,
    force: ForceOption = False,
    strict: StrictOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Read the sources into headlines.parquet.

    What cannot be read goes to rejects.jsonl with its file, row, value and reason, and the rest is kept. Headlines of feeds,
    sitemaps, pages, archives and mentions are kept in a store; a run that is stopped goes on where it was.
    """
    from alignkit.config import load_config

    loaded = _with_options(load_config(config_option or config), store, since, until, outlet)
    if every is not None:
        _watch(loaded, every, log, quiet=quiet)
        return
    with progress_bar(quiet=quiet) as progress:
        report = _collect(loaded, force=force, strict=strict, progress=progress)
    _print(report, loaded, as_json=as_json, quiet=quiet)


def _with_options(
    config: Config, store: Path | None, since: str | None, until: str | None, outlets: list[str] | None
) -> Config:
    """Put what the options say over what the configuration says."""
    settings: dict[str, object] = {}
    if store is not None:
        settings["store"] = str(store.absolute())
    if since is not None:
        settings["since"] = _day("--since", since)
    if until is not None:
        settings["until"] = _day("--until", until)
    if outlets:
        settings["outlets"] = tuple(outlets)
    return config.model_copy(update={"collect": config.collect.model_copy(update=settings)})


def _day(option: str, text: str) -> dt.datetime | dt.date:
    import datetime as dt

    from alignkit.errors import UsageError

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        remedy = "Write 2031-05-26 or 2031-05-26T07:00+09:00."
        raise UsageError("is no day or time", column=option, value=text, remedy=remedy) from None


def _collect(
    config: Config,
    *,
    force: bool = False,
    strict: bool = False,
    stop: threading.Event | None = None,
    progress: Progress,
) -> StageReport:
    from alignkit.pipeline import build

    (report,) = build(config, stages=("collect",), force=force, strict=strict, stop=stop, progress=progress)
    return report


def _watch(config: Config, every: str, log: Path | None, *, quiet: bool) -> None:
    from alignkit.collect.live.watch import logging_to, parse_interval, stopping, watch
    from alignkit.errors import UsageError
    from alignkit.progress import silent

    interval = parse_interval(every)
    report: StageReport | None = None

    def run(stop: threading.Event) -> LiveResult:
        nonlocal report
        report = _collect(config, stop=stop, progress=silent)
        if report.live is None:
            remedy = "Give one of kind feeds, sitemaps, pages, warc or mentions."
            raise UsageError("needs a live source", column="--every", remedy=remedy)
        return report.live

    with logging_to(log), stopping() as stop:
        watch(run, interval, stop)
    if report is not None:
        _print(report, config, as_json=False, quiet=quiet)


def _print(report: StageReport, config: Config, *, as_json: bool, quiet: bool) -> None:
    from alignkit.pipeline import LEADS_FILE, REJECTS_FILE

    results = {"output": str(config.output_folder)}
    if report.counts.get("rejects"):
        results["rejects"] = str(config.output_folder / REJECTS_FILE)
    if report.counts.get("leads"):
        results["leads"] = str(config.output_folder / LEADS_FILE)
    if report.live is None:
        print_stages([report], as_json=as_json, quiet=quiet, results=results)
        return
    results["store"] = str(config.store_path)
    if as_json:
        print_json({"counts": dict(report.counts), "outlets": _as_json(report.live), "results": results})
    elif not quiet:
        _print_tallies(report.live)
        print_stages([report], as_json=False, quiet=False, results=results)


def _as_json(live: LiveResult) -> dict[str, object]:
    return {name: tally.as_dict() for name, tally in live.tallies.items()}


def _print_tallies(live: LiveResult) -> None:
    """Print what became of each outlet, and what stood in the way most often."""
    total = live.total
    names = [name for name, count in total.figures().items() if count or name in _ALWAYS_SHOWN]
    tallies = [*sorted(live.tallies.items()), *([("all", total)] if len(live.tallies) > 1 else [])]
    rows = [(line, *(tally.figures()[name] for name in names)) for line, tally in tallies]
    print_table(("outlet", *names), rows)
    reasons = sorted(total.reasons.items(), key=lambda item: (-item[1], item[0]))
    for reason, count in reasons[:_MOST_REASONS]:
        typer.echo(f"  {count:,} × {reason}")
    if live.continued:
        typer.echo("It went on where an earlier run was stopped.")
    typer.echo()
