"""A dataset checked before it is published, against its own manifest and for what nobody should publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.errors import InputError
from alignkit.export.checks.card import check_card
from alignkit.export.checks.croissant import check_croissant, croissant_notes
from alignkit.export.checks.data import check_data, check_leakage
from alignkit.export.checks.files import check_files
from alignkit.export.checks.finding import Finding
from alignkit.export.checks.names import check_names
from alignkit.export.checks.permissions import check_permissions
from alignkit.export.checks.personal_data import check_personal_data
from alignkit.export.dataset_manifest import MANIFEST_FILE, read_manifest

if TYPE_CHECKING:
    from pathlib import Path


def check_dataset(folder: Path) -> list[Finding]:
    """Check a dataset's files, columns, rows, splits, card, rights and description, and look for personal data.

    Args:
        folder: The dataset's folder.

    Returns:
        What keeps the dataset from being published; nothing if it can be.

    Raises:
        InputError: There is no such folder.
    """
    if not folder.is_dir():
        raise InputError("is no folder", path=folder)
    try:
        manifest = read_manifest(folder)
    except InputError as error:
        return [Finding("manifest", error.problem, MANIFEST_FILE)]
    findings = [*check_files(folder, manifest), *check_data(folder, manifest)]
    # What is not the data that the manifest lists may have any columns, so that looking into it makes no sense.
    if not any(finding.code in {"file-missing", "manifest", "schema"} for finding in findings):
        findings += [*check_leakage(folder, manifest), *check_personal_data(folder, manifest)]
        findings += check_names(folder, manifest)
    return [*findings, *check_card(folder, manifest), *check_permissions(manifest), *check_croissant(folder)]


def notes_on(folder: Path) -> list[Finding]:
    """Say what could not be checked of a dataset."""
    return list(croissant_notes(folder))
