"""What was measured of the search for names, for the card; scripts/benchmark_redaction.py writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

FIGURES: Final = Path(__file__).with_name("figures.json")


class Figures(BaseModel):
    """What became of the names in invented headlines of one language that no rule was made with.

    Attributes:
        headlines: How many headlines there were.
        names: How many names of private people they had.
        found: How many of these were taken out whole.
        placeholders: How many placeholders were put in.
        right: How many of these stand for such a name or a part of one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    headlines: int
    names: int
    found: int
    placeholders: int
    right: int


def redaction_figures() -> dict[str, Figures]:
    """Give the figures by language."""
    return {lang: Figures.model_validate(each) for lang, each in json.loads(FIGURES.read_bytes()).items()}
