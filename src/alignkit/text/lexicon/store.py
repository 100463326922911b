"""The compiled lexicon: where it lies, how it comes to be there, and what is looked up in it."""

from __future__ import annotations

import hashlib
import importlib.metadata
import logging
import os
import sqlite3
import tempfile
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock

from alignkit.progress import silent
from alignkit.text.lexicon.compiler import HEADLINE_TERMS, compile_lexicon
from alignkit.user_cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.progress import Progress

_LOG: Final = logging.getLogger(__name__)

_PACKAGE: Final = "jamdict-data"
_FORMAT: Final = 3
_KEYS_PER_QUERY: Final = 500
_MOST_SECONDS_TO_COMPILE: Final = 600.0


class Lexicon:
    """What Japanese words and names may be in English, looked up in a file that processes share.

    Args:
        path: The compiled file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stems: dict[str, tuple[str, ...]] = {}
        self._readings: dict[str, tuple[str, ...]] = {}
        self._kanji: dict[str, tuple[str, ...]] = {}

    def __reduce__(self) -> tuple[type[Lexicon], tuple[Path]]:
        """Go to another process as the path alone; what was looked up is looked up there again."""
        return Lexicon, (self.path,)

    def stems(self, terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give the stems of the words by which terms may be translated; a term that is not known is left out."""
        return self._look_up("SELECT term, stems FROM words WHERE term IN ({})", terms, self._stems)

    def readings(self, terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give the ways in which names may be read, as `fold_romaji` writes them; a name not known is left out."""
        return self._look_up("SELECT term, romaji FROM names WHERE term IN ({})", terms, self._readings)

    def kanji_readings(self, characters: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give the ways in which kanji are read, as `romanise` writes them; one that is not known is left out."""
        return self._look_up("SELECT term, readings FROM kanji WHERE term IN ({})", characters, self._kanji)

    def _look_up(
        self, query: str, terms: Iterable[str], remembered: dict[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        wanted = set(terms)
        missing = sorted(wanted - remembered.keys())
        if missing:
            remembered.update(dict.fromkeys(missing, ()))
            with closing(self._connect()) as connection:
                for start in range(0, len(missing), _KEYS_PER_QUERY):
                    batch = missing[start : start + _KEYS_PER_QUERY]
                    rows = connection.execute(query.format(",".join("?" * len(batch))), batch)
                    remembered.update((term, tuple(found.split(" "))) for term, found in rows)
        return {term: found for term in wanted if (found := remembered[term])}

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def load_lexicon(progress: Progress = silent) -> Lexicon | None:
    """Give the lexicon, compiled first if this is the first time that it is asked for on this machine.

    It is kept in the user's cache folder. A file that is damaged is compiled again; if it can neither be read nor
    written there, it is compiled for this process alone. Processes that ask at once wait for the one that compiles.

    Returns:
        The lexicon; None if the dictionaries are not installed, which is logged.
    """
    folder = cache_folder()
    if folder not in _LOADED:
        _LOADED[folder] = _load(folder, progress)
    return _LOADED[folder]


_LOADED: Final[dict[Path, Lexicon | None]] = {}


def _load(folder: Path, progress: Progress) -> Lexicon | None:
    try:
        import jamdict_data  # noqa: PLC0415 - only where the lexicon is used

        dictionaries = Path(jamdict_data.JAMDICT_DB_PATH)
    except ImportError:
        _LOG.warning("the lexicon is not used: the package %s is not installed", _PACKAGE)
        return None
    path = folder / "lexicon" / f"{_identity()}.sqlite"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_MOST_SECONDS_TO_COMPILE):
            if not _is_whole(path):
                _compile_beside(path, dictionaries, progress)
    except OSError as error:
        path = Path(tempfile.mkdtemp(prefix="alignkit-")) / path.name
        _LOG.warning("the lexicon is not kept: %s (%s)", folder, error.strerror or error)
        compile_lexicon(dictionaries, path, progress)
    return Lexicon(path)


def _compile_beside(path: Path, dictionaries: Path, progress: Progress) -> None:
    if path.exists():
        _LOG.warning("%s was damaged; it is made again", path)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        temporary.unlink(missing_ok=True)
        compile_lexicon(dictionaries, temporary, progress)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _is_whole(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _identity() -> str:
    """Name the lexicon by what it is made from, so that a new version is made beside an old one."""
    terms = resources.files("alignkit.text.lexicon").joinpath(HEADLINE_TERMS).read_bytes()
    return f"{importlib.metadata.version(_PACKAGE)}-{_FORMAT}-{hashlib.sha256(terms).hexdigest()[:12]}"
