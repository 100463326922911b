"""The file formats that tables of pairs and headlines are written to, and read back from.

======== =========================================== ========= ========= =============================================
name     file                                        headlines read back an empty text and no value
======== =========================================== ========= ========= =============================================
jsonl    JSON Lines                                  yes       yes       "" and null
csv, tsv one line a row, safe to open in a           yes       yes       "" and nothing at all, which programs other
         spreadsheet                                           than this one read as the same
sqlite   an SQLite database with one table           yes       yes       '' and NULL
parquet  Parquet, as `datasets` writes it            yes       yes       "" and null
tmx      TMX 1.4b, one unit a pair                   no        yes       an empty property and none
xliff    XLIFF 2.0, one unit a pair                  no        yes       an empty meta element and none
wmt      XML as WMT's test sets are in, one document no        no        a pair with an empty text is left out
         a story
moses    two files of lines and one of ids           no        no        both an empty line, or an empty id
======== =========================================== ========= ========= =============================================

What a format cannot hold becomes a reject with its row, column and value; all other rows are written.
"""

from __future__ import annotations

from alignkit.export.formats.convert import Conversion, convert
from alignkit.export.formats.model import Exporter, ExportReport, Reader, WriteSettings
from alignkit.export.formats.registry import EXPORTERS, exporter_for, exporter_named, reader_for

__all__ = [
    "EXPORTERS",
    "Conversion",
    "ExportReport",
    "Exporter",
    "Reader",
    "WriteSettings",
    "convert",
    "exporter_for",
    "exporter_named",
    "reader_for",
]
