"""Whether the dataset's description in the Croissant format is there, holds, and says what the manifest says."""

from __future__ import annotations

import importlib
import json
import logging
import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from alignkit.errors import InputError
from alignkit.export.checks.finding import Finding
from alignkit.export.croissant import CROISSANT_FILE, RAI_SECTIONS, license_address
from alignkit.export.dataset_manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest

_PACKAGE: Final = "mlcroissant"
# The day of export would make other bytes of the same dataset every day, and the last headline's is of something else.
_ADVICE: Final = {
    '"https://schema.org/datePublished"': "write 'published: YYYY-MM-DD' between the lines '---' that [export] about "
    "begins with, since the data does not tell on which day it is published",
}
"""What to do where mlcroissant misses a property."""


def check_croissant(folder: Path) -> Iterator[Finding]:
    """Compare the description with the manifest, and build it with mlcroissant; `croissant_notes` says what is not done."""
    path = folder / CROISSANT_FILE
    if not path.is_file():
        return
    try:
        description = json.loads(path.read_bytes())
        manifest = read_manifest(folder)
    except (ValueError, InputError) as error:
        yield Finding("croissant", f"is not JSON, or the manifest cannot be read ({error})", CROISSANT_FILE)
        return
    if not isinstance(description, dict):
        yield Finding("croissant", "is no JSON object", CROISSANT_FILE)
        return
    yield from _compare(description, manifest)
    if find_spec(_PACKAGE) is not None:
        refusal, _ = _built(path)
        if refusal:
            yield Finding("croissant", f"is no description that {_PACKAGE} takes ({refusal})", CROISSANT_FILE)


def croissant_notes(folder: Path) -> Iterator[Finding]:
    """Say what could not be checked, and why, and what mlcroissant recommends."""
    path = folder / CROISSANT_FILE
    if not path.is_file():
        yield Finding("croissant", "is not there", CROISSANT_FILE)
    elif find_spec(_PACKAGE) is None:
        remedy = "install it with: pip install 'alignkit[croissant]'"
        yield Finding("croissant", f"is not checked whole, since {_PACKAGE} is not installed; {remedy}", CROISSANT_FILE)
    else:
        for warning in _built(path)[1]:
            yield Finding("croissant", _advised(warning), CROISSANT_FILE)


def _advised(warning: str) -> str:
    advice = next((advice for name, advice in _ADVICE.items() if name in warning), None)
    return warning if advice is None else f"{warning.removesuffix('.')}: {advice}"


def _compare(description: dict[str, Any], manifest: DatasetManifest) -> Iterator[Finding]:
    """Find what the description says otherwise than the manifest; mlcroissant looks at hashes only as it loads files."""
    for key, wanted in (
        ("name", manifest.name),
        ("version", manifest.version),
        ("license", license_address(manifest.license)),
        ("isLiveDataset", False),
    ):
        if description.get(key) != wanted:
            yield Finding(
                "croissant", f"says under {key!r} {description.get(key)!r}, and the manifest {wanted!r}", CROISSANT_FILE
            )
    hashes = {node.get("contentUrl"): node.get("sha256") for node in _nodes(description, "distribution")}
    for path, record in manifest.files.items():
        if path != CROISSANT_FILE and hashes.get(path) != record.sha256:
            yield Finding("croissant", f"does not list {path!r} with its sha256", CROISSANT_FILE)
    sets = {node.get("@id") for node in _nodes(description, "recordSet")}
    if sets != set(manifest.configs):
        found = ", ".join(sorted(map(str, sets))) or "none"
        yield Finding("croissant", f"has the record sets {found}, not {', '.join(manifest.configs)}", CROISSANT_FILE)
    if missing := [key for key in RAI_SECTIONS if not description.get(key)]:
        yield Finding("croissant", f"says nothing under {', '.join(missing)}", CROISSANT_FILE)


def _nodes(description: dict[str, Any], key: str) -> list[dict[str, Any]]:
    nodes = description.get(key)
    return [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []


def _built(path: Path) -> tuple[str | None, list[str]]:
    """Build the description with mlcroissant, and give what it refuses and what it warns of."""
    mlcroissant = importlib.import_module(_PACKAGE)
    with quiet_mlcroissant():
        try:
            built = mlcroissant.Dataset(jsonld=path)
        except (mlcroissant.ValidationError, AttributeError, ValueError, KeyError, TypeError) as error:
            return str(error) or type(error).__name__, []
    return None, sorted(built.metadata.ctx.issues.warnings)


@contextmanager
def quiet_mlcroissant() -> Iterator[None]:
    """Keep from the user what mlcroissant logs beside what it returns, and that it calls what others have deprecated."""
    logger = logging.getLogger("absl")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            for message in ("ConjunctiveGraph is deprecated", "The inplace keyword in DataFrame.reset_index"):
                warnings.filterwarnings("ignore", message, DeprecationWarning)
            yield
    finally:
        logger.setLevel(level)
