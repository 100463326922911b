"""Which agency a headline comes from: by its credit, else by its outlet."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.outlets.registry import registry
from alignkit.text.data import read_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.outlets.registry import Registry
    from alignkit.text.normalise import Normalised

_NAMES_REMEMBERED: Final = 1 << 12


def agencies(headlines: pl.DataFrame, read: Sequence[Normalised]) -> pl.Series:
    """Give the agency that each headline comes from: the Japanese short form of its name (共同), or null.

    An English and a Japanese headline of one agency may be of one story, however differently they are worded.

    Args:
        headlines: n headlines, a table `alignkit.schema.HEADLINES`.
        read: The same, as `alignkit.reading.read_headlines` reads them: with the credits that stood in their texts.
    """
    found = [
        _of_credits(credit, normalised) or _of_outlet(outlet)
        for credit, outlet, normalised in zip(headlines["credit"], headlines["outlet"], read, strict=True)
    ]
    return pl.Series("agency", found, dtype=pl.String)


def _of_credits(credit: str | None, read: Normalised) -> str | None:
    marks = (credit or "", *read.of_kind("credit"))
    return next((agency for mark in marks if mark and (agency := agency_in(mark))), None)


@cache
def agency_in(mark: str) -> str | None:
    """Give the agency that a credit names, such as （共同）, 【ワシントン共同】 or (Kyodo), or None."""
    match = _any_agency().search(mark)
    return None if match is None else _agency_of_form()[match[0]]


def _of_outlet(name: str | None) -> str | None:
    """Give the agency that an outlet is, or None."""
    return None if name is None else _named(name, registry())


@lru_cache(maxsize=_NAMES_REMEMBERED)
def _named(name: str, outlets: Registry) -> str | None:
    outlet = outlets.find(name)
    if outlet is None:
        return _agency_of_form().get(name)
    return agency_in(" ".join(outlet.names)) if outlet.kind == "agency" else None


@cache
def _agency_of_form() -> dict[str, str]:
    rows = [[form for column in row for form in column.split("|")] for row in read_rows("agencies.tsv")]
    return {form: forms[0] for forms in rows for form in forms}


@cache
def _any_agency() -> re.Pattern[str]:
    """Give what finds any agency's name; a name in Latin letters is a word of its own, and the longer name wins."""
    forms = sorted(_agency_of_form(), key=lambda form: (-len(form), form))
    return re.compile("|".join(rf"\b{re.escape(form)}\b" if form.isascii() else re.escape(form) for form in forms))
