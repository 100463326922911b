"""Print how good and how quick headlines are read: what stands around them taken off, and their language told.

    python scripts/benchmark_reading.py

Numbers, names and polarity have scripts of their own: benchmark_quantities.py, benchmark_names.py, benchmark_polarity.py.
Real data are read as by benchmark_main_job.py. One core is used.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

os.environ["POLARS_MAX_THREADS"] = "1"  # before polars is loaded

from functools import partial

from langdetect import DetectorFactory, LangDetectException, detect

from alignkit.outlets.affixes import registered_affixes
from alignkit.text import language
from alignkit.text.language import detect_languages
from alignkit.text.normalise import normalise
from gold_data import BENCH, demo, wmt21

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

ROUNDS: Final = 5
HEADLINES: Final = 100_000


def main() -> None:
    """Print all figures."""
    print_normalisation()
    if BENCH.is_dir():
        print_language()
    else:
        print(f"(languages are left out: {BENCH} is not there)")


def print_normalisation() -> None:
    """Print how many headlines a second are taken apart, distinct ones with and without something around them."""
    texts = demo().headlines["text"].to_list()
    many = [f"{texts[number % len(texts)]} {number}" for number in range(HEADLINES)]
    around = [f"【速報】{text}｜静岡新聞アットエス" for text in many]
    affixes = registered_affixes()
    print(f"{'Taking headlines apart, best of ' + str(ROUNDS):<58}{'a second':>12}")
    for name, chosen in (("demonstration corpus", many), ("the same, each with a label and a suffix", around)):
        print(f"{name:<58}{HEADLINES / seconds(partial(normalise, chosen, affixes)):>12,.0f}")


def print_language() -> None:
    """Print errors and speed on real texts, beside langdetect's own."""
    print(f"\n{'Language of WMT21 texts':<48}{'texts':>8}{'errors':>8}{'langdetect':>12}{'times as quick':>16}")
    for segments in ("all", "headlines"):
        headlines = wmt21("*", segments).headlines
        texts = headlines["text"].to_list()
        ours, theirs = detect_languages(texts), by_langdetect(texts)
        ratio = seconds(partial(by_langdetect, texts), 1) / seconds(partial(fresh, texts), 1)
        row = (errors(headlines, ours), errors(headlines, theirs))
        print(f"{segments:<48}{len(texts):>8,}{row[0]:>8}{row[1]:>12}{ratio:>16.0f}")


def errors(headlines: pl.DataFrame, found: Sequence[str]) -> int:
    """Count the headlines whose language was told wrongly."""
    return sum(lang != told for lang, told in zip(headlines["lang"], found, strict=True))


def fresh(texts: Sequence[str]) -> list[str]:
    """Tell languages as if no text had been seen before."""
    language._detect.cache_clear()  # noqa: SLF001 - what is remembered must not count
    return list(detect_languages(texts))


def by_langdetect(texts: Sequence[str]) -> list[str]:
    """Tell languages by langdetect alone, seeded."""
    DetectorFactory.seed = 0
    found = []
    for text in texts:
        try:
            found.append(detect(text))
        except LangDetectException:
            found.append("other")
    return found


def seconds(task: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the least time that a task takes."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        task()
        taken.append(time.perf_counter() - started)
    return min(taken)


if __name__ == "__main__":
    main()
