"""When an article was published, as its page says in metadata or in words."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from alignkit.collect.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignkit.collect.page_parts import PageParts

_EARLIEST: Final = 1990  # templates that were not filled in say 0001 or 1970
_LATEST: Final = 2200
_EPOCH: Final = re.compile(r"\d{10}(\d{3})?")
_LONGEST_LINE: Final = 60
_BEFORE: Final = 4
_BEHIND: Final = 8
_IN_TEXT: Final = re.compile(
    r"\d{4}[年/.-] ?\d{1,2}[月/.-] ?\d{1,2}日?(?: ?\([月火水木金土日]\)| ?（[月火水木金土日]）)?(?:[T 　]*(?:午前|午後)? ?\d{1,2}[:：時]\d{1,2}分?)?|"
    r"(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?\d{4}(?:[ ,]+\d{1,2}:\d\d ?(?:[AaPp][Mm])?)?"
)


def first_time(texts: Iterable[str], zone: dt.tzinfo) -> tuple[dt.datetime | None, str | None]:
    """Give the first time that can be read (UTC), or else the first text that cannot.

    Args:
        texts: Times, as they stand on a page; '' for none.
        zone: Where a time without a zone is meant.
    """
    unread = None
    for text in texts:
        if not text:
            continue
        if (time := _time(text.strip(), zone)) is not None:
            return time, None
        unread = unread or text
    return None, unread


def times_in_text(parts: PageParts) -> Iterator[str]:
    """Give what looks like a date in the short lines around the heading of an article."""
    if not parts.headings:
        return
    heading = next((heading for heading in parts.headings if heading.is_inside), parts.headings[0])
    lines = parts.blocks[max(0, heading.block - _BEFORE) : heading.block + _BEHIND]
    for line in lines:
        if len(line.text) <= _LONGEST_LINE and not line.linked and (found := _IN_TEXT.search(line.text)):
            yield found[0]


def _time(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    try:
        if epoch := _EPOCH.fullmatch(text):
            time = dt.datetime.fromtimestamp(int(text) / (1000 if epoch[1] else 1), dt.UTC)
        else:
            read = parse_time(text, zone)
            if read is None:
                return None
            time = read.astimezone(dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return time if _EARLIEST <= time.year < _LATEST else None
