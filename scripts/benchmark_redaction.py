"""Print how many names the redaction takes out of invented headlines, how many it should not, and what it costs.

    python scripts/benchmark_redaction.py [--record]

The headlines are those of redaction/development.tsv, which the rules and lists were made with, and of redaction/test.tsv,
which was written by a writer who did not know them, and measured once, when they were done. The last part of the development
half was such a test half before: there, English recall was 89 % and precision 69 %, Japanese recall 73 % and precision 87 %.
About half of the headlines name private people in news of crime, courts, accidents and deaths; the others, on the same
subjects, name places, companies, ships, storms, teams and holders of public offices. Each goes through the search of an export by itself, by the rule 'crime'. A name is found
if nothing of it is left; a placeholder is right if it stands for a name or part of one. --record writes the figures of the
test half to where the card's are read.

What it costs is measured on headlines made of words of the demonstration corpus, as in benchmark_export.py: exports of the
same tables by each rule, each in a process of its own, by the time of all its threads on the processor. As nearly all of
these headlines have a word of crime, or the like, among the words drawn, 'crime' is shown at its worst.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import numpy as np
import polars as pl

from alignkit import export_dataset
from alignkit.config import ExportSettings, Redact
from alignkit.export.redaction import PLACEHOLDER
from alignkit.export.redaction.figures import FIGURES, Figures
from alignkit.export.redaction.search import Search
from alignkit.schema import LANGUAGES
from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.normalise import NO_AFFIXES
from benchmark_export import make
from benchmark_report import share

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]

GOLD: Final = Path(__file__).parent / "redaction"
HALVES: Final = ("development", "test")
MARKED: Final = re.compile(r"\{([^{}]*)\}")


@dataclass
class Counts:
    """What became of the names of some headlines."""

    headlines: int = 0
    names: int = 0
    found: int = 0
    placeholders: int = 0
    right: int = 0


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000, help="how many pairs are exported (default: 10,000)")
    parser.add_argument(
        "--record", action="store_true", help="write the test half's figures to where the card reads them"
    )
    parser.add_argument("--errors", action="store_true", help="print what is wrong in the development half")
    parser.add_argument("--rule", choices=get_args(Redact), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rule:
        print(export_seconds(options.folder, options.rule))
        return
    measured = {half: measure(half, print_errors=options.errors and half == "development") for half in HALVES}
    print_found(measured)
    if options.record:
        record(measured["test"])
    if options.pairs:
        print_costs(options.pairs)


# --- what is found ----------------------------------------------------------------------------------------------------


def measure(half: str, *, print_errors: bool) -> dict[str, Counts]:
    """Count what becomes of the names of a half, by language."""
    gold = list(read(half))
    texts = [MARKED.sub(r"\1", marked) for _, marked in gold]
    counts: dict[str, Counts] = {lang: Counts() for lang in LANGUAGES}
    for (lang, marked), text, redacted in zip(gold, texts, redact([lang for lang, _ in gold], texts), strict=True):
        names, gone = marked_spans(marked), gone_spans(text, redacted)
        found = [all(any(a <= at < b for a, b in gone) for at in range(*name)) for name in names]
        right = [any(a < end and start < b for a, b in names) for start, end in gone]
        counts[lang].headlines += 1
        counts[lang].names += len(names)
        counts[lang].found += sum(found)
        counts[lang].placeholders += len(gone)
        counts[lang].right += sum(right)
        if print_errors and not all(found + right):
            print(f"{marked}  ->  {redacted}")
    return counts


def read(half: str) -> Iterator[tuple[str, str]]:
    """Give the headlines of a half: language, and text with the names in braces."""
    for line in (GOLD / f"{half}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            lang, _, marked = line.partition("\t")
            yield lang, marked


def redact(langs: list[str], texts: list[str]) -> list[str]:
    """Take the names out of headlines, each of which is a story of its own."""
    columns = {"id": list(map(str, range(len(texts)))), "lang": langs, "text": texts}
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(url=pl.lit(None, pl.String))
    search = Search(lambda: iter([table]), np.arange(len(texts), dtype=np.uint32), "crime", NO_AFFIXES)
    changed = table.select("id").join(search.replacements(), on="id", how="left", maintain_order="left")
    return [new or old for new, old in zip(changed["text"], texts, strict=True)]


def marked_spans(marked: str) -> list[Span]:
    """Give where the names in braces stand once the braces are gone."""
    return [
        (match.start() - 2 * place, match.end() - 2 * place - 2) for place, match in enumerate(MARKED.finditer(marked))
    ]


def gone_spans(text: str, redacted: str) -> list[Span]:
    """Give what placeholders stand for."""
    first, *pieces = redacted.split(PLACEHOLDER)
    at, spans = len(first), []
    for place, piece in enumerate(pieces):
        start = text.index(piece, at + 1) if piece or place < len(pieces) - 1 else len(text)
        spans.append((at, start))
        at = start + len(piece)
    return spans


def print_found(measured: dict[str, dict[str, Counts]]) -> None:
    """Print recall and precision by half and language."""
    print(f"{'half':<14}{'language':<10}{'headlines':>10}{'names':>7}{'recall':>16}{'precision':>16}")
    for half, by_language in measured.items():
        for lang, counts in by_language.items():
            recall, precision = share(counts.found, counts.names), share(counts.right, counts.placeholders)
            print(f"{half:<14}{lang:<10}{counts.headlines:>10}{counts.names:>7}{recall:>16}{precision:>16}")


def record(counts: dict[str, Counts]) -> None:
    """Write the figures that the card prints."""
    figures = {
        lang: Figures(
            headlines=each.headlines,
            names=each.names,
            found=each.found,
            placeholders=each.placeholders,
            right=each.right,
        ).model_dump()
        for lang, each in counts.items()
    }
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


# --- what it costs ----------------------------------------------------------------------------------------------------


def print_costs(pairs: int) -> None:
    """Print the processor's time of an export by each rule."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), pairs)
        headlines = pl.scan_parquet(Path(folder) / "headlines.parquet").select(pl.len()).collect().item()
        load_lexicon()
        seconds = {}
        for rule in get_args(Redact):
            arguments = ["--rule", rule, "--folder", folder]
            done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE)
            seconds[rule] = float(done.stdout)
    print(f"\n{'redact':<10}{'CPU seconds':>12}{'to none':>9}{'headlines/s':>13}   ({headlines:,} headlines)")
    for rule, taken in seconds.items():
        added = taken - seconds["none"]
        speed = f"{headlines / added:,.0f}" if rule != "none" else "-"
        print(f"{rule:<10}{taken:>12.2f}{taken / seconds['none']:>9.2f}{speed:>13}")


def export_seconds(folder: Path, rule: Redact) -> float:
    """Export the tables by a rule, and give the processor's time."""
    settings = ExportSettings(redact=rule, synthetic=True)
    tables = folder / "pairs.parquet", folder / rule
    started = time.process_time()
    export_dataset(*tables, headlines=folder / "headlines.parquet", settings=settings)
    return time.process_time() - started


if __name__ == "__main__":
    main()
