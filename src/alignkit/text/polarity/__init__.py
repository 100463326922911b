"""Which way the news goes: up or down, passed or rejected, guilty or not; read and compared across the languages."""

from __future__ import annotations

from alignkit.text.polarity.compare import PolarityCheck, compare_cues
from alignkit.text.polarity.model import Cue
from alignkit.text.polarity.read import read_cues

__all__ = ["Cue", "PolarityCheck", "compare_cues", "read_cues"]
