"""The cues of texts, whichever language they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.text.polarity.english import read_english
from alignkit.text.polarity.japanese import read_japanese
from alignkit.text.quantities.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.schema import Language
    from alignkit.text.polarity.model import Cue


def read_cues(texts: Sequence[str], lang: Language) -> list[list[Cue]]:
    """Read what says which way the news goes: words that have an opposite, with the negations that turn them around.

    A negation turns the cue in its scope around, which then spans both, and is a cue of its own, of the concept
    'negation'. Two negations of each other are none. Full-width and half-width characters are read alike.

    Args:
        texts: n texts; published or normalised.
        lang: The language that they are in.

    Returns:
        The cues of each text, sorted by their place; a word that means several things has a cue for each.
    """
    folded = [fold(text) for text in texts]
    return list(read_japanese(folded) if lang == "ja" else read_english(folded))
