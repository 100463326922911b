"""Whether what a headline says survives translation, which no overlap of words can tell: its facts, and its form."""

from __future__ import annotations

from alignkit.evaluate.fidelity.measure import measure_fidelity
from alignkit.evaluate.fidelity.model import ASPECTS, Fidelity

__all__ = ["ASPECTS", "Fidelity", "measure_fidelity"]
