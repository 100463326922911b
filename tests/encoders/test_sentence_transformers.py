"""A real model of sentence-transformers, small and untrained, that is made here: loaded from a folder and a cache."""

from __future__ import annotations

import importlib.util
import os
import pickle
import shutil
import subprocess
import sys

import numpy as np
import pytest

from alignkit.encoders.cache import EmbeddingCache
from alignkit.encoders.embedder import Embedder
from alignkit.encoders.registry import load_encoder
from alignkit.encoders.sentence_transformers import prefix_for
from alignkit.errors import StageError

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TEXTS = ["quake", "a strong quake hits the north", "つよい じしん", "mayor resigns"]

needs_package = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="the extra 'sentence-transformers' is not installed",
)
# What torch and transformers warn of among themselves is not for us to mend.
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A BERT of two layers that knows single letters, saved by sentence-transformers."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    sentence_transformers = pytest.importorskip("sentence_transformers")
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules")

    root = tmp_path_factory.mktemp("model")
    letters = [chr(code) for code in (*range(ord("a"), ord("z") + 1), *range(ord("ぁ"), ord("ん") + 1))]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", *letters, *(f"##{letter}" for letter in letters)]
    (root / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(0)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    transformers.BertModel(transformers.BertConfig(vocab_size=len(vocabulary), **sizes)).save_pretrained(root / "bert")
    transformers.BertTokenizerFast(vocab=str(root / "vocab.txt")).save_pretrained(root / "bert")
    transformer = modules.Transformer(str(root / "bert"))
    pooling = modules.Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    sentence_transformers.SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(root / "tiny"))
    return root / "tiny"


@needs_package
def test_a_folder_with_a_model_is_an_encoder(folder, tmp_path, capfd):
    encoder = load_encoder(f"st:{folder}")
    vectors = Embedder(encoder, EmbeddingCache(encoder, tmp_path)).embed(TEXTS)
    assert vectors.shape == (4, encoder.dimension) == (4, 32)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    assert encoder.encode([]).shape == (0, 32)
    assert "it/s" not in "".join(capfd.readouterr())


@needs_package
def test_a_vector_depends_on_its_batch_in_its_last_digits_alone(folder):
    encoder = load_encoder(f"st:{folder}")
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.abs(encoder.encode(TEXTS) - alone).max() < 1e-6
    assert np.array_equal(encoder.encode(TEXTS), pickle.loads(pickle.dumps(encoder)).encode(TEXTS))  # noqa: S301


@needs_package
def test_the_version_changes_with_the_folders_content(folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other")
    same = load_encoder(f"st:{other}").version
    assert same == load_encoder(f"st:{folder}").version
    (other / "README.md").write_text("changed", encoding="utf-8")
    assert load_encoder(f"st:{other}").version != same


@needs_package
def test_a_family_gets_the_prefix_that_it_wants(folder, tmp_path):
    e5 = load_encoder(f"st:{shutil.copytree(folder, tmp_path / 'tiny-e5')}")
    plain = load_encoder(f"st:{folder}")
    assert e5.version.endswith("/query: ")
    assert np.abs(e5.encode(TEXTS) - plain.encode([f"query: {text}" for text in TEXTS])).max() < 1e-6


@needs_package
def test_a_model_in_the_hubs_cache_is_loaded_without_a_network_and_known_by_its_commit(folder, tmp_path):
    repository = tmp_path / "hub" / "models--an-org--tiny"
    shutil.copytree(folder, repository / "snapshots" / COMMIT)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT)
    code = (
        "from alignkit.encoders.registry import load_encoder; e = load_encoder('st:an-org/tiny');"
        "print(e.name, e.version, e.encode(['quake']).shape)"
    )
    environment = {**os.environ, "HF_HUB_CACHE": str(tmp_path / "hub"), "HF_ENDPOINT": "http://127.0.0.1:9"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("st:an-org/tiny ")
    assert done.stdout.endswith(f"/{COMMIT} (1, 32)\n")


@needs_package
@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("an-org/no-such-model", r"is no folder and no model on this machine: .*hf download an-org/no-such-model\."),
        ("../no/such folder", "is neither a folder nor the name of a model"),
    ],
)
def test_a_model_that_is_not_there_is_said_to_be_with_the_way_to_get_it(model, message):
    with pytest.raises(StageError, match=message):
        load_encoder(f"st:{model}")


@needs_package
def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(StageError, match="cannot be loaded by sentence-transformers"):
        load_encoder(f"st:{tmp_path}")


@pytest.mark.parametrize(
    ("model", "prefix"),
    [
        ("sentence-transformers/LaBSE", ""),
        ("BAAI/bge-m3", ""),
        ("intfloat/multilingual-e5-large", "query: "),
        ("models/multilingual-e5-small/", "query: "),
        ("intfloat/multilingual-e5-large-instruct", "Instruct: Retrieve parallel sentences.\nQuery: "),
        ("google/embeddinggemma-300m", "task: sentence similarity | query: "),
        ("an-org/table5-model", ""),
    ],
)
def test_prefixes_are_told_by_the_models_name(model, prefix):
    assert prefix_for(model) == prefix
