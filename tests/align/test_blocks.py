from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from alignkit.align.blocks import cut_into_blocks
from alignkit.align.stage import align_candidates
from alignkit.config import AlignSettings
from alignkit.pair.stage import find_candidates
from samples import headlines


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr("alignkit.align.blocks._ENGLISH_HEADLINES_PER_BLOCK", 1)


@pytest.mark.usefixtures("small_blocks")
def test_every_candidate_is_in_one_block_and_an_english_headlines_candidates_are_together():
    table = headlines()
    candidates = find_candidates(table)
    blocks = list(cut_into_blocks(table, candidates))
    assert len(blocks) == 6
    assert sorted(np.concatenate([block.rows for block in blocks])) == list(range(candidates.height))
    for block in blocks:
        chosen = candidates[block.rows]
        assert chosen["en_id"].to_list() == table["id"].gather(block.en[block.en_places]).to_list()
        assert chosen["ja_id"].to_list() == table["id"].gather(block.ja[block.ja_places]).to_list()


@pytest.mark.usefixtures("small_blocks")
def test_several_processes_give_what_one_gives():
    table = headlines()
    candidates = find_candidates(table)
    alone, together = (
        align_candidates(table, candidates, settings=AlignSettings(threshold=0.0), processes=processes)
        for processes in (1, 2)
    )
    assert alone.equals(together)
    assert isinstance(alone, pl.DataFrame)
