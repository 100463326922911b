"""Options that several commands share, so that they are called and mean the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigArgument = Annotated[
    Path,
    typer.Argument(metavar="CONFIG", help="An alignkit.toml, or a folder that has one.", show_default="this folder"),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Run even if nothing has changed since the last run.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Stop at the first row that cannot be read.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
