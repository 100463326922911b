"""Print how good and how quick each encoder is at finding a sentence's translation among all, without a lexicon.

    python scripts/benchmark_encoders.py [ENCODER ...]

Without names, all that are installed; 'st:sentence-transformers/LaBSE' and its like are to be named. Real data are read
from ../shared/bench, or from the folder that ALIGNKIT_BENCH names. Nothing is fitted here, but the prefix of 'e5' was
chosen on the development half.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.encoders.registry import known_encoders, load_encoder
from alignkit.errors import MissingExtraError
from gold_data import BENCH, tatoeba, wmt21

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from alignkit.encoders.base import Encoder
    from gold_data import GoldSet

BASE: Final = "use"
MARGIN_NEIGHBOURS: Final = 4


def main(names: list[str]) -> None:
    """Print the accuracy of each encoder on each set, and its speed beside that of USE."""
    if not BENCH.is_dir():
        sys.exit(f"{BENCH} is not there; name the folder of the real data in ALIGNKIT_BENCH")
    sets = [
        *(wmt21(way, "all", half) for half in ("development", "test") for way in ("ja-en", "en-ja")),
        tatoeba(),
    ]
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(f"{'accuracy@1':<48}{'pairs':>8}{'en->ja cos':>12}{'ja->en cos':>12}{'en->ja':>12}{'ja->en':>12}")
    speeds: dict[str, float] = {}
    for encoder in encoders(names):
        speeds[encoder.name] = print_accuracies(encoder, sets)
    print(f"\ncos: by cosine; else by ratio margin, k = {MARGIN_NEIGHBOURS}\n")
    print(f"{'speed, one run':<48}{'texts/s':>12}{'USE is 1':>12}")
    for name, speed in speeds.items():
        print(f"{name:<48}{speed:>12,.0f}{f'{speed / speeds[BASE]:.3f}' if BASE in speeds else '-':>12}")


def encoders(names: list[str]) -> Iterator[Encoder]:
    """Give the encoders of these names, else all that are installed; USE first, for the others are compared with it."""
    for name in names or sorted(known_encoders(), key=lambda known: known != BASE):
        try:
            yield load_encoder(name)
        except MissingExtraError as error:
            print(f"{name}: left out: {error}")


def print_accuracies(encoder: Encoder, sets: list[GoldSet]) -> float:
    """Print a row for each set, and give the texts encoded in a second, with their way into the cache."""
    count, seconds = 0, 0.0
    encoder.encode(["The first text loads what is loaded late."])
    with tempfile.TemporaryDirectory() as folder:
        embedder = Embedder(encoder, EmbeddingCache(encoder, Path(folder)))
        for gold in sets:
            texts = [texts_of(gold, lang) for lang in ("en", "ja")]
            started = time.perf_counter()
            en, ja = (embedder.embed(side) for side in texts)
            seconds += time.perf_counter() - started
            count += len({*texts[0], *texts[1]})
            similarity = en @ ja.T
            cells = [*accuracies(similarity), *accuracies(margins(similarity))]
            print(f"{f'{encoder.name}: {gold.name}':<48}{len(en):>8,}" + "".join(f"{cell:>12.4f}" for cell in cells))
    return count / seconds


def texts_of(gold: GoldSet, lang: str) -> list[str]:
    """Give the texts of one language, in the order of the gold pairs."""
    joined = gold.pairs.join(gold.headlines, left_on=f"{lang}_id", right_on="id", maintain_order="left")
    return joined["text"].to_list()


def margins(similarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the ratio margin of each cell (Artetxe and Schwenk, 2019, section 3.2)."""
    mean_en = np.sort(similarity, axis=1)[:, -MARGIN_NEIGHBOURS:].mean(axis=1)
    mean_ja = np.sort(similarity, axis=0)[-MARGIN_NEIGHBOURS:].mean(axis=0)
    ratio: NDArray[np.float32] = similarity / ((mean_en[:, None] + mean_ja[None, :]) / 2)
    return ratio


def accuracies(matrix: NDArray[np.float32]) -> list[float]:
    """Give accuracy@1 of rows and of columns; the right partner is on the diagonal."""
    right = np.arange(len(matrix))
    return [float((matrix.argmax(axis=axis) == right).mean()) for axis in (1, 0)]


if __name__ == "__main__":
    main(sys.argv[1:])
