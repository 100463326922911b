"""Files that a configuration names, by path or by pattern."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from alignkit.errors import InputError


def matching_files(pattern: str, folder: Path) -> list[Path]:
    """List the files that a path or a pattern names, sorted.

    Args:
        pattern: The path or the pattern.
        folder: What it is relative to.

    Raises:
        InputError: There is none.
    """
    path = folder / pattern
    if path.is_file():
        return [path]
    if not glob.has_magic(pattern):
        raise InputError("is a folder, not a file" if path.is_dir() else "does not exist", path=path)
    found = sorted(Path(match) for match in glob.glob(str(path), recursive=True) if Path(match).is_file())  # noqa: PTH207
    if not found:
        raise InputError("matches no file", path=path)
    return found


def file_label(path: Path, folder: Path) -> str:
    """Give a file's path from the configuration's folder, or its name alone where it lies elsewhere."""
    relative = Path(os.path.relpath(path, folder))
    return path.name if ".." in relative.parts else relative.as_posix()
