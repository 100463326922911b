"""Any model that the package sentence-transformers loads, such as LaBSE, multilingual-e5-large or bge-m3."""

from __future__ import annotations

import importlib.metadata
import re
import shlex
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignkit.encoders.registry import MODEL_PREFIX
from alignkit.errors import StageError
from alignkit.extras import import_extra
from alignkit.storage import folder_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_PACKAGE: Final = "sentence-transformers"
_FILES_OF_A_MODEL: Final = ("modules.json", "config.json")
_TEXTS_PER_BATCH: Final = 32
_LEAST_LENGTH: Final = 1e-12

# What a family of models wants before both texts of a symmetric task, by the cards of its models; the first that fits
# the last part of the model's name counts. LaBSE, bge-m3 and the multilingual paraphrase models want nothing.
_PREFIXES: Final = (
    (re.compile(r"\be5\b.*\binstruct\b"), "Instruct: Retrieve parallel sentences.\nQuery: "),
    (re.compile(r"\be5\b"), "query: "),
    (re.compile(r"\bembeddinggemma\b"), "task: sentence similarity | query: "),
)


class SentenceTransformerEncoder:
    """A model of sentence-transformers that is on this machine; nothing is downloaded, and no code of the model is run.

    The package: Reimers and Gurevych, 2020, "Making Monolingual Sentence Embeddings Multilingual using Knowledge
    Distillation". It works on a GPU where there is one, else on all cores. A text's vector depends in its last digits
    on the texts that are encoded beside it, because these are filled up to one length.

    Args:
        model: A model's name on the Hugging Face Hub, or a folder with a model.

    Raises:
        MissingExtraError: The package is not installed.
        StageError: The model is not on this machine, or cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        self.name = f"{MODEL_PREFIX}{model}"
        package = _import("sentence_transformers")
        folder = Path(model).expanduser()
        if folder.is_dir():
            revision = folder_hash(folder)[:16]
            place = {"model_name_or_path": str(folder)}
        else:
            revision = _commit(model)
            place = {"model_name_or_path": model, "revision": revision}
        try:
            with _no_progress_bars():
                self._model = package.SentenceTransformer(
                    **place, local_files_only=True, model_kwargs={"dtype": "float32"}
                )
        except Exception as error:
            problem = f"cannot be loaded by sentence-transformers ({type(error).__name__}: {_first_line(error)})"
            raise StageError(problem, value=model, remedy=_how_to_fetch(model)) from error
        self._prefix = prefix_for(model)
        self.dimension: int = self._model.get_embedding_dimension()
        self.version = "/".join([importlib.metadata.version(_PACKAGE), revision, *filter(None, [self._prefix])])

    def __reduce__(self) -> tuple[type[SentenceTransformerEncoder], tuple[str]]:
        """Go to another process as the name alone; the weights are loaded there again."""
        return SentenceTransformerEncoder, (self.name.removeprefix(MODEL_PREFIX),)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; float32 of shape (n, dimension), each row of length 1."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        given = self._model.encode(
            list(texts), prompt=self._prefix or None, batch_size=_TEXTS_PER_BATCH, show_progress_bar=False
        )
        vectors = np.asarray(given, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, _LEAST_LENGTH)
        return unit


def prefix_for(model: str) -> str:
    """Give what a model wants before each text, by the last part of its name; empty for most."""
    name = model.rstrip("/").rpartition("/")[2].lower()
    return next((prefix for family, prefix in _PREFIXES if family.search(name)), "")


def _import(module: str) -> Any:  # noqa: ANN401 - the module is not there to take types from
    return import_extra(module, package=_PACKAGE, extra=_PACKAGE, purpose=f"an encoder '{MODEL_PREFIX}…'")


def _commit(model: str) -> str:
    """Give the commit of a model in the cache of the Hugging Face Hub.

    Raises:
        StageError: It is not there, or this can be no model's name.
    """
    hub = _import("huggingface_hub")
    try:
        found = [hub.try_to_load_from_cache(model, name) for name in _FILES_OF_A_MODEL]
    except ValueError:
        raise StageError("is neither a folder nor the name of a model on the Hugging Face Hub", value=model) from None
    for path in found:
        if isinstance(path, str):
            return Path(path).parent.name
    raise StageError("is no folder and no model on this machine", value=model, remedy=_how_to_fetch(model))


def _how_to_fetch(model: str) -> str:
    if Path(model).expanduser().is_dir():
        return "Name a folder that SentenceTransformer.save wrote."
    return f"Fetch it once, with a network: hf download {shlex.quote(model)}."


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    """Keep the bars of transformers away: what is shown is for alignkit's commands to decide."""
    bars = _import("transformers.utils.logging")
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bar()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
