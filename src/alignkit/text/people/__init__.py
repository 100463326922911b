"""The people whom a headline names, and whether it is about crime, courts, accidents or deaths."""

from __future__ import annotations

from alignkit.text.people.cues import crime_pattern
from alignkit.text.people.model import Person, Standing
from alignkit.text.people.read import find_people

__all__ = ["Person", "Standing", "crime_pattern", "find_people"]
