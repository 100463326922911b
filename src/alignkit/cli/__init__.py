"""The command line: one file a command, each of which parses options, calls one function and prints a summary."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

import alignkit
from alignkit.cli import (
    align,
    assess,
    build,
    check,
    collect,
    convert,
    evaluate,
    explain,
    export,
    hydrate,
    inspect,
    outlets,
    pair,
    publish,
    stats,
    store,
)
from alignkit.errors import AlignkitError

_EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="alignkit",
    epilog="Start with: alignkit align --en english.txt --ja japanese.txt",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command(epilog=build.EXAMPLES)(build.build)
app.command(epilog=collect.EXAMPLES)(collect.collect)
app.command(epilog=pair.EXAMPLES)(pair.pair)
app.command(epilog=align.EXAMPLES)(align.align)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=check.EXAMPLES)(check.check)
app.command(epilog=publish.EXAMPLES)(publish.publish)
app.command(epilog=hydrate.EXAMPLES)(hydrate.hydrate)
app.command(epilog=stats.EXAMPLES)(stats.stats)
app.command(epilog=convert.EXAMPLES)(convert.convert)
app.command(epilog=assess.EXAMPLES)(assess.assess)
app.command(epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.command(epilog=explain.EXAMPLES)(explain.explain)
app.command(epilog=inspect.EXAMPLES)(inspect.inspect)
app.add_typer(outlets.app)
app.add_typer(store.app)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        typer.echo(f"alignkit {alignkit.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Pair English news-agency headlines with the Japanese reprints of the same story, and publish them as a dataset."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command and give its exit code: 0 done, 1 failed, 2 used wrongly, 130 interrupted.

    Args:
        arguments: The arguments without the program's name; None for those the program was called with.
    """
    logging.basicConfig(format="alignkit: %(levelname)s: %(message)s", level=logging.WARNING)
    try:
        app(arguments, prog_name="alignkit")
    except AlignkitError as error:
        typer.echo(f"alignkit: error: {error}", err=True)
        return error.exit_code
    except SystemExit as end:
        if end.code == _EXIT_INTERRUPTED:
            typer.echo("alignkit: interrupted; the same command goes on where it was", err=True)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
