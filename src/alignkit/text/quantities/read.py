"""The quantities of a text, whichever language it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.text.quantities.english import read_english
from alignkit.text.quantities.japanese import read_japanese_text

if TYPE_CHECKING:
    from alignkit.text.quantities.model import Quantity
    from alignkit.text.quantities.tables import Language


def read_quantities(text: str, lang: Language) -> list[Quantity]:
    """Read the numbers, dates and times of a headline.

    Full-width and half-width characters are read alike. Numbers inside names (G7, 国道152号, 四国) are not read.

    Args:
        text: One headline, as published or normalised.
        lang: The language it is in.

    Returns:
        The quantities in their order; their spans do not overlap.
    """
    return read_english(text) if lang == "en" else read_japanese_text(text)
