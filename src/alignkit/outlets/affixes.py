"""What known outlets put around headlines, in the form in which it is taken off them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from alignkit.outlets.registry import registry
from alignkit.text.normalise import Affixes

if TYPE_CHECKING:
    from alignkit.outlets.model import Outlet
    from alignkit.outlets.registry import Registry


def registered_affixes() -> Affixes:
    """Give what all known outlets put around headlines."""
    return _affixes_of(registry())


@lru_cache(maxsize=8)
def _affixes_of(outlets: Registry) -> Affixes:
    known = outlets.title_affixes()
    suffixes = [affix for affix in known if affix.place == "suffix"]
    return Affixes(
        suffixes=tuple(affix.text for affix in suffixes if affix.outlet.kind != "aggregator"),
        prefixes=tuple(affix.text for affix in known if affix.place == "prefix"),
        aggregators=tuple(affix.text for affix in suffixes if affix.outlet.kind == "aggregator"),
    )


def outlet_of_affix(text: str) -> Outlet | None:
    """Give the outlet that puts this around headlines, whatever the width of its characters; None if none is known to."""
    folded = _folded(text)
    return next((outlet for affix, outlet in _outlets_by_affix(registry()) if affix in folded), None)


@lru_cache(maxsize=8)
def _outlets_by_affix(outlets: Registry) -> tuple[tuple[str, Outlet], ...]:
    return tuple((_folded(affix.text), affix.outlet) for affix in outlets.title_affixes())


def _folded(text: str) -> str:
    kept = (character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())
    return "".join(kept)
