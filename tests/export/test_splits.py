from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from alignkit.config import SplitSettings
from alignkit.export.splits import assign_splits
from alignkit.schema import PAIRS

SHARES = SplitSettings()
IDS = dict.fromkeys(("pair_id", "en_id", "ja_id"), "x")


def pairs(rows):
    return PAIRS.frame(
        [
            {"story_id": story, "en": en, "ja": ja, "wire_id": wire, "cosine": 0.0, "margin": 0.0, "score": 1.0}
            for story, en, ja, wire in rows
        ]
    )


STORIES = st.lists(
    st.tuples(*(st.integers(0, 60).map(str),) * 3, st.none() | st.integers(0, 20).map(str)), min_size=1, max_size=80
)


@given(STORIES, st.integers(0, 5))
def test_no_story_no_text_and_no_wire_id_is_in_two_splits(rows, seed):
    splits = assign_splits(pairs(rows), SHARES, seed=seed)
    for place in range(4):
        seen = defaultdict(set)
        for row, split in zip(rows, splits, strict=True):
            if row[place] is not None:
                seen[row[place]].add(split)
        assert all(len(found) == 1 for found in seen.values())


def test_a_story_stays_where_it_is_when_others_are_added():
    some = [(f"s{number}", f"e{number}", f"j{number}", None) for number in range(300)]
    more = [(f"t{number}", f"f{number}", f"k{number}", None) for number in range(300)]
    assert assign_splits(pairs(some), SHARES, seed=1) == assign_splits(pairs(some + more), SHARES, seed=1)[:300]


def test_the_shares_are_met_on_average_and_the_seed_matters():
    rows = [(f"s{number}", f"e{number}", f"j{number}", None) for number in range(5000)]
    splits = assign_splits(pairs(rows), SplitSettings(train=0.5, validation=0.3, test=0.2), seed=1)
    assert [round(splits.count(split) / 5000, 1) for split in ("train", "validation", "test")] == [0.5, 0.3, 0.2]
    assert splits != assign_splits(pairs(rows), SHARES, seed=2)
