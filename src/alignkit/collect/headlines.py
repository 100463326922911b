"""From rows as read to rows of the table `headlines`: cleaned, dated, identified, each once."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from alignkit.collect.record import Reject
from alignkit.errors import InputError, quoted
from alignkit.outlets.registry import outlet_of, wire_id
from alignkit.schema import LANGUAGES
from alignkit.text.script import has_japanese_script

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alignkit.collect.record import Dropped, Record
    from alignkit.outlets.model import Outlet
    from alignkit.schema import Language

# What cannot stand in a headline of one line. The full-width space can, and is kept as published.
_BREAKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_AROUND: Final = " \u3000\xa0\ufeff"
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_OPTIONAL_TEXT: Final = ("outlet", "url", "wire_id", "credit", "section")
_LANGUAGE_NAMES: Final = {"en": "English", "ja": "Japanese"}
_LEAST_ROWS_TO_JUDGE: Final = 5


class HeadlineBuilder:
    """Makes rows of the table `headlines` from records, over all sources of one collection.

    It keeps every id it has given, so that a headline that is there twice is stored once.

    Args:
        timezone: Where a time without a zone was meant, such as 'Asia/Tokyo'.
        max_characters: The longest text that is taken for a headline.
    """

    def __init__(self, *, timezone: str, max_characters: int) -> None:
        self._zone = ZoneInfo(timezone)
        self._max_characters = max_characters
        self._first_place: dict[str, str] = {}

    def build(
        self, file: str, record: Record, *, collector: str, defaults: Mapping[str, str | None]
    ) -> tuple[dict[str, object] | None, list[Reject]]:
        """Make one row.

        Args:
            file: The file that the record was read from.
            record: The record.
            collector: The collector that read it.
            defaults: Values for what the record leaves out: lang, outlet.

        Returns:
            The row, or None if the record is no headline, and what was left out of it.
        """
        rejects: list[Reject] = []
        try:
            text = self._text(record.fields.get("text"))
            lang = _language(record.fields.get("lang") or defaults.get("lang"))
        except _RejectedError as error:
            return None, [error.reject(record.row, "row")]
        row: dict[str, object] = {"lang": lang, "text": text, "collector": collector}
        for name in _OPTIONAL_TEXT:
            value = record.fields.get(name, defaults.get(name))
            row[name] = _one_line(str(value)) or None if value is not None else None
        _complete_from_address(row)
        try:
            row["published_at"] = self._time(record.fields.get("published_at"))
        except _RejectedError as error:
            row["published_at"] = None
            rejects.append(error.reject(record.row, "value"))
        if isinstance(collected_at := record.fields.get("collected_at"), dt.datetime):
            row["collected_at"] = collected_at
        row["source"] = f"{file}#{record.place}"
        row["id"] = str(record.fields["id"]) if record.fields.get("id") else derive_id(row, record.identity)
        headline_id = str(row["id"])
        if headline_id in self._first_place:
            repeated = _RejectedError("id", headline_id, f"is there already ({self._first_place[headline_id]})")
            return None, [repeated.reject(record.row, "row")]
        self._first_place[headline_id] = str(row["source"])
        return row, rejects

    def _text(self, value: object) -> str:
        if value is None:
            raise _RejectedError("text", None, "is missing")
        if not isinstance(value, str):
            raise _RejectedError("text", value, "is not text")
        if "\0" in value:
            raise _RejectedError("text", value, "has a NUL byte in it")
        if _SURROGATES.search(value):
            raise _RejectedError("text", value, "has a lone surrogate, which is no character")
        text = _one_line(value)
        if not text:
            raise _RejectedError("text", value, "is empty")
        if len(text) > self._max_characters:
            reason = f"has {len(text):,} characters, more than a headline's {self._max_characters:,}"
            raise _RejectedError("text", text, reason)
        return text

    def _time(self, value: object) -> dt.datetime | None:
        """Read a time: a datetime or date, ISO 8601 (also with / for -), or RFC 2822 as feeds have it."""
        if value is None or value == "":
            return None
        if isinstance(value, dt.datetime):
            time = value
        elif isinstance(value, dt.date):
            time = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the zone comes below
        else:
            time = _parse_time(value)
        local = time if time.tzinfo else time.replace(tzinfo=self._zone)
        try:
            return local.astimezone(dt.UTC)
        except OverflowError:
            raise _RejectedError("published_at", value, "is out of the calendar's range") from None


def derive_id(row: Mapping[str, object], identity: str = "") -> str:
    """Derive a headline's id from its language, text and URL, or where it has no URL its outlet and time.

    Args:
        row: A row of the table `headlines` without its id.
        identity: What tells it from others with the same words where it has no URL; replaces outlet and time.
    """
    place = row.get("url") or identity or f"{row.get('outlet') or ''}\n{row.get('published_at') or ''}"
    key = f"{row['lang']}\n{place}\n{row['text']}"
    return f"{row['lang']}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def check_languages(path: Path, rows: list[dict[str, object]]) -> None:
    """Refuse a file most of whose headlines cannot be in the language it was said to be in.

    Raises:
        InputError: Most English headlines have Japanese letters, or most Japanese headlines have none.
    """
    for lang in LANGUAGES:
        texts = [str(row["text"]) for row in rows if row["lang"] == lang]
        if len(texts) < _LEAST_ROWS_TO_JUDGE:
            continue
        wrong = sum(has_japanese_script(text) != (lang == "ja") for text in texts)
        if wrong * 2 > len(texts):
            raise InputError(
                f"is given as {_LANGUAGE_NAMES[lang]}, but {wrong:,} of its {len(texts):,} headlines "
                f"{'have no Japanese letter' if lang == 'ja' else 'are in Japanese letters'}",
                path=path,
                remedy="Were the two languages swapped?",
            )


def _complete_from_address(row: dict[str, object]) -> None:
    """Take from the address what it says and the record does not: the outlet, and the wire id that many papers put there.

    The outlet's credit is taken from the headline, where it stands behind it.
    """
    url = row["url"]
    if not isinstance(url, str):
        return
    outlet = outlet_of(url)
    if row["outlet"] is None and outlet is not None:
        row["outlet"] = outlet.name_en
    if row["wire_id"] is None:
        row["wire_id"] = wire_id(url)
    if row["credit"] is None and outlet is not None:
        row["credit"] = _credit_in(str(row["text"]), outlet)


def _credit_in(text: str, outlet: Outlet) -> str | None:
    """Give the mark of an agency that an outlet is known to put behind its headlines, or None."""
    forms = (form for group in outlet.credits for form in group.forms if "…" not in form)
    return next((form for form in forms if text.endswith(form)), None)


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip(_AROUND)


class _RejectedError(Exception):
    def __init__(self, column: str, value: object, reason: str) -> None:
        self.column, self.value, self.reason = column, value, reason
        super().__init__(reason)

    def reject(self, row: int, dropped: Dropped) -> Reject:
        value = None if self.value is None else quoted(self.value)
        return Reject(row, self.reason, column=self.column, value=value, dropped=dropped)


def _language(value: object) -> Language:
    code = str(value).strip().lower().replace("_", "-").partition("-")[0] if value is not None else None
    for known in LANGUAGES:
        if code == known:
            return known
    if code is None:
        raise _RejectedError("lang", None, "is missing, and the source names no language")
    raise _RejectedError("lang", value, "is neither en nor ja")


def _parse_time(value: object) -> dt.datetime:
    text = str(value).strip()
    try:
        return dt.datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError):
        raise _RejectedError(
            "published_at", value, "is no date that can be read (write 2031-05-26T07:00+09:00)"
        ) from None
