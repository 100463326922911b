"""TMX 1.4b, the exchange format of translation memories: one unit a pair, with all other columns as properties.

A story with several reprints makes several units, as no reader of TMX keeps two texts of one language in a unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import polars as pl

import alignkit
from alignkit.errors import InputError
from alignkit.export.formats.model import OneFile
from alignkit.export.formats.units import PLAIN_COLUMNS, read_units, write_units
from alignkit.export.formats.xml_text import attribute, content, elements_of, text_of
from alignkit.schema import LANGUAGES, PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml import etree

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Table

_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="alignkit" creationtoolversion="{alignkit.__version__}" segtype="sentence" o-tmf="alignkit" \
adminlang="en" srclang="en" datatype="plaintext"/>
<body>
"""
_TAIL: Final = "</body>\n</tmx>\n"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# TMX asks that names of one's own begin so.
_OWN: Final = "x-"


class Tmx(OneFile):
    """Pairs as TMX."""

    name: ClassVar[str] = "tmx"
    suffixes: ClassVar[tuple[str, ...]] = (".tmx",)
    tables: ClassVar[tuple[Table, ...]] = (PAIRS,)
    readable: ClassVar[bool] = True

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:  # noqa: ARG002 - as all formats
        """Write pairs."""
        return write_units(frames, path, head=_HEAD, unit=_unit(), tail=_TAIL, may_be_empty=True)

    def read(self, path: Path) -> Iterator[pl.DataFrame]:
        """Read pairs back; a TMX from elsewhere has no properties of ours, and is then no table of pairs."""
        return read_units((_read_unit(unit, path) for unit in elements_of(path, "tu")), path)


def _unit() -> pl.Expr:
    """Give the unit of a pair; a property whose column is null is null itself and leaves nothing."""
    properties = (
        pl.concat_str(pl.lit(f'<prop type="{_OWN}{name}">'), content(name), pl.lit("</prop>\n"))
        for name in PLAIN_COLUMNS
    )
    texts = (
        pl.concat_str(pl.lit(f'<tuv xml:lang="{lang}"><seg>'), content(lang), pl.lit("</seg></tuv>\n"))
        for lang in LANGUAGES
    )
    start = pl.concat_str(pl.lit('<tu tuid="'), attribute("pair_id"), pl.lit('">\n'))
    return pl.concat_str(start, *properties, *texts, pl.lit("</tu>\n"), ignore_nulls=True)


def _read_unit(unit: etree._Element, path: Path) -> dict[str, str]:
    row = {(prop.get("type") or "").removeprefix(_OWN): text_of(prop, path) for prop in unit.iterchildren("prop")}
    if (pair_id := unit.get("tuid")) is not None:
        row["pair_id"] = pair_id
    for variant in unit.iterchildren("tuv"):
        # The part before the first '-' is the language itself: ja of ja-JP.
        lang = (variant.get(_LANGUAGE) or variant.get("lang") or "").lower().partition("-")[0]
        segment = variant.find("seg")
        if lang in LANGUAGES and segment is not None:
            row[lang] = text_of(segment, path)
    missing = [lang for lang in LANGUAGES if lang not in row]
    if missing:
        problem = f"has a <tu> without a text in {' and '.join(missing)}"
        raise InputError(problem, path=path, row=unit.sourceline)
    return row
