"""What the sources that are files give to read: one input for each file, or files that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from alignkit.collect.files import read_file
from alignkit.collect.moses import read_bitext, read_moses
from alignkit.collect.paths import file_label, matching_files
from alignkit.collect.sources import FilesSource, HuggingFaceSource, MosesSource, WmtSource
from alignkit.collect.wmt import read_wmt
from alignkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from alignkit.collect.record import Records
    from alignkit.collect.sources import FileSource


@dataclass(frozen=True)
class Input:
    """Something that is read as one.

    Attributes:
        source: The source that it is of.
        name: What it is called in messages and in the column `source`: its path from the configuration's folder.
        place: Its file or folder, for messages.
        paths: The files that it is read from; none for a dataset on the Hub.
        read: Reads it.
    """

    source: FileSource
    name: str
    place: Path
    paths: tuple[Path, ...]
    read: Callable[[], Records]

    @property
    def defaults(self) -> dict[str, str | None]:
        """What headlines are that do not say: the language and the outlet."""
        return {name: getattr(self.source, name, None) for name in ("lang", "outlet")}


def inputs_of(source: FileSource, folder: Path) -> list[Input]:
    """List what a source gives to read, sorted.

    Args:
        source: The source.
        folder: What its paths are relative to.

    Raises:
        InputError: There is nothing.
    """
    match source:
        case FilesSource():
            return [_file(source, path, folder) for path in matching_files(source.path, folder)]
        case WmtSource():
            return [
                Input(source, file_label(path, folder), path, (path,), partial(read_wmt, path, source.segments))
                for path in matching_files(source.path, folder)
            ]
        case MosesSource():
            return [_moses(source, folder)]
        case HuggingFaceSource():
            return [_huggingface(source, folder)]


def _file(source: FilesSource, path: Path, folder: Path) -> Input:
    read = partial(
        read_file,
        path,
        file_format=source.format,
        text_column=source.text_column,
        encoding=source.encoding,
        aliases=[source.lang] if source.lang else [],
    )
    return Input(source, file_label(path, folder), path, (path,), read)


def _moses(source: MosesSource, folder: Path) -> Input:
    if source.path is not None:
        path = _existing(source.path, folder)
        return Input(source, file_label(path, folder), path, (path,), partial(read_bitext, path))
    en, ja = (_existing(path, folder) for path in (source.en or "", source.ja or ""))
    return Input(source, file_label(en, folder), en, (en, ja), partial(read_moses, en, ja))


def _existing(path: str, folder: Path) -> Path:
    found = matching_files(path, folder)
    if len(found) > 1:
        raise InputError("matches more than one file", path=folder / path)
    return found[0]


def _huggingface(source: HuggingFaceSource, folder: Path) -> Input:
    """Take a folder if there is one of that name, else a dataset on the Hub."""
    from alignkit.collect.huggingface import read_huggingface  # noqa: PLC0415 - 'datasets' takes a second to import

    path = folder / source.name
    is_here = path.is_dir()
    read = partial(
        read_huggingface,
        path if is_here else source.name,
        config=source.config,
        split=source.split,
        text_column=source.text_column,
    )
    paths = tuple(sorted(file for file in path.rglob("*") if file.is_file())) if is_here else ()
    return Input(source, file_label(path, folder) if is_here else source.name, path, paths, read)
