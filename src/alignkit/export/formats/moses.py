"""Moses: a file of English lines and one of Japanese lines, where a line's number says what belongs together.

PREFIX.moses, or PREFIX where the format is named, makes PREFIX.en, PREFIX.ja and PREFIX.ids; the last has the ids of
pair, story and headlines of each line, with tabs between. There is no way to write a line end within a line: it, a tab,
and whatever some programs take for a line end become a space, and each such text is reported.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar, Final

import polars as pl

from alignkit.export.formats.checking import CheckedFrames
from alignkit.export.formats.writing import whole_file
from alignkit.schema import PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Table

# The line ends of Python's str.splitlines, which is how many programs of the field read lines.
_BREAKS: Final = r"\r\n|[\t\n\x0B\x0C\r\x1C-\x1E\x{85}\x{2028}\x{2029}]"
_COLUMNS: Final = {"en": ("en",), "ja": ("ja",), "ids": ("pair_id", "story_id", "en_id", "ja_id")}


class Moses:
    """Pairs as two line-aligned files of text."""

    name: ClassVar[str] = "moses"
    suffixes: ClassVar[tuple[str, ...]] = (".moses",)
    tables: ClassVar[tuple[Table, ...]] = (PAIRS,)
    readable: ClassVar[bool] = False
    takes_bom: ClassVar[bool] = False

    def outputs(self, path: Path) -> tuple[Path, ...]:
        """Name the files that `write` makes."""
        prefix = path.name.removesuffix(".moses")
        return tuple(path.with_name(f"{prefix}.{ending}") for ending in _COLUMNS)

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:  # noqa: ARG002 - as all formats
        """Write pairs."""
        checked = CheckedFrames(frames, self.tables)
        # The files take their places only when all of them are complete: first the streams are closed, then each moved.
        with ExitStack() as files, ExitStack() as streams:
            temporaries = [files.enter_context(whole_file(output)) for output in self.outputs(path)]
            opened = [streams.enter_context(temporary.open("wb")) for temporary in temporaries]
            for batch in checked:
                texts = batch.frame.select(name for names in _COLUMNS.values() for name in names)
                broken = texts.select(pl.all().str.contains(_BREAKS))
                checked.note(batch, broken, lambda _: "holds a line end or a tab, written as a space", only_value=True)
                lines = texts.with_columns(pl.all().str.replace_all(_BREAKS, " "))
                for stream, names in zip(opened, _COLUMNS.values(), strict=True):
                    joined = lines.select(pl.concat_str(names, separator="\t") + "\n").to_series()
                    stream.write("".join(joined).encode())
        return checked.report()
