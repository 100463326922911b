"""Text that a spreadsheet would take for a formula, written so that it does not.

A spreadsheet runs what begins with =, +, -, @, a tab or a line end, and where Japanese is set up also with ＝, ＋, － or ＠;
some do so after spaces and characters that do not show. Such a cell gets an apostrophe before it, and so does one that already has apostrophes before such a
beginning; every other cell stays as it is. One apostrophe before such a beginning is taken off again when the file is
read, so that every text comes back as it was.
"""

from __future__ import annotations

from typing import Final

import polars as pl

_BEGINNING: Final = r"(?:[\s\x00-\x1F\x7F\x{200B}\x{FEFF}]*[=+\-@＝＋－＠]|[\t\r\n])"
_DANGEROUS: Final = rf"^'*{_BEGINNING}"
_DEFUSED: Final = rf"^'('*{_BEGINNING})"


def defuse(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame with its texts made safe."""
    return frame.with_columns(pl.col(pl.String).str.replace(_DANGEROUS, "'${0}"))


def restore(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame with its texts as they were before they were made safe."""
    return frame.with_columns(pl.col(pl.String).str.replace(_DEFUSED, "${1}"))
