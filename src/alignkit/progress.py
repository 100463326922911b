"""How stages tell what they are doing, without knowing who watches."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Something that is told how far a piece of long work has come, such as a progress bar."""

    def __call__(self, task: str, done: int, total: int, /) -> None:
        """Take note that `done` of `total` steps of `task` are done."""


def silent(_task: str, _done: int, _total: int, /) -> None:
    """Show nothing."""
