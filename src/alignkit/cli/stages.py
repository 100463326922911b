"""What the commands that run stages from a configuration have in common."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from alignkit.cli.console import print_stages, progress_bar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from alignkit.pipeline import Stage


def run_stages(
    config_path: Path, stages: Sequence[Stage], *, force: bool, strict: bool, as_json: bool, quiet: bool
) -> None:
    """Run stages of a configuration and print what became of them."""
    from alignkit.config import load_config
    from alignkit.pipeline import DATASET_FOLDER, REJECTS_FILE, build

    config = load_config(config_path)
    with progress_bar(quiet=quiet) as progress:
        reports = build(
            config, stages=stages, force=force, strict=strict, processes=os.cpu_count() or 1, progress=progress
        )
    results = {"output": str(config.output_folder)}
    if any(report.counts.get("rejects") for report in reports):
        results["rejects"] = str(config.output_folder / REJECTS_FILE)
    if "export" in stages:
        results["dataset"] = str(config.output_folder / DATASET_FOLDER)
    print_stages(reports, as_json=as_json, quiet=quiet, results=results)
