"""What is put into a headline store, and what it says of itself."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from alignkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Fetch:
    """One answer or file that headlines were read from.

    Attributes:
        collector: The collector that read it.
        source: Its URL, or the file.
        fetched_at: When it was fetched, with a time zone.
        status: The HTTP status.
        sha256: Of its raw bytes, in hexadecimal; taken from `content` where that is given.
        reservations: What it says of its use, as JSON has it.
        content: The raw bytes, if the store is to keep them.
    """

    collector: str
    source: str
    fetched_at: dt.datetime
    status: int | None = None
    sha256: str | None = None
    reservations: Sequence[Mapping[str, object]] = ()
    content: bytes | None = None

    def __post_init__(self) -> None:
        if self.fetched_at.tzinfo is None:
            raise UsageError("has no time zone", path=self.source, column="fetched_at", value=str(self.fetched_at))
        if self.content is not None:
            object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())


@dataclass(frozen=True)
class Counts:
    """What became of rows that were added.

    Attributes:
        new: Headlines that were not there.
        revised: Headlines that were there with another text.
        unchanged: Headlines that were there as they are.
        rejected: Rows and values that cannot be kept, those that the collector rejected included.
    """

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.new + other.new,
            self.revised + other.revised,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
        )

    def as_dict(self) -> dict[str, int]:
        """Give the counts by name."""
        return asdict(self)


@dataclass(frozen=True)
class Revision:
    """One text that a headline had.

    Attributes:
        number: Its place among the headline's revisions by when they were first seen, from 1.
        id: Its id in the table `headlines`.
        text: The text.
        first_seen: When it was first seen, UTC.
        last_seen: When it was last seen, to the run, UTC.
        is_current: Whether it is the headline's text as far as is known.
        fetch: The fetch that it was first seen in, without its content.
    """

    number: int
    id: str
    text: str
    first_seen: dt.datetime
    last_seen: dt.datetime
    is_current: bool
    fetch: Fetch


@dataclass(frozen=True)
class Stats:
    """How much a store holds.

    Attributes:
        headlines: Headlines.
        revisions: Texts of headlines.
        by_lang: Headlines by language.
        by_outlet: Headlines by outlet, most first; '' for those that name none.
        first_published: The earliest time at which one was published, UTC.
        last_published: The latest.
        runs: Runs.
        unfinished_runs: Those of them that can be continued.
        fetches: Fetches.
        rejects: Rows and values that were not kept.
        snapshots: Raw answers that were kept.
        snapshot_bytes: What they take up.
        file_bytes: What the store takes up, its write-ahead log included.
        version: The version of its tables.
    """

    headlines: int
    revisions: int
    by_lang: Mapping[str, int]
    by_outlet: Mapping[str, int]
    first_published: dt.datetime | None
    last_published: dt.datetime | None
    runs: int
    unfinished_runs: int
    fetches: int
    rejects: int
    snapshots: int
    snapshot_bytes: int
    file_bytes: int
    version: int

    def as_dict(self) -> dict[str, object]:
        """Give the figures by name, times as ISO 8601."""
        times = {
            name: time.isoformat() if (time := getattr(self, name)) else None
            for name in ("first_published", "last_published")
        }
        return asdict(self) | times


@dataclass(frozen=True)
class Finding:
    """Something in a store that is not as it must be.

    Attributes:
        check: What was looked at.
        problem: What was found, and where.
    """

    check: str
    problem: str

    def as_dict(self) -> dict[str, str]:
        """Give the fields as a plain dictionary."""
        return asdict(self)


def microseconds(time: dt.datetime) -> int:
    """Give a time with a zone as the store keeps it: microseconds since 1970."""
    return (time - _EPOCH) // _MICROSECOND


def as_time(value: int) -> dt.datetime:
    """Give a time that the store keeps, in UTC."""
    return _EPOCH + value * _MICROSECOND


def storable(text: str) -> str:
    """Give a text without lone surrogates (file names may have them), which SQLite cannot hold."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
