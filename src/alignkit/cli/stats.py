"""alignkit stats: a dataset at a glance."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, print_table, progress_bar
from alignkit.cli.options import JsonOption, QuietOption
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from alignkit.stats.model import Bin, DatasetStats, Spread

EXAMPLES: Final = """Examples:

\b
  alignkit stats build/demo/dataset
  alignkit stats build/demo/dataset --html glance.html
  alignkit stats build/demo/dataset --json
"""

_MOST_OUTLETS: Final = 10
_BAR: Final = 30
_QUARTILES: Final = ("least", "lower", "median", "upper", "most")
_UNSEEN: Final = ("Cc", "Cf", "Zl", "Zp")


def stats(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The dataset that 'alignkit export' wrote.")],
    *,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page to look through it too, all in one file.")
    ] = None,
    pairs: Annotated[int, typer.Option(min=1, help="The most pairs that the page lists.")] = 10_000,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show what a dataset holds: rows, relations, scores, checks, coverage, lengths, reprints and outlets.

    The page shows the same as figures, and the pairs in a table to search, filter and sort, with what each headline says
    of the other. It loads nothing from anywhere, so it can be sent and kept as it is.
    """
    from alignkit.stats.measure import dataset_stats

    if html is not None and html.is_dir():
        raise UsageError("is a folder", path=html, remedy="Name the file to write, such as glance.html.")
    found = dataset_stats(folder)
    if html is not None:
        _write_page(found, folder, html, pairs, quiet=quiet or as_json)
    if as_json:
        print_json(found.as_dict())
    elif not quiet:
        for title, columns, rows in _tables(found):
            if rows:
                typer.echo(f"\n{_printable(title)}")
                cells = [[_printable(value) if isinstance(value, str) else value for value in row] for row in rows]
                print_table(list(map(_printable, columns)), cells)
        if html is not None:
            typer.echo(f"\npage: {html}")


def _write_page(found: DatasetStats, folder: Path, html: Path, most: int, *, quiet: bool) -> None:
    from alignkit.stats.listing import list_pairs
    from alignkit.stats.page import render_page
    from alignkit.storage import replacing_file

    with progress_bar(quiet=quiet) as progress:
        listing = list_pairs(folder, most=most, progress=progress)
    page = render_page(found, listing)
    with replacing_file(html) as temporary:
        temporary.write_bytes(page.encode())


def _tables(found: DatasetStats) -> Iterator[tuple[str, tuple[str, ...], Sequence[tuple[object, ...]]]]:
    """Give title, columns and rows of each table."""
    splits = tuple(dict.fromkeys(split for rows in found.rows.values() for split in rows))
    about = [found.version and f"version {found.version}", found.license, f"text {found.text}"]
    about += [f"{found.stories:,} stories", " to ".join(found.period or ())]
    title = f"{found.name} ({', '.join(part for part in about if part)})"
    yield title, ("config", *splits, "all"), [(name, *_by(splits, rows)) for name, rows in found.rows.items()]
    of_pairs = tuple(found.rows["pairs"])
    relations = [(name, *_by(of_pairs, counts)) for name, counts in found.relations.items()]
    yield "Relations", ("relation", *of_pairs, "all"), relations
    yield "Scores", ("score", "pairs", ""), _bars(found.scores)
    verdicts = tuple(dict.fromkeys(verdict for counts in found.checks.values() for verdict in counts))
    checks = [(check, *(counts.get(name, 0) for name in verdicts)) for check, counts in found.checks.items()]
    yield "Checks", ("check", *verdicts), checks
    shares = (("the English", found.coverage.en), ("the Japanese", found.coverage.ja))
    yield "Coverage", ("of", *_QUARTILES), [(of, *_quartiles(spread)) for of, spread in shares if spread]
    lengths = [
        (f"{name}, {what}", *map(round, _quartiles(spread)))
        for lang, name in (("en", "English"), ("ja", "Japanese"))
        for what, spread in (("characters", found.lengths[lang].characters), ("words", found.lengths[lang].words))
        if spread
    ]
    yield "Lengths", ("of", *_QUARTILES), lengths
    yield "Reprints", ("Japanese headlines", "stories"), list(found.reprints.items())
    yield "Days from the English to the Japanese", ("days", "pairs", ""), _bars(found.days_apart)
    outlets = [(each.outlet or "unknown", each.lang, each.headlines) for each in found.outlets]
    more = f", the largest {_MOST_OUTLETS} of {len(outlets):,}" if len(outlets) > _MOST_OUTLETS else ""
    yield f"Outlets{more}", ("outlet", "language", "headlines"), outlets[:_MOST_OUTLETS]


def _printable(text: str) -> str:
    """Put a question mark for what would move the cursor or turn the writing's direction in the data's own words."""
    return "".join("\ufffd" if unicodedata.category(character) in _UNSEEN else character for character in text)


def _by(splits: Iterable[str], counts: Mapping[str, int]) -> tuple[int, ...]:
    return (*(counts.get(split, 0) for split in splits), sum(counts.values()))


def _quartiles(spread: Spread) -> tuple[float, ...]:
    return tuple(getattr(spread, name) for name in _QUARTILES)


def _bars(bins: Iterable[Bin]) -> list[tuple[object, ...]]:
    """Give intervals that have values, each with a bar."""
    filled = [each for each in bins if each.total]
    most = max((each.total for each in filled), default=1)
    return [(_interval(each), each.total, "█" * max(1, round(_BAR * each.total / most))) for each in filled]


def _interval(each: Bin) -> str:
    if each.low is None:
        return f"below {each.high:g}"
    return f"{each.low:g} and more" if each.high is None else f"{each.low:g} to {each.high:g}"
