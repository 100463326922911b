"""Tables of words that the readers of headlines use: one subject a file, sorted, with comments."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_words(name: str) -> Iterator[str]:
    """Give the lines of a table that are neither empty nor a comment, without what is around them."""
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def read_rows(name: str) -> Iterator[list[str]]:
    """Give the rows of a tab-separated table, as `read_words` gives its lines."""
    return (line.split("\t") for line in read_words(name))
