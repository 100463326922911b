"""Which Japanese headlines are reprints of one wire story.

Two headlines are the more alike the nearer their vectors and the more words they share; the less so the farther apart they
were published, for the next day's story of the same people is the follow-up; and the less so for each number that contradicts
one of the other, above all on another day. Headlines that share a wire id are one story, and headlines with two wire ids are two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from scipy import sparse

from alignkit.pair.dates import newspaper_days, publication_times
from alignkit.pair.linkage import AverageLinkage, Edge
from alignkit.progress import silent
from alignkit.reading import proper_texts
from alignkit.schema import HEADLINES
from alignkit.text.quantities import compare_quantities, read_quantities
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder
    from alignkit.pair.dates import Times
    from alignkit.progress import Progress
    from alignkit.text.quantities import Quantity

# Chosen on the development half of the demonstration corpus; scripts/benchmark_candidates.py prints what they give.
_LEAST: Final = 0.3
_UNSEEN: Final = 0.1
_PER_DAY: Final = 0.2
_PER_CONTRADICTION: Final = 0.1
_PER_CONTRADICTION_OF_ANOTHER_DAY: Final = 0.4
_LEAST_COSINE: Final = 0.25
_LEAST_EDGE: Final = 0.2
_WINDOW_DAYS: Final = 2.0
_BLOCK_ROWS: Final = 512


def cluster_reprints(
    headlines: pl.DataFrame,
    *,
    among: pl.Series | None = None,
    embedder: Embedder | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Group the Japanese headlines that are reprints of one wire story.

    They are clustered by average linkage, one newspaper's day after the other: what a day's headlines have come together
    in stays together. A headline without a time is on its own, unless it shares a wire id: nothing else would tell a
    reprint from a follow-up.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`; English headlines in it are passed over.
        among: The ids of those that are to be grouped, and the others only tell how rare words are; None for all.
        embedder: What turns texts into vectors; None for the default encoder.
        progress: Told of each day.

    Returns:
        The columns ja_id and cluster, which is the id of the cluster's first headline: one row for each that is grouped, by
        time and id.

    Raises:
        SchemaError: `headlines` is not such a table.
    """
    # By time, the undated last; then by id, so that the result does not depend on the order of the rows.
    ja = HEADLINES.validate(headlines).filter(pl.col("lang") == "ja").sort("published_at", "id", nulls_last=True)
    if embedder is None:
        from alignkit.encoders.embedder import Embedder  # noqa: PLC0415

        embedder = Embedder()
    texts = proper_texts(ja)
    words = _word_weights(texts)
    if among is not None:
        rows = ja["id"].is_in(among.implode()).arg_true()
        ja, words, texts = ja[rows], words[rows.to_numpy()], [texts[row] for row in rows]
    reprints = _Reprints(texts, embedder.embed(texts, progress), publication_times(ja), words)
    linkage = AverageLinkage(ja["wire_id"].to_list(), least=_LEAST, unseen=_UNSEEN)
    dated = int(ja["published_at"].is_not_null().sum())
    for first, last in _days(reprints.days[:dated]):
        progress("grouping", first, dated)
        linkage.add(edge for rows in _blocks(first, last) for edge in reprints.edges(rows))
    progress("grouping", dated, dated)
    return pl.DataFrame({"ja_id": ja["id"], "cluster": ja["id"].gather(linkage.clusters())})


def _days(days: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Give the first and, exclusive, the last row of each day."""
    yield from pairwise(np.flatnonzero(np.diff(days, prepend=-np.inf, append=np.inf)).tolist())


def _blocks(first: int, last: int) -> Iterator[NDArray[np.intp]]:
    for start in range(first, last, _BLOCK_ROWS):
        yield np.arange(start, min(start + _BLOCK_ROWS, last))


@dataclass(frozen=True)
class _Reprints:
    """Japanese headlines in the order of time.

    Attributes:
        texts: n headlines proper.
        vectors: float32 of shape (n, d), unit rows.
        times: When they were published.
        words: float32 of shape (n, words), sparse: the square root of the weight of each word that a headline has, so that
            a product of two rows is the weight of what they share.
    """

    texts: Sequence[str]
    vectors: NDArray[np.float32]
    times: Times
    words: sparse.csr_array

    @cached_property
    def days(self) -> NDArray[np.float64]:
        """The newspaper's day of each headline."""
        return newspaper_days(self.times.first)

    @cached_property
    def numbers(self) -> list[list[Quantity]]:
        """The numbers, dates and times of each headline."""
        return [read_quantities(text, "ja") for text in self.texts]

    def edges(self, rows: NDArray[np.intp]) -> Iterator[Edge]:
        """Give the edges between rows, which follow each other, and the rows of the window before them and among them."""
        one, other, cosine, apart = self._near(rows)
        similarity = (cosine + self._shared(one, other)) / 2 - _PER_DAY * apart
        # What is hardly more alike than unseen pairs needs no closer look.
        keep = similarity >= _LEAST_EDGE
        pairs = zip(one[keep].tolist(), other[keep].tolist(), similarity[keep].tolist(), strict=True)
        for a, b, alike in pairs:
            yield Edge(a, b, alike - self._contradiction(a, b))

    def _contradiction(self, one: int, other: int) -> float:
        """Give what the numbers of two headlines that contradict each other take off.

        On one day that may be a toll that has risen since; on another day it is another day's news.
        """
        if not self.numbers[one] or not self.numbers[other]:
            return 0.0
        each = _PER_CONTRADICTION if self.days[one] == self.days[other] else _PER_CONTRADICTION_OF_ANOTHER_DAY
        return each * len(compare_quantities(self.numbers[one], self.numbers[other]).conflicting)

    def _near(
        self, rows: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32], NDArray[np.float64]]:
        """Give the pairs of a row and an earlier one whose vectors and times are near: rows, cosine and days apart."""
        # A day more, for a headline of which only the date is known may be a day later than where it is sorted in.
        begin = int(np.searchsorted(self.times.first, self.times.first[rows[0]] - _WINDOW_DAYS - 1))
        columns = np.arange(begin, rows[-1] + 1)
        cosine = self.vectors[rows] @ self.vectors[columns].T
        apart = np.maximum(self.times.first[rows][:, None] - self.times.last[columns][None, :], 0)
        near = (cosine >= _LEAST_COSINE) & (apart <= _WINDOW_DAYS) & (columns[None, :] < rows[:, None])
        at, against = np.nonzero(near)
        return rows[at], columns[against], cosine[near], apart[near]

    def _shared(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.float64]:
        """Give the weight of the words that two headlines share, as a share of the words of the one that says less."""
        weight = np.asarray(self.words.power(2).sum(axis=1), dtype=np.float64).ravel()
        shared = np.asarray(self.words[one].multiply(self.words[other]).sum(axis=1), dtype=np.float64).ravel()
        least = np.minimum(weight[one], weight[other])
        return np.divide(shared, least, out=np.zeros(len(one)), where=least > 0)


def _word_weights(texts: Sequence[str]) -> sparse.csr_array:
    """Give the square root of the weight of each word in each text: of the logarithm of how rare it is among the texts."""
    numbers: dict[str, int] = {}
    rows = [
        sorted({numbers.setdefault(token.lemma, len(numbers)) for token in tokens if token.is_content})
        for tokens in tokenise(texts, "ja")
    ]
    columns = np.fromiter((column for row in rows for column in row), dtype=np.int64)
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    weights = np.log1p(len(texts) / np.maximum(np.bincount(columns, minlength=len(numbers)), 1))
    roots = np.sqrt(weights[columns]).astype(np.float32)
    return sparse.csr_array((roots, columns, pointers), shape=(len(rows), len(numbers)))
