"""Whether what is published has e-mail addresses or telephone numbers in it.

A telephone number is recognised by how it is grouped, as Japan's are written and with a country's code; so neither a wire
id, which has no hyphen, nor a date, whose groups are shorter, is taken for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.export.checks.finding import Finding
from alignkit.export.configs import config_table
from alignkit.export.dataset_manifest import CARD_FILE
from alignkit.schema import HEADLINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest

MAIL: Final = r"[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
_GAP: Final = "[-‐‑–−ー ()]{1,2}"
_JAPANESE: Final = "|".join(
    rf"0\d{{{first - 1}}}{_GAP}\d{{{second}}}{_GAP}\d{{{third}}}"
    for first, second, third in ((2, 4, 4), (3, 3, 4), (4, 2, 4), (5, 1, 4), (3, 4, 4), (4, 3, 3))
)
_ABROAD: Final = rf"\+\d{{1,3}}(?:{_GAP}?\d{{1,4}}){{3,5}}"
PHONE: Final = rf"(?:^|[^0-9A-Za-z+-])(?:\(?(?:{_JAPANESE})|{_ABROAD})(?:$|[^\d-])"
"""In the syntax of polars."""

_WHERE: Final = {"text": MAIL + "|" + PHONE, "credit": MAIL + "|" + PHONE, "section": MAIL + "|" + PHONE, "url": MAIL}
"""What is looked for in which column: in an address, groups of digits are numbers of articles."""

_MOST_NAMED: Final = 3


def check_personal_data(folder: Path, manifest: DatasetManifest) -> Iterator[Finding]:
    """Look for e-mail addresses and telephone numbers in the headlines' columns and in the card."""
    columns = config_table("headlines", manifest.text).schema.names()
    looked_at = {
        column: pattern for column, pattern in _WHERE.items() if column in columns and HEADLINES.schema[column]
    }
    for record in manifest.configs["headlines"].values():
        for file in record.files:
            for column, pattern in looked_at.items():
                yield from _look(folder, file, column, pattern)
    text = (folder / CARD_FILE).read_text(encoding="utf-8") if (folder / CARD_FILE).is_file() else ""
    found = pl.Series([text]).str.normalize("NFKC").str.extract_all(f"(?m:{MAIL}|{PHONE})").explode().drop_nulls()
    if len(found):
        yield Finding(
            "personal-data", f"the card has an e-mail address or telephone number: {found[0].strip()!r}", CARD_FILE
        )


def _look(folder: Path, file: str, column: str, pattern: str) -> Iterator[Finding]:
    value = pl.col(column).str.normalize("NFKC")
    found = pl.scan_parquet(folder / file).filter(value.str.contains(pattern)).select("id").collect()["id"]
    if len(found):
        some = ", ".join(found.head(_MOST_NAMED)) + (", …" if len(found) > _MOST_NAMED else "")
        what = f"{len(found):,} headlines have an e-mail address or telephone number in {column!r}: {some}"
        yield Finding("personal-data", what, file)
