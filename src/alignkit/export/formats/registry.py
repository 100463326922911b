"""The formats by name, and by how their files' names end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignkit.errors import UsageError
from alignkit.export.formats.delimited import Csv, Tsv
from alignkit.export.formats.jsonl import JsonLines
from alignkit.export.formats.moses import Moses
from alignkit.export.formats.parquet import Parquet
from alignkit.export.formats.sqlite import Sqlite
from alignkit.export.formats.tmx import Tmx
from alignkit.export.formats.wmt_xml import WmtXml
from alignkit.export.formats.xliff import Xliff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alignkit.export.formats.model import Exporter, Reader

_READERS: Final[tuple[Reader, ...]] = (JsonLines(), Csv(), Tsv(), Sqlite(), Parquet(), Tmx(), Xliff())
_WRITERS: Final[tuple[Exporter, ...]] = (WmtXml(), Moses())

EXPORTERS: Final[Mapping[str, Exporter]] = {exporter.name: exporter for exporter in (*_READERS, *_WRITERS)}
"""All formats by name."""


def exporter_named(name: str) -> Exporter:
    """Give the format of a name.

    Raises:
        UsageError: There is none.
    """
    if name not in EXPORTERS:
        raise UsageError("is no format that is written here", value=name, remedy=f"Known: {', '.join(EXPORTERS)}.")
    return EXPORTERS[name]


def exporter_for(path: Path) -> Exporter:
    """Tell by a file's name in which format to write it.

    Raises:
        UsageError: The name does not say.
    """
    for exporter in EXPORTERS.values():
        if path.suffix.lower() in exporter.suffixes:
            return exporter
    known = ", ".join(f"{exporter.name} ({' '.join(exporter.suffixes)})" for exporter in EXPORTERS.values())
    raise UsageError("does not name a format to write", path=path, remedy=f"Known: {known}.")


def reader_for(path: Path) -> Reader:
    """Tell by a file's name how to read it.

    Raises:
        UsageError: The name does not say, or names a format that is not read back.
    """
    for reader in _READERS:
        if path.suffix.lower() in reader.suffixes:
            return reader
    known = ", ".join(suffix for reader in _READERS for suffix in reader.suffixes)
    raise UsageError("does not name a format that is read here", path=path, remedy=f"Readable: {known}.")
