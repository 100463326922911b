"""XLIFF 2.0, the exchange format of translation jobs: one unit a pair, with all other columns in its metadata module."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import polars as pl

from alignkit.errors import InputError
from alignkit.export.formats.model import OneFile
from alignkit.export.formats.units import NUMBER, PLAIN_COLUMNS, read_units, write_units
from alignkit.export.formats.xml_text import attribute, content, elements_of, text_of
from alignkit.schema import PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml import etree

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Table

_CORE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA: Final = "urn:oasis:names:tc:xliff:metadata:2.0"
_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="{_CORE}" xmlns:mda="{_METADATA}" version="2.0" srcLang="en" trgLang="ja">
<file id="pairs" xml:space="preserve">
"""
_TAIL: Final = "</file>\n</xliff>\n"
_TEXTS: Final = {"en": "source", "ja": "target"}


class Xliff(OneFile):
    """Pairs as XLIFF."""

    name: ClassVar[str] = "xliff"
    suffixes: ClassVar[tuple[str, ...]] = (".xlf", ".xliff")
    tables: ClassVar[tuple[Table, ...]] = (PAIRS,)
    readable: ClassVar[bool] = True

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:  # noqa: ARG002 - as all formats
        """Write pairs, of which there must be one at least."""
        return write_units(frames, path, head=_HEAD, unit=_unit(), tail=_TAIL, may_be_empty=False)

    def read(self, path: Path) -> Iterator[pl.DataFrame]:
        """Read pairs back; an XLIFF from elsewhere has no metadata of ours, and is then no table of pairs."""
        return read_units((_read_unit(unit, path) for unit in elements_of(path, f"{{{_CORE}}}unit")), path)


def _unit() -> pl.Expr:
    """Give the unit of a pair; a meta element whose column is null is null itself and leaves nothing.

    A unit's id may hold few characters, so that it is the unit's number, and the pair's id is the unit's name.
    """
    metadata = (
        pl.concat_str(pl.lit(f'<mda:meta type="{name}">'), content(name), pl.lit("</mda:meta>\n"))
        for name in PLAIN_COLUMNS
    )
    return pl.concat_str(
        pl.concat_str(pl.lit('<unit id="u'), NUMBER, pl.lit('" name="'), attribute("pair_id"), pl.lit('">\n')),
        pl.lit('<mda:metadata>\n<mda:metaGroup category="alignkit">\n'),
        *metadata,
        pl.lit("</mda:metaGroup>\n</mda:metadata>\n"),
        pl.concat_str(pl.lit('<segment state="translated">\n<source>'), content("en"), pl.lit("</source>\n")),
        pl.concat_str(pl.lit("<target>"), content("ja"), pl.lit("</target>\n</segment>\n</unit>\n")),
        ignore_nulls=True,
    )


def _read_unit(unit: etree._Element, path: Path) -> dict[str, str]:
    row = {meta.get("type") or "": text_of(meta, path) for meta in unit.iter(f"{{{_METADATA}}}meta")}
    if (pair_id := unit.get("name")) is not None:
        row["pair_id"] = pair_id
    for lang, tag in _TEXTS.items():
        texts = list(unit.iter(f"{{{_CORE}}}{tag}"))
        if len(texts) != 1:
            problem = f"has a <unit> with {len(texts)} <{tag}>, where one is read"
            raise InputError(problem, path=path, row=unit.sourceline)
        row[lang] = text_of(texts[0], path)
    return row
