"""Average linkage of a stream of things of which only the pairs that are somewhat alike are known.

Two clusters are as similar as their members are on average (Sokal and Michener, 1958), so that one pair that is alike does not
chain two stories together, as it would by single linkage. Memory grows with the pairs that are known, not with all pairs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Edge(NamedTuple):
    """Two things that are somewhat alike."""

    one: int
    other: int
    similarity: float


class AverageLinkage:
    """Clusters that grow as edges come in.

    Args:
        keys: What each of n things is known to be, or None: things of one key are together from the start, and things of
            two keys never are.
        least: The least mean similarity of two clusters that become one.
        unseen: The similarity that is taken for pairs without an edge.
    """

    def __init__(self, keys: Sequence[str | None], *, least: float, unseen: float) -> None:
        self._least, self._unseen = least, unseen
        first_of: dict[str, int] = {}
        self._cluster_of = [place if key is None else first_of.setdefault(key, place) for place, key in enumerate(keys)]
        self._members: dict[int, list[int]] = defaultdict(list)
        for place, cluster in enumerate(self._cluster_of):
            self._members[cluster].append(place)
        self._key_of = {cluster: key for key, cluster in first_of.items()}
        # By how much the similarities between two clusters exceed what is taken for unseen pairs, in sum.
        self._excess: dict[int, dict[int, float]] = defaultdict(dict)

    def add(self, edges: Iterable[Edge]) -> None:
        """Take in edges, and merge, the most similar first, until no two clusters are similar enough.

        Ties go to the clusters whose first members come first.
        """
        touched = set()
        for one, other, similarity in edges:
            a, b = sorted((self._cluster_of[one], self._cluster_of[other]))
            if a != b and not self._are_known_apart(a, b):
                self._link(a, b, self._excess[a].get(b, 0.0) + similarity - self._unseen)
                touched.add((a, b))
        heap = [(-self._similarity(a, b), a, b) for a, b in touched]
        heapq.heapify(heap)
        while heap and -heap[0][0] >= self._least:
            similarity, a, b = heapq.heappop(heap)
            # What has grown or gone since it was put there is there anew, if at all.
            if b in self._excess[a] and -similarity == self._similarity(a, b):
                for neighbour in self._merge(a, b):
                    first, second = sorted((a, neighbour))
                    heapq.heappush(heap, (-self._similarity(first, second), first, second))

    def clusters(self) -> list[int]:
        """Give the first member of the cluster that each thing is in."""
        return list(self._cluster_of)

    def _similarity(self, a: int, b: int) -> float:
        return self._unseen + self._excess[a][b] / (len(self._members[a]) * len(self._members[b]))

    def _are_known_apart(self, a: int, b: int) -> bool:
        one, other = self._key_of.get(a), self._key_of.get(b)
        return one is not None and other is not None and one != other

    def _link(self, a: int, b: int, excess: float) -> None:
        self._excess[a][b] = self._excess[b][a] = excess

    def _merge(self, a: int, b: int) -> list[int]:
        """Put cluster b into cluster a, which comes first, and give the clusters that it is linked to now."""
        if (key := self._key_of.pop(b, None)) is not None:
            self._key_of[a] = key
        for member in self._members[b]:
            self._cluster_of[member] = a
        self._members[a] += self._members.pop(b)
        for neighbour, excess in self._excess.pop(b).items():
            del self._excess[neighbour][b]
            if neighbour != a:
                self._link(a, neighbour, self._excess[a].get(neighbour, 0.0) + excess)
        for neighbour in [other for other in self._excess[a] if self._are_known_apart(a, other)]:
            del self._excess[a][neighbour], self._excess[neighbour][a]
        return list(self._excess[a])
