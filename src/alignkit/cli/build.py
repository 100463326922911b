"""alignkit build: the main job, from headlines to a published dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alignkit.cli.options import ConfigArgument, ForceOption, JsonOption, QuietOption, StrictOption
from alignkit.cli.stages import run_stages

EXAMPLES: Final = """Examples:

\b
  alignkit build                      in a folder with an alignkit.toml
  alignkit build corpora/demo         the demonstration corpus
  alignkit build --force --json       run every stage again, summary as JSON
"""


def build(
    config: ConfigArgument = Path(),
    *,
    force: ForceOption = False,
    strict: StrictOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Collect, pair, align and export: from headlines to a dataset.

    The output folder gets headlines.parquet, candidates.parquet, pairs.parquet, rejects.jsonl, manifest.json and
    dataset/. A stage whose inputs and settings have not changed is not run again; a run that was stopped goes on.
    """
    run_stages(config, ("collect", "pair", "align", "export"), force=force, strict=strict, as_json=as_json, quiet=quiet)
