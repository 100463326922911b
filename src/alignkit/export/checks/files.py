"""Whether a dataset's folder holds the files that its manifest lists, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignkit.export.checks.finding import Finding
from alignkit.export.dataset_manifest import file_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest

_OF_THE_HUB: Final = (".gitattributes", ".git/", ".cache/")
"""What the Hub and its client put into a folder."""


def check_files(folder: Path, manifest: DatasetManifest) -> Iterator[Finding]:
    """Compare the folder's files with the manifest: names, sizes and hashes."""
    found = file_records(folder)
    for name, record in manifest.files.items():
        if name not in found:
            yield Finding("file-missing", "is listed in the manifest and is not there", name)
        elif found[name] != record:
            yield Finding("file-changed", f"is not what the manifest lists (sha256 {found[name].sha256})", name)
    for name in found.keys() - manifest.files.keys():
        if not name.startswith(_OF_THE_HUB):
            yield Finding("file-stray", "is not listed in the manifest", name)
