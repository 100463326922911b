"""How quick the aligner is and how much memory it needs, on synthetic dated headlines.

    python scripts/scale.py PAIRS DAYS

The headlines are the demonstration corpus's gold pairs over and over, each with a number of its own behind it, so that no
text is there twice, spread evenly over the days. They are encoded, paired and aligned with all cores and an empty cache of
embeddings; the lexicon is compiled before. What was measured is printed as JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from alignkit import align_candidates, find_candidates
from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.encoders.registry import load_encoder
from alignkit.schema import HEADLINES
from alignkit.text.lexicon.store import load_lexicon
from gold_data import demo
from retrieval import bitext

FIRST_DAY: Final = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
FIRST_NUMBER: Final = 100_000
KIBIBYTES_PER_MEBIBYTE: Final = 1024


class Measured(NamedTuple):
    """What a run took.

    Attributes:
        headlines: How many headlines there were, of both languages.
        days: Over how many days.
        candidates: How many candidates were found.
        pairs: How many pairs were aligned.
        correct: How many of them are the ones that were made as pairs.
        seconds: How long it took from the table of headlines to that of pairs, loading the encoder included.
        pairing_seconds: How much of it went into encoding and finding candidates.
        processes: How many processes compared words.
        own_mebibytes: The greatest resident memory of the process itself.
        child_mebibytes: The greatest resident memory of any of its children.
    """

    headlines: int
    days: int
    candidates: int
    pairs: int
    correct: int
    seconds: float
    pairing_seconds: float
    processes: int
    own_mebibytes: float
    child_mebibytes: float

    @property
    def most_mebibytes(self) -> float:
        """The memory that all processes had at most: as if each had had its greatest at the same time."""
        return self.own_mebibytes + (self.processes if self.processes > 1 else 0) * self.child_mebibytes


def main() -> None:
    """Measure in this process, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=int, help="how many headlines of each language")
    parser.add_argument("days", type=int, help="over how many days they are spread")
    arguments = parser.parse_args()
    print(json.dumps(measure(synthetic_headlines(arguments.pairs, arguments.days), arguments.days)._asdict()))


def measure_apart(pairs: int, days: int) -> Measured:
    """Measure in a process of its own, whose memory is that of the task alone."""
    command = [sys.executable, str(Path(__file__)), str(pairs), str(days)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(done.stdout))


def synthetic_headlines(pairs: int, days: int) -> pl.DataFrame:
    """Make dated headlines.

    Args:
        pairs: How many of each language.
        days: Over how many days.

    Returns:
        The table `alignkit.schema.HEADLINES`; the column section holds the number that partners share.
    """
    texts = bitext(demo())
    rows: list[dict[str, object]] = []
    for place in range(pairs):
        number = FIRST_NUMBER + place
        published = FIRST_DAY + dt.timedelta(days=place * days / pairs)
        for lang, text in (("en", texts.en[place % len(texts.en)]), ("ja", texts.ja[place % len(texts.ja)])):
            shared = {"lang": lang, "published_at": published, "section": str(number), "collector": "benchmark"}
            rows.append(shared | {"id": f"{lang}-{number}", "text": f"{text} {number}", "source": str(number)})
    return HEADLINES.frame(rows)


def measure(headlines: pl.DataFrame, days: int) -> Measured:
    """Align headlines, and give what it took."""
    load_lexicon()
    processes = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        encoder = load_encoder("use")
        embedder = Embedder(encoder, EmbeddingCache(encoder, Path(folder)))
        candidates = find_candidates(headlines, embedder=embedder)
        paired = time.perf_counter()
        pairs = align_candidates(headlines, candidates, embedder=embedder, processes=processes)
        seconds = time.perf_counter() - started
    own, child = (
        resource.getrusage(who).ru_maxrss / KIBIBYTES_PER_MEBIBYTE
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Measured(
        headlines=headlines.height,
        days=days,
        candidates=candidates.height,
        pairs=pairs.height,
        correct=pairs.filter(pl.col("en_id").str.slice(3) == pl.col("ja_id").str.slice(3)).height,
        seconds=seconds,
        pairing_seconds=paired - started,
        processes=processes,
        own_mebibytes=own,
        child_mebibytes=child,
    )


if __name__ == "__main__":
    main()
