"""alignkit pairs English news-agency headlines with the Japanese reprints of the same story.

The four stages work alone, from table to table (`alignkit.schema`), and together as `build`::

    collect_headlines -> find_candidates -> align_candidates -> export_dataset

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from alignkit.align.explained import explain_pair as explain_pair
    from alignkit.align.stage import align_candidates as align_candidates
    from alignkit.align.stage import score_candidates as score_candidates
    from alignkit.collect.stage import Collected as Collected
    from alignkit.collect.stage import collect_headlines as collect_headlines
    from alignkit.config import Config as Config
    from alignkit.config import load_config as load_config
    from alignkit.encoders.base import Encoder as Encoder
    from alignkit.encoders.embedder import Embedder as Embedder
    from alignkit.errors import AlignkitError as AlignkitError
    from alignkit.evaluate.gold import assess_pairs as assess_pairs
    from alignkit.evaluate.stage import evaluate as evaluate
    from alignkit.export.stage import export_dataset as export_dataset
    from alignkit.inspection import inspect_headlines as inspect_headlines
    from alignkit.pair.stage import find_candidates as find_candidates
    from alignkit.pipeline import build as build
    from alignkit.two_files import align_files as align_files

__version__ = "0.1.0"

_HOME: Final = {
    "AlignkitError": "alignkit.errors",
    "Collected": "alignkit.collect.stage",
    "Config": "alignkit.config",
    "Embedder": "alignkit.encoders.embedder",
    "Encoder": "alignkit.encoders.base",
    "align_candidates": "alignkit.align.stage",
    "align_files": "alignkit.two_files",
    "assess_pairs": "alignkit.evaluate.gold",
    "build": "alignkit.pipeline",
    "collect_headlines": "alignkit.collect.stage",
    "evaluate": "alignkit.evaluate.stage",
    "explain_pair": "alignkit.align.explained",
    "export_dataset": "alignkit.export.stage",
    "find_candidates": "alignkit.pair.stage",
    "inspect_headlines": "alignkit.inspection",
    "load_config": "alignkit.config",
    "score_candidates": "alignkit.align.stage",
}

__all__ = [*_HOME, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
