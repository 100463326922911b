"""XML as WMT's test sets have been in since 2021, and as sacrebleu reads it: a document a story, a reference a reprint.

A reference's translator is its outlet; where an outlet has several reprints of one story, the others are called
'OUTLET (2)' and so on. sacrebleu gives an empty reference to a story that an outlet did not print: that is to be taken
for none, since to score against an empty reference is to score too low. Scores and relations are not written.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, Final

import polars as pl
from lxml import etree

from alignkit.errors import StageError
from alignkit.export.formats.checking import CheckedFrames
from alignkit.export.formats.model import OneFile
from alignkit.export.formats.writing import whole_file
from alignkit.export.formats.xml_text import without_forbidden
from alignkit.schema import PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Table

_COLUMNS: Final = ("story_id", "en_id", "en", "ja_outlet", "ja")
_UNKNOWN: Final = "unknown"


class WmtXml(OneFile):
    """Pairs as a test set."""

    name: ClassVar[str] = "wmt"
    suffixes: ClassVar[tuple[str, ...]] = (".xml",)
    tables: ClassVar[tuple[Table, ...]] = (PAIRS,)
    readable: ClassVar[bool] = False

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:  # noqa: ARG002 - as all formats
        """Write pairs, of which there must be one at least; the stories come in the order of their ids.

        The pairs of a story may stand anywhere in the table, so all are sorted on disk first.
        """
        checked = CheckedFrames(frames, self.tables)
        with whole_file(path) as temporary, closing(sqlite3.connect("")) as sorter:
            _fill(sorter, checked)
            if not checked.rows:
                raise StageError("has no pair to hold, and its format has no file without any", path=path)
            with temporary.open("wb") as stream, etree.xmlfile(stream, encoding="utf-8") as xml:
                xml.write_declaration()
                with xml.element("dataset", id="alignkit"):
                    for document in _documents(sorter):
                        xml.write("\n", document)
                    xml.write("\n")
        return checked.report()


def _fill(sorter: sqlite3.Connection, checked: CheckedFrames) -> None:
    sorter.execute(f"CREATE TABLE pairs ({', '.join(_COLUMNS)})")
    for batch in checked:
        valid = without_forbidden(batch, checked)
        empty = valid.frame.select(pl.col("en", "ja").str.strip_chars() == "")
        kept = checked.drop(valid, empty, lambda _: "is empty, which readers of test sets take for missing")
        sorter.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?)", kept.frame.select(_COLUMNS).iter_rows())


def _documents(sorter: sqlite3.Connection) -> Iterator[etree._Element]:
    rows = sorter.execute("SELECT * FROM pairs ORDER BY story_id, rowid")
    for story, pairs in groupby(rows, key=itemgetter(0)):
        yield _document(story, [pair[1:] for pair in pairs])


def _document(story: str, pairs: list[tuple[str, str, str | None, str]]) -> etree._Element:
    """Make the document of a story: a segment for each English headline, mostly one, and for each reprint of it."""
    document = etree.Element("doc", origlang="en", id=story)
    english = {en_id: en for en_id, en, _, _ in pairs}
    numbers = {en_id: number for number, en_id in enumerate(english, 1)}
    source = etree.SubElement(etree.SubElement(document, "src", lang="en"), "p")
    for en_id, en in english.items():
        _add_segment(source, numbers[en_id], en)
    references: dict[str, etree._Element] = {}
    taken: set[tuple[str, str]] = set()
    for en_id, _, outlet, ja in pairs:
        name = next(name for name in _names(outlet or _UNKNOWN) if (en_id, name) not in taken)
        taken.add((en_id, name))
        if name not in references:
            reference = etree.SubElement(document, "ref", lang="ja", translator=name)
            references[name] = etree.SubElement(reference, "p")
        _add_segment(references[name], numbers[en_id], ja)
    return document


def _names(outlet: str) -> Iterator[str]:
    """Give the names of an outlet's reprints of one story."""
    yield outlet
    yield from (f"{outlet} ({number})" for number in count(2))


def _add_segment(parent: etree._Element, number: int, text: str) -> None:
    etree.SubElement(parent, "seg", id=str(number)).text = text
