from __future__ import annotations

import logging

import numpy as np
import pytest

from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.errors import StageError


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


@pytest.mark.parametrize("text", ["\ud83d", "a\udcffb", "\0", "\u0301", "地震" * 5_000])
def test_any_text_is_kept_and_found_again(tmp_path, text):
    assert embed(tmp_path, [text])[1]
    assert embed(tmp_path, [text])[1] == []


def test_half_a_surrogate_pair_does_not_reach_the_encoder(tmp_path):
    assert embed(tmp_path, ["a\ud83d"])[1] == ["a\ufffd"]
    assert embed(tmp_path, ["\ud83d\ude00"])[1] == ["\U0001f600"]


def test_texts_are_encoded_from_short_to_long_whatever_their_order(tmp_path):
    assert embed(tmp_path, ["eee", "a", "ii", "aa"])[1] == ["a", "aa", "ii", "eee"]


def test_encoders_whose_names_differ_in_signs_alone_do_not_share_a_cache(tmp_path):
    paths = set()
    for name in ("st:a/b", "st:a-b", "st:a_b", "st:" + "a" * 500):
        encoder = CountingEncoder()
        encoder.name = name
        paths.add(EmbeddingCache(encoder, tmp_path).path)
    assert len(paths) == 4


@pytest.mark.parametrize(
    ("vectors", "fault"),
    [
        ([[1.0, 0, 0, 0, 0]], "gave list, not an array of numpy"),
        (np.ones((1, 5)), "gave vectors of float64, not float32"),
        (np.ones((1, 4), np.float32), r"gave vectors of shape \(1, 4\), not \(1, 5\)"),
        (np.ones((1, 5), np.float32), "is not of length 1 but 2.236, for the text: 'ba'"),
        (np.zeros((1, 5), np.float32), "is not of length 1 but 0, for the text: 'ba'"),
        (np.full((1, 5), np.nan, np.float32), "has numbers that are not finite, for the text: 'ba'"),
    ],
)
def test_vectors_that_are_wrong_are_neither_used_nor_kept(tmp_path, vectors, fault):
    encoder = CountingEncoder()
    encoder.encode = lambda _texts: vectors
    with pytest.raises(StageError, match=f"'counting'.* {fault}"):
        Embedder(encoder, EmbeddingCache(encoder, tmp_path)).embed(["ba"])
    assert list(EmbeddingCache(encoder, tmp_path).find(["ba"])) == []
