"""What the words of a candidate's two headlines say about how they correspond, block by block, on all cores."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from alignkit.align.lexical import LexicalMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from alignkit.align.blocks import Block
    from alignkit.progress import Progress
    from alignkit.text.lexicon.store import Lexicon

Job: TypeAlias = "tuple[Sequence[str], Sequence[str], NDArray[np.int64], NDArray[np.int64], Lexicon | None]"

TEXT_MEASURES: Final = ("coverage_en", "coverage_ja")
"""What `measure_texts` gives of each candidate."""

# A process takes a second or two to start; below so many blocks the work is done sooner without one.
_LEAST_BLOCKS_FOR_PROCESSES: Final = 4


def measure_texts(
    en: Sequence[str],
    ja: Sequence[str],
    en_places: NDArray[np.int64],
    ja_places: NDArray[np.int64],
    lexicon: Lexicon | None,
) -> NDArray[np.float32]:
    """Measure candidates by their words.

    Args:
        en: n English headlines proper.
        ja: m Japanese headlines proper.
        en_places: int64 of shape (p,): each candidate's place in `en`.
        ja_places: int64 of shape (p,): each candidate's place in `ja`.
        lexicon: The bilingual lexicon; None where there is none.

    Returns:
        float32 of shape (p, len(TEXT_MEASURES)).
    """
    coverage = LexicalMatcher(en, ja, lexicon).coverage(en_places, ja_places)
    return np.column_stack([coverage.en, coverage.ja]).astype(np.float32)


def measure_blocks(
    texts: Sequence[str], blocks: Sequence[Block], lexicon: Lexicon | None, *, processes: int, progress: Progress
) -> Iterator[tuple[Block, NDArray[np.float32]]]:
    """Measure the candidates of blocks.

    Args:
        texts: The headlines proper, by the rows that the blocks name.
        blocks: The blocks.
        lexicon: The bilingual lexicon; None where there is none.
        processes: How many to work in, where there are many blocks.
        progress: Told of each block.

    Yields:
        Each block with its measures, in the blocks' order.
    """
    jobs: Iterator[Job] = (
        ([texts[row] for row in block.en], [texts[row] for row in block.ja], block.en_places, block.ja_places, lexicon)
        for block in blocks
    )
    alone = processes == 1 or len(blocks) < _LEAST_BLOCKS_FOR_PROCESSES
    measured = (measure_texts(*job) for job in jobs) if alone else _in_processes(jobs, processes)
    for done, (block, values) in enumerate(zip(blocks, measured, strict=True)):
        progress("comparing", done, len(blocks))
        yield block, values
    progress("comparing", len(blocks), len(blocks))


def _in_processes(jobs: Iterator[Job], processes: int) -> Iterator[NDArray[np.float32]]:
    """Do jobs in processes, few of them submitted at a time: what is submitted is held in memory until it is done."""
    waiting: deque[Future[NDArray[np.float32]]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for job in jobs:
            waiting.append(pool.submit(measure_texts, *job))
            if len(waiting) > processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
