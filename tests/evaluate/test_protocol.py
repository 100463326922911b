from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.errors import InputError, UsageError
from alignkit.evaluate.protocol import as_streams, parse_protocol

REFERENCES = [("a", "b", "c"), ("d", "e"), ("f",)]


@pytest.mark.parametrize("name", ["all", "one", "k=2"])
def test_a_protocol_is_written_as_it_is_read(name):
    assert str(parse_protocol(name)) == name


@pytest.mark.parametrize("name", ["", "two", "k=0", "k=", "k=-1"])
def test_anything_else_is_no_protocol(name):
    with pytest.raises(UsageError, match="is no protocol"):
        parse_protocol(name)


def test_all_references_leave_nothing_to_draw():
    assert parse_protocol("all").draw(REFERENCES, draws=10, seed=0) == [REFERENCES]
    assert parse_protocol("one").draw([("a",), ("b",)], draws=10, seed=0) == [[("a",), ("b",)]]


def test_only_segments_with_enough_references_are_kept():
    counts = [len(texts) for texts in REFERENCES]
    assert parse_protocol("k=2").keeps(counts) == [0, 1]
    assert parse_protocol("one").keeps(counts) == [0, 1, 2]
    with pytest.raises(InputError, match=r"no segment has the 4 references that the protocol asks for. The most"):
        parse_protocol("k=4").keeps(counts)


@given(seed=st.integers(0, 2**32), used=st.integers(1, 2))
def test_drawn_references_are_the_segments_own_each_once_and_follow_from_the_seed(seed, used):
    protocol = parse_protocol(f"k={used}")
    drawn = protocol.draw(REFERENCES[:2], draws=3, seed=seed)
    assert drawn == protocol.draw(REFERENCES[:2], draws=3, seed=seed)
    for references in drawn:
        for texts, own in zip(references, REFERENCES, strict=False):
            assert len(set(texts)) == used
            assert set(texts) <= set(own)


def test_a_missing_reference_is_none_in_streams():
    assert as_streams(REFERENCES) == [["a", "d", "f"], ["b", "e", None], ["c", None, None]]
