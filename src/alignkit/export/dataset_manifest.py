"""manifest.json of a dataset: what it is, what it was made from, and what is in each of its files.

It holds no times of its own and no path outside of the dataset's folder, so that the same corpus exported on another day
and elsewhere gives the same manifest.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotation
import importlib.metadata
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from alignkit.errors import InputError
from alignkit.export.configs import TextForm  # noqa: TC001 - pydantic reads the annotation
from alignkit.export.rights import OutletRights  # noqa: TC001 - pydantic reads the annotation
from alignkit.manifest import InputRecord  # noqa: TC001 - pydantic reads the annotation
from alignkit.storage import file_hash, write_json

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST_FILE: Final = "manifest.json"
CARD_FILE: Final = "README.md"
HYDRATION_FILE: Final = "hydration.jsonl"
"""What became of each headline, in a dataset that was made whole again; its own manifest lists it."""
FORMAT: Final = "alignkit-dataset/1"

_PACKAGES: Final = ("alignkit", "datasets", "huggingface_hub", "numpy", "polars", "pyarrow", "scipy")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FileRecord(_Record):
    """A file of the dataset.

    Attributes:
        size: Its size in bytes.
        sha256: The hash of its bytes.
    """

    size: int
    sha256: str


class SplitRecord(_Record):
    """A split of a config.

    Attributes:
        rows: How many rows it has.
        files: Its files, in order.
        content: The hash of its rows, see `alignkit.export.content`.
    """

    rows: int
    files: list[str]
    content: str


class SplitsRecord(_Record):
    """How the splits were made.

    Attributes:
        seed: What train and validation were drawn by.
        test_from: The time from which on stories are in test (UTC); None if the test is not the latest.
        shares: The shares that were asked for.
        near_duplicates: Which headlines were taken for nearly the same.
        earlier: The hash of the earlier export's manifest, whose splits were kept.
        pairs_left_out: How many pairs would have tied different splits of the earlier export together.
        headlines_left_out: How many headlines would have.
    """

    seed: int
    test_from: dt.datetime | None
    shares: dict[str, float]
    near_duplicates: dict[str, float]
    earlier: str | None = None
    pairs_left_out: int = 0
    headlines_left_out: int = 0


class RedactionRecord(_Record):
    """How names of people were taken out of headlines.

    Attributes:
        rule: Whose names: see `alignkit.config.ExportSettings.redact`.
        placeholder: What stands in their place.
        headlines: How many headlines changed, by language.
        addresses: How many lost their address, as it spelt a name.
    """

    rule: Literal["crime", "people"]
    placeholder: str
    headlines: dict[str, int]
    addresses: int


class HashRecord(_Record):
    """How headlines were hashed in a stand-off dataset.

    Attributes:
        algorithm: 'sha256', or 'hmac-sha256' with a salt that is not published.
        of: What of a headline was hashed.
    """

    algorithm: Literal["sha256", "hmac-sha256"]
    of: str = "the headline proper: normalised characters, without labels, credits and registered outlets' names"


class DatasetManifest(_Record):
    """The content of a dataset's manifest.json.

    Attributes:
        format: The version of this format.
        name: The dataset's name.
        version: The data's semantic version.
        license: Its licence, by the Hub's identifier.
        synthetic: Whether the headlines were invented.
        text: Whether it holds headlines' text or points to it.
        hashes: How headlines were hashed, if they are pointed to.
        packages: The versions of the packages that made it.
        settings: The settings that shaped it.
        inputs: The files that headlines were read from.
        configs: What each split of each config holds.
        splits: How the splits were made.
        leakage: How much is in more than one split.
        rights: What may be done with each outlet's headlines.
        files: All files but this one.
        redaction: How names of people were taken out of the text; None if they were not.
    """

    format: Literal["alignkit-dataset/1"] = FORMAT
    name: str
    version: str
    license: str
    synthetic: bool
    text: TextForm
    hashes: HashRecord | None
    packages: dict[str, str]
    settings: dict[str, Any]
    inputs: list[InputRecord]
    configs: dict[str, dict[str, SplitRecord]]
    splits: SplitsRecord
    leakage: dict[str, int]
    rights: dict[str, OutletRights]
    files: dict[str, FileRecord]
    redaction: RedactionRecord | None = None

    def write(self, folder: Path) -> None:
        """Write it into the dataset's folder."""
        write_json(self.model_dump(mode="json"), folder / MANIFEST_FILE)


def read_manifest(folder: Path) -> DatasetManifest:
    """Read a dataset's manifest.

    Raises:
        InputError: It is not there, or is none of a dataset.
    """
    path = folder / MANIFEST_FILE
    try:
        return DatasetManifest.model_validate_json(path.read_bytes())
    except OSError as error:
        remedy = "Name the folder of a dataset that 'alignkit export' wrote."
        raise InputError(f"cannot be read ({error.strerror or error})", path=path, remedy=remedy) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"])) or None
        raise InputError(f"is no manifest of a dataset ({first['msg']})", path=path, column=key) from None


def file_records(folder: Path) -> dict[str, FileRecord]:
    """Give all files of a dataset's folder but the manifest, by their paths from it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: FileRecord(size=path.stat().st_size, sha256=file_hash(path))
        for name, path in names.items()
        if name != MANIFEST_FILE
    }


def package_versions() -> dict[str, str]:
    """Give the versions of the packages that make a dataset what it is."""
    return {name: importlib.metadata.version(name) for name in _PACKAGES}
