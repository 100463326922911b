"""What belongs together because it shares something, directly or by way of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl
    from numpy.typing import NDArray


def tied(rows: int, keys: Iterable[pl.Series]) -> NDArray[np.uint32]:
    """Number the groups of rows that share a key with each other, and give the number of each row's.

    Args:
        rows: How many rows there are.
        keys: For each kind of key a value a row; null for a row that has none.
    """
    left: list[NDArray[np.uint32]] = []
    right: list[NDArray[np.uint32]] = []
    nodes = rows
    for key in keys:
        present = key.is_not_null().arg_true().to_numpy()
        numbers = key.drop_nulls().rank("dense").to_numpy().astype(np.uint32)
        left.append(present.astype(np.uint32))
        right.append(numbers + np.uint32(nodes))
        nodes += int(numbers.max(initial=0)) + 1
    return components(nodes, np.concatenate(left), np.concatenate(right))[:rows]


def components(nodes: int, left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Number the connected components of a graph, and give the number of each node's.

    Args:
        nodes: How many nodes there are.
        left: One end of each edge.
        right: The other.
    """
    edges = coo_matrix((np.ones(len(left), dtype=np.bool_), (left, right)), shape=(nodes, nodes))
    numbers: NDArray[np.int32] = connected_components(edges, directed=False)[1]
    return numbers.astype(np.uint32)
