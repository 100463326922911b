"""Pointers in place of headlines: a hash that proves what a headline said, and its length, without a word of it."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import polars as pl

from alignkit.export.configs import pointer_name
from alignkit.outlets.affixes import registered_affixes
from alignkit.text.normalise import proper_column

if TYPE_CHECKING:
    from collections.abc import Iterable


def headline_hashes(texts: Iterable[str], salt: str | None = None) -> list[str]:
    """Hash headlines proper, so that a headline read again gives the same hash whatever its outlet puts around it.

    Only what registered outlets put around headlines is taken off, not what could be learnt from a corpus: the hash of a
    headline depends on nothing else.

    Args:
        texts: Headlines as published.
        salt: A secret; without it, who guesses a headline can tell that it was hashed. None for plain sha256.

    Returns:
        The hashes, in hexadecimal: sha256 of the UTF-8 bytes, or HMAC-SHA256 with the salt as its key.
    """
    proper = proper_column(pl.Series(list(texts), dtype=pl.String), registered_affixes())
    return [_hashed(text, salt) for text in proper]


def add_pointers(frame: pl.DataFrame, columns: Iterable[str], salt: str | None) -> pl.DataFrame:
    """Add, for each of some columns of headlines, the columns with their hashes and lengths (in characters, proper).

    Args:
        frame: A table.
        columns: Its columns with headlines.
        salt: What `headline_hashes` takes.
    """
    for column in columns:
        proper = proper_column(frame[column], registered_affixes())
        hashes = pl.Series([_hashed(text, salt) for text in proper], dtype=pl.String)
        frame = frame.with_columns(
            hashes.alias(pointer_name(column, "sha256")),
            proper.str.len_chars().cast(pl.Int64).alias(pointer_name(column, "length")),
        )
    return frame


def _hashed(proper: str, salt: str | None) -> str:
    if salt is None:
        return hashlib.sha256(proper.encode()).hexdigest()
    return hmac.new(salt.encode(), proper.encode(), hashlib.sha256).hexdigest()
