from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.pair import neighbours
from alignkit.pair.neighbours import Side, greatest_columns, neighbour_pairs
from alignkit.progress import silent


def brute_force(left: Side, right: Side, keep: int, window: float) -> set[tuple[int, int]]:
    """All-by-all, as the block-wise search must not do it but must answer."""
    similarity = left.vectors @ right.vectors.T
    similarity[left.days[:, None] - right.until[None, :] > window] = -np.inf
    similarity[right.days[None, :] - left.until[:, None] > window] = -np.inf
    pairs = set()
    for rows, columns, matrix in ((0, 1, similarity), (1, 0, similarity.T)):
        for row in range(len(matrix)):
            best = np.argsort(-matrix[row], kind="stable")[:keep]
            pairs |= {
                (row, int(place)) if (rows, columns) == (0, 1) else (int(place), row)
                for place in best
                if np.isfinite(matrix[row, place])
            }
    return pairs


@given(
    st.integers(0, 2**32 - 1),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(1, 6),
    st.sampled_from([0.0, 1.5, 100.0]),
)
def test_blocks_find_what_all_by_all_finds(seed, n, m, keep, window):
    random = np.random.default_rng(seed)

    def side(rows):
        vectors = random.standard_normal((rows, 8)).astype(np.float32)
        days = random.uniform(0, 9, rows)
        days[random.random(rows) < 0.2] = np.nan
        until = days + (random.random(rows) < 0.2)
        return Side(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), days, until)

    left, right = side(n), side(m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "_BLOCK_ROWS", 7)
        patch.setattr(neighbours, "_BLOCK_COLUMNS", 5)
        found = neighbour_pairs(left, right, neighbours=keep, window_days=window, progress=silent)
    assert {(int(a), int(b)) for a, b in found} == brute_force(left, right, keep, window)
    assert len(found) == len({tuple(pair) for pair in found.tolist()})


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(2, 300), st.integers(1, 8))
def test_the_greatest_columns_are_those_of_the_whole_row(seed, rows, columns, keep):
    random = np.random.default_rng(seed)
    values = random.random((rows, columns)).astype(np.float32)
    values[random.random(values.shape) < 0.3] = -np.inf
    keep = min(keep, columns - 1)
    found = np.take_along_axis(values, greatest_columns(values, keep), axis=1)
    assert np.array_equal(np.sort(found, axis=1), np.sort(values, axis=1)[:, -keep:])
