"""alignkit collect: the headlines of a configuration's sources, as one table."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alignkit.cli.options import ConfigArgument, ForceOption, JsonOption, QuietOption, StrictOption
from alignkit.cli.stages import run_stages

EXAMPLES: Final = """Examples:

\b
  alignkit collect                    in a folder with an alignkit.toml
  alignkit collect --strict           stop at the first row that cannot be read
"""


def collect(
    config: ConfigArgument = Path(),
    *,
    force: ForceOption = False,
    strict: StrictOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Read the sources into headlines.parquet.

    What cannot be read goes to rejects.jsonl with its file, row, value and reason, and the rest is kept.
    """
    run_stages(config, ("collect",), force=force, strict=strict, as_json=as_json, quiet=quiet)
