"""How often the right sentence is found among many: grids of every English with every Japanese text, and the aligner.

A sentence counts as found where the right one has a better value than every other that does not read the same: a tie
with another is a miss, for a method that sees no difference has not told them apart.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import polars as pl

from alignkit.align.lexical import LexicalMatcher
from alignkit.align.stage import score_candidates
from alignkit.config import AlignSettings, PairSettings
from alignkit.pair.stage import find_candidates
from alignkit.reading import proper_texts
from alignkit.schema import HEADLINES
from alignkit.text.lexicon.store import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder
    from gold_data import GoldSet

Grid = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Query = Literal["en", "ja"]

NEIGHBOURS: Final = 16
MARGIN_NEIGHBOURS: Final = 4
LEAST_MEAN: Final = 1e-3
PAIRS_PER_STEP: Final = 4_000_000


@dataclass(frozen=True)
class Bitext:
    """English and Japanese texts of which some are translations of each other.

    Attributes:
        en: The English texts; the first are the partners of the Japanese, in their order, and rivals come behind them.
        ja: The Japanese texts.
    """

    en: list[str]
    ja: list[str]

    def with_rivals(self, rivals: Sequence[str]) -> Bitext:
        """Give it with more English texts, which are partners of none."""
        return Bitext([*self.en, *rivals], self.ja)


def bitext(gold: GoldSet) -> Bitext:
    """Give the headlines proper of a set's pairs: every method sees the same texts."""
    headlines = gold.headlines
    proper = dict(zip(headlines["id"], proper_texts(headlines), strict=True))
    return Bitext([proper[key] for key in gold.pairs["en_id"]], [proper[key] for key in gold.pairs["ja_id"]])


# Methods that give every pair a value


def length_grid(texts: Bitext, log_ratio: float) -> Grid:
    """Give how near each pair's lengths are to the usual ratio: minus the distance of its logarithm from the mean."""
    en, ja = (np.log([max(len(text), 1) for text in side]) for side in (texts.en, texts.ja))
    return -np.abs(en[:, None] - ja[None, :] - log_ratio).astype(np.float32)


def mean_log_ratio(texts: Bitext) -> float:
    """Give the mean logarithm of the ratio of an English text's length to its partner's, in characters."""
    return float(
        np.mean([np.log(max(len(en), 1) / max(len(ja), 1)) for en, ja in zip(texts.en, texts.ja, strict=True)])
    )


def lexicon_grid(texts: Bitext) -> Grid:
    """Give each pair's mean coverage by the lexicon, block by block."""
    matcher = LexicalMatcher(texts.en, texts.ja, load_lexicon())
    grid = np.empty((len(texts.en), len(texts.ja)), dtype=np.float32)
    step = max(1, PAIRS_PER_STEP // len(texts.ja))
    for start in range(0, len(texts.en), step):
        rows = np.arange(start, min(start + step, len(texts.en)))
        coverage = matcher.coverage(np.repeat(rows, len(texts.ja)), np.tile(np.arange(len(texts.ja)), len(rows)))
        grid[rows] = ((coverage.en + coverage.ja) / 2).reshape(len(rows), -1)
    return grid


def cosine_grid(texts: Bitext, embedder: Embedder) -> Grid:
    """Give each pair's cosine."""
    grid: Grid = embedder.embed(texts.en) @ embedder.embed(texts.ja).T
    return grid


def margin_grid(cosine: Grid) -> Grid:
    """Give each pair's ratio margin (Artetxe and Schwenk, 2019), neighbours taken from the whole grid."""
    mean_en, mean_ja = (
        np.partition(cosine, -MARGIN_NEIGHBOURS, axis=axis)
        .take(range(-MARGIN_NEIGHBOURS, 0), axis=axis)
        .mean(axis=axis)
        for axis in (1, 0)
    )
    margin: Grid = cosine / np.maximum((mean_en[:, None] + mean_ja[None, :]) / 2, LEAST_MEAN)
    return margin


def found_in_grid(grid: Grid, texts: Bitext, query: Query) -> NDArray[np.bool_]:
    """Tell of each text of one language whether its partner is found among those of the other.

    Args:
        grid: The value of each pair, English texts by Japanese texts.
        texts: The texts. English ones without a partner are not looked from.
        query: The language that is looked from.
    """
    numbers: dict[str, int] = {}
    targets = texts.en if query == "ja" else texts.ja
    labels = np.array([numbers.setdefault(text, len(numbers)) for text in targets])
    values = grid.T if query == "ja" else grid[: len(texts.ja)]
    right = labels[None, :] == labels[: len(texts.ja), None]
    best_right = np.where(right, values, -np.inf).max(axis=1)
    best_other = np.where(right, -np.inf, values).max(axis=1)
    found: NDArray[np.bool_] = best_right > best_other
    return found


# Mutual-best pairs


def mutual_best(grid: Grid) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Give the pairs each of which is the other's best: their rows and columns, int64 of shape (p, 2), and values."""
    best_ja, best_en = grid.argmax(axis=1), grid.argmax(axis=0)
    rows = np.flatnonzero(best_en[best_ja] == np.arange(len(grid)))
    return np.column_stack([rows, best_ja[rows]]), grid[rows, best_ja[rows]]


# The aligner


def headlines_of(texts: Bitext) -> pl.DataFrame:
    """Give texts as headlines of which nothing is known but the words, with ids that say nothing of who is whose."""
    sides = (("en", texts.en), ("ja", texts.ja))
    rows: list[dict[str, object]] = [
        {
            "id": _identity(lang, place, text),
            "lang": lang,
            "text": text,
            "collector": "benchmark",
            "source": f"{lang} {place}",
        }
        for lang, side in sides
        for place, text in enumerate(side)
    ]
    return HEADLINES.frame(rows)


def score_bitext(texts: Bitext, embedder: Embedder, rerank: str | None = None) -> pl.DataFrame:
    """Score the candidates of texts, with a second look by an encoder if one is named.

    Returns:
        What `score_candidates` gives, with the columns en and ja: the texts' places.
    """
    headlines = headlines_of(texts)
    candidates = find_candidates(headlines, settings=PairSettings(neighbours=NEIGHBOURS), embedder=embedder)
    scored = score_candidates(headlines, candidates, settings=AlignSettings(rerank=rerank), embedder=embedder)
    places = headlines.select("id", pl.col("source").str.split(" ").list.last().cast(pl.Int64).alias("place"))
    for lang in ("en", "ja"):
        scored = scored.join(places.rename({"id": f"{lang}_id", "place": lang}), on=f"{lang}_id", maintain_order="left")
    return scored


def found_by_score(scored: pl.DataFrame, texts: Bitext, query: Query) -> NDArray[np.bool_]:
    """Tell of each text of one language whether the candidate with the best score is its partner; arguments as above."""
    asked = scored.filter(pl.col(query) < len(texts.ja))
    answers = pl.Series(texts.en if query == "ja" else texts.ja)
    given = answers.gather(asked["en" if query == "ja" else "ja"])
    best = (
        asked.with_columns(right=given == answers.gather(asked[query]))
        # In a tie the wrong one comes first.
        .sort("score", "margin", "cosine", "right", descending=[True, True, True, False])
        .unique(query, keep="first", maintain_order=True)
    )
    found = np.zeros(len(texts.ja), dtype=np.bool_)
    found[best.filter("right")[query].to_numpy()] = True
    return found


def _identity(lang: str, place: int, text: str) -> str:
    return hashlib.sha256(f"{lang} {place} {text}".encode(errors="surrogatepass")).hexdigest()[:16]
