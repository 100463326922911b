"""What can stand in the way of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from alignkit.errors import AlignkitError

if TYPE_CHECKING:
    import datetime as dt

Refusal = Literal["address", "robots", "reserved", "connection", "time", "size", "redirects", "status"]


class FetchError(AlignkitError):
    """A page cannot be had, or is not to be had.

    Args:
        refusal: What stood in the way, in one word.
        problem: The same in a clause.
        url: The page.
        status: The HTTP status, of the page or of its robots.txt, if that is what stood in the way.
        again_at: When to come again (UTC), if the server said so.
    """

    def __init__(
        self,
        refusal: Refusal,
        problem: str,
        url: str,
        *,
        status: int | None = None,
        again_at: dt.datetime | None = None,
    ) -> None:
        remedy = None if again_at is None else f"Come again after {again_at:%Y-%m-%d %H:%M:%S} UTC."
        super().__init__(problem, path=url, remedy=remedy)
        self.refusal: Refusal = refusal
        self.url = url
        self.status = status
        self.again_at = again_at

    def of(self, url: str) -> FetchError:
        """Give the same error for another page, which it keeps from being fetched too."""
        return FetchError(self.refusal, self.problem, url, status=self.status, again_at=self.again_at)
