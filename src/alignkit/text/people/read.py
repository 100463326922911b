"""The people whom headlines name, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.text.people.english import read_english
from alignkit.text.people.japanese import read_japanese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.schema import Language
    from alignkit.text.people.model import Person


def find_people(texts: Sequence[str], lang: Language) -> list[list[Person]]:
    """Find the names of people in headlines, rather one too many than one too few.

    It goes beyond `alignkit.text.names`, which compares names and so must be sure: here a role, an age or a verb beside a
    name, a known given name, or IPADIC's word that it is a surname is enough. Names of places, organisations and countries
    that its tables have are left out.

    Args:
        texts: n headlines, published or normalised; any text is taken.
        lang: Their language.

    Returns:
        The people of each text, by where their names begin; none overlaps another.
    """
    return (read_japanese if lang == "ja" else read_english)(texts)
