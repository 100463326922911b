"""What became of a run, outlet by outlet."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.store.model import Counts

_ROBOTS: Final = "robots"
_RESERVED: Final = "reserved"


@dataclass
class Tally:
    """What became of one outlet's pages and headlines.

    Attributes:
        fetched: Pages, feeds, sitemaps and files that were read.
        new: Headlines that were not in the store.
        revised: Headlines that were there with another text.
        unchanged: Headlines that were there as they are.
        outside: Headlines published before or after what was asked for.
        robots: Addresses that robots.txt keeps from us.
        reserved: Pages that are reserved from text and data mining.
        failed: Addresses and files that could not be read.
        rejected: Headlines, and values of headlines, that could not be used.
        reasons: How many were refused, had failed or were rejected, by why.
    """

    fetched: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    outside: int = 0
    robots: int = 0
    reserved: int = 0
    failed: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def add_refusal(self, refusal: str) -> None:
        """Count an address that was not read, by what stood in the way."""
        if refusal == _ROBOTS:
            self.robots += 1
        elif refusal == _RESERVED:
            self.reserved += 1
        else:
            self.failed += 1

    def add_counts(self, counts: Counts, *, refused: bool) -> None:
        """Count what the store made of a batch; the reject that says why an answer was refused is counted as that."""
        self.new += counts.new
        self.revised += counts.revised
        self.unchanged += counts.unchanged
        self.rejected += counts.rejected - refused

    def add_reasons(self, reasons: Iterable[str]) -> None:
        """Count why something was left out."""
        for reason in reasons:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def __iadd__(self, other: Tally) -> Self:
        for name, value in other.figures().items():
            setattr(self, name, getattr(self, name) + value)
        for reason, count in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + count
        return self

    def figures(self) -> dict[str, int]:
        """Give the counts by name, without the reasons."""
        return {name: value for name, value in asdict(self).items() if name != "reasons"}

    def as_dict(self) -> dict[str, object]:
        """Give all of it as JSON has it."""
        return asdict(self)
