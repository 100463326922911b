from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alignkit.pair.linkage import AverageLinkage, Edge


def clustered(count, *batches, keys=None, least=0.5):
    linkage = AverageLinkage(keys or [None] * count, least=least, unseen=0.0)
    for batch in batches:
        linkage.add(Edge(*edge) for edge in batch)
    return linkage.clusters()


def test_what_is_alike_comes_together_under_its_first_member():
    assert clustered(3, [(2, 1, 0.8)]) == [0, 1, 1]


def test_one_pair_that_is_alike_does_not_chain_two_clusters():
    assert clustered(4, [(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)]) == [0, 0, 2, 2]


def test_clusters_that_are_alike_on_average_come_together():
    edges = [(0, 1, 0.9), (2, 3, 0.9), (0, 2, 0.6), (0, 3, 0.6), (1, 2, 0.6), (1, 3, 0.4)]
    assert clustered(4, edges) == [0, 0, 0, 0]


def test_what_has_come_together_stays_together():
    assert clustered(3, [(0, 1, 0.6)], [(1, 2, 0.9)]) == [0, 0, 2]
    assert clustered(3, [(0, 1, 0.6), (1, 2, 0.9)]) == [0, 1, 1]


def test_things_of_one_key_are_together_and_of_two_keys_never():
    assert clustered(4, [(0, 2, 0.9), (2, 3, 0.9)], keys=["a", "a", "b", None]) == [0, 0, 2, 2]


def brute_force(similarity, keys, least):
    """Merge the two clusters that are most alike on average, by looking at all of them each time."""
    clusters = [list(places) for places in _by_key(keys)]
    while True:
        pairs = [
            (-np.mean(similarity[np.ix_(one, other)]), one[0], other[0], one, other)
            for one, other in itertools.combinations(sorted(clusters), 2)
            if not _apart(one, other, keys)
        ]
        if not pairs or -min(pairs)[0] < least:
            return clusters
        *_, one, other = min(pairs)
        clusters = [each for each in clusters if each not in (one, other)] + [sorted(one + other)]


def _by_key(keys):
    groups = {}
    for place, key in enumerate(keys):
        groups.setdefault(key or place, []).append(place)
    return groups.values()


def _apart(one, other, keys):
    known = [{keys[place] for place in side} - {None} for side in (one, other)]
    return bool(known[0] and known[1] and known[0] != known[1])


@given(st.integers(0, 2**32 - 1), st.integers(1, 9))
def test_it_finds_what_looking_at_all_clusters_finds(seed, count):
    random = np.random.default_rng(seed)
    similarity = np.triu(random.random((count, count)), 1)
    similarity += similarity.T
    keys = [str(key) if key < 2 else None for key in random.integers(0, 6, count)]
    edges = [(one, other, float(similarity[one, other])) for one, other in itertools.combinations(range(count), 2)]
    expected = [0] * count
    for members in brute_force(similarity, keys, 0.5):
        for member in members:
            expected[member] = members[0]
    assert clustered(count, edges, keys=keys) == expected
