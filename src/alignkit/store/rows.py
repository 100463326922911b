"""From rows of the table `headlines` to what a store writes: checked one by one, so that a bad row costs no other."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.collect.headlines import derive_id
from alignkit.collect.record import Reject
from alignkit.errors import quoted
from alignkit.schema import HEADLINES, LANGUAGES
from alignkit.store.model import as_time, microseconds, storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alignkit.collect.record import Dropped
    from alignkit.store.model import Fetch

_COLUMNS: Final = frozenset(HEADLINES.schema.names())
_TEXTS: Final = ("id", "outlet", "url", "wire_id", "credit", "section", "collector", "source")
_EARLIEST: Final = microseconds(dt.datetime.min.replace(tzinfo=dt.UTC))
_LATEST: Final = microseconds(dt.datetime.max.replace(tzinfo=dt.UTC))


class Sighting(NamedTuple):
    """A headline as it was seen once; times are microseconds since 1970.

    Its fields are the columns of the table `headlines`, and behind them what the store adds: the row it was read from,
    the fetch, and when it was seen.
    """

    id: str
    lang: str
    text: str
    outlet: str | None
    url: str | None
    published_at: int | None
    wire_id: str | None
    credit: str | None
    section: str | None
    collector: str
    collected_at: int | None
    source: str
    row: int
    fetch: int
    first_seen: int
    last_seen: int


class RowChecker:
    """Checks rows of one fetch.

    Args:
        fetch: The fetch, from which rows take what they leave out.
        number: Its number in the store.

    Attributes:
        rejects: What cannot be kept, in the order it was met.
    """

    def __init__(self, fetch: Fetch, number: int) -> None:
        self.rejects: list[Reject] = []
        self._fetch = number
        self._fetched_at = microseconds(fetch.fetched_at)
        self._collector, self._source = storable(fetch.collector), storable(fetch.source)
        self._unknown: set[str] = set()

    def check(self, rows: Iterable[tuple[int, Mapping[str, object]]]) -> Iterator[Sighting]:
        """Give the rows that can be kept.

        Args:
            rows: Rows of the table `headlines` with their numbers; they must have lang and text, and may leave out the
                rest. Times may be ISO 8601 texts.
        """
        for number, row in rows:
            sighting = self._sighting(row, number)
            if sighting is not None:
                yield sighting

    def _sighting(self, row: Mapping[str, object], number: int) -> Sighting | None:
        lang, text = row.get("lang"), row.get("text")
        if lang not in LANGUAGES:
            self._reject(number, "lang", lang, "is missing" if lang is None else "is neither en nor ja", "row")
            return None
        if problem := _problem(text) or ("" if str(text).strip() else "is empty"):
            self._reject(number, "text", text, "is missing" if text is None else problem, "row")
            return None
        if not row.keys() <= _COLUMNS:
            self._note_unknown(row, number)
        texts = self._texts(row, number)
        headline_id, outlet, url, wire_id, credit, section, collector, source = texts
        published_at, collected_at = self._time(row, "published_at", number), self._time(row, "collected_at", number)
        seen = self._fetched_at if collected_at is None else collected_at
        return Sighting(
            headline_id or _derived_id(lang, text, outlet, url, published_at),
            str(lang),
            str(text),
            outlet,
            url,
            published_at,
            wire_id,
            credit,
            section,
            collector or self._collector,
            collected_at if "collected_at" in row else self._fetched_at,
            source or f"{self._source}#{number}",
            number,
            self._fetch,
            seen,
            seen,
        )

    def _texts(self, row: Mapping[str, object], number: int) -> list[str | None]:
        """Give the texts of the columns `_TEXTS`; a fast look at all of them spares most rows one at each."""
        values = [row.get(name) for name in _TEXTS]
        try:
            everything = "".join([value for value in values if value is not None])  # type: ignore[misc]
        except TypeError:
            pass
        else:
            if not _problem(everything):
                return [value or None for value in values]  # type: ignore[misc]
        return [self._text(row, name, number) for name in _TEXTS]

    def _text(self, row: Mapping[str, object], name: str, number: int) -> str | None:
        value = row.get(name)
        if value is None or value == "":
            return None
        if problem := _problem(value):
            self._reject(number, name, value, problem, "value")
            return None
        return str(value)

    def _time(self, row: Mapping[str, object], name: str, number: int) -> int | None:
        value = row.get(name)
        if value is None or value == "":
            return None
        time = value
        if isinstance(value, str):
            try:
                time = dt.datetime.fromisoformat(value)
            except ValueError:
                time = None
        if not isinstance(time, dt.datetime):
            self._reject(number, name, value, "is no time (write 2031-05-26T07:00+09:00)", "value")
            return None
        if time.tzinfo is None:
            self._reject(number, name, value, "has no time zone", "value")
            return None
        moment = microseconds(time)
        if not _EARLIEST <= moment <= _LATEST:
            self._reject(number, name, value, "is out of the calendar's range", "value")
            return None
        return moment

    def _note_unknown(self, row: Mapping[str, object], number: int) -> None:
        for name in sorted(map(str, row.keys() - _COLUMNS - self._unknown)):
            self._unknown.add(name)
            self._reject(number, name, row.get(name), "is no column of the table 'headlines', here and below", "value")

    def _reject(self, number: int, column: str, value: object, reason: str, dropped: Dropped) -> None:
        shown = None if value is None else quoted(value)
        self.rejects.append(Reject(number, reason, column=storable(column), value=shown, dropped=dropped))


def _problem(value: object) -> str:
    """Say why a value cannot be kept as a text; '' if it can."""
    if not isinstance(value, str):
        return "is not text"
    if "\0" in value:
        return "has a NUL byte in it"
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return "has a lone surrogate, which is no character"
    return ""


def _derived_id(lang: object, text: object, outlet: str | None, url: str | None, published_at: int | None) -> str:
    published = None if published_at is None else as_time(published_at)
    return derive_id({"lang": lang, "text": text, "url": url, "outlet": outlet, "published_at": published})
