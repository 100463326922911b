"""Evaluation sets from plain files, one segment a line, as sacrebleu takes them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from alignkit.errors import InputError, UsageError
from alignkit.evaluate.parting import parting_line
from alignkit.evaluate.testset import EvaluationSet, Reference, Segment, check_set
from alignkit.evaluate.text_rows import read_text_lines
from alignkit.text.language import detect_languages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SAMPLE: Final = 200
_UNKNOWN: Final = "und"


def read_plain(
    references: Sequence[Path],
    source: Path | None = None,
    *,
    stories: Path | None = None,
    languages: str | None = None,
    encoding: str | None = None,
) -> EvaluationSet:
    """Read an evaluation set from files of lines; its ids are the lines' numbers.

    Args:
        references: Files of references, a line a segment. An empty line is a reference that is missing.
        source: The file of sources, if there is one.
        stories: A file that names each line's story or document; if not given, each line is a story of its own.
        languages: Such as 'en-ja'; if not given, it is found out for English and Japanese.
        encoding: The files' encoding, or None to find it out.

    Raises:
        InputError: A file cannot be read, or they do not have as many lines as each other.
        UsageError: The language cannot be found out, or is not given as it should be.
    """
    columns = [read_text_lines(path, encoding) for path in references]
    first = columns[0]
    for path, column in zip(references[1:], columns[1:], strict=True):
        check_line_count(path, column, [(text,) for text in first], references[0])
    sources = [""] * len(first) if source is None else read_text_lines(source, encoding)
    names = list(map(str, range(1, len(first) + 1))) if stories is None else read_text_lines(stories, encoding)
    for beside, lines in ((source, sources), (stories, names)):
        if len(lines) != len(first):
            raise InputError(f"has {len(lines):,} lines where {references[0]} has {len(first):,}", path=beside)
    segments = tuple(
        Segment(str(row), text, tuple(Reference(one) for one in texts if one.strip()), story=story)
        for row, (text, story, *texts) in enumerate(zip(sources, names, *columns, strict=True), 1)
    )
    known = _languages(languages) if languages else (_detected(sources) or _UNKNOWN, _detected(first))
    if known[1] is None:
        problem = "is neither English nor Japanese as a whole, and BLEU's words depend on the language"
        raise UsageError(problem, path=references[0], remedy="Name the languages, such as --lang en-ja.")
    return check_set(EvaluationSet(references[0].name.partition(".")[0], segments, known[0], known[1]), references[0])


def check_line_count(path: Path, lines: Sequence[str], references: Sequence[Sequence[str]], against: object) -> None:
    """Refuse a file that does not have a line for each segment, and say where the two part.

    Args:
        path: The file.
        lines: Its lines.
        references: The references of each segment.
        against: What the segments are from, for the message.

    Raises:
        InputError: It has more lines or fewer.
    """
    if len(lines) == len(references):
        return
    place = parting_line(lines, references)
    if place > len(lines):
        expected = references[len(lines)][0] if references[len(lines)] else ""
        detail = f"what it has fits, and line {place:,} is the first that is missing, for {expected!r}"
    elif place > len(references):
        detail = f"its first {len(references):,} lines fit, and line {place:,} is one too many"
    else:
        detail = f"up to line {place - 1:,} they fit, and from line {place:,} on they do not"
    problem = f"has {len(lines):,} lines where {against} has {len(references):,}: {detail}"
    raise InputError(problem, path=path, remedy="Give every segment its line; an empty output is an empty line.")


def _languages(pair: str) -> tuple[str, str]:
    source, dash, target = pair.partition("-")
    if not (source and dash and target) or "-" in target:
        raise UsageError("is no pair of languages", column="--lang", value=pair, remedy="Write it as en-ja.")
    return source, target


def _detected(texts: Sequence[str]) -> str | None:
    """Give the language of most of the texts, if that is one of ours."""
    found = Counter(detect_languages([text for text in texts[:_SAMPLE] if text.strip()]))
    if not found:
        return None
    language, count = found.most_common(1)[0]
    return language if language in {"en", "ja"} and 2 * count > found.total() else None
