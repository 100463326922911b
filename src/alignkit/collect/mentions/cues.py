"""The words of data/cues.tsv as parts of regular expressions."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alignkit.schema import Language


@cache
def cues(lang: Language, *kinds: str) -> str:
    """Give a regular expression for the words of one or several kinds: whole words in English, beginnings in Japanese.

    Raises:
        KeyError: There is no such kind.
    """
    words = sorted({word for kind in kinds for word in _table()[lang, kind]}, key=lambda word: (-len(word), word))
    either = "|".join(word.replace("_", " ") for word in words)
    return rf"(?<![\w-])(?:{either})(?![\w-])" if lang == "en" else f"(?:{either})"


@cache
def pattern(lang: Language, *kinds: str) -> re.Pattern[str]:
    """Give `cues` compiled, regardless of case."""
    return re.compile(cues(lang, *kinds), re.IGNORECASE)


@cache
def _table() -> dict[tuple[str, str], list[str]]:
    text = files(__package__).joinpath("data", "cues.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {(lang, kind): words.split(" ") for lang, kind, words in rows}
