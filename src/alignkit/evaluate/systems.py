"""The outputs of MT systems: files of lines, tables with ids, and folders of them, fitted to an evaluation set."""

from __future__ import annotations

import glob
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alignkit.errors import InputError, UsageError, quoted
from alignkit.evaluate.plain_set import check_line_count
from alignkit.evaluate.text_rows import is_table, read_rows, read_text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.evaluate.testset import EvaluationSet
    from alignkit.evaluate.text_rows import Row

_TEXT: Final = ("hypothesis", "hyp", "translation", "mt", "output", "target", "text")
_ID: Final = ("id", "segment_id", "seg_id", "story_id")
_SYSTEM: Final = "system"
_NOT_A_SYSTEM: Final = {"source", "src", "en", "reference", "ref", "references", "story", "doc", "seg"}
_SUFFIXES: Final = {".txt", ".jsonl", ".ndjson", ".tsv", ".tab", ".csv", ".gz", ".bz2", ".xz", ".zst"}
_LANGUAGE_CODE_LETTERS: Final = 3


@dataclass(frozen=True)
class SystemOutput:
    """What one system made of an evaluation set.

    Attributes:
        name: The system's name.
        outputs: Its translation of each segment, in the set's order; empty where it gave none.
        path: The file they are from, if they are from one.
    """

    name: str
    outputs: tuple[str, ...]
    path: Path | None = None


def read_systems(places: Iterable[str], test_set: EvaluationSet, encoding: str | None = None) -> list[SystemOutput]:
    """Read systems' outputs.

    Args:
        places: Files, folders of files, or patterns with '*'; NAME=PATH names a file's system. A file holds a line for
            each segment; or it is a TSV, CSV or JSON Lines file with the columns id and hypothesis, with the columns id,
            system and hypothesis, or with the column id and one for each system.
        test_set: What they are outputs for.
        encoding: The files' encoding, or None to find it out.

    Raises:
        InputError: A file cannot be read, does not have every segment once, or a system is there twice.
        UsageError: There is no file.
    """
    systems: list[SystemOutput] = []
    for place in places:
        name, separator, path = place.partition("=")
        if not separator or Path(place).exists():
            name, path = "", place
        files = _files(Path(path))
        if name and len(files) > 1:
            raise UsageError("names more than one file", column="--hyp", value=place, remedy="Name each by itself.")
        for file in files:
            systems += _read(file, name, test_set, encoding)
    return check_systems(systems, test_set)


def check_systems(systems: Sequence[SystemOutput], test_set: EvaluationSet) -> list[SystemOutput]:
    """Give systems back if they can be compared.

    Raises:
        InputError: Two have the same name, or one does not have an output for each segment.
        UsageError: There is none.
    """
    if not systems:
        raise UsageError("is missing", column="--hyp", remedy="Name at least one system's output.")
    known: dict[str, SystemOutput] = {}
    for system in systems:
        if not system.name.strip():
            raise InputError("has no name", path=system.path)
        if system.name in known:
            first = known[system.name].path
            problem = f"is given twice (also in {first})" if first else "is given twice"
            remedy = "Name systems apart with --hyp NAME=PATH."
            raise InputError(problem, path=system.path, column="system", value=system.name, remedy=remedy)
        known[system.name] = system
        if len(system.outputs) != len(test_set.segments):
            against = f"the set {test_set.name!r}"
            check_line_count(system.path or Path(system.name), system.outputs, test_set.references, against)
    return list(systems)


def system_name(path: Path) -> str:
    """Give the name of the system whose output a file is.

    It is the file's name without its type; of WMT's 'newstest2021.en-ja.hyp.NiuTrans.ja' it is 'NiuTrans'.
    """
    name = path.name
    while Path(name).suffix.lower() in _SUFFIXES:
        name = Path(name).stem
    before, hyp, rest = name.partition(".hyp.")
    if hyp and before:
        name, dot, language = rest.rpartition(".")
        return name if dot and len(language) <= _LANGUAGE_CODE_LETTERS else rest
    return name


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        if not files:
            raise InputError("has no files", path=path)
        return files
    if not path.exists() and glob.has_magic(str(path)):
        files = sorted(Path(found) for found in glob.glob(str(path)))  # noqa: PTH207 - a pattern may be absolute
        if not files:
            raise InputError("matches no file", path=path)
        return files
    return [path]


def _read(path: Path, name: str, test_set: EvaluationSet, encoding: str | None) -> Iterable[SystemOutput]:
    given = name or system_name(path)
    if not is_table(path):
        lines = read_text_lines(path, encoding)
        check_line_count(path, lines, test_set.references, f"the set {test_set.name!r}")
        return [SystemOutput(given, tuple(lines), path)]
    rows = read_rows(path, encoding)
    if not rows:
        raise InputError("has no rows", path=path)
    outputs = _by_system(rows, given, path, test_set.target_language)
    return [SystemOutput(system, _fitted(texts, path, test_set), path) for system, texts in outputs.items()]


_Texts = list[tuple[int, str | None, str]]
"""For each row of a system: its number, its id if there are ids, and the text."""


def _by_system(rows: Sequence[Row], name: str, path: Path, language: str) -> dict[str, _Texts]:
    columns = list(rows[0].fields)
    ids = next((column for column in _ID if column in columns), None)
    text = next((column for column in (*_TEXT, language) if column in columns), None)
    if text is not None:
        found: dict[str, _Texts] = defaultdict(list)
        for row in rows:
            found[str(row.fields.get(_SYSTEM) or name)].append(
                (row.number, _id(row, ids, path), _cell(row, text, path))
            )
        return dict(found)
    systems = [column for column in columns if column != ids and column not in _NOT_A_SYSTEM]
    if ids is None or not systems:
        remedy = f"Its columns are: {', '.join(columns)}. Call it one of: {', '.join(_TEXT)}."
        raise InputError("has no column with outputs", path=path, remedy=remedy)
    return {system: [(row.number, _id(row, ids, path), _cell(row, system, path)) for row in rows] for system in systems}


def _id(row: Row, column: str | None, path: Path) -> str | None:
    if column is None:
        return None
    value = row.fields.get(column)
    if value is None or not str(value).strip():
        raise InputError("is empty", path=path, row=row.number, column=column)
    return str(value).strip()


def _cell(row: Row, column: str, path: Path) -> str:
    value = row.fields.get(column)
    if not isinstance(value, str):
        raise InputError("is no text", path=path, row=row.number, column=column, value=value)
    return value


def _fitted(texts: _Texts, path: Path, test_set: EvaluationSet) -> tuple[str, ...]:
    """Put a system's outputs into the order of the set, by their ids if they have any."""
    if any(name is None for _, name, _ in texts):
        lines = [text for _, _, text in texts]
        check_line_count(path, lines, test_set.references, f"the set {test_set.name!r}")
        return tuple(lines)
    wanted = [segment.id for segment in test_set.segments]
    given = {name: text for _, name, text in texts if name is not None}
    counts = Counter(name for _, name, _ in texts)
    for row, name, _ in texts:
        if counts[name] > 1:
            raise InputError("is there more than once", path=path, row=row, column="id", value=name)
    known = set(wanted)
    missing = [name for name in wanted if name not in given]
    strange = [name for name in given if name not in known]
    if missing or strange:
        parts = []
        if missing:
            parts.append(f"has no output for {len(missing):,} of {len(wanted):,} segments, the first {missing[0]!r}")
        if strange:
            parts.append(f"has {len(strange):,} ids that are not in the set, the first {quoted(strange[0])}")
        remedy = f"The set's ids begin {', '.join(map(repr, wanted[:3]))}; give each of them once."
        raise InputError(" and ".join(parts), path=path, column="id", remedy=remedy)
    return tuple(given[name] for name in wanted)
