"""alignkit pair: which headlines could be one story."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alignkit.cli.options import ConfigArgument, ForceOption, JsonOption, QuietOption
from alignkit.cli.stages import run_stages

EXAMPLES: Final = """Examples:

\b
  alignkit pair                       in a folder with an alignkit.toml, after 'alignkit collect'
"""


def pair(
    config: ConfigArgument = Path(),
    *,
    force: ForceOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Find the pairs that could be one story: headlines.parquet to candidates.parquet."""
    run_stages(config, ("pair",), force=force, strict=False, as_json=as_json, quiet=quiet)
