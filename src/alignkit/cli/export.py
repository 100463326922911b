"""alignkit export: the dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alignkit.cli.options import ConfigArgument, ForceOption, JsonOption, QuietOption
from alignkit.cli.stages import run_stages

EXAMPLES: Final = """Examples:

\b
  alignkit export                     in a folder with an alignkit.toml, after 'alignkit align'
"""


def export(
    config: ConfigArgument = Path(),
    *,
    force: ForceOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write the dataset: pairs.parquet to dataset/, which datasets.load_dataset loads."""
    run_stages(config, ("export",), force=force, strict=False, as_json=as_json, quiet=quiet)
