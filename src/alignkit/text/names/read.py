"""The names that headlines name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.text.names.english import read_english
from alignkit.text.names.japanese import read_japanese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.schema import Language
    from alignkit.text.names.model import Name


def read_names(texts: Sequence[str], lang: Language) -> list[list[Name]]:
    """Read the names that texts name.

    Japanese names come from our tables, from CLDR (through Babel), from IPADIC and from the lexicon; where the lexicon
    cannot be had, kanji are read as IPADIC reads them.

    Args:
        texts: n headlines; published or normalised.
        lang: Their language.

    Returns:
        The names of each text, by where they begin. They do not overlap, except that a word for several countries (日米韓)
        is a name of each.
    """
    return (read_japanese if lang == "ja" else read_english)(texts)
