"""alignkit export: the dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from alignkit.cli.options import ConfigArgument, ForceOption, JsonOption, QuietOption

EXAMPLES: Final = """Examples:

\b
  alignkit export                     in a folder with an alignkit.toml, after 'alignkit align'
  alignkit export --with-text         headlines from the web with their text, as [export.rights] allows
  alignkit export --redact crime      names of suspects, victims and others in such news as [NAME]
"""


def export(
    config: ConfigArgument = Path(),
    *,
    with_text: Annotated[
        bool,
        typer.Option(
            "--with-text", help="Also write headlines from the web as text; [export.rights] must say by what right."
        ),
    ] = False,
    redact: Annotated[
        Literal["none", "crime", "people"] | None,
        typer.Option(
            help="Take names of people out of headlines: in news of crime, courts, accidents and deaths, or everywhere; "
            "instead of what [export] says."
        ),
    ] = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write the dataset: pairs.parquet and headlines.parquet to dataset/, which datasets.load_dataset loads.

    Headlines that were collected from the web are only pointed to, unless their text is asked for.
    """
    from alignkit.cli.console import print_stages, progress_bar
    from alignkit.config import load_config
    from alignkit.pipeline import DATASET_FOLDER, build

    settings = load_config(config)
    changed = ({"with_text": True} if with_text else {}) | ({"redact": redact} if redact else {})
    settings = settings.model_copy(update={"export": settings.export.model_copy(update=changed)})
    with progress_bar(quiet=quiet) as progress:
        reports = build(settings, stages=("export",), force=force, progress=progress)
    folder = settings.output_folder
    results = {"output": str(folder), "dataset": str(folder / DATASET_FOLDER)}
    print_stages(reports, as_json=as_json, quiet=quiet, results=results)
