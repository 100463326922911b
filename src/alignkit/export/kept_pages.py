"""What pages said, kept so that none is asked for twice.

An HTTP cache keeps a page for as long as its headers allow, which for most news is not at all, and it keeps failures that
say so. Here the opposite is wanted: a page that was got is done with, and a host that failed is asked again.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from alignkit.collect.pages import read_page
from alignkit.collect.record import Reject
from alignkit.errors import StageError
from alignkit.web.errors import FetchError
from alignkit.web.reservations import meta_reservations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.web.responses import Fetcher

PAGES_FILE: Final = "pages.db"

_GONE: Final = frozenset({404, 410})
_PRODUCT: Final = "alignkit"
_SECONDS_TO_WAIT_FOR_A_LOCK: Final = 60.0
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, headline TEXT, problem TEXT NOT NULL, reserved INTEGER NOT NULL
) WITHOUT ROWID
"""


class PageSaid(NamedTuple):
    """What a page said.

    Attributes:
        headline: Its headline; None if there is none to be had.
        problem: Why there is none, in a clause; '' if there is one.
        is_reserved: Whether that is because the page keeps machines from using it.
    """

    headline: str | None
    problem: str = ""
    is_reserved: bool = False


class KeptPages:
    """Reads the headlines of pages, each page once.

    A page is kept as soon as it is read, so that a run that is stopped goes on where it was. What no page answered to is
    not kept: a site that refuses may change its mind, and one that is out of reach may come back.

    Args:
        fetcher: What fetches pages.
        folder: Where what they said is kept; without one it is forgotten at the end.

    Raises:
        StageError: The file in the folder cannot be used.
    """

    def __init__(self, fetcher: Fetcher, folder: Path | None = None) -> None:
        self._fetcher = fetcher
        self._path = None if folder is None else folder / PAGES_FILE
        with self._usable():
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                self._path or ":memory:", timeout=_SECONDS_TO_WAIT_FOR_A_LOCK, isolation_level=None
            )
            try:
                self._database.execute(_TABLE)
            except sqlite3.Error:
                self._database.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def read(self, url: str) -> PageSaid:
        """Give what a page says, or said when it was got.

        Raises:
            FetchError: It cannot be had now, or is not to be had.
            StageError: The file in the folder cannot be used.
        """
        with self._usable():
            row = self._database.execute(
                "SELECT headline, problem, reserved FROM pages WHERE url = ?", [url]
            ).fetchone()
        if row is not None:
            headline, problem, is_reserved = row
            return PageSaid(headline, problem, is_reserved=bool(is_reserved))
        said = self._ask(url)
        with self._usable():
            self._database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", [url, *said])
        return said

    def _ask(self, url: str) -> PageSaid:
        try:
            fetched = self._fetcher.fetch(url)
        except FetchError as error:
            if error.status not in _GONE:
                raise
            return PageSaid(None, error.problem)
        page = read_page(fetched.content, url=url, content_type=fetched.content_type)
        if isinstance(page, Reject):
            return PageSaid(None, page.reason)
        forbidding = next((said for said in meta_reservations(page.reservations, _PRODUCT) if said.forbids), None)
        if forbidding is not None:
            return PageSaid(None, f"is reserved: {forbidding}", is_reserved=True)
        return PageSaid(page.headline)

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            remedy = "Name another folder, or delete the file to ask for all pages again."
            raise StageError(f"cannot be used ({error})", path=self._path, remedy=remedy) from None
