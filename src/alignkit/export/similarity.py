"""Headlines that are nearly the same: found by MinHash over character n-grams, then compared in full.

Two headlines are near-duplicates if the Jaccard index of their sets of character n-grams (trigrams; of Japanese, bigrams)
is at least `THRESHOLD` and their times are no more than `WINDOW_DAYS` apart. That is what a reprint with another ending,
or a follow-up with another figure, looks like; headlines of different stories, with few words in common, are far below.

Candidates come from MinHash with banding (Broder, 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
chapter 3): 12 bands of 3 hashes find two texts with an index of 0.6 with a probability of 1 - (1 - 0.6³)¹² = 0.95, of 0.7
with 0.994. The cost grows with the number of texts, not with that of their pairs.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.export.threads import in_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

THRESHOLD: Final = 0.6
WINDOW_DAYS: Final = 30

_BANDS: Final = 12
_BAND_HASHES: Final = 3
_GRAM: Final = {"en": 3, "ja": 2}
_NEXT: Final = 3
"""How many of those that follow it in its bucket, by time, a text is compared with: near-duplicates are linked in chains."""

_LEAST_ALIKE: Final = 13
"""How many of the 36 hashes of a candidate must be equal for it to be compared in full.

Of two texts at the threshold 21.6 are equal on average, with a standard deviation of 2.9.
"""

_BATCH: Final = 25_000
_WINDOW_MICROSECONDS: Final = WINDOW_DAYS * 86_400 * 1_000_000
_SEED: Final = 20_310_512


def near_duplicates(texts: pl.DataFrame) -> pl.DataFrame:
    """Find near-duplicates.

    Args:
        texts: Columns lang, text (bare letters), first and last (times in microseconds, or null), and group, which is
            what they are known to belong to; each text once in a language.

    Returns:
        Columns left and right: two groups that have near-duplicates.
    """
    found = [_of_one_language(texts.filter(pl.col("lang") == lang), gram) for lang, gram in _GRAM.items()]
    return pl.concat(found)


def jaccard(left: str, right: str, gram: int) -> float:
    """Give the Jaccard index of two texts' sets of character n-grams; 0 where one has none."""
    ours, theirs = _grams(left, gram), _grams(right, gram)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _of_one_language(texts: pl.DataFrame, gram: int) -> pl.DataFrame:
    # A text shorter than two n-grams has no near-duplicate but itself.
    texts = texts.filter(pl.col("text").str.len_chars() > gram).sort("first", "last", "text")
    bands, sketches = _signatures(texts["text"], gram)
    candidates = pl.concat(in_threads(partial(_candidates, sketches=sketches), bands)).unique().sort("left", "right")
    times = texts.select("first", "last", "group").with_row_index("row")
    for side in ("left", "right"):
        candidates = candidates.join(times, left_on=side, right_on="row", suffix=f"_{side}", maintain_order="left")
    # Sorted by their first times, the right one never begins before the left one.
    in_window = (pl.col("first_right") - pl.col("last")).fill_null(0) <= _WINDOW_MICROSECONDS
    candidates = candidates.filter(in_window, pl.col("group") != pl.col("group_right"))
    lefts, rights = (texts["text"].gather(candidates[side]) for side in ("left", "right"))
    similar = [jaccard(left, right, gram) >= THRESHOLD for left, right in zip(lefts, rights, strict=True)]
    kept = candidates.filter(pl.Series(similar, dtype=pl.Boolean))
    return kept.select(left=pl.col("group"), right=pl.col("group_right"))


def _candidates(keys: NDArray[np.uint32], sketches: NDArray[np.uint8]) -> pl.DataFrame:
    """Give pairs of rows that follow each other among those with the same key, and whose hashes are alike."""
    # Sorting numbers of key and row is many times as quick as sorting rows by key.
    both = np.sort((keys.astype(np.uint64) << np.uint64(32)) | np.arange(len(keys), dtype=np.uint64))
    order, ordered = both.astype(np.uint32), (both >> np.uint64(32)).astype(np.uint32)
    found = [pl.DataFrame(schema={"left": pl.UInt32, "right": pl.UInt32})]
    for step in range(1, _NEXT + 1):
        same = np.flatnonzero(ordered[:-step] == ordered[step:])
        for first in range(0, len(same), _BATCH):
            places = same[first : first + _BATCH]
            left, right = order[places], order[places + step]
            alike = np.count_nonzero(sketches[left] == sketches[right], axis=1) >= _LEAST_ALIKE
            found.append(pl.DataFrame({"left": left[alike], "right": right[alike]}))
    return pl.concat(found)


def _signatures(texts: pl.Series, gram: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Give the keys of the bands of n texts, `_BANDS` by n, and the lowest bytes of all their hashes, n by as many."""
    random = np.random.default_rng(_SEED)
    hashes_in_all = _BANDS * _BAND_HASHES
    odd = random.integers(0, 2**31, size=hashes_in_all, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    added = random.integers(0, 2**32, size=hashes_in_all, dtype=np.uint32)
    bands = np.zeros((_BANDS, len(texts)), dtype=np.uint32)
    sketches = np.empty((len(texts), hashes_in_all), dtype=np.uint8)

    def sign(first: int) -> None:
        hashes, starts = _hashed_grams(texts[first : first + _BATCH], gram)
        rows = slice(first, first + len(starts))
        for place, (multiplier, summand) in enumerate(zip(odd, added, strict=True)):
            mixed = hashes * multiplier + summand
            mixed ^= mixed >> np.uint32(15)
            least = np.minimum.reduceat(mixed, starts)
            sketches[rows, place] = least.astype(np.uint8)
            band = bands[place // _BAND_HASHES, rows]
            band[:] = (band ^ least) * np.uint32(0x9E3779B1)

    list(in_threads(sign, range(0, len(texts), _BATCH)))
    return bands, sketches


def _hashed_grams(texts: pl.Series, gram: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Hash all n-grams of texts, none of which is shorter than one; and say where each text's begin."""
    codes = np.frombuffer(texts.str.join().item().encode("utf-32-le"), dtype="<u4")
    lengths = texts.str.len_chars().to_numpy().astype(np.int64)
    count = len(codes) - gram + 1
    hashes = np.zeros(count, dtype=np.uint32)
    for offset in range(gram):
        hashes = (hashes ^ codes[offset : offset + count]) * np.uint32(0x01000193)
        hashes ^= hashes >> np.uint32(13)
    # The n-grams that begin in a text and end in the next are none.
    whole = np.ones(len(codes), dtype=bool)
    ends = np.cumsum(lengths)
    for offset in range(1, gram):
        whole[ends - offset] = False
    starts = np.concatenate([[0], np.cumsum(lengths - gram + 1)[:-1]])
    return hashes[whole[:count]], starts


def _grams(text: str, gram: int) -> set[str]:
    return {text[place : place + gram] for place in range(len(text) - gram + 1)}
