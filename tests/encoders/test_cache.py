from __future__ import annotations

import logging

import numpy as np
import pytest

from alignkit.encoders.base import Encoder, load_encoder
from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.errors import UsageError


class CountingEncoder:
    """Encodes a text as the counts of a few letters, and keeps account of what it was asked."""

    name = "counting"
    dimension = 5

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        counts = np.array([[1 + text.count(letter) for letter in "aeiou"] for text in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def embed(folder, texts, version="1"):
    encoder = CountingEncoder(version)
    return Embedder(encoder, EmbeddingCache(encoder, folder)).embed(texts), encoder.asked


def test_each_distinct_text_is_encoded_once_and_never_again(tmp_path):
    first, asked = embed(tmp_path, ["ba", "be", "ba"])
    assert asked == ["ba", "be"]
    again, asked = embed(tmp_path, ["be", "bo", "ba"])
    assert asked == ["bo"]
    assert np.array_equal(first[[1, 0]], again[[0, 2]])


def test_another_version_has_a_cache_of_its_own(tmp_path):
    embed(tmp_path, ["ba"])
    assert embed(tmp_path, ["ba"], version="2/rc")[1] == ["ba"]


def test_more_texts_than_fit_one_query_come_back_in_order(tmp_path):
    texts = [f"{number:x}" + "a" * (number % 7) for number in range(1500)]
    first, _ = embed(tmp_path, texts)
    again, asked = embed(tmp_path, texts)
    assert asked == []
    assert np.array_equal(first, again)


def test_no_text_gives_no_row(tmp_path):
    assert embed(tmp_path, [])[0].shape == (0, 5)


@pytest.mark.parametrize("content", [b"this is no database" * 100, b""])
def test_a_damaged_cache_is_begun_anew(tmp_path, content, caplog):
    embed(tmp_path, ["ba"])
    (path,) = tmp_path.rglob("*.sqlite")
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert embed(tmp_path, ["ba"])[1] == ["ba"]
    assert ("was damaged" in caplog.text) == bool(content)
    assert embed(tmp_path, ["ba"])[1] == []


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert embed(blocked, ["ba"])[1] == ["ba"]
    assert "embeddings are not cached" in caplog.text


def test_encoders_are_known_by_name():
    assert isinstance(load_encoder("use"), Encoder)
    with pytest.raises(UsageError, match=r"is no known encoder: 'uze'\. Known: use\."):
        load_encoder("uze")


def test_use_gives_unit_vectors_near_for_one_meaning():
    vectors = load_encoder("use").encode(["A strong quake hit the north", "北部で強い地震", "Interest rates rise"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[1] @ vectors[2]
