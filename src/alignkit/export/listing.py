"""The files of a dataset's folder as they are published: names, sizes and hashes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alignkit.errors import InputError

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file that is to be published.

    Attributes:
        path: Its path from the folder, with '/' between its parts.
        size: Its size in bytes.
        sha256: The sha256 of its bytes, in hexadecimal.
        blob: What git calls its content: the SHA-1 of 'blob SIZE', NUL and the bytes, in hexadecimal.
    """

    path: str
    size: int
    sha256: str
    blob: str


def list_files(folder: Path) -> tuple[ListedFile, ...]:
    """List the files of a folder, sorted by path; names that begin with '.' are left out, whole folders too.

    Raises:
        InputError: The folder or a file in it cannot be read, or there is a link, which could lead out of the folder.
    """
    found: list[ListedFile] = []
    try:
        for place, folders, names in os.walk(folder, onerror=_raise):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in (*folders, *names):
                path = Path(place, name)
                if path.is_symlink():
                    raise InputError(
                        "is a link, which is not published", path=path, remedy="Put what it links to there."
                    )
            found += [_listed(Path(place, name), folder) for name in names if not name.startswith(".")]
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", path=error.filename or folder) from None
    return tuple(sorted(found, key=lambda file: file.path))


def _raise(error: OSError) -> None:
    raise error


def _listed(path: Path, folder: Path) -> ListedFile:
    size = path.stat().st_size
    sha256 = hashlib.sha256()
    blob = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            sha256.update(piece)
            blob.update(piece)
    return ListedFile(path.relative_to(folder).as_posix(), size, sha256.hexdigest(), blob.hexdigest())
